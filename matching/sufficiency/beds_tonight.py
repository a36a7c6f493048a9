"""Beds tonight: what can be offered now, by kind and by age, and what nobody can be offered at all (zero cover)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matching.codes import AvailabilityState, CareType, HomeKind
from matching.homes import Home
from matching.placements import Hold, Placement, PlacementState
from matching.sufficiency.kinds import CareKind, Supplier, kind_of_home, supplier_of
from matching.values import AgeRange, HomeId

AGE_BANDS = {
    "under 1": AgeRange(0, 0),
    "1 to 4": AgeRange(1, 4),
    "5 to 9": AgeRange(5, 9),
    "10 to 15": AgeRange(10, 15),
    "16 to 17": AgeRange(16, 17),
}
"""Bands of the statutory tables."""
PURPOSES = (CareType.EMERGENCY, CareType.PACE, CareType.REMAND, CareType.PARENT_AND_CHILD, CareType.UASC_ARRIVAL)
"""What beds are kept for that an authority must be able to offer at any hour, or says when it cannot."""
_OF_KIND = {
    HomeKind.FOSTERING_EMERGENCY: CareType.EMERGENCY,
    HomeKind.CHILDRENS_HOME_EMERGENCY: CareType.EMERGENCY,
    HomeKind.FOSTERING_PACE: CareType.PACE,
    HomeKind.FOSTERING_REMAND: CareType.REMAND,
    HomeKind.FOSTERING_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
    HomeKind.RESIDENTIAL_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
}


@dataclass(frozen=True, slots=True)
class BedsOfAge:
    """Ordinary beds that can be offered tonight to a child of some age."""

    kind: CareKind
    supplier: Supplier
    ages: str
    beds: int
    """A bed counts in every band of age that its home's terms reach, so bands do not add up."""
    homes: int


@dataclass(frozen=True, slots=True)
class BedsKept:
    """Beds kept for one purpose."""

    purpose: CareType
    beds: int
    homes: int
    zero_cover: bool
    """Whether nobody could be offered one tonight."""


@dataclass(frozen=True, slots=True)
class BedsTonight:
    """What can be offered tonight."""

    as_of: date
    ordinary: tuple[BedsOfAge, ...]
    kept: tuple[BedsKept, ...]
    not_to_be_asked: dict[str, int]
    """Beds that nobody sleeps in and that cannot be offered, by why."""
    not_stated: int
    """Beds in homes whose terms say no age: they are in no band."""


def beds_tonight(
    homes: Sequence[Home], placements: Sequence[Placement], holds: Sequence[Hold], as_of: date
) -> BedsTonight:
    """Matchable beds, not approved ones. Short breaks and beds for named children alone are left out."""
    free = [(home, beds) for home, beds in matchable_free(homes, placements, as_of, holds) if beds > 0]
    ordinary = [(home, beds) for home, beds in free if not purposes_of(home)]
    return BedsTonight(
        as_of=as_of,
        ordinary=tuple(_by_age(ordinary, as_of)),
        kept=tuple(_kept(free)),
        not_to_be_asked=dict(sorted(_not_asked(homes, placements, holds, as_of).items())),
        not_stated=sum(beds for home, beds in ordinary if ages_of(home, as_of) is None),
    )


def matchable_free(
    homes: Iterable[Home], placements: Iterable[Placement], as_of: date, holds: Iterable[Hold] = ()
) -> list[tuple[Home, int]]:
    """Each home that may be asked tonight, with its free beds: effective beds less those lived in, promised or held."""
    taken = _taken(placements, holds, as_of)
    return [(home, max(0, home.beds - taken[home.id])) for home in homes if _may_be_asked(home, as_of)]


def purposes_of(home: Home) -> frozenset[CareType]:
    """What a home's beds are kept for; empty for ordinary beds."""
    own = _OF_KIND.get(home.kind)
    return (home.bed_types & frozenset(PURPOSES)) | (frozenset() if own is None else {own})


def ages_of(home: Home, day: date) -> AgeRange | None:
    """The ages of the terms or statement of purpose in force; None when neither says."""
    terms, purpose = home.approval_on(day), home.purpose_on(day)
    return (terms and terms.ages) or (purpose and purpose.ages) or None


def _may_be_asked(home: Home, day: date) -> bool:
    if kind_of_home(home.kind) in (None, CareKind.RELATIVE_OR_FRIEND, CareKind.OTHER):
        return False
    terms = home.approval_on(day)
    named = terms is not None and terms.named_children_only
    return not named and home.availability.state is AvailabilityState.AVAILABLE


def _taken(placements: Iterable[Placement], holds: Iterable[Hold], day: date) -> Counter[HomeId]:
    taken: Counter[HomeId] = Counter()
    for one in placements:
        now = one.as_known_on(day)
        promised = one.state is PlacementState.PLANNED and (one.until is None or one.until > day)
        taken[one.home] += promised or (one.state is PlacementState.STARTED and now.takes(day))
    for hold in holds:
        taken[hold.home] += 1
    return taken


def _by_age(free: Sequence[tuple[Home, int]], day: date) -> Iterable[BedsOfAge]:
    for kind in (CareKind.FOSTERING, CareKind.RESIDENTIAL, CareKind.SUPPORTED):
        for supplier in Supplier:
            rows = [
                (home, beds)
                for home, beds in free
                if kind_of_home(home.kind) is kind and supplier_of(home.sector) is supplier
            ]
            for name, band in AGE_BANDS.items():
                able = [(home, beds) for home, beds in rows if _reaches(ages_of(home, day), band)]
                yield BedsOfAge(kind, supplier, name, sum(beds for _, beds in able), len(able))


def _reaches(ages: AgeRange | None, band: AgeRange) -> bool:
    return ages is not None and ages.youngest <= band.oldest and band.youngest <= ages.oldest


def _kept(free: Sequence[tuple[Home, int]]) -> Iterable[BedsKept]:
    for purpose in PURPOSES:
        able = [beds for home, beds in free if purpose in purposes_of(home)]
        yield BedsKept(purpose, sum(able), len(able), zero_cover=not able)


def _not_asked(
    homes: Iterable[Home], placements: Iterable[Placement], holds: Iterable[Hold], day: date
) -> Counter[str]:
    taken = _taken(placements, holds, day)
    found: Counter[str] = Counter()
    for home in homes:
        free = max(0, home.beds - taken[home.id])
        if free and not _may_be_asked(home, day):
            closed = home.availability.state is not AvailabilityState.AVAILABLE
            kind = kind_of_home(home.kind)
            why = (
                home.availability.state.value
                if closed
                else "short-breaks"
                if kind is None
                else "for named children or purposes"
            )
            found[why] += free
    return found
