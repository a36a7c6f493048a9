"""Who the children in care are: the placement table by age, sex, who came alone, and how complex their needs are."""

from __future__ import annotations

from datetime import date

import numpy as np

from matching.codes import Sex
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild
from matching.synthetic.figures import AGE_SEED, BANDS, Figures, PlacementType
from matching.synthetic.fitting import WholeTable, fitted, in_whole_numbers, shared_out
from matching.synthetic.invented_children import born_at

_UASC_TYPES = (
    (PlacementType.SEMI_INDEPENDENT, 0.62),
    (PlacementType.AGENCY_FOSTERING, 0.28),
    (PlacementType.OWN_FOSTERING, 0.1),
)
_UASC_GIRLS = 0.06
_SEVERITY = {
    PlacementType.AGENCY_FOSTERING: (1.6, 0.55),
    PlacementType.OWN_FOSTERING: (1.4, 0.5),
    PlacementType.RELATIVE_OR_FRIEND: (1.2, 0.4),
    PlacementType.SEMI_INDEPENDENT: (1.35, 0.45),
    PlacementType.OTHER: (2.7, 0.5),
    PlacementType.PLACED_FOR_ADOPTION: (1.0, 0.3),
    PlacementType.WITH_PARENTS: (1.2, 0.4),
    PlacementType.RESIDENTIAL: (3.05, 0.35),
}
STEP_DOWN_SHARE = 0.45
"""Of children in residential care, those whose needs foster care could meet (shared design notes, section 5)."""
_STEP_DOWN_SEVERITY = (1.7, 0.2)


def types_by_band(figures: Figures) -> WholeTable:
    """Children by placement type (rows, as in the figures) and age band (columns), in whole numbers.

    No source gives this table. It is fitted to the two published margins from a guessed seed whose zeros are kept:
    supported accommodation only at 16 and over, no child under five in residential care, adoption only under ten.
    """
    rows = np.array([count for _, count in figures.types])
    columns = np.array(shared_out(figures.children, figures.band_per_cent))
    seed = np.array([AGE_SEED[kind] for kind, _ in figures.types], np.float64)
    return in_whole_numbers(fitted(seed, rows, columns))


def children_in_care(figures: Figures, as_of: date, chance: Chance) -> list[DraftChild]:
    """Every child in care: type, age, date of birth, sex, whether unaccompanied, and complexity."""
    children: list[DraftChild] = []
    for (kind, _), counts in zip(figures.types, types_by_band(figures).tolist(), strict=True):
        for (youngest, oldest), count in zip(BANDS, counts, strict=True):
            for _ in range(count):
                age = _age(youngest, oldest, chance)
                born = born_at(age, as_of, chance)
                children.append(DraftChild(len(children), kind, age, born, severity=_severity(kind, age, chance)))
    _mark_unaccompanied(children, figures.uasc, chance)
    _give_sexes(children, figures.boys, chance)
    return children


def _age(youngest: int, oldest: int, chance: Chance) -> int:
    """Within 10-15 and 16-17 the older ages are commoner, as in the statutory tables."""
    if youngest >= 10:
        return max(chance.whole(youngest, oldest), chance.whole(youngest, oldest))
    return chance.whole(youngest, oldest)


def _severity(kind: PlacementType, age: int, chance: Chance) -> float:
    mean, spread = _SEVERITY[kind]
    if kind is PlacementType.RESIDENTIAL and chance.yes(STEP_DOWN_SHARE):
        mean, spread = _STEP_DOWN_SEVERITY
    if age < 5:
        mean -= 0.4
    return min(3.6, max(0.4, chance.normal(mean, spread)))


def _mark_unaccompanied(children: list[DraftChild], count: int, chance: Chance) -> None:
    shares = shared_out(count, tuple(share for _, share in _UASC_TYPES))
    for (kind, _), wanted in zip(_UASC_TYPES, shares, strict=True):
        old = [child for child in children if child.kind is kind and child.age >= 15]
        for child in chance.some(old, wanted):
            child.uasc = True
            child.severity = min(child.severity, 1.4)


def _give_sexes(children: list[DraftChild], boys: int, chance: Chance) -> None:
    alone = chance.shuffled([child for child in children if child.uasc])
    others = chance.shuffled([child for child in children if not child.uasc])
    girls_alone = round(len(alone) * _UASC_GIRLS)
    boys_alone = len(alone) - girls_alone
    for at, child in enumerate(alone):
        child.sex = Sex.FEMALE if at < girls_alone else Sex.MALE
    for at, child in enumerate(others):
        child.sex = Sex.MALE if at < boys - boys_alone else Sex.FEMALE
