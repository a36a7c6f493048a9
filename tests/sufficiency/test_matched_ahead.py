"""Matching inside the years ahead, with the real rules and solver."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.services.sufficiency.matching import matcher
from matching.codes import HomeKind
from matching.scenarios import AddHomes
from matching.sufficiency.futures import futures
from matching.sufficiency.nights import Ahead
from matching.sufficiency.scenarios_ahead import with_changes
from matching.sufficiency.snapshots import MatchedInYear, matched_ahead
from solver.interface import SolveSettings
from tests.sufficiency.counties import AS_OF, county

MORE = (AddHomes(count=60, kind=HomeKind.FOSTERING_MAINSTREAM, beds=2),)


def matched(*changes: Any) -> MatchedInYear:
    situation, records = county()
    future = futures(with_changes(situation, records, changes, 1), Ahead(first=AS_OF, days=365, replicates=50, seed=1))
    office: Any = SimpleNamespace(solve=SolveSettings())
    return matched_ahead(future, records, matcher(office, records.policy), changes, samples=2)[0]


@pytest.mark.slow("it plans a county sixteen times")
def test_beds_of_our_own_place_more_children_nearer_home_and_what_counting_misses_is_shown() -> None:
    today, more = matched(), matched(*MORE)
    assert today.snapshots == more.snapshots == 8
    assert more.waiting == today.waiting
    assert more.placed_per_cent.mean >= today.placed_per_cent.mean
    assert today.unplaced.mean > today.unplaced_by_count.mean  # terms, distance and siblings count
    assert today.miles is not None
    assert more.miles is not None
    assert more.miles.mean < today.miles.mean
