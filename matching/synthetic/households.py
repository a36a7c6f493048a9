"""Who shares a household: units of children put together until there are as many households as there should be."""

from __future__ import annotations

from matching.codes import AvailabilityState, HomeKind, OnHoldReason, Sector
from matching.places import Place
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, DraftHome
from matching.values import AgeRange

USUAL_LIMIT = 3
"""Children Act 1989 s63(12), Sch 7: more only when all are brothers and sisters to one another."""
_RANGES = (
    (AgeRange(0, 4), 3.0),
    (AgeRange(0, 7), 2.5),
    (AgeRange(0, 9), 3.0),
    (AgeRange(0, 11), 2.5),
    (AgeRange(3, 9), 2.0),
    (AgeRange(4, 12), 1.5),
    (AgeRange(5, 15), 0.8),
    (AgeRange(0, 17), 1.6),
    (AgeRange(5, 17), 0.6),
    (AgeRange(8, 17), 0.8),
    (AgeRange(10, 17), 1.2),
    (AgeRange(16, 17), 0.5),
)
"""Ranges of approval, and how common each is where nobody lives yet: beds for younger children are easier to find."""
_TEENS = range(10, 16)
_TOO_COMPLEX_TO_SHARE = 2.6
_REASONS = (
    (OnHoldReason.FAMILY_CIRCUMSTANCES, 40.0),
    (OnHoldReason.NEEDS_OF_CHILD_IN_PLACEMENT, 30.0),
    (OnHoldReason.ILLNESS, 18.0),
    (OnHoldReason.ALLEGATION, 6.0),
    (OnHoldReason.OTHER, 6.0),
)


class DraftHomes:
    """Every home made so far, numbered in the order they were made."""

    def __init__(self) -> None:
        self.all: list[DraftHome] = []

    def add(self, kind: HomeKind, sector: Sector, provider: str, where: tuple[Place, str], beds: int) -> DraftHome:
        """One more home; `where` is its place and the name of the locality, empty outside the area."""
        home = DraftHome(len(self.all), kind, sector, provider, where[0], where[1], beds)
        self.all.append(home)
        return home


def shared_households(
    units: list[list[DraftChild]], wanted: int, most: int, years_apart: int, chance: Chance
) -> list[list[DraftChild]]:
    """Puts units together two by two until `wanted` households are left, or no two fit.

    Units fit when they are at most `most` children, at most so many years apart, and none is too complex to share.
    """
    left = chance.shuffled(units)
    misses = 0
    while len(left) > wanted and misses < 2_000:
        one, other = chance.some(range(len(left)), 2)
        both = left[one] + left[other]
        if _fit(both, most, years_apart):
            left[min(one, other)] = both
            del left[max(one, other)]
            misses = 0
        else:
            misses += 1
    return left


def _fit(children: list[DraftChild], most: int, years_apart: int) -> bool:
    ages = [child.age for child in children]
    calm = all(child.severity < _TOO_COMPLEX_TO_SHARE for child in children)
    return len(children) <= most and max(ages) - min(ages) <= years_apart and calm


def settle(home: DraftHome, children: list[DraftChild]) -> None:
    """The children live in the home from now on; the caller sees to it that there are beds."""
    for child in children:
        home.residents.append(child)
        child.home = home


def put_on_hold(home: DraftHome, chance: Chance) -> None:
    """The home may not be asked: usually on hold for a reason, now and then suspended or closing."""
    home.state = chance.weighted(
        ((AvailabilityState.ON_HOLD, 88.0), (AvailabilityState.SUSPENDED, 6.0), (AvailabilityState.CLOSING, 6.0))
    )
    if home.state is AvailabilityState.ON_HOLD:
        home.reason = chance.weighted(_REASONS)


def approve_ages(home: DraftHome, chance: Chance, *, teens: bool | None = None) -> None:
    """A range of approval, as narrow as not, around the children who live there.

    With `teens` given, one that reaches into 10 to 15 or one that stays out of it, unless those who live there decide.
    """
    around = _ranges_around(home)
    if teens is not None:
        around = [(r, share) for r, share in around if reaches_teens(r) is teens] or around
    if home.residents or home.named:
        around.sort(key=lambda pair: (pair[0].oldest - pair[0].youngest, pair[0].youngest))
        around = [(r, 1.0) for r, _ in (*around[:3], around[-1])]
    home.ages = chance.weighted(around)


def _ranges_around(home: DraftHome) -> list[tuple[AgeRange, float]]:
    """Ranges that hold everybody there, this year and next, with how common each is."""
    ages = [child.age for child in [*home.residents, *home.named]]
    return [(r, share) for r, share in _RANGES if all(age in r and min(17, age + 1) in r for age in ages)]


def can_keep_out_of_teens(home: DraftHome) -> bool:
    """Whether some range holds everybody there and no age from 10 to 15."""
    return any(not reaches_teens(ages) for ages, _ in _ranges_around(home))


def reaches_teens(ages: AgeRange) -> bool:
    """Whether an approval covers any age from 10 to 15."""
    return any(age in ages for age in _TEENS)
