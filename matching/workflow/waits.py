"""Everything that waits for somebody: whose turn it is, since when, until when, the most urgent and oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from types import MappingProxyType
from uuid import UUID

from matching.codes import SearchKind, ViewAsked
from matching.placements import Hold, Placement, PlacementState
from matching.referrals import Referral, ReferralState
from matching.values import ReferralId
from matching.workflow.offers import Offer
from matching.workflow.roles import Role
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import OfferState, SignOffState


class Urgency(IntEnum):
    """How urgent it is, the most urgent first."""

    OVERDUE = 0
    TODAY = 1
    THIS_WEEK = 2
    LATER = 3


_KINDS: Mapping[SearchKind, int] = MappingProxyType(
    {
        kind: at
        for at, kind in enumerate((SearchKind.PACE, SearchKind.REMAND, SearchKind.SAME_DAY, SearchKind.EMERGENCY))
    }
)
_PLANNED = len(_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits for one role."""

    role: Role
    noun: str
    about: UUID
    referral: ReferralId | None
    home: UUID | None
    """The home it concerns; a provider sees only what concerns its own."""
    what: str
    """What is waited for, in words."""
    since: datetime
    due: datetime | None
    urgency: Urgency
    kind: SearchKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Afoot:
    """What is under way, and the moment."""

    now: datetime
    referrals: tuple[Referral, ...] = ()
    """Those that wait for a home or for the children to move."""
    offers: tuple[Offer, ...] = ()
    holds: tuple[Hold, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    placements: tuple[Placement, ...] = ()
    """Those planned."""


def waits(afoot: Afoot) -> tuple[Wait, ...]:
    """Everything that waits, most urgent first, then soonest due, then oldest."""
    kinds = {referral.id: referral.kind for referral in afoot.referrals}
    found = [
        *_referrals(afoot),
        *_offers(afoot, kinds),
        *_holds(afoot, kinds),
        *_sign_offs(afoot, kinds),
        *_starts(afoot),
    ]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.urgency, _rank(one.kind), one.due or never, one.since, one.about)))


def urgency(due: datetime | None, now: datetime) -> Urgency:
    """How urgent something due at a moment is."""
    if due is None or due > now + timedelta(days=7):
        return Urgency.LATER
    if due <= now:
        return Urgency.OVERDUE
    return Urgency.TODAY if due.date() == now.date() else Urgency.THIS_WEEK


def turn(referral: Referral, now: datetime) -> tuple[Urgency, int, date, datetime, UUID]:
    """Where a search stands among others: the most urgent first, then the soonest wanted, then the oldest."""
    due = urgency(_end_of(referral.wanted_by), now)
    return due, _rank(referral.kind), referral.wanted_by, referral.opened, referral.id


def _rank(kind: SearchKind | None) -> int:
    return _PLANNED if kind is None else _KINDS.get(kind, _PLANNED)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def _referrals(afoot: Afoot) -> Iterator[Wait]:
    asked, willing = _answered(afoot)
    for referral in afoot.referrals:
        if not referral.state.is_waiting:
            continue
        if any(ask.view.asked is ViewAsked.NOT_YET for ask in referral.asks):
            yield _of_referral(afoot, referral, Role.SOCIAL_WORKER, "Record the child's view")
        if willing.get(referral.id, frozenset()) >= frozenset(referral.children):
            yield _of_referral(afoot, referral, Role.TEAM_MANAGER, "Decide: a home is willing for every child")
        elif referral.id not in asked:
            yield _of_referral(afoot, referral, Role.PLACEMENTS, "Search and make offers: nobody is being asked")


def _answered(afoot: Afoot) -> tuple[set[ReferralId], dict[ReferralId, frozenset[UUID]]]:
    asked, willing = set(), dict[ReferralId, frozenset[UUID]]()
    for offer in afoot.offers:
        state = offer.state_at(afoot.now)
        if state in (OfferState.MADE, OfferState.VIEWED, OfferState.WILLING):
            asked.add(offer.referral)
        if state is OfferState.WILLING:
            willing[offer.referral] = willing.get(offer.referral, frozenset()) | frozenset(offer.children)
    return asked, willing


def _of_referral(afoot: Afoot, referral: Referral, role: Role, what: str) -> Wait:
    due = _end_of(referral.wanted_by)
    return Wait(
        role=role,
        noun="referral",
        about=referral.id,
        referral=referral.id,
        home=None,
        what=what,
        since=referral.opened,
        due=due,
        urgency=urgency(due, afoot.now),
        kind=referral.kind,
    )


def _offers(afoot: Afoot, kinds: Mapping[ReferralId, SearchKind]) -> Iterator[Wait]:
    for offer in afoot.offers:
        if offer.state_at(afoot.now) in (OfferState.MADE, OfferState.VIEWED):
            yield Wait(
                role=Role.PROVIDER,
                noun="offer",
                about=offer.id,
                referral=offer.referral,
                home=offer.home,
                what="Answer: would you take these children?",
                since=offer.made_at,
                due=offer.answer_by,
                urgency=urgency(offer.answer_by, afoot.now),
                kind=kinds.get(offer.referral),
            )


def _holds(afoot: Afoot, kinds: Mapping[ReferralId, SearchKind]) -> Iterator[Wait]:
    for hold in afoot.holds:
        if hold.held_until > afoot.now:
            yield Wait(
                role=Role.PLACEMENTS,
                noun="hold",
                about=hold.id,
                referral=hold.referral,
                home=hold.home,
                what="Use or renew the hold: the bed goes free when it runs out",
                since=hold.held_until,
                due=hold.held_until,
                urgency=urgency(hold.held_until, afoot.now),
                kind=kinds.get(hold.referral),
            )


def _sign_offs(afoot: Afoot, kinds: Mapping[ReferralId, SearchKind]) -> Iterator[Wait]:
    for one in afoot.sign_offs:
        if one.state is SignOffState.REQUESTED:
            yield Wait(
                role=Role(one.role.value),
                noun="sign-off",
                about=one.id,
                referral=one.referral,
                home=one.home,
                what=f"Agree or refuse: {one.says}",
                since=one.requested_at,
                due=_end_of(one.due),
                urgency=urgency(_end_of(one.due), afoot.now),
                kind=kinds.get(one.referral),
            )


def _starts(afoot: Afoot) -> Iterator[Wait]:
    placed = {child: one for one in afoot.referrals if one.state is ReferralState.MATCHED for child in one.children}
    for placement in afoot.placements:
        if placement.state is PlacementState.PLANNED:
            due, referral = _end_of(placement.starts), placed.get(placement.child)
            yield Wait(
                role=Role.SOCIAL_WORKER,
                noun="placement",
                about=placement.id,
                referral=None if referral is None else referral.id,
                home=placement.home,
                what="Say that the child has moved in, or cancel",
                since=due if referral is None else referral.opened,
                due=due,
                urgency=urgency(due, afoot.now),
                kind=None if referral is None else referral.kind,
            )
