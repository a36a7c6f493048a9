"""Brothers and sisters, as a specification."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from matching.codes import SiblingAssessed
from matching.values import HomeId
from tests.spec.building import A_HOME, NOWHERE, Given, Other, at
from tests.spec.rules.examples import BLOCKED, CHECK, DOES_NOT_APPLY, MET, SCORED, Example

OTHER_HOME = HomeId(UUID(int=22))
TOGETHER, PREFERRED, APART = (
    SiblingAssessed.TOGETHER_REQUIRED,
    SiblingAssessed.TOGETHER_PREFERRED,
    SiblingAssessed.APART_REQUIRED,
)


def elsewhere(miles: float | None, assessed: SiblingAssessed | None = PREFERRED) -> Given:
    """A brother or sister who lives so many miles from the family home, in a home of the pool."""
    place = NOWHERE if miles is None else at(miles)
    home = replace(A_HOME, id=OTHER_HOME, external_ref="H2", place=place)
    return Given(others=(Other(assessed=assessed, lives_in=OTHER_HOME),), other_homes=(home,))


# one row for each example
# fmt: off
EXAMPLES = (
    Example("siblings.near", "a brother or sister lives 10 miles away", elsewhere(12), MET, "The brother or sister who lives farthest is 10.0 miles away, in a straight line", 100),
    Example("siblings.near", "a brother or sister lives 38 miles away", elsewhere(40), SCORED, "The brother or sister who lives farthest is 38.0 miles away, in a straight line", 380),
    Example("siblings.near", "nobody knows where a brother or sister lives", elsewhere(None), CHECK, "Where a brother or sister lives is not on record", 500),
    Example("siblings.near", "the brother or sister is to live apart", elsewhere(12, APART), DOES_NOT_APPLY, "No brother or sister lives elsewhere", 0),
    Example("siblings.near", "the brother or sister waits too: the plan sees to them", Given(others=(Other(assessed=PREFERRED, waits=True),)), DOES_NOT_APPLY, "No brother or sister lives elsewhere", 0),
    Example("siblings.near", "there is no brother or sister", Given(), DOES_NOT_APPLY, "No brother or sister lives elsewhere", 0),
    Example("siblings.together", "the one the child must live with lives there", Given(others=(Other(assessed=TOGETHER),)), MET, "Nobody is parted from a brother or sister they must live with"),
    Example("siblings.together", "the one the child must live with lives elsewhere", elsewhere(12, TOGETHER), BLOCKED, "Parted from 1 brother or sister they must live with"),
    Example("siblings.together", "living together is preferred, not required", elsewhere(12), MET, "Nobody is parted from a brother or sister they must live with"),
    Example("siblings.apart", "the one the child must live apart from lives elsewhere", elsewhere(12, APART), MET, "No siblings assessed to live apart would live together"),
    Example("siblings.apart", "the one the child must live apart from lives there", Given(others=(Other(assessed=APART),)), BLOCKED, "1 pair of siblings assessed to live apart would live together"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_brothers_and_sisters(example: Example) -> None:
    example.check()
