"""Health and the household, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import Health, HomeKind, Known, Risk, RiskLevel
from tests.spec.building import CHILD, Given, born
from tests.spec.rules.examples import BLOCKED, CHECK, CHECK_FIRST, DOES_NOT_APPLY, MET, SCORED, SIGN_OFF, Example

SMOKERS, SMOKERS_UNSAID = {"smokers": Known.YES}, {"smokers": Known.UNKNOWN}
PETS, PETS_UNSAID = {"pets": Known.YES}, {"pets": Known.UNKNOWN}
SMALL = {"born": born(3)}
SAFE = {"risks": {Risk.HARM_TO_ANIMALS: RiskLevel.NO_KNOWN}}


def animals(level: RiskLevel) -> dict[str, object]:
    """A level of risk to animals."""
    return {"risks": {Risk.HARM_TO_ANIMALS: level}}


# one row for each example
# fmt: off
EXAMPLES = (
    Example("health.smoking", "a small child where nobody smokes", Given(child=SMALL), MET, "Aged 3; nobody smokes"),
    Example("health.smoking", "a small child with a smoker", Given(child=SMALL, household=SMOKERS), SIGN_OFF, "Aged 3; somebody smokes or vapes"),
    Example("health.smoking", "a small child with a smoker, where the authority's policy blocks it", Given(child=SMALL, household=SMOKERS, parameters={"smoking_blocks": 1}), BLOCKED, "Aged 3; somebody smokes or vapes"),
    Example("health.smoking", "a child with a condition of the lungs, with a smoker", Given(child={"health": frozenset({Health.RESPIRATORY})}, household=SMOKERS), SIGN_OFF, "A condition that smoke makes worse; somebody smokes or vapes"),
    Example("health.smoking", "a disabled child, with a smoker", Given(child={"disabled": Known.YES}, household=SMOKERS), SIGN_OFF, "Disabled; somebody smokes or vapes"),
    Example("health.smoking", "a small child where nobody has said whether anybody smokes", Given(child=SMALL, household=SMOKERS_UNSAID), CHECK, "Aged 3; whether anybody smokes or vapes is not recorded"),
    Example("health.smoking", "a child whose health was never recorded, with a smoker", Given(child={"health_recorded": False}, household=SMOKERS), CHECK, "Health not fully recorded; somebody smokes or vapes"),
    Example("health.smoking", "a healthy child of 9: that nobody has said is no matter", Given(household=SMOKERS_UNSAID), DOES_NOT_APPLY, "No condition that smoke makes worse; whether anybody smokes or vapes is not recorded"),
    Example("health.smoking", "a small child with a connected person who smokes", Given(child=SMALL, household=SMOKERS, home={"kind": HomeKind.FOSTERING_CONNECTED}, terms={"named_children": frozenset({CHILD})}), DOES_NOT_APPLY, "Aged 3; somebody smokes or vapes"),
    Example("health.smoking", "a small child in a children's home", Given(child=SMALL, household=SMOKERS, home={"kind": HomeKind.CHILDRENS_HOME}), DOES_NOT_APPLY, "Aged 3; somebody smokes or vapes"),
    Example("health.pets", "there are no animals, so nothing else matters", Given(asks={"pets": Known.NO}), MET, "The child must not live with animals; there are no animals", 0),
    Example("health.pets", "the child may live with animals", Given(asks=SAFE, household=PETS), MET, "The child may live with animals; there are animals", 0),
    Example("health.pets", "the child must not live with animals", Given(asks={**SAFE, "pets": Known.NO}, household=PETS), BLOCKED, "The child must not live with animals; there are animals", 1),
    Example("health.pets", "the child is a high risk to animals", Given(asks=animals(RiskLevel.HIGH), household=PETS), BLOCKED, "The child must not live with animals; there are animals", 1),
    Example("health.pets", "the child is a low risk to animals", Given(asks=animals(RiskLevel.LOW), household=PETS), SCORED, "An allergy, or a low risk to animals, is recorded; there are animals", 1),
    Example("health.pets", "the child has an allergy and nobody has said whether animals matter", Given(child={"health": frozenset({Health.ALLERGY})}, asks={**SAFE, "pets": Known.UNKNOWN}, household=PETS), SCORED, "An allergy, or a low risk to animals, is recorded; there are animals", 1),
    Example("health.pets", "the child has an allergy, and it was asked: animals do not matter", Given(child={"health": frozenset({Health.ALLERGY})}, asks=SAFE, household=PETS), MET, "The child may live with animals; there are animals", 0),
    Example("health.pets", "nobody has said whether there are animals, and the child must not live with any", Given(asks={**SAFE, "pets": Known.NO}, household=PETS_UNSAID), CHECK_FIRST, "The child must not live with animals; whether there are animals is not recorded", 1),
    Example("health.pets", "nobody has said whether the child is a risk to animals", Given(household=PETS), CHECK, "Whether the child may live with animals is not fully recorded; there are animals", 1),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_health_and_the_household(example: Example) -> None:
    example.check()
