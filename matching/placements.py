"""Placements and holds: who lives where, who will, and so which bed is taken on which night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from matching.codes import EndReason
from matching.errors import Faults
from matching.values import AuthorityId, ChildId, HoldId, HomeId, PlacementId, ReferralId


class PlacementState(StrEnum):
    """planned → started → ended; a plan that falls through is cancelled."""

    PLANNED = "planned"
    STARTED = "started"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A child living in a home. The bed is taken from the first night until the morning it ends."""

    id: PlacementId
    authority: AuthorityId
    external_ref: str
    child: ChildId
    home: HomeId
    state: PlacementState
    starts: date
    """The first night: planned, or actual once started."""
    planned_end: date | None = None
    """The morning the child is expected to leave, when known."""
    ended: date | None = None
    end_reason: EndReason | None = None
    statutory_code: str | None = None
    """The PLACE code of the statutory return, when it came from one."""

    def __post_init__(self) -> None:
        faults = Faults()
        faults.unless(
            self.ended is None or self.ended >= self.starts,
            "ended",
            "It ended before it started",
            "Give an end on or after the start",
        )
        faults.unless(
            self.planned_end is None or self.planned_end >= self.starts,
            "planned_end",
            "It is planned to end before it starts",
            "Give a planned end on or after the start",
        )
        faults.unless(
            (self.state is PlacementState.ENDED) == (self.ended is not None),
            "ended",
            "An ended placement has an end date, and no other has",
            "Give the date it ended with the state 'ended'",
        )
        faults.raise_if_any()

    @property
    def until(self) -> date | None:
        """The first morning the bed is free again: the actual end, else the planned one, else None (not known)."""
        return self.ended if self.ended is not None else self.planned_end

    @property
    def takes_a_bed(self) -> bool:
        """Whether the placement takes nights at all."""
        return self.state is not PlacementState.CANCELLED

    def as_known_on(self, day: date) -> Placement:
        """The placement as it stands on a day: one that should have ended by then, and has not, goes on."""
        overdue = self.state is PlacementState.STARTED and self.planned_end is not None and self.planned_end <= day
        return replace(self, planned_end=None) if overdue else self

    def takes(self, night: date) -> bool:
        """Whether the bed is taken on a night."""
        return self.takes_a_bed and self.starts <= night and (self.until is None or night < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One bed kept for a referral's child while people decide; it expires by itself."""

    id: HoldId
    authority: AuthorityId
    home: HomeId
    referral: ReferralId
    child: ChildId
    first_night: date
    last_morning: date | None
    held_until: datetime
    """Aware UTC; from this moment on the hold is no more."""


def started_on(placements: Iterable[Placement], child: ChildId, day: date) -> Placement | None:
    """The placement a child lives in on a day, the newest when records overlap; None when there is none."""
    started = (p.as_known_on(day) for p in placements if p.child == child and p.state is PlacementState.STARTED)
    return max((p for p in started if p.takes(day)), key=lambda placement: placement.starts, default=None)
