"""A placement cannot start with a required sign-off missing, unless the law lets it be given after."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from matching.errors import Invalid
from matching.explanations import Finding, SignOffNeeded
from matching.rules.model import Deadline
from matching.values import SignOffId
from matching.workflow.sign_offs import (
    SignOffMissing,
    latest,
    missing_for_decision,
    missing_for_start,
    needed,
    owed_after_start,
)
from matching.workflow.states import SignOffState
from tests.spec.workflow.examples import BEN, NOW, sign_off

REQUESTED = sign_off()
AGREED = sign_off(SignOffState.AGREED)
REFUSED = sign_off(SignOffState.REFUSED)
EMERGENCY = sign_off(deadline=Deadline.SIX_WORKING_DAYS, rule="approval.ages")
BEFORE_DECISION = sign_off(deadline=Deadline.BEFORE_DECISION)


def finding(rule: str = "place.area", standing: str = "sign-off", child: str | None = "C-1") -> Finding:
    asked = SignOffNeeded(rule, "nominated-officer", Deadline.BEFORE_START.value, "12 miles away")
    return Finding(rule, "Inside the area", standing, "12 miles away", child, asked, None, None, ("s22C(9)",))


def test_what_is_only_requested_keeps_a_placement_from_starting() -> None:
    assert missing_for_start([REQUESTED]) == (REQUESTED,)
    assert missing_for_start([AGREED]) == ()


def test_in_an_emergency_the_law_lets_it_be_given_after_and_a_timer_runs() -> None:
    assert missing_for_start([EMERGENCY]) == ()
    assert owed_after_start([EMERGENCY, REQUESTED]) == (EMERGENCY,)
    assert EMERGENCY.due == date(2026, 6, 23)  # six working days after Monday 15 June
    assert REQUESTED.due == date(2026, 6, 15)


def test_a_refusal_stops_both_the_decision_and_the_start() -> None:
    assert missing_for_decision([REFUSED]) == (REFUSED,)
    assert missing_for_start([REFUSED]) == (REFUSED,)


def test_a_decision_waits_only_for_what_the_law_wants_before_it() -> None:
    assert missing_for_decision([REQUESTED, EMERGENCY]) == ()
    assert missing_for_decision([BEFORE_DECISION]) == (BEFORE_DECISION,)


def test_one_that_was_refused_may_be_asked_for_anew_and_the_newest_counts() -> None:
    later = sign_off(SignOffState.AGREED, id=SignOffId(UUID(int=72)), requested_at=NOW)
    other = sign_off(SignOffState.AGREED, id=SignOffId(UUID(int=73)), child=BEN)
    withdrawn = sign_off(SignOffState.WITHDRAWN, requested_at=NOW + timedelta(hours=1))
    assert latest([later, REFUSED, other, withdrawn]) == (later, other)


def test_an_answer_is_a_named_persons_and_a_refusal_has_a_reason() -> None:
    with pytest.raises(Invalid, match="An answer is a named person's"):
        sign_off(SignOffState.AGREED, answered_by=None)
    with pytest.raises(Invalid, match="A refusal has no reason"):
        sign_off(SignOffState.REFUSED, reason=" ")


def test_what_is_missing_is_named_with_whose_it_is() -> None:
    error = SignOffMissing("The placement cannot start", [REQUESTED])
    assert "place.area (nominated-officer, requested)" in str(error)
    assert error.missing == (REQUESTED,)


def test_each_rule_not_met_for_each_child_asks_once() -> None:
    found = [finding(), finding(), finding(child="C-2"), finding(standing="met"), finding("x.y", child=None)]
    assert [(one.rule, one.child) for one in needed(found)] == [
        ("place.area", "C-1"),
        ("place.area", "C-2"),
        ("x.y", None),
    ]
