"""Timers: what runs out, when, computed from what is on record and the moment; never from a job that might not have run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from matching.codes import BREAKDOWN_REASONS, AvailabilityState, CareType, EndReason, HomeKind
from matching.homes import ApprovalTerms, Home
from matching.needs import NeedsProfile
from matching.placements import Placement, PlacementState
from matching.referrals import Referral
from matching.rules.parameters import Parameters
from matching.values import ChildId, HomeId, PlacementId
from matching.workflow.calendar import add_months, add_working_days
from matching.workflow.sign_offs import SignOff, owed_after_start

SOON_DAYS = 14
_EMERGENCY_KINDS = frozenset({HomeKind.FOSTERING_EMERGENCY, HomeKind.CHILDRENS_HOME_EMERGENCY})


class TimerKind(StrEnum):
    """What runs out."""

    TEMPORARY_APPROVAL = "temporary-approval"
    OUTSIDE_TERMS = "emergency-outside-terms"
    EMERGENCY_BED = "emergency-bed"
    VACANCY_NOT_CONFIRMED = "vacancy-not-confirmed"
    NEEDS_PROFILE_REVIEW = "needs-profile-review"
    PLACEMENT_REVIEW = "placement-review"
    STABILITY_PLAN = "stability-plan"


class Lateness(StrEnum):
    """How a timer stands, worst first."""

    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    SOON = "soon"
    RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One thing that runs out on a day."""

    kind: TimerKind
    noun: str
    about: UUID
    """The id of the home, placement, child or referral."""
    reference: str
    """The authority's own reference of it."""
    due: date
    lateness: Lateness
    says: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What timers are computed from."""

    as_of: date
    parameters: Parameters
    homes: Iterable[Home] = ()
    placements: Iterable[Placement] = ()
    """Every placement, past ones too, of the children who are looked after or wait."""
    profiles: Mapping[ChildId, NeedsProfile] = field(default_factory=lambda: MappingProxyType({}))
    references: Mapping[ChildId, str] = field(default_factory=lambda: MappingProxyType({}))
    """The authority's own reference of each child."""
    waiting: Iterable[Referral] = ()
    sign_offs: Iterable[SignOff] = ()
    reviewed: Mapping[PlacementId, date] = field(default_factory=lambda: MappingProxyType({}))
    """When each placement was last reviewed; a placement that is absent here is not followed for reviews."""
    breakdown_reasons: frozenset[EndReason] = BREAKDOWN_REASONS


def timers(watched: Watched) -> tuple[Timer, ...]:
    """Every timer that runs, the longest overdue first."""
    placements = tuple(watched.placements)
    homes = {home.id: home for home in watched.homes}
    found = [
        *_of_homes(watched, homes.values(), _used(placements, watched.as_of)),
        *_of_placements(watched, homes, placements),
        *_of_profiles(watched),
        *_of_stability(watched, placements),
    ]
    return tuple(sorted(found, key=lambda timer: (timer.due, timer.kind, timer.reference, timer.about)))


def lateness(due: date, as_of: date) -> Lateness:
    """How something due on a day stands on another."""
    if due < as_of:
        return Lateness.OVERDUE
    if due == as_of:
        return Lateness.DUE_TODAY
    return Lateness.SOON if due <= as_of + timedelta(days=SOON_DAYS) else Lateness.RUNNING


def temporary_approval_ends(terms: ApprovalTerms, parameters: Parameters) -> date:
    """When a connected person's temporary approval ends: as recorded, but never later than the law lets it last."""
    weeks = parameters["temporary_approval_weeks"]
    if terms.temporary_extended:
        weeks += parameters["temporary_extension_weeks"]
    lawful = terms.period.starts + timedelta(weeks=weeks)
    return lawful if terms.temporary_until is None else min(lawful, terms.temporary_until)


# --- homes


def _of_homes(watched: Watched, homes: Iterable[Home], used: frozenset[HomeId]) -> Iterator[Timer]:
    for home in homes:
        terms = home.approval_on(watched.as_of)
        if terms is not None and terms.temporary_until is not None and home.id in used:
            yield _temporary(watched, home, terms)
        if home.availability.state is AvailabilityState.AVAILABLE:
            yield from _unconfirmed(watched, home)


def _temporary(watched: Watched, home: Home, terms: ApprovalTerms) -> Timer:
    more = "it was extended already" if terms.temporary_extended else "one extension of 8 weeks may be given"
    due = temporary_approval_ends(terms, watched.parameters)
    says = f"Temporary approval ends; {more}"
    return _timer(watched, TimerKind.TEMPORARY_APPROVAL, home, due, says, "Care Planning Regs 2010 reg 24-25")


def _unconfirmed(watched: Watched, home: Home) -> Iterator[Timer]:
    last = home.availability.last_confirmed
    days = watched.parameters["confirmed_within_days"]
    due = watched.as_of if last is None else last + timedelta(days=days)
    if due <= watched.as_of:
        says = "The vacancy was never confirmed" if last is None else f"The vacancy was last confirmed on {last}"
        yield _timer(watched, TimerKind.VACANCY_NOT_CONFIRMED, home, due, f"{says}: ask the home", "policy")


def _used(placements: Iterable[Placement], day: date) -> frozenset[HomeId]:
    return frozenset(
        one.home for one in placements if one.state is PlacementState.STARTED and one.as_known_on(day).takes(day)
    )


# --- placements


def _of_placements(watched: Watched, homes: Mapping[HomeId, Home], placements: Iterable[Placement]) -> Iterator[Timer]:
    owed = {(one.home, one.child): one for one in owed_after_start(watched.sign_offs)}
    for placement in placements:
        if placement.state is not PlacementState.STARTED or placement.starts > watched.as_of:
            continue
        sign_off = owed.get((placement.home, placement.child)) or owed.get((placement.home, None))
        if sign_off is not None:
            yield _outside_terms(watched, placement)
        home = homes.get(placement.home)
        if home is not None and _is_emergency_bed(home):
            yield _emergency_bed(watched, placement)
        if placement.id in watched.reviewed:
            yield _review(watched, placement)


def _outside_terms(watched: Watched, placement: Placement) -> Timer:
    days = watched.parameters["emergency_working_days"]
    due = add_working_days(placement.starts, days)
    says = f"Outside the terms of approval for at most {days} working days: agree, change the terms, or move"
    source = "Care Planning Regs 2010 reg 23"
    return _timer(watched, TimerKind.OUTSIDE_TERMS, placement, due, says, source)


def _is_emergency_bed(home: Home) -> bool:
    return home.kind in _EMERGENCY_KINDS or home.bed_types == {CareType.EMERGENCY}


def _emergency_bed(watched: Watched, placement: Placement) -> Timer:
    days = watched.parameters["emergency_bed_days"]
    due = placement.starts + timedelta(days=days)
    says = f"Move on from the emergency bed within {days} days"
    return _timer(watched, TimerKind.EMERGENCY_BED, placement, due, says, "NELC #15")


def _review(watched: Watched, placement: Placement) -> Timer:
    due = next_review(placement.starts, watched.reviewed[placement.id])
    source = "Care Planning Regs 2010 reg 33 (memory)"
    return _timer(watched, TimerKind.PLACEMENT_REVIEW, placement, due, "Review the placement", source)


def next_review(starts: date, last: date) -> date:
    """When a placement is next reviewed: 20 working days after the start, then 3 months, then every 6 months."""
    first = add_working_days(starts, 20)
    if last <= starts:
        return first
    return add_months(last, 3 if last <= first else 6)


# --- children


def _of_profiles(watched: Watched) -> Iterator[Timer]:
    for child, profile in watched.profiles.items():
        if child not in watched.references or profile.review_due > watched.as_of + timedelta(days=SOON_DAYS):
            continue
        yield Timer(
            kind=TimerKind.NEEDS_PROFILE_REVIEW,
            noun="child",
            about=child,
            reference=watched.references[child],
            due=profile.review_due,
            lateness=lateness(profile.review_due, watched.as_of),
            says="Review the needs profile",
            source="policy",
        )


def _of_stability(watched: Watched, placements: Iterable[Placement]) -> Iterator[Timer]:
    broken: dict[ChildId, list[date]] = {}
    for one in placements:
        if one.ended is not None and one.end_reason in watched.breakdown_reasons:
            broken.setdefault(one.child, []).append(one.ended)
    for referral in watched.waiting:
        for ask in referral.asks:
            days = sorted(broken.get(ask.child, []))
            few = len(days) < watched.parameters["breakdowns_for_plan"]
            if few or (ask.stability_plan_on is not None and ask.stability_plan_on >= days[-1]):
                continue
            says = f"{len(days)} placements broke down: a stability plan comes before the next"
            yield _timer(watched, TimerKind.STABILITY_PLAN, referral, referral.wanted_by, says, "NELC #17")


def _timer(
    watched: Watched, kind: TimerKind, about: Home | Placement | Referral, due: date, says: str, source: str
) -> Timer:
    return Timer(
        kind=kind,
        noun=type(about).__name__.lower(),
        about=about.id,
        reference=about.external_ref,
        due=due,
        lateness=lateness(due, watched.as_of),
        says=says,
        source=source,
    )
