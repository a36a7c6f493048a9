"""One referral's file as a page: who, what is wanted, what waits, what can be done now, and the history behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.facts import Fact
from app.pages.naming import aged, called, described, how_soon, listed
from app.pages.referrals.actions import Action, actions
from app.pages.referrals.asked import asked_facts, child_facts, search_facts
from app.pages.referrals.needs_chart import NeedsChart, needs_chart
from app.pages.referrals.places_map import PlacesMap, places_map
from app.pages.referrals.search_list import Turn
from app.pages.referrals.siblings import SiblingsShown, siblings
from app.pages.referrals.timeline import Timeline, timeline
from app.pages.referrals.under_way import Asked, under_way
from app.pages.visits import May, Visit
from app.pages.wording import BANDS, KNOWN, ROLES, SEARCH_ENDS, SHORT_KINDS, STATES, VIEWS
from app.pages.words import day
from app.services.case_files import CaseFile, ChildFile, read_case_file, reveal_name
from db.repositories.children import Identity
from matching.needs import steps_down
from matching.referrals import ChildView
from matching.values import ChildId
from matching.workflow.endings import SearchEnd
from matching.workflow.timers import Lateness, Timer

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class TimerShown:
    """Something that runs out."""

    says: str
    about: str
    due: str
    late: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileShown:
    """The needs profile in force, beside its chart."""

    chart: NeedsChart
    band: str
    made: str
    author: str
    review: str
    overdue: bool
    falling: bool
    """Whether needs have fallen overall: a step down could be considered."""
    older: str
    """Says so when earlier profiles were made with another framework and cannot be drawn beside these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildShown:
    """One child of the file."""

    id: UUID
    anchor: str
    called: str
    described: str
    number: str
    """The authority's own number for the child."""
    can_reveal: bool
    name: str
    """The full name, in the one answer it was asked for in; otherwise empty."""
    facts: tuple[Fact, ...]
    asks: tuple[Fact, ...]
    profile: ProfileShown | None
    places: PlacesMap | None
    lived: Timeline | None
    view: tuple[Fact, ...]
    viewed: bool
    """Whether the child was asked, or it is said why not."""
    needs_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage:
    """One referral."""

    template: ClassVar[str] = "referrals/file.html"
    title: str
    reference: str
    own_reference: str
    who: str
    state: str
    kind: str
    urgent: bool
    soon: str
    overdue: bool
    ended: str
    """Why the search ended, in words; empty while it goes on."""
    turns: tuple[Turn, ...]
    actions: tuple[Action, ...]
    can_do: str
    """Says so when there is nothing this role can do now."""
    search: tuple[Fact, ...]
    children: tuple[ChildShown, ...]
    siblings: SiblingsShown | None
    timers: tuple[TimerShown, ...]
    asked: tuple[Asked, ...]


@router.get("/referrals/{reference}", name="page_referral")
def referral(visit: Annotated[Visit, Depends(May("read_referral"))], reference: str) -> Response:
    """The file of one referral, by its short reference."""
    return visit.page(_page(visit, read_case_file(visit.office, visit.caller, reference), None))


@router.post("/referrals/{reference}/children/{child}/name", name="page_reveal_name")
def name(visit: Annotated[Visit, Depends(May("read_identity"))], reference: str, child: UUID) -> Response:
    """The same page with a child's name in it, once: loading it again shows initials. Leaves an audit event."""
    found = reveal_name(visit.office, visit.caller, reference, ChildId(child))
    return visit.page(_page(visit, read_case_file(visit.office, visit.caller, reference), found))


def _page(visit: Visit, file: CaseFile, named: Identity | None) -> FilePage:
    stored, today = file.referral, visit.office.today()
    referral = stored.value
    reference = stored.reference or referral.external_ref
    possible = tuple(actions(file, visit, f"/referrals/{reference}"))
    return FilePage(
        title=f"Referral {reference}",
        reference=reference,
        own_reference=referral.external_ref,
        who=listed(
            [f"{called(one.child.value, one.initials)}, {aged(one.child.value, today)}" for one in file.children]
        ),
        state=STATES[referral.state],
        kind=SHORT_KINDS[referral.kind],
        urgent=referral.kind.is_emergency,
        soon=how_soon(referral.wanted_by, today),
        overdue=referral.wanted_by < today,
        ended="" if file.ended is None else SEARCH_ENDS[SearchEnd(file.ended)],
        turns=tuple(Turn(ROLES[one.role], one.what, one.role is visit.role) for one in file.waits),
        actions=possible,
        can_do=""
        if possible
        else f"As {ROLES[visit.role].lower()} you can read this referral; others take it further.",
        search=search_facts(referral, today),
        children=tuple(_child(visit, file, at, one, named) for at, one in enumerate(file.children)),
        siblings=siblings(file, today),
        timers=tuple(_timer(one, file, today) for one in file.timers),
        asked=under_way(file, visit.office.clock()),
    )


def _child(visit: Visit, file: CaseFile, at: int, one: ChildFile, named: Identity | None) -> ChildShown:
    child, today = one.child.value, visit.office.today()
    who, anchor = called(child, one.initials), f"child-{at + 1}"
    ask = next(ask for ask in file.referral.value.asks if ask.child == child.id)
    mine = named if named is not None and named.child == child.id else None
    history = visit.may("read_needs_history")
    return ChildShown(
        id=child.id,
        anchor=anchor,
        called=who,
        described=described(child, today),
        number=child.external_ref,
        can_reveal=one.named and visit.may("read_identity") and mine is None,
        name="" if mine is None else f"{mine.given_name} {mine.family_name}",
        facts=child_facts(child),
        asks=asked_facts(ask, _references(file)),
        profile=_profile(file, one, today, f"{anchor}-needs"),
        places=places_map(f"{anchor}-map", child.important_places, ask.avoid, who),
        lived=timeline(f"{anchor}-lived", one.placements, file.homes, today, who),
        view=tuple(_view(ask.view)),
        viewed=ask.view.asked.value != "not-yet-asked",
        needs_href=f"/children/{child.id}/needs" if history else "",
    )


def _references(file: CaseFile) -> dict[ChildId, str]:
    return {one.child.value.id: called(one.child.value, one.initials) for one in (*file.children, *file.siblings)}


def _profile(file: CaseFile, one: ChildFile, today: date, id_: str) -> ProfileShown | None:
    if not one.profiles:
        return None
    newest = one.profiles[0].value
    framework = file.frameworks[newest.framework]
    alike = [stored.value for stored in one.profiles if stored.value.framework == newest.framework]
    others = len(one.profiles) - len(alike)
    return ProfileShown(
        chart=needs_chart(id_, framework, alike[::-1], called(one.child.value, one.initials)),
        band=BANDS[framework.band(newest.levels)],
        made=day(newest.made_on),
        author=newest.author,
        review=day(newest.review_due),
        overdue=newest.review_due < today,
        falling=len(alike) > 1 and steps_down(framework, alike[1], newest),
        older=f"{others} made with an earlier framework cannot be drawn beside these." if others else "",
    )


def _view(view: ChildView) -> Iterator[Fact]:
    yield Fact("Asked", VIEWS[view.asked])
    for about, said in (
        ("What the child said", view.said),
        ("Places the child wants", view.places_wanted),
        ("People the child wants", view.people_wanted),
    ):
        if said:
            yield Fact(about, said)
    if view.pre_visit_wanted.value != "unknown":
        yield Fact("Wants to visit first", KNOWN[view.pre_visit_wanted])


def _timer(timer: Timer, file: CaseFile, today: date) -> TimerShown:
    named = {one.child.value.external_ref: called(one.child.value, one.initials) for one in file.children}
    return TimerShown(
        says=timer.says,
        about=named.get(timer.reference, ""),
        due=f"{day(timer.due)} ({how_soon(timer.due, today)})",
        late=timer.lateness in (Lateness.OVERDUE, Lateness.DUE_TODAY),
        source=timer.source,
    )
