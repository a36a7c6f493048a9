"""Stock and flow: what the engine gives where the answer is known by other means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.sufficiency.coming import Demand, Surge
from matching.sufficiency.grid import Grid
from matching.sufficiency.nights import Ahead, InCare, Nights, simulate
from matching.sufficiency.rates import Rates, known_rates
from matching.sufficiency.streams import shares, turns, waits

FIRST = date(2026, 9, 1)
GRID = Grid(("fostering", "residential"))
LEAVING = np.array([1 / 400, 1 / 200])
"""A day, at every age and stay."""
ONWARD = np.array([[0.0, 0.3, 0.7], [0.5, 0.0, 0.5]])
COMING = 0.4


def rates(coming: float = COMING) -> Rates:
    """The same rates at every age; everybody comes at the age of five to nine, to fostering."""
    come = np.zeros(GRID.shape[:2])
    come[0, 2] = coming
    leaving = np.broadcast_to(LEAVING[:, None, None], GRID.shape)
    return known_rates(GRID, leaving, np.repeat(ONWARD[:, None], 5, axis=1), come)


def start(fostered: int = 300, residential: int = 100) -> InCare:
    """Children of six, so that nobody turns eighteen meanwhile."""
    kind = np.repeat(np.array([0, 1], np.int16), (fostered, residential))
    age = np.full(kind.size, 6 * 365.25, np.float32)
    return InCare(kind, age, np.full(kind.size, 50, np.float32), np.zeros(kind.size, np.int16))


def run(days: int = 730, replicates: int = 200, seed: int = 1, demand: Demand | None = None, **of: object) -> Nights:
    ahead = Ahead(first=FIRST, days=days, replicates=replicates, seed=seed)
    return simulate(start(), replace(rates(), **of), ahead, demand or Demand())  # type: ignore[arg-type]


def expected(days: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Mean children by kind each night, by small steps of the equations of stock and flow: other code altogether."""
    steps, mean, out = 20, np.array([300.0, 100.0]), []
    for _ in range(days):
        out.append(mean)
        for _ in range(steps):
            flow = mean * LEAVING / steps
            mean = mean - flow + flow @ ONWARD[:, :2] + np.array([COMING, 0.0]) / steps
    return np.array(out).T


def test_mean_stock_follows_the_equations_of_stock_and_flow() -> None:
    nights = run()
    mean, spread = nights.by_kind.mean(axis=0), nights.by_kind.std(axis=0) / np.sqrt(200)
    days = [30, 182, 365, 729]
    assert np.abs((mean - expected(730))[:, days] / spread[:, days]).max() < 4


def test_the_first_night_holds_those_in_care_less_who_leaves_that_day() -> None:
    first = run().by_kind[:, :, 0].sum(axis=1)
    assert abs(first.mean() - 400) < 2
    nobody = simulate(start(), rates(1e-12), Ahead(first=FIRST, days=400, replicates=50, seed=1))
    assert (np.diff(nobody.by_kind.sum(axis=1).astype(int), axis=1) <= 0).all()


def test_the_same_seed_gives_the_same_nights_and_another_seed_others() -> None:
    one, same, other = run(), run(), run(seed=2)
    assert np.array_equal(one.by_kind, same.by_kind)
    assert np.array_equal(one.by_age, same.by_age)
    assert not np.array_equal(one.by_kind, other.by_kind)


def test_ages_and_areas_add_up_to_kinds_on_every_marked_day() -> None:
    nights = run(days=400)
    marked = nights.by_kind[:, :, list(nights.ahead.marked)]
    assert np.array_equal(nights.by_age.sum(axis=2), marked)
    assert np.array_equal(nights.by_area.sum(axis=2), marked)


def test_children_grow_older_and_leave_at_eighteen() -> None:
    still = replace(rates(1e-12), nights=rates().nights * 1e9)
    grown = replace(start(), age=np.full(400, 17.5 * 365.25, np.float32))
    nights = simulate(grown, still, Ahead(first=FIRST, days=400, replicates=2, seed=1))
    left = round(0.5 * 365.25)
    assert nights.by_kind[:, :, left - 3].sum() == 800
    assert nights.by_kind[:, :, left + 3].sum() == 0
    assert nights.by_age[0, 0, 4, 0] == 300


def test_growth_adds_children_and_leaves_the_others_as_they_are() -> None:
    usual, more = run(), run(demand=Demand(per_mille_a_year=30))
    added = more.by_kind.sum(axis=1).astype(int) - usual.by_kind.sum(axis=1)
    assert (added >= 0).all()
    assert 0 < added[:, -1].mean() < 10


def test_decline_takes_children_away_and_leaves_the_others_as_they_are() -> None:
    fewer = run(demand=Demand(per_mille_a_year=-20)).by_kind.sum(axis=1).astype(int) - run().by_kind.sum(axis=1)
    assert (fewer <= 0).all()
    assert fewer[:, -1].mean() < 0


def test_a_surge_brings_exactly_so_many_children() -> None:
    fast = replace(rates(), nights=rates().nights * 1e9)
    ahead = Ahead(first=FIRST, days=60, replicates=20, seed=1)
    surge = Demand(surges=(Surge(count=33, first_day=10, days=30),))
    added = simulate(start(), fast, ahead, surge).by_kind.astype(int) - simulate(start(), fast, ahead).by_kind
    assert added[:, :, 9].sum() == 0
    assert (added[:, :, 41].sum(axis=1) == 33).all()


def test_a_scenario_shows_its_difference_far_more_sharply_than_other_luck_would() -> None:
    """Common random numbers: the difference varies much less between replicates than two separate runs would."""
    usual, quicker = run(), run(ended=rates().ended * 1.05)
    apart = run(seed=2, ended=rates().ended * 1.05)
    last = [nights.by_kind[:, :, -1].sum(axis=1).astype(int) for nights in (usual, quicker, apart)]
    assert (last[1] - last[0]).std() < 0.6 * (last[2] - last[0]).std()


def test_luck_of_a_child_depends_on_the_child_alone() -> None:
    keys = np.arange(1, 50_001, dtype=np.uint64)
    assert np.array_equal(turns(keys, 3)[100:200], turns(keys[100:200].copy(), 3))
    drawn = turns(keys, 1)
    assert abs(waits(drawn).mean() - 1) < 0.02
    assert abs(shares(drawn).mean() - 0.5) < 0.005
    assert abs(np.corrcoef(waits(drawn), shares(drawn))[0, 1]) < 0.02
    assert abs(np.corrcoef(shares(drawn), shares(turns(keys, 2)))[0, 1]) < 0.02


@pytest.mark.parametrize("replicates", [1, 50, 120])
def test_any_number_of_replicates_is_worked_out(replicates: int) -> None:
    assert run(days=30, replicates=replicates).by_kind.shape == (replicates, 2, 30)


def test_progress_is_told_and_may_stop_the_run() -> None:
    seen: list[tuple[int, int]] = []

    def follow(done: int, of: int) -> None:
        seen.append((done, of))
        if done >= 100:
            raise InterruptedError

    ahead = Ahead(first=FIRST, days=30, replicates=400, seed=1)
    with pytest.raises(InterruptedError):
        simulate(start(), rates(), ahead, progress=follow)
    assert seen == [(50, 400), (100, 400)]
