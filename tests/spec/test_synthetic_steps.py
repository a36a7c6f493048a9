"""The steps by which an authority is invented: chance that repeats, tables that fit, and what cannot be asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.codes import HomeKind, Sector
from matching.errors import DomainError
from matching.places import Place
from matching.synthetic import NORFOLK, pools
from matching.synthetic.building import drafts_of
from matching.synthetic.chance import Chance, invented_id
from matching.synthetic.drafts import DraftHome
from matching.synthetic.families import families_of
from matching.synthetic.fitting import fitted, in_whole_numbers, shared_out
from matching.synthetic.ground import Ground
from matching.synthetic.pool_shapes import SMALL
from matching.synthetic.searches import Searches, plan_moves
from tests.spec.authority_counts import AS_OF, gazetteer


def test_a_stream_repeats_and_another_stream_differs() -> None:
    draws = [Chance(1, "a").share(), Chance(1, "a").share(), Chance(1, "b").share(), Chance(2, "a").share()]
    assert draws[0] == draws[1]
    assert len(set(draws)) == 3


def test_weighted_draws_are_as_common_as_their_weights() -> None:
    chance = Chance(1, "weights")
    found = Counter(chance.weighted((("often", 3.0), ("seldom", 1.0), ("never", 0.0))) for _ in range(4_000))
    assert 2_850 <= found["often"] <= 3_150
    assert found["never"] == 0


def test_some_items_are_different_and_all_when_there_are_fewer() -> None:
    chance = Chance(1, "some")
    assert sorted(chance.some(range(3), 9)) == [0, 1, 2]
    assert len(set(chance.some(range(50), 20))) == 20


def test_identifiers_follow_from_what_they_identify() -> None:
    assert invented_id("home", 3) == invented_id("home", 3)
    assert invented_id("home", 3) != invented_id("home", 4)


def test_a_fitted_table_has_its_margins_and_keeps_zeros_and_ratios() -> None:
    seed = np.array([[1.0, 2.0, 0.0], [2.0, 1.0, 1.0]])
    table = fitted(seed, np.array([30, 50]), np.array([20, 40, 20]))
    assert table.sum(axis=1) == pytest.approx([30, 50])
    assert table.sum(axis=0) == pytest.approx([20, 40, 20])
    assert table[0, 2] == 0
    assert table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]) == pytest.approx(0.25)


def test_margins_with_different_totals_cannot_be_fitted() -> None:
    with pytest.raises(DomainError, match="one total"):
        fitted(np.ones((2, 2)), np.array([1, 2]), np.array([2, 2]))


def test_margins_that_zeros_rule_out_cannot_be_fitted() -> None:
    with pytest.raises(DomainError, match="these zeros"):
        fitted(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([3, 1]), np.array([1, 3]))


@pytest.mark.parametrize("seed", range(40))
def test_whole_numbers_keep_every_total_and_stay_within_one(seed: int) -> None:
    generator = np.random.default_rng(seed)
    whole = generator.integers(0, 5, (5, 4))
    table = fitted(generator.random((5, 4)) + 0.01, whole.sum(axis=1), whole.sum(axis=0))
    rounded = in_whole_numbers(table)
    assert (rounded.sum(axis=1) == whole.sum(axis=1)).all()
    assert (rounded.sum(axis=0) == whole.sum(axis=0)).all()
    assert np.abs(rounded - table).max() < 1 + 1e-6


def test_a_table_whose_totals_are_not_whole_cannot_be_kept_in_whole_numbers() -> None:
    with pytest.raises(DomainError, match="not whole numbers"):
        in_whole_numbers(np.array([[1.5], [1.5]]))


def test_a_total_is_shared_out_to_the_last_one() -> None:
    assert shared_out(10, (1, 1, 1)) == [4, 3, 3]
    assert shared_out(1115, (5, 14, 18, 41, 23)) == [55, 154, 199, 453, 254]


def test_no_family_is_made_of_children_who_could_not_be_brothers_and_sisters() -> None:
    """With nobody left to be a sibling the making stops, rather than giving another table."""
    children = drafts_of(NORFOLK, AS_OF, 3, gazetteer()).children
    for child in children:
        child.family, child.born = None, date(2015, 5, 5)
    ground = Ground(NORFOLK, gazetteer(), Chance(1, "ground"))
    with pytest.raises(AssertionError, match="No brothers and sisters"):
        families_of(NORFOLK, children, ground, Chance(1, "families"))


def test_beds_that_the_figures_do_not_allow_stop_the_making() -> None:
    with pytest.raises(AssertionError, match="more than the figures allow"):
        drafts_of(replace(NORFOLK, vacant_per_cent=1.0), AS_OF, 1, gazetteer())


def test_a_reserved_bed_needs_somebody_who_could_move_there() -> None:
    home = DraftHome(
        0, HomeKind.FOSTERING_MAINSTREAM, Sector.IN_HOUSE, "own", Place("NR1 1AA"), "Norwich", 1, reserved=1
    )
    ground = Ground(NORFOLK, gazetteer(), Chance(1, "ground"))
    searches = Searches(NORFOLK, [], [home], ground, AS_OF, Chance(1, "searches"))
    with pytest.raises(AssertionError, match="Nobody in care could move"):
        plan_moves(searches, [], [home], AS_OF, Chance(1, "moves"))


def test_region_and_nation_are_drawn_like_any_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REGION", "NATION"):
        monkeypatch.setattr(pools, name, replace(SMALL, name=name.lower(), homes=4, residents_have_profiles=False))
    assert len(pools.region(1).homes) == len(pools.nation(1).homes) == 4
