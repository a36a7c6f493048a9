"""Values that law or policy sets, and what a rule must be to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matching.assess import Assessor
from matching.errors import DomainError
from matching.rules.book import RULES
from matching.rules.model import Flag, Otherwise
from matching.rules.parameters import PARAMETERS, Parameter, Parameters
from matching.rules.states import branch_of, unknown, unmet
from tests.spec.building import TODAY, Given

RISING = Parameter(
    "weeks", "weeks", "How long", "an Act", ((date(2020, 1, 1), 16), (date(2025, 1, 1), 24)), local=False
)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2019, 1, 1), 16), (date(2020, 1, 1), 16), (date(2024, 12, 31), 16), (date(2025, 1, 1), 24)],
)
def test_a_value_is_that_in_force_on_the_day(day: date, value: int) -> None:
    assert RISING.on(day) == value


def test_an_authoritys_own_value_comes_before_the_national_one() -> None:
    assert Parameters(TODAY)["distant_miles"] == 200
    assert Parameters(TODAY, {"distant_miles": 150})["distant_miles"] == 150


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"weather": 1}, "There is no parameter 'weather'"),
        ({"usual_fostering_limit": 4}, "is set by law"),
        ({"confirmed_within_days": 0}, "a whole number from 1 to 365 .days."),
    ],
)
def test_an_own_value_that_cannot_be_is_refused_in_words(own: dict[str, int], says: str) -> None:
    with pytest.raises(DomainError, match=says):
        Parameters(TODAY, own)


def test_every_value_has_a_unit_a_sentence_and_a_source() -> None:
    for parameter in PARAMETERS.values():
        assert parameter.unit, parameter.name
        assert len(parameter.says.split()) >= 3, parameter.name
        assert parameter.source, parameter.name


def test_a_rule_without_a_last_unconditional_outcome_is_a_bug() -> None:
    rule = RULES["approval.ages"]
    with pytest.raises(AssertionError, match=r"approval\.ages"):
        replace(rule, otherwise=rule.otherwise[:1])
    odd = replace(rule, otherwise=(Otherwise(Flag()), Otherwise(Flag())))
    assessor = Assessor(Given().pool(), rules=[odd])
    with pytest.raises(AssertionError, match="only the last"):
        assessor.pairings(slice(0, 1))


def test_each_state_says_which_outcome_it_speaks_of() -> None:
    assert [branch_of(state) for state in (0, 1, unmet(0), unknown(0), unmet(2), unknown(2))] == [
        None,
        None,
        0,
        0,
        2,
        2,
    ]


def test_a_rule_reads_only_the_facts_of_its_own_scope() -> None:
    assessor = Assessor(Given().pool(), rules=())
    pairing, together = assessor.pairings(slice(0, 1)).facts, assessor.alone(slice(0, 1)).facts
    assert pairing.child.age.at(0, 0) == 9
    assert together.living.joining.at(0, 0) == 1
    for facts, part in ((pairing, "living"), (together, "child"), (together, "home"), (together, "journey")):
        with pytest.raises(AssertionError, match="other scope"):
            getattr(facts, part)
