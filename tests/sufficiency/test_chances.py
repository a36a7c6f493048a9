"""A chance of one in five comes true one time in five: chances of thresholds, on authorities whose rates are known."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.estimates import estimates
from matching.sufficiency.grid import Grid
from matching.sufficiency.nights import Ahead, in_care, simulate
from tests.sufficiency.invented import KINDS, Known, lived
from tests.sufficiency.test_calibration import AHEAD, FIRST, FROM, HISTORY, true_counts

AUTHORITIES = 40
BEDS = (0.85, 0.95, 1.0, 1.05, 1.15)
"""Beds, as so many times the children of the kind on the first day."""


@cache
def foretold() -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Chances that children of a kind outnumber some beds a year ahead, and whether they did."""
    grid, chances, came = Grid(KINDS), [], []
    for seed in range(100, 100 + AUTHORITIES):
        stays = lived(Known(come=0.3), HISTORY + AHEAD, seed)
        known = stays.as_known_on(FROM, len(KINDS))
        found = estimates(grid, known, date.fromordinal(FIRST), date.fromordinal(FROM))
        start = in_care(grid, known, FROM)
        nights = simulate(start, found.rates, Ahead(first=date.fromordinal(FROM), days=AHEAD, replicates=200, seed=3))
        truth = true_counts(stays, FROM + AHEAD - 1).sum(axis=1)
        for kind in range(len(KINDS)):
            for share in BEDS:
                beds = share * int((start.kind == kind).sum())
                chances.append(float((nights.by_kind[:, kind, -1] > beds).mean()))
                came.append(bool(truth[kind] > beds))
    return np.array(chances), np.array(came)


def test_chances_of_unmet_need_come_true_as_often_as_they_say() -> None:
    """In five classes of chance; five thresholds of one authority move together, so limits are wide of the binomial."""
    chances, came = foretold()
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        these = (chances >= low) & (chances < high)
        assert these.sum() >= 40, (low, these.sum())
        said, were = chances[these].mean(), came[these].mean()
        spread = np.sqrt(said * (1 - said) / (these.sum() / 2.5))
        assert abs(were - said) <= 3 * spread, (low, said, were, int(these.sum()))


def test_chances_tell_more_than_the_usual_share_does() -> None:
    """The Brier score is below that of always saying how often it happens."""
    chances, came = foretold()
    brier, usual = float(((chances - came) ** 2).mean()), float(came.mean() * (1 - came.mean()))
    assert brier < 0.85 * usual, (brier, usual)
