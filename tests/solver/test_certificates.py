"""What a certificate proves, worked out again without the solver: as much as the solver says, and never too much."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.certificates import proven_levels
from matching.pool import pool_of
from matching.synthetic.pools import small_pool
from solver.exact import ExactSolver
from solver.interface import Proof, Solved


def solved(seed: int, children: int = 6, homes: int = 8) -> tuple[Worth, Solved, Any]:
    """A small pool, its best plan, and the evidence as a file would hold it."""
    assessor = Assessor(pool_of(small_pool(seed, children, homes)))
    worth = Worth(assessor, candidates_of(assessor))
    found = ExactSolver().solve(worth)
    return worth, found, json.loads(json.dumps(found.certificate.evidence))


def test_the_pools_of_these_tests_place_somebody() -> None:
    assert sum(bool(solved(seed)[1].plan.intakes) for seed in range(12)) >= 4


@settings(max_examples=25)
@given(seed=st.integers(0, 5_000))
def test_the_bound_is_the_solvers_own(seed: int) -> None:
    worth, found, evidence = solved(seed)
    levels = proven_levels(worth, found.plan.levels, evidence)
    scale = evidence["scale"]
    for level, proof in zip(levels, evidence["levels"], strict=True):
        assert level.bound >= -(-proof["bound"] // scale), "the solver claims more than its prices prove"
        assert level.gap >= 0
        assert level.gap == 0 or proof["searched"] is not None or found.certificate.proof is Proof.BOUNDED


@settings(max_examples=25)
@given(seed=st.integers(0, 5_000), chance=st.integers(0, 1_000))
def test_no_prices_prove_more_than_is_so(seed: int, chance: int) -> None:
    worth, found, evidence = solved(seed)
    draw = np.random.default_rng(chance)
    for proof in evidence["levels"]:
        at_first = np.array(proof["children"], dtype=np.int64)
        proof["children"] = [int(price * draw.integers(0, 3)) for price in at_first]
        for cut in proof["cuts"]:
            cut["price"] = int(cut["price"] * draw.integers(0, 3))
    assert all(level.gap >= 0 for level in proven_levels(worth, found.plan.levels, evidence))


def test_without_prices_every_home_is_counted_and_the_bound_still_holds() -> None:
    worth, found, evidence = solved(1)
    for proof in evidence["levels"]:
        proof["children"] = [0] * len(proof["children"])
        proof["cuts"] = []
    assert all(level.gap >= 0 for level in proven_levels(worth, found.plan.levels, evidence))


def test_a_bound_that_would_take_too_long_to_list_is_rougher_and_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.certificates.MOST_LISTED", 1)
    for seed in range(12):
        worth, found, evidence = solved(seed)
        assert all(level.gap >= 0 for level in proven_levels(worth, found.plan.levels, evidence))


def test_prices_above_zero_or_too_few_are_refused() -> None:
    worth, found, evidence = solved(1)
    evidence["levels"][0]["children"][0] = 1
    with pytest.raises(ValueError, match="none above zero"):
        proven_levels(worth, found.plan.levels, evidence)
    evidence["levels"][0]["children"] = []
    with pytest.raises(ValueError, match="one for each child"):
        proven_levels(worth, found.plan.levels, evidence)


def test_no_evidence_proves_nothing() -> None:
    worth, found, _ = solved(1)
    assert proven_levels(worth, found.plan.levels, {}) == ()
