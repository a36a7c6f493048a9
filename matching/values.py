"""Identifiers, ranges and units: the small values that everything else is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType
from uuid import UUID

from matching.errors import DomainError

AuthorityId = NewType("AuthorityId", UUID)
RegionId = NewType("RegionId", UUID)
ProviderId = NewType("ProviderId", UUID)
HomeId = NewType("HomeId", UUID)
ChildId = NewType("ChildId", UUID)
SiblingGroupId = NewType("SiblingGroupId", UUID)
ReferralId = NewType("ReferralId", UUID)
PlacementId = NewType("PlacementId", UUID)
HoldId = NewType("HoldId", UUID)
FrameworkId = NewType("FrameworkId", UUID)
ProfileId = NewType("ProfileId", UUID)
MatchRunId = NewType("MatchRunId", UUID)
OfferId = NewType("OfferId", UUID)
SignOffId = NewType("SignOffId", UUID)
RecommendationId = NewType("RecommendationId", UUID)
DecisionId = NewType("DecisionId", UUID)

AuthorityCode = NewType("AuthorityCode", str)
"""The nine-character GSS code of a children's services authority, for example E10000020."""

Pence = NewType("Pence", int)
"""Whole pence sterling."""
Points = NewType("Points", int)
"""Whole points of the published scoring; fewer is better."""
Metres = NewType("Metres", int)
"""Whole metres, straight line, British National Grid."""

OLDEST_CHILD = 17
"""A child is under 18 (Children Act 1989 s105); staying put begins at 18."""


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages in whole years, both ends included."""

    youngest: int
    oldest: int

    def __post_init__(self) -> None:
        if not 0 <= self.youngest <= self.oldest <= 25:
            raise DomainError(
                "An age range runs from the younger to the older age, within 0 to 25. Give the younger age first."
            )

    def __contains__(self, age: int) -> bool:
        return self.youngest <= age <= self.oldest

    def __str__(self) -> str:
        return f"{self.youngest}-{self.oldest}"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; no last day means until further notice."""

    starts: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.starts:
            raise DomainError("A period cannot end before it starts. Give an end on or after the start.")

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


def age_on(born: date, day: date) -> int:
    """Age in completed years on a day; somebody born on 29 February has a birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def nights(first: date, until: date) -> int:
    """How many nights lie between a first night and the morning of `until`; never negative."""
    return max(0, (until - first).days)


def plus_days(day: date, days: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=days)
