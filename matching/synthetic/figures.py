"""What is published about the two authorities that the synthetic ones are like, and what had to be assumed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matching.codes import HomeKind
from matching.values import AuthorityCode


class PlacementType(StrEnum):
    """The rows of the published placement table."""

    AGENCY_FOSTERING = "agency-fostering"
    OWN_FOSTERING = "in-house-fostering"
    RELATIVE_OR_FRIEND = "relative-or-friend"
    SEMI_INDEPENDENT = "semi-independent"
    OTHER = "other"
    PLACED_FOR_ADOPTION = "placed-for-adoption"
    WITH_PARENTS = "with-parents"
    RESIDENTIAL = "residential"


BANDS: Final = ((0, 0), (1, 4), (5, 9), (10, 15), (16, 17))
"""Age bands of the statutory tables, both ends included."""

AGE_SEED: Final = {
    PlacementType.AGENCY_FOSTERING: (3, 12, 22, 48, 15),
    PlacementType.OWN_FOSTERING: (8, 18, 22, 40, 12),
    PlacementType.RELATIVE_OR_FRIEND: (6, 22, 26, 36, 10),
    PlacementType.SEMI_INDEPENDENT: (0, 0, 0, 0, 100),
    PlacementType.OTHER: (6, 0, 6, 32, 56),
    PlacementType.PLACED_FOR_ADOPTION: (15, 70, 15, 0, 0),
    PlacementType.WITH_PARENTS: (8, 25, 22, 30, 15),
    PlacementType.RESIDENTIAL: (0, 0, 5, 63, 32),
}
"""Per cent of each type by band before fitting: our own guess, for no source gives the table. Zeros stay zero."""


@dataclass(frozen=True, slots=True)
class OwnHome:
    """A children's home the authority runs: an invented name, and the published use of one like it."""

    name: str
    kind: HomeKind
    beds: int
    used_per_cent: int
    locality: str
    registered: int | None = None
    """Registered beds when more than are used (effective beds are then `beds`)."""
    youngest: int = 10
    oldest: int = 17
    solo_at_times: bool = False


@dataclass(frozen=True, slots=True)
class Locality:
    """A part of the area: its outward postcodes and its share of families."""

    name: str
    outward: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The totals that an authority is built to."""

    code: AuthorityCode
    name: str
    region: str
    types: tuple[tuple[PlacementType, int], ...]
    band_per_cent: tuple[float, ...]
    boys: int
    uasc: int
    neglect_per_cent: int
    started_in_year: int
    ceased_in_year: int
    mainstream: int
    connected: int
    short_break: int
    carers: int
    in_own_households: int
    """Children who live in the authority's own fostering households."""
    staying_put: int
    matchable: int
    """Fostering beds that can be offered tonight for an ordinary stay."""
    filled_per_cent: float
    vacant_per_cent: float
    lived_in_per_cent: float
    """Mainstream households with children in care, over all of them: ours, so that beds come out as published."""
    empty_on_hold_per_cent: float
    """Of mainstream households with nobody in them, those that may not be asked: ours, for the same reason."""
    purpose_households: tuple[tuple[HomeKind, int], ...]
    """Mainstream households of a special kind, counted within `mainstream`."""
    carers_for_10_to_15_per_cent: int | None
    three_or_more_per_mille: int
    """Children with three or more placements in twelve months, out of a thousand."""
    more_than_three: int
    """Children with more than three placements in twelve months."""
    unplanned_per_mille: int
    separated_per_cent: tuple[int, int, int]
    """Children separated, of those with one, two and three siblings in care."""
    own_homes: tuple[OwnHome, ...]
    own_supported_beds: int
    own_flats: int
    arrival_houses: int
    """Supported houses that keep a bed for unaccompanied children who have just arrived."""
    agency_offers: int
    residential_offers: int
    supported_offers: int
    stories: tuple[tuple[str, int], ...]
    """How many referrals of each story wait today."""
    localities: tuple[Locality, ...]
    next_door: tuple[AuthorityCode, ...]
    distant: tuple[AuthorityCode, ...]

    @property
    def children(self) -> int:
        """Children in care."""
        return sum(count for _, count in self.types)

    def of_type(self, kind: PlacementType) -> int:
        """Children placed so."""
        return dict(self.types)[kind]
