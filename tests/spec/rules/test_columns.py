"""Properties of the rules in columns: one pairing or a million, the answer is the same; and not knowing never helps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import assess
from matching.assess import Assessor
from matching.codes import Known, Sex, Staffing
from matching.homes import Home, Prices
from matching.people import Child
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.rules.book import RULE_BOOK
from matching.rules.model import Scope, Standing
from matching.rules.states import standing_of
from matching.shortlists import Shortlister
from matching.synthetic.pools import small_pool
from tests.spec.building import NOWHERE

ABOUT_OTHERS = {"hierarchy.connected-first", "siblings.near"}
"""Rules of a pairing that read other homes, or brothers and sisters in them."""
CHILDREN, HOMES = 4, 5
PAIRING_RULES = tuple(rule for rule in RULE_BOOK if rule.scope is Scope.PAIRING)
SEEDS = st.integers(0, 10_000)

FORGOTTEN_HOME: dict[str, Any] = {
    "registered": Known.UNKNOWN,
    "place": NOWHERE,
    "approvals": (),
    "purposes": (),
    "annual_review_due": None,
    "dbs_due": None,
    "staffing": Staffing.NOT_SPECIFIED,
    "prices": Prices(),
}
FORGOTTEN_HOUSEHOLD: dict[str, Any] = {
    "smokers": Known.UNKNOWN,
    "pets": Known.UNKNOWN,
    "languages": frozenset(),
    "religion": None,
    "ethnicities": frozenset(),
}
FORGOTTEN_CHILD: dict[str, Any] = {"sex": Sex.UNKNOWN, "ethnicity": None, "religion": None, "languages": frozenset()}


def records_of(seed: int) -> Records:
    """A small pool that varies every fact."""
    return small_pool(seed, CHILDREN, HOMES)


def findings(pool: Pool, row: int, home: int) -> dict[str, tuple[Standing, int | None, str]]:
    """Standing, units and reason of every rule of a pairing, for one pairing of a pool assessed as a whole."""
    assessor = Assessor(pool, rules=PAIRING_RULES)
    assessed = assessor.pairings(slice(0, len(pool.seekers)))
    shape, found = (len(pool.seekers), len(pool.homes)), {}
    for answer in assessed.answers:
        state = int(np.broadcast_to(answer.states, shape)[row, home])
        units = None if answer.units is None else int(np.broadcast_to(answer.units, shape)[row, home])
        reason = answer.rule.reason(assessed.facts, (row, home))
        found[answer.rule.id] = (standing_of(answer.rule, state), units, reason)
    return found


def alone(pool: Pool, row: int, home: int) -> Pool:
    """The pool with one of its children and one of its homes."""
    seeker = pool.seekers[row]
    referral = replace(seeker.referral, asks=(seeker.asks,))
    return pool_of(replace(pool.records, referrals=(referral,), homes=(pool.homes[home],)))


@pytest.mark.slow("it asks every rule of sixty pools, twice each")
@settings(max_examples=60, deadline=None)
@given(SEEDS, st.data())
def test_a_pairing_in_columns_answers_as_the_pairing_alone(seed: int, data: st.DataObject) -> None:
    pool = pool_of(records_of(seed))
    row = data.draw(st.integers(0, len(pool.seekers) - 1))
    home = data.draw(st.integers(0, len(pool.homes) - 1))
    together, single = findings(pool, row, home), findings(alone(pool, row, home), 0, 0)
    for rule in together.keys() - ABOUT_OTHERS:
        assert together[rule] == single[rule], rule


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_some_rows_at_a_time_answer_as_all_at_once(seed: int) -> None:
    assessor = Assessor(pool_of(records_of(seed)))
    shape = (len(assessor.pool.seekers), len(assessor.pool.homes))
    whole = assessor.pairings(slice(0, shape[0]))
    for row in range(shape[0]):
        part = assessor.pairings(slice(row, row + 1))
        for all_rows, one_row in zip(whole.answers, part.answers, strict=True):
            assert (
                np.broadcast_to(all_rows.states, shape)[row] == np.broadcast_to(one_row.states, (1, shape[1]))
            ).all()
            if all_rows.units is not None and one_row.units is not None:
                assert (
                    np.broadcast_to(all_rows.units, shape)[row] == np.broadcast_to(one_row.units, (1, shape[1]))
                ).all()


def test_a_pool_too_large_to_keep_its_answers_gives_the_shortlists_of_one_that_keeps_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = pool_of(records_of(3))
    referrals = [referral.id for referral in pool.referrals]
    keeping = Shortlister(Assessor(pool))
    kept = [keeping.shortlist(referral) for referral in referrals]
    why = [keeping.worth.blocking(row, 0) for row in range(len(pool.seekers))]
    monkeypatch.setattr(assess, "PAIRINGS_AT_ONCE", 1)
    asking = Shortlister(Assessor(pool))
    assert [asking.shortlist(referral) for referral in referrals] == kept
    assert [asking.worth.blocking(row, 0) for row in range(len(pool.seekers))] == why


def forgetting(home: Home, child: Child, fact: str) -> tuple[Home, Child]:
    """The home and the child with one fact no longer known."""
    if fact in FORGOTTEN_HOME:
        return replace(home, **{fact: FORGOTTEN_HOME[fact]}), child
    if fact in FORGOTTEN_HOUSEHOLD:
        return replace(home, household=replace(home.household, **{fact: FORGOTTEN_HOUSEHOLD[fact]})), child
    if fact == "confirmed":
        return replace(home, availability=replace(home.availability, last_confirmed=None)), child
    return home, replace(child, **{fact.removeprefix("child's "): FORGOTTEN_CHILD[fact.removeprefix("child's ")]})


FACTS = ["confirmed", *FORGOTTEN_HOME, *FORGOTTEN_HOUSEHOLD, *(f"child's {fact}" for fact in FORGOTTEN_CHILD)]


@pytest.mark.slow("it asks every rule of eighty pools, twice each")
@settings(max_examples=80, deadline=None)
@given(SEEDS, st.sampled_from(FACTS), st.data())
def test_forgetting_a_fact_never_turns_a_finding_into_met(seed: int, fact: str, data: st.DataObject) -> None:
    pool = pool_of(records_of(seed))
    row = data.draw(st.integers(0, len(pool.seekers) - 1))
    at = data.draw(st.integers(0, len(pool.homes) - 1))
    home, child = forgetting(pool.homes[at], pool.seekers[row].child, fact)
    records = replace(
        pool.records,
        homes=tuple(home if one.id == home.id else one for one in pool.homes),
        children=tuple(child if one.id == child.id else one for one in pool.records.children),
    )
    before, after = findings(pool, row, at), findings(pool_of(records), row, at)
    for rule, (standing, units, _) in after.items():
        if standing is Standing.MET:  # whether it applies may now be unknown, and what it asks for be met all the same
            assert before[rule][0] in {Standing.MET, Standing.NOT_APPLICABLE}, rule
        if units is not None and standing in (Standing.CHECK, Standing.CHECK_FIRST):
            assert units >= min(before[rule][1] or 0, 500), rule
