"""Places that matter: where a home is, where a child goes, and where a child must not go."""

from __future__ import annotations

from dataclasses import dataclass

from matching.codes import AvoidReason, Frequency, PlaceKind
from matching.geography import Point
from matching.values import AuthorityCode, Metres


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode or postcode sector, and where it is when the gazetteer knows it.

    `point` and `authority` are None when the place could not be found: every rule that reads them is then unknown.
    """

    postcode: str
    point: Point | None = None
    authority: AuthorityCode | None = None


@dataclass(frozen=True, slots=True)
class ImportantPlace:
    """A place the child goes to, and how often."""

    kind: PlaceKind
    place: Place
    frequency: Frequency = Frequency.OTHER


@dataclass(frozen=True, slots=True)
class AvoidedPlace:
    """An exclusion zone: no home within the radius of the place may be proposed."""

    place: Place
    radius: Metres
    reason: AvoidReason = AvoidReason.OTHER


JOURNEYS_A_MONTH = {
    Frequency.DAILY: 20,
    Frequency.FEW_TIMES_A_WEEK: 12,
    Frequency.WEEKLY: 4,
    Frequency.FORTNIGHTLY: 2,
    Frequency.MONTHLY: 1,
    Frequency.OTHER: 1,
}
"""Journeys each way in a four-week month; daily means each school day. Our own convention, published with the policy."""
