"""Facts that need more than one child, or more than one framework, to be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np

from matching.assess import Assessor
from matching.codes import HomeKind
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.facts.domains import domains_of
from matching.homes import ApprovalTerms, StatementOfPurpose
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.rules.book import RULES
from matching.rules.model import Standing
from matching.rules.states import standing_of
from matching.values import AgeRange, ChildId, FrameworkId, Period, ReferralId
from tests.spec.building import A_CHILD, A_SEARCH, ASKS, LONG_AGO, TERMS, Given, days

FRIDAY = days(2)
WITHIN, AFTER = Period(LONG_AGO.starts, FRIDAY), Period(days(3))


def with_a_child_next_week(records: Records) -> Pool:
    """The child who is sought for tonight, and another of the same age who is sought for a week later."""
    other = ChildId(UUID(int=12))
    later = replace(
        A_SEARCH,
        id=ReferralId(UUID(int=42)),
        external_ref="R2",
        wanted_by=days(7),
        asks=(replace(ASKS, child=other),),
    )
    child = replace(A_CHILD, id=other, external_ref="C2")
    return pool_of(replace(records, children=(*records.children, child), referrals=(*records.referrals, later)))


def standings_of(rule: str, pool: Pool) -> list[Standing]:
    """What a rule comes to for each child with the first home."""
    (found,) = Assessor(pool, rules=[RULES[rule]]).pairings(slice(0, 2)).answers
    states = np.broadcast_to(found.states, (2, len(pool.homes)))[:, 0]
    return [standing_of(RULES[rule], int(state)) for state in states]


def test_terms_of_approval_are_those_of_each_childs_own_first_night() -> None:
    terms = replace(TERMS, period=WITHIN, ages=AgeRange(0, 8)), replace(TERMS, period=AFTER, ages=AgeRange(0, 17))
    pool = with_a_child_next_week(Given(home={"approvals": terms}).records())
    assert standings_of("approval.ages", pool) == [Standing.BLOCKED, Standing.MET]


def test_terms_that_end_between_two_first_nights_are_unknown_for_the_later() -> None:
    terms = (replace(TERMS, period=WITHIN),)
    pool = with_a_child_next_week(Given(home={"approvals": terms}).records())
    assert standings_of("approval.ages", pool) == [Standing.MET, Standing.CHECK_FIRST]


def test_a_statement_of_purpose_is_that_of_each_childs_own_first_night() -> None:
    ages = (WITHIN, AgeRange(11, 17)), (AFTER, AgeRange(8, 17))
    purposes = tuple(StatementOfPurpose(period=period, ages=age) for period, age in ages)
    home = {"kind": HomeKind.CHILDRENS_HOME, "purposes": purposes}
    pool = with_a_child_next_week(Given(home=home).records())
    assert standings_of("purpose.ages", pool) == [Standing.BLOCKED, Standing.MET]


def test_terms_that_do_not_change_between_first_nights_are_held_once_a_home() -> None:
    old = ApprovalTerms(period=Period(date(2019, 1, 1), date(2019, 12, 31)), ages=AgeRange(0, 1))
    pool = with_a_child_next_week(Given(home={"approvals": (old, TERMS)}).records())
    facts = Assessor(pool, rules=()).pairings(slice(0, 2)).facts
    assert facts.journey.terms.youngest.values.shape == (1, 1)


def test_domains_of_an_older_framework_in_use_come_after_the_authoritys_own() -> None:
    stray = replace(DEFAULT_FRAMEWORK.domains[0], code="sleep", name="Sleep")
    older = replace(
        DEFAULT_FRAMEWORK,
        id=FrameworkId(UUID(int=71)),
        code="older",
        domains=(DEFAULT_FRAMEWORK.domains[3], stray),
    )
    domains = domains_of(replace(Given().records(), older_frameworks={older.id: older}))
    assert domains == (*DEFAULT_FRAMEWORK.domains, stray)
