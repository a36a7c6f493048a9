"""Searches that wait: beds that are known to fall free count for them, and nobody waits who cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from matching.assess import Assessor
from matching.candidates import candidates_of
from matching.codes import SearchKind
from matching.errors import Invalid
from matching.pool import pool_of
from matching.records import Records
from matching.referrals import ReferralState
from matching.scenarios import PostponeSearches, apply
from matching.scenarios.library import library
from matching.values import ReferralId
from tests.spec.building import SEARCH, TODAY, Given, Other, days

FULL_TILL_THURSDAY = Given(home={"registered_beds": 1}, others=(Other(until=days(3)),))
"""The only bed of the only home falls free in three days, as is known."""


def homes_to_be_had(records: Records) -> int:
    """How many homes may be proposed to the child and have a bed from the first night wanted."""
    pool = pool_of(records)
    first = pool.seekers[0].stay.first
    return sum(int(pool.beds_free[home, first] > 0) for home in candidates_of(Assessor(pool)).of_child(0))


def first_night(records: Records) -> date:
    """The first night that the search asks for."""
    return records.referrals[0].wanted_by


@pytest.mark.parametrize(("waits", "homes"), [(1, 0), (2, 0), (3, 1), (7, 1)])
def test_waiting_brings_a_bed_on_the_day_it_is_known_to_fall_free_and_not_before(waits: int, homes: int) -> None:
    records = FULL_TILL_THURSDAY.records()
    assert homes_to_be_had(records) == 0
    assert homes_to_be_had(apply(records, (PostponeSearches(days=waits),))) == homes


def test_a_search_that_is_wanted_later_is_not_brought_forward() -> None:
    records = Given(search={"wanted_by": days(20)}).records()
    assert first_night(apply(records, (PostponeSearches(days=7),))) == days(20)


@pytest.mark.parametrize("kind", [kind for kind in SearchKind if kind is not SearchKind.PLANNED])
def test_who_cannot_wait_waits_only_when_named(kind: SearchKind) -> None:
    records = Given(search={"kind": kind}).records()
    assert first_night(apply(records, (PostponeSearches(days=7),))) == TODAY
    assert first_night(apply(records, (PostponeSearches(days=7, referrals=frozenset({SEARCH})),))) == days(7)


def test_only_the_searches_named_wait() -> None:
    records = Given().records()
    other = replace(records.referrals[0], id=ReferralId(UUID(int=77)), external_ref="R2")
    both = replace(records, referrals=(*records.referrals, other))
    waiting = apply(both, (PostponeSearches(days=7, referrals=frozenset({other.id})),))
    assert [one.wanted_by for one in waiting.referrals] == [TODAY, days(7)]


def test_a_stay_of_so_many_nights_is_as_long_when_it_begins_later() -> None:
    records = Given(search={"expected_nights": 10}).records()
    (search,) = apply(records, (PostponeSearches(days=7),)).referrals
    assert search.until == days(17)


@pytest.mark.parametrize(
    ("state", "named", "says"),
    [
        (ReferralState.SEARCHING, ReferralId(UUID(int=9)), "no such search"),
        (ReferralState.PLACED, SEARCH, "it is placed"),
    ],
)
def test_a_search_that_does_not_wait_cannot_be_postponed(state: ReferralState, named: ReferralId, says: str) -> None:
    records = Given(search={"state": state}).records()
    with pytest.raises(Invalid) as refused:
        apply(records, (PostponeSearches(days=3, referrals=frozenset({named})),))
    (fault,) = refused.value.faults
    assert fault.field == "changes/0/referrals"
    assert says in fault.wrong
    assert fault.remedy


def test_waiting_a_week_is_ready_to_ask_where_a_search_is_planned() -> None:
    planned, urgent = Given().records(), Given(search={"kind": SearchKind.EMERGENCY}).records()
    assert "waiting-a-week" in {ready.id for ready in library(planned)}
    assert "waiting-a-week" not in {ready.id for ready in library(urgent)}
