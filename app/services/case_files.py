"""Use cases of people who follow searches: the list of those that are open, and all that stands in one referral's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from app.services.callers import Caller
from app.services.office import Office
from app.services.workflow.watching import afoot
from db.errors import NotFound
from db.mapping.shapes import Stored
from db.pages import Listing
from db.repositories.children import Identity
from db.session import Work
from matching.homes import Home
from matching.needs import Framework, NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Hold, Placement, PlacementState
from matching.referrals import Referral, ReferralState
from matching.values import ChildId, FrameworkId, HomeId, ReferralId
from matching.workflow.decisions import Decision, Recommendation
from matching.workflow.offers import Offer
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import REFERRAL_MOVES, SignOffState
from matching.workflow.timers import Timer, Watched, timers
from matching.workflow.waits import Afoot, Wait, turn, waits

OPEN = (ReferralState.DRAFT, ReferralState.OPEN, ReferralState.SEARCHING, ReferralState.OFFERED, ReferralState.MATCHED)
"""States of a search that somebody still has something to do about."""
_MOST = 500
"""Searches that are listed at once; more than any county has open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One open search as the list shows it."""

    referral: Stored[Referral]
    children: tuple[tuple[Child, str | None], ...]
    """Each child, with initials where a name is on record."""
    waits: tuple[Wait, ...]


def list_searches(office: Office, caller: Caller) -> tuple[Search, ...]:
    """Every open search, the most urgent first and then the oldest, with what waits for whom; leaves an audit event."""
    now = office.clock()
    with office.store.writing(caller.authority) as work:
        page = work.referrals.page(Listing(where={"state": OPEN}, sort="wanted_by", limit=_MOST))
        wanted = sorted({child for stored in page.items for child in stored.value.children})
        children, initials = work.children.many(wanted, words=False), work.identities.initials(wanted)
        waiting: dict[ReferralId | None, list[Wait]] = {}
        for wait in waits(afoot(work, office)):
            waiting.setdefault(wait.referral, []).append(wait)
        shown = [stored.value.id for stored in page.items]
        work.audit.append(caller.act("list-searches", now), "referral", None, after={"shown": shown})
    return tuple(
        Search(
            referral=stored,
            children=tuple((children[child].value, initials.get(child)) for child in stored.value.children),
            waits=tuple(waiting.get(stored.value.id, ())),
        )
        for stored in sorted(page.items, key=lambda one: turn(one.value, now))
    )


def find_referral(office: Office, caller: Caller, reference: str) -> ReferralId:
    """The referral that somebody names: by the short reference that people say aloud. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        return open_file(work, reference).value.id


def find_stored(office: Office, caller: Caller, reference: str) -> Stored[Referral]:
    """The same with its state and version, for whoever is about to change it. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        return open_file(work, reference)


def open_file(work: Work, reference: str) -> Stored[Referral]:
    """The referral that a short reference names, within a transaction. Raises NotFound."""
    found = work.referrals.by_reference(reference.strip())
    if found is None:
        raise NotFound("referral", reference)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFile:
    """One child of the file: the record, the needs as they changed, and where the child has lived."""

    child: Stored[Child]
    initials: str | None
    named: bool
    """Whether a name is on record."""
    profiles: tuple[Stored[NeedsProfile], ...]
    """Newest first: the first is in force."""
    placements: tuple[Placement, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All that stands in the file of one referral, as at one moment."""

    referral: Stored[Referral]
    children: tuple[ChildFile, ...]
    siblings: tuple[ChildFile, ...]
    """Brothers and sisters of the group who are not of this referral."""
    group: Stored[SiblingGroup] | None
    frameworks: Mapping[FrameworkId, Framework]
    homes: Mapping[HomeId, Home]
    offers: tuple[Stored[Offer], ...]
    holds: tuple[Stored[Hold], ...]
    sign_offs: tuple[Stored[SignOff], ...]
    decisions: tuple[Stored[Decision], ...]
    recommendation: Stored[Recommendation] | None
    waits: tuple[Wait, ...]
    timers: tuple[Timer, ...]
    """Those of this referral, its children and where they live."""
    ended: str | None
    """Why the search ended, by its code; None while it goes on, or when a home was decided."""


def read_case_file(office: Office, caller: Caller, reference: str) -> CaseFile:
    """Everything about one referral, by its short reference; leaves an audit event. Raises NotFound."""
    now = office.clock()
    with office.store.writing(caller.authority) as work:
        stored = open_file(work, reference)
        told = {"children": list(stored.value.children)}
        work.audit.append(caller.act("read-referral", now), "referral", stored.value.id, after=told)
        return _file(work, office, stored)


def _file(work: Work, office: Office, stored: Stored[Referral]) -> CaseFile:
    referral, now = stored.value, office.clock()
    group = None if referral.sibling_group is None else work.sibling_groups.get(referral.sibling_group)
    elsewhere = () if group is None else tuple(one for one in group.value.members if one not in referral.children)
    files = _children(work, (*referral.children, *elsewhere))
    placements = tuple(chain.from_iterable(one.placements for one in files))
    offers, holds = work.offers.of_referral(referral.id), work.holds.current(now, referral=referral.id)
    sign_offs = work.sign_offs.of_referral(referral.id)
    wanted = {one.home for one in placements} | {one.value.home for one in offers}
    wanted |= {one.value.home for one in holds} | {one.value.home for one in sign_offs}
    homes = {HomeId(id_): one.value for id_, one in work.homes.many(sorted(wanted), words=False).items()}
    under_way = Afoot(
        now=now,
        referrals=(referral,),
        offers=tuple(one.value for one in offers),
        holds=tuple(one.value for one in holds),
        sign_offs=tuple(one.value for one in sign_offs if one.value.state is SignOffState.REQUESTED),
        placements=tuple(
            one for one in placements if one.state is PlacementState.PLANNED and one.child in referral.children
        ),
    )
    mine = files[: len(referral.children)]
    return CaseFile(
        referral=stored,
        children=mine,
        siblings=files[len(referral.children) :],
        group=group,
        frameworks={framework.id: framework for framework in work.frameworks.all()},
        homes=homes,
        offers=offers,
        holds=holds,
        sign_offs=sign_offs,
        decisions=work.decisions.of_referral(referral.id),
        recommendation=work.recommendations.newest(referral.id),
        waits=waits(under_way),
        timers=_timers(work, office, referral, mine, (one.value for one in sign_offs)),
        ended=_ended(work, referral),
    )


def _ended(work: Work, referral: Referral) -> str | None:
    """The reason that the audit trail has; nothing else keeps it."""
    if not REFERRAL_MOVES.is_final(referral.state):
        return None
    events = work.audit.events(limit=_MOST, noun_id=referral.id, actions=("end-search",))
    return next((str(one.after["reason"]) for one in reversed(events)), None)


def _children(work: Work, wanted: Sequence[ChildId]) -> tuple[ChildFile, ...]:
    children, initials = work.children.many(wanted), work.identities.initials(wanted)
    placements = work.placements.of_children(wanted)
    return tuple(
        ChildFile(
            child=children[child],
            initials=initials.get(child),
            named=child in initials,
            profiles=work.profiles.history(child),
            placements=tuple(one for one in placements if one.child == child),
        )
        for child in wanted
    )


def _timers(
    work: Work, office: Office, referral: Referral, files: Sequence[ChildFile], sign_offs: Iterable[SignOff]
) -> tuple[Timer, ...]:
    """What runs out for this referral: homes' own timers, such as a vacancy to be confirmed, are left to their pages."""
    placements = tuple(chain.from_iterable(one.placements for one in files))
    lived_in = sorted({one.home for one in placements if one.state is PlacementState.STARTED})
    today = office.today()
    watched = Watched(
        as_of=today,
        parameters=work.parameters.on(today),
        homes=tuple(one.value for one in work.homes.many(lived_in, words=False).values()),
        placements=placements,
        profiles={one.child.value.id: one.profiles[0].value for one in files if one.profiles},
        references={one.child.value.id: one.child.value.external_ref for one in files},
        waiting=(referral,) if referral.state.is_waiting else (),
        sign_offs=tuple(sign_offs),
        reviewed=work.reviews.last(),
    )
    return tuple(timer for timer in timers(watched) if timer.noun != "home")


def reveal_name(office: Office, caller: Caller, reference: str, child: ChildId) -> Identity:
    """Who a child of a referral is, for the one answer it is asked for; leaves an audit event of its own.

    Raises NotFound for the referral, for a child who is not of it, and when no name is on record.
    """
    with office.store.writing(caller.authority) as work:
        referral = open_file(work, reference).value
        if child not in referral.children:
            raise NotFound("child", child)
        return work.identities.read(child, caller.act("read-identity", office.clock()))


@dataclass(frozen=True, slots=True)
class ChildHere:
    """A child as pages speak of one, and the open searches that the child is part of."""

    child: Child
    initials: str | None
    open_searches: tuple[str, ...]
    """By their short references."""


def read_child_here(office: Office, caller: Caller, wanted: ChildId) -> ChildHere:
    """One child; leaves an audit event. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        child = work.children.get(wanted).value
        work.audit.append(caller.act("read-child", office.clock()), "child", wanted)
        searches = [one for one in work.referrals.of_child(wanted) if one.value.state in OPEN]
        initials = work.identities.initials([wanted]).get(wanted)
        return ChildHere(child, initials, tuple(one.reference for one in searches if one.reference))
