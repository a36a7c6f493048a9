"""How a child's needs have changed: every profile, what moved from one to the next, and the way to make a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.naming import called, described
from app.pages.referrals.needs_chart import NeedsChart, needs_chart
from app.pages.visits import May, Visit
from app.pages.wording import BANDS
from app.pages.words import counted, day
from app.services.case_files import ChildHere, read_child_here
from app.services.needs import Step, read_needs_history
from matching.needs import LEVEL_NAMES
from matching.values import ChildId

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One domain of one profile: the level and the words beside it."""

    name: str
    level: str
    high: bool
    strength: str
    childs_words: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileShown:
    """One profile."""

    made: str
    band: str
    author: str
    review: str
    in_force: bool
    overdue: bool
    falling: bool
    changes: tuple[str, ...]
    first: bool
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class SearchLink:
    """An open search that the child is part of."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsPage:
    """A child's needs over time."""

    template: ClassVar[str] = "referrals/needs.html"
    title: str
    described: str
    number: str
    chart: NeedsChart | None
    profiles: tuple[ProfileShown, ...]
    searches: tuple[SearchLink, ...]
    make: str
    """Where a new profile begins; empty when this role makes none."""


@router.get("/children/{child}/needs", name="page_needs")
def needs(visit: Annotated[Visit, Depends(May("read_needs_history"))], child: UUID) -> Response:
    """Every profile of a child, the newest first."""
    here = read_child_here(visit.office, visit.caller, ChildId(child))
    steps = read_needs_history(visit.office, visit.caller, ChildId(child))
    return visit.page(_page(visit, here, steps))


def _page(visit: Visit, here: ChildHere, steps: tuple[Step, ...]) -> NeedsPage:
    child, today = here.child, visit.office.today()
    who = called(child, here.initials)
    alike = [one.profile.value for one in steps if one.framework.id == steps[0].framework.id]
    return NeedsPage(
        title=f"Needs of {who}",
        described=described(child, today),
        number=child.external_ref,
        chart=needs_chart("needs", steps[0].framework, alike[::-1], who) if steps else None,
        profiles=tuple(_profile(one, at, len(steps), visit) for at, one in enumerate(steps)),
        searches=tuple(SearchLink(f"Referral {one}", f"/referrals/{one}") for one in here.open_searches),
        make=f"/children/{child.id}/needs/new" if visit.may("record_needs_profile") else "",
    )


def _profile(step: Step, at: int, of: int, visit: Visit) -> ProfileShown:
    profile = step.profile.value
    found = {one.domain: one for one in profile.findings}
    return ProfileShown(
        made=day(profile.made_on),
        band=BANDS[step.framework.band(profile.levels)],
        author=profile.author,
        review=day(profile.review_due),
        in_force=at == 0,
        overdue=at == 0 and profile.review_due < visit.office.today(),
        falling=step.steps_down,
        changes=tuple(_changes(step)),
        first=at == of - 1,
        found=tuple(
            Found(
                domain.name,
                f"{one.level} {LEVEL_NAMES[one.level]}",
                one.level > 2,
                one.strength,
                one.childs_words,
                one.evidence,
            )
            for domain in step.framework.domains
            if (one := found.get(domain.code)) is not None
        ),
    )


def _changes(step: Step) -> Iterator[str]:
    names = {domain.code: domain.name for domain in step.framework.domains}
    for change in step.changes:
        moved = change.levels
        if moved:
            way = "up" if moved > 0 else "down"
            yield f"{names[change.domain]}: {way} {counted(abs(moved), 'level')}, from {change.before} to {change.after}"
        elif change.before is None and change.after is not None:
            yield f"{names[change.domain]}: {change.after}, not recorded before"
        elif change.before is not None and change.after is None:
            yield f"{names[change.domain]}: was {change.before}, not recorded this time"
