"""Linear programmes in whole arrays: answers, changes between them, and what happens when GLOP stumbles."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.math_opt import result_pb2

from solver.problem import Whole
from solver.programmes import FREE, Programme


def whole(*values: int) -> Whole:
    return np.array(values, dtype=np.int64)


def two_homes_for_two_children() -> Programme:
    """Columns: the first child in either home (-5, -4), the second in the first home (-6). Rows: children, then homes."""
    programme = Programme()
    programme.rows(np.full(4, -FREE), np.ones(4))
    programme.columns(whole(-5, -4, -6))
    programme.count(whole(0, 2, 0, 3, 1, 2), whole(0, 0, 1, 1, 2, 2), whole(1, 1, 1, 1, 1, 1))
    return programme


def test_the_best_shares_come_with_the_prices_that_prove_them() -> None:
    answer = two_homes_for_two_children().solve()
    assert answer is not None
    assert answer.value == -10
    assert answer.shares.tolist() == [0, 1, 1]
    assert answer.prices.sum() == answer.value
    assert (answer.prices <= 0).all()


def test_an_answer_follows_every_change() -> None:
    programme = two_homes_for_two_children()
    programme.solve()
    programme.cost(whole(1), whole(-1))
    found = [programme.solve()]
    programme.limit_columns(whole(2), np.zeros(1))
    found.append(programme.solve())
    programme.limit_columns(whole(2), np.array([FREE]))
    programme.limit_rows(whole(0), np.ones(1))
    found.append(programme.solve())
    new = programme.columns(whole(-9))
    programme.count(whole(1, 3), np.repeat(new, 2), whole(1, 1))
    found.append(programme.solve())
    assert [one and one.value for one in found] == [-7, -5, -7, -14]


def test_limits_that_leave_nothing_have_no_answer() -> None:
    programme = two_homes_for_two_children()
    programme.limit_rows(whole(0, 1), np.ones(2))
    programme.limit_columns(whole(1), np.zeros(1))
    assert programme.solve() is None


def test_where_it_ended_last_is_left_when_it_is_no_good_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = two_homes_for_two_children()
    real, asked = programme._solved, []

    def stumbling(*, afresh: bool) -> result_pb2.SolveResultProto:
        asked.append(afresh)
        found = real(afresh=afresh)
        if not afresh:
            found.termination.reason = result_pb2.TERMINATION_REASON_NUMERICAL_ERROR
        return found

    monkeypatch.setattr(programme, "_solved", stumbling)
    answer = programme.solve()
    assert asked == [False, True]
    assert answer is not None
    assert answer.value == -10
