"""Statements of purpose, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import HomeKind, Sex
from tests.spec.building import Given, Other, born, days
from tests.spec.rules.examples import BLOCKED, CHECK_FIRST, DOES_NOT_APPLY, MET, SIGN_OFF, Example

HOME = {"kind": HomeKind.CHILDRENS_HOME}
BOYS_ONLY = frozenset({Sex.MALE})
NO_STATEMENT = "No statement of purpose is on record for the first night"
FOSTERING = "a fostering household goes by terms of approval"

# one row for each example
# fmt: off
EXAMPLES = (
    Example("purpose.ages", "the child is of an age the home is for", Given(home=HOME), MET, "Aged 9; the statement of purpose says 8-17"),
    Example("purpose.ages", "the child is too young", Given(home=HOME, child={"born": born(7)}), BLOCKED, "Aged 7; the statement of purpose says 8-17"),
    Example("purpose.ages", "the statement of purpose does not say", Given(home=HOME, purpose={"ages": None}), CHECK_FIRST, "The statement of purpose does not say which ages"),
    Example("purpose.ages", "there is no statement of purpose on record", Given(home=HOME, purpose=None), CHECK_FIRST, NO_STATEMENT),
    Example("purpose.ages", FOSTERING, Given(), DOES_NOT_APPLY, "Not a home with a statement of purpose"),
    Example("purpose.sex", "the home is for girls and boys", Given(home=HOME), MET, "A girl; the statement of purpose says boys and girls"),
    Example("purpose.sex", "the home is for boys only", Given(home=HOME, purpose={"sexes": BOYS_ONLY}), BLOCKED, "A girl; the statement of purpose says boys only"),
    Example("purpose.sex", "the child's sex is not known and the home is for boys only", Given(home=HOME, purpose={"sexes": BOYS_ONLY}, child={"sex": Sex.UNKNOWN}), CHECK_FIRST, "The child's sex is not recorded; the statement of purpose says boys only"),
    Example("purpose.sex", "there is no statement of purpose on record", Given(home=HOME, purpose=None), CHECK_FIRST, NO_STATEMENT),
    Example("purpose.sex", FOSTERING, Given(), DOES_NOT_APPLY, "Not a home with a statement of purpose"),
    Example("purpose.needs", "the statement sets no limit", Given(home=HOME, levels={"behaviour": 4}), MET, "Within the statement of purpose"),
    Example("purpose.needs", "the child's needs are up to the limit", Given(home=HOME, levels={"behaviour": 3}, purpose={"highest_levels": {"behaviour": 3}}), MET, "Within the statement of purpose"),
    Example("purpose.needs", "the child's needs are above the limit", Given(home=HOME, levels={"behaviour": 3}, purpose={"highest_levels": {"behaviour": 2}}), BLOCKED, "Above the statement of purpose: behaviour at level 3 (takes up to 2)"),
    Example("purpose.needs", "the child has no needs profile and the statement sets a limit", Given(home=HOME, levels=None, purpose={"highest_levels": {"behaviour": 2}}), CHECK_FIRST, "No level of need is recorded for behaviour"),
    Example("purpose.needs", "the child has no needs profile, which is no matter where the statement sets no limit", Given(home=HOME, levels=None), MET, "Within the statement of purpose"),
    Example("purpose.needs", "there is no statement of purpose on record", Given(home=HOME, purpose=None), CHECK_FIRST, NO_STATEMENT),
    Example("purpose.needs", FOSTERING, Given(), DOES_NOT_APPLY, "Not a home with a statement of purpose"),
    Example("purpose.number", "there is room within the number it is for", Given(home=HOME, purpose={"number": 2}, others=(Other(),)), MET, "2 would live there; the statement of purpose says 2"),
    Example("purpose.number", "one more than the number it is for", Given(home=HOME, purpose={"number": 1}, others=(Other(),)), BLOCKED, "2 would live there; the statement of purpose says 1"),
    Example("purpose.number", "the statement of purpose does not say", Given(home=HOME, purpose={"number": None}), CHECK_FIRST, "The statement of purpose on record does not say how many may live there"),
    Example("purpose.number", FOSTERING, Given(), DOES_NOT_APPLY, "Not a home with a statement of purpose"),
    Example("purpose.impact", "nobody lives there", Given(home=HOME), DOES_NOT_APPLY, "Nobody lives there during the stay"),
    Example("purpose.impact", "the impact on the child living there was assessed last week", Given(home={**HOME, "impact_assessed_on": days(-7)}, others=(Other(),)), MET, "The impact on those who live there has been assessed in the last 28 days"),
    Example("purpose.impact", "the impact on the child living there was assessed long ago", Given(home={**HOME, "impact_assessed_on": days(-90)}, others=(Other(),)), SIGN_OFF, "1 child lives there: assess the impact on them first"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_statements_of_purpose(example: Example) -> None:
    example.check()
