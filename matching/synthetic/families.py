"""Families: which children are brothers and sisters, which of them live together, and where home is."""

from __future__ import annotations

from dataclasses import dataclass, field

from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, Family
from matching.synthetic.figures import Figures, PlacementType
from matching.synthetic.ground import Ground
from matching.synthetic.names import FAMILY_NAMES

_SHARE_BY_SIZE = ((2, 0.251), (3, 0.132), (4, 0.1))
"""Children in groups of two, three and four, over all children in care: chosen so that, at the published rates of
separation by number of siblings, 37 % overall are separated."""
_TOGETHER = (
    (PlacementType.OWN_FOSTERING, 44.0),
    (PlacementType.AGENCY_FOSTERING, 40.0),
    (PlacementType.RELATIVE_OR_FRIEND, 9.0),
    (PlacementType.WITH_PARENTS, 5.0),
    (PlacementType.PLACED_FOR_ADOPTION, 2.0),
)
_APART = (
    (PlacementType.OWN_FOSTERING, 36.0),
    (PlacementType.AGENCY_FOSTERING, 36.0),
    (PlacementType.RELATIVE_OR_FRIEND, 5.0),
    (PlacementType.RESIDENTIAL, 14.0),
    (PlacementType.SEMI_INDEPENDENT, 6.0),
    (PlacementType.WITH_PARENTS, 3.0),
)
_SPLITS = {
    2: (((1, 1), 1.0),),
    3: (((2, 1), 75.0), ((1, 1, 1), 25.0)),
    4: (((2, 2), 40.0), ((3, 1), 35.0), ((2, 1, 1), 25.0)),
}
_LEAST_DAYS, _MOST_DAYS = 300, 8 * 365
_TRIES = 400

Unit = list[DraftChild]
"""Children of one family who live together."""


@dataclass(frozen=True, slots=True)
class Families:
    """Every family, and the units that live together."""

    families: list[Family] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)


def families_of(figures: Figures, children: list[DraftChild], ground: Ground, chance: Chance) -> Families:
    """Groups the children so that, of those with one, two and three siblings in care, the published share is parted."""
    made = Families()
    free: dict[PlacementType, list[DraftChild]] = {kind: [] for kind, _ in figures.types}
    for child in chance.shuffled(children):
        if not child.uasc and child.kind is not None:
            free[child.kind].append(child)
    for (size, share), per_cent in reversed(list(zip(_SHARE_BY_SIZE, figures.separated_per_cent, strict=True))):
        groups = round(len(children) * share / size)
        parted = round(groups * per_cent / 100)
        for number in range(groups):
            splits = _SPLITS[size] if number < parted else (((size,), 1.0),)
            _group(made, chance.weighted(splits), free, ground, chance)
    for child in children:
        if child.family is None:
            _found(made, [[child]], ground)
    return made


def new_family(number: int, ground: Ground) -> Family:
    """A family at a postcode of the area, with an invented name."""
    locality = ground.locality()
    return Family(number, FAMILY_NAMES[number % len(FAMILY_NAMES)], ground.within(locality), locality)


def _group(
    made: Families,
    sizes: tuple[int, ...],
    free: dict[PlacementType, list[DraftChild]],
    ground: Ground,
    chance: Chance,
) -> None:
    for _ in range(_TRIES):
        units = _units(sizes, free, chance)
        if units is not None:
            for kind, unit in units:
                free[kind] = [child for child in free[kind] if child not in unit]
            _found(made, [unit for _, unit in units], ground)
            return
    raise AssertionError("No brothers and sisters of fitting ages are left.")


def _units(
    sizes: tuple[int, ...], free: dict[PlacementType, list[DraftChild]], chance: Chance
) -> list[tuple[PlacementType, Unit]] | None:
    chosen: Unit = []
    units: list[tuple[PlacementType, Unit]] = []
    for size in sizes:
        kind = chance.weighted(_TOGETHER if size > 1 else _APART)
        unit = []
        for _ in range(size):
            found = _sibling(chosen, free[kind], chance)
            if found is None:
                return None
            chosen.append(found)
            unit.append(found)
        units.append((kind, unit))
    return units


def _sibling(so_far: Unit, candidates: list[DraftChild], chance: Chance) -> DraftChild | None:
    """A child born neither too soon before or after, nor too many years from, the brothers and sisters so far."""
    for _ in range(40 if candidates else 0):
        child = chance.one(candidates)
        apart = [abs((child.born - other.born).days) for other in so_far]
        if all(_LEAST_DAYS <= days <= _MOST_DAYS for days in apart):
            return child
    return None


def _found(made: Families, units: list[Unit], ground: Ground) -> None:
    family = new_family(len(made.families), ground)
    family.members = sorted((child for unit in units for child in unit), key=lambda child: (child.born, child.number))
    for child in family.members:
        child.family = family
    made.families.append(family)
    made.units.extend(units)
