"""How offers, holds, sign-offs, decisions and what waits are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from app.api.answers import etag
from app.bodies.wire import written
from app.services.callers import Caller
from app.services.repeats import Reply
from app.services.workflow.offers import Told
from app.services.workflow.signing import Asked
from db.mapping.shapes import Stored
from matching.codes import SignOffRole, ViewAsked
from matching.placements import Hold, Placement, PlacementState
from matching.rules.model import Deadline
from matching.values import ChildId
from matching.workflow.decisions import Decision, ReasonNeeded, Recommendation, Shown
from matching.workflow.offers import DeclineReason, Enquiry, Taught
from matching.workflow.roles import Role
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import DECISION_MOVES, PLACEMENT_MOVES, DecisionState, OfferState, SignOffState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """Some of them; `next` goes on from there, and is null on the last page."""

    items: tuple[T, ...]
    next: str | None = None


def by_child(values: Mapping[ChildId, T]) -> dict[UUID, T]:
    """What is known by child, as a plain object."""
    return {UUID(str(child)): value for child, value in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShown:
    """A home asked about children. To the home itself the referral and the children have no ids."""

    id: UUID
    referral: UUID | None
    home: UUID
    children: tuple[UUID, ...]
    state: OfferState
    possible: tuple[str, ...]
    """The moves that the caller can make now."""
    enquiry: Enquiry
    """What the home is shown: no name, no number, no address."""
    made_at: datetime
    answer_by: datetime
    viewed_at: datetime | None
    answered_at: datetime | None
    declined_for: DeclineReason | None
    declined_before: tuple[Taught, ...]
    """Why this home declined other children before; said when it is asked."""
    version: int


def offer_shown(told: Told, caller: Caller) -> OfferShown:
    """An offer as the caller may see it."""
    offer, to_home = told.offer.value, caller.role is Role.PROVIDER
    return OfferShown(
        id=offer.id,
        referral=None if to_home else offer.referral,
        home=offer.home,
        children=() if to_home else offer.children,
        state=told.state,
        possible=told.possible,
        enquiry=offer.enquiry,
        made_at=offer.made_at,
        answer_by=offer.answer_by,
        viewed_at=offer.viewed_at,
        answered_at=offer.answered_at,
        declined_for=offer.declined_for,
        declined_before=() if to_home else told.declined_before,
        version=told.offer.version,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldShown:
    """A bed kept until a moment; then it is free, whether or not anybody does anything."""

    id: UUID
    referral: UUID
    home: UUID
    child: UUID
    first_night: date
    last_morning: date | None
    held_until: datetime


def hold_shown(stored: Stored[Hold]) -> HoldShown:
    """A hold as it is shown."""
    hold = stored.value
    return HoldShown(
        id=hold.id,
        referral=hold.referral,
        home=hold.home,
        child=hold.child,
        first_night=hold.first_night,
        last_morning=hold.last_morning,
        held_until=hold.held_until,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffShown:
    """A role asked to agree to a rule not being met: the rule, where it comes from, the facts and the deadline."""

    id: UUID
    referral: UUID
    home: UUID
    child: UUID | None
    rule: str
    says: str
    facts: str
    sources: tuple[str, ...]
    role: SignOffRole
    deadline: Deadline
    due: date
    state: SignOffState
    possible: tuple[str, ...]
    requested_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    reason: str
    version: int


def sign_off_shown(asked: Asked) -> SignOffShown:
    """A sign-off as it is shown."""
    one: SignOff = asked.sign_off.value
    return SignOffShown(
        id=one.id,
        referral=one.referral,
        home=one.home,
        child=one.child,
        rule=one.rule,
        says=one.says,
        facts=one.facts,
        sources=one.sources,
        role=one.role,
        deadline=one.deadline,
        due=one.due,
        state=one.state,
        possible=asked.possible,
        requested_at=one.requested_at,
        answered_at=one.answered_at,
        answered_by=one.answered_by,
        reason=one.reason,
        version=asked.sign_off.version,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationShown:
    """What the social worker would choose, and why."""

    id: UUID
    referral: UUID
    chosen: Mapping[UUID, UUID]
    """Home by child."""
    by: str
    reason: str
    at: datetime


def recommendation_shown(stored: Stored[Recommendation]) -> RecommendationShown:
    """A recommendation as it is shown."""
    one = stored.value
    return RecommendationShown(
        id=one.id, referral=one.referral, chosen=by_child(one.chosen), by=one.by, reason=one.reason, at=one.at
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """Where the children will live, who decided it and why, and what that person saw."""

    id: UUID
    referral: UUID
    chosen: Mapping[UUID, UUID]
    """Home by child."""
    placements: Mapping[UUID, UUID]
    """Placement by child."""
    decided_by: str
    role: Role
    at: datetime
    reasons: Mapping[ReasonNeeded, str]
    views: Mapping[UUID, ViewAsked]
    recommendation: UUID | None
    rank: int | None
    shown: Shown | None
    """The ranks and findings as they stood; left out of lists."""
    state: DecisionState
    possible: tuple[str, ...]
    reversed_because: str
    version: int


def decision_shown(stored: Stored[Decision], caller: Caller, *, in_list: bool = False) -> DecisionShown:
    """A decision as it is shown."""
    one = stored.value
    return DecisionShown(
        id=one.id,
        referral=one.referral,
        chosen=by_child(one.chosen),
        placements=by_child(one.placements),
        decided_by=one.decided_by,
        role=one.role,
        at=one.at,
        reasons=dict(one.reasons),
        views=by_child(one.views),
        recommendation=one.recommendation,
        rank=None if in_list else one.shown.rank,
        shown=None if in_list else one.shown,
        state=one.state,
        possible=DECISION_MOVES.names(one.state, caller.role),
        reversed_because=one.reversed_because,
        version=stored.version,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StayShown:
    """A placement after a move, with what can be done next."""

    id: UUID
    external_ref: str
    child: UUID
    home: UUID
    state: PlacementState
    starts: date
    planned_end: date | None
    ended: date | None
    possible: tuple[str, ...]
    version: int


def stay_shown(stored: Stored[Placement], caller: Caller) -> StayShown:
    """A placement as it is shown after a move."""
    one = stored.value
    return StayShown(
        id=one.id,
        external_ref=one.external_ref,
        child=one.child,
        home=one.home,
        state=one.state,
        starts=one.starts,
        planned_end=one.planned_end,
        ended=one.ended,
        possible=PLACEMENT_MOVES.names(one.state, caller.role),
        version=stored.version,
    )


def reply(value: Any, status: int = 200, *, place: str | None = None) -> Reply:
    """An answer with the ETag of what it shows, when that has a version."""
    version = getattr(value, "version", None)
    headers = {} if version is None else {"ETag": etag(version)}
    if place is not None:
        headers["Location"] = place
    return Reply(status, written(value), headers)
