"""The child's own view, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import ViewAsked
from matching.referrals import ChildView
from tests.spec.building import Given
from tests.spec.rules.examples import FLAGGED, MET, Example

# one row for each example
# fmt: off
EXAMPLES = (
    Example("child.view", "the child has been asked", Given(), MET, "The child has been asked"),
    Example("child.view", "the child is too young to be asked", Given(asks={"view": ChildView(ViewAsked.TOO_YOUNG)}), MET, "Not asked: too young"),
    Example("child.view", "the child has not been asked yet", Given(asks={"view": ChildView()}), FLAGGED, "The child has not been asked yet"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_childs_own_view(example: Example) -> None:
    example.check()
