"""Pins that no plan could keep are told before any plan is made: just those, as a look at every plan shows."""

from __future__ import annotations

from itertools import combinations

import pytest

from matching.plan import Wishes
from solver.interface import PinnedPairingBlocked
from solver.pins import check_pins
from tests.solver.every_plan import every_plan, tiny


@pytest.mark.parametrize("seed", range(1, 9))
def test_pins_are_refused_just_where_no_plan_has_all_of_them_in_that_home(seed: int) -> None:
    worth = tiny(seed)
    children = [one.child.id for one in worth.pool.seekers]
    possible = [(intake.home, set(intake.children)) for plan in every_plan(worth) for intake in plan.intakes]
    for home in worth.pool.homes:
        for some in [*combinations(children, 1), *combinations(children, 2)]:
            wishes = Wishes(frozenset((child, home.id) for child in some))
            if any(there == home.id and moving.issuperset(some) for there, moving in possible):
                check_pins(worth, wishes)
            else:
                with pytest.raises(PinnedPairingBlocked):
                    check_pins(worth, wishes)


def test_without_a_pin_there_is_nothing_to_refuse() -> None:
    check_pins(tiny(1), Wishes())
