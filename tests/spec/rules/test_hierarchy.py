"""Connected people first, as a specification."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from matching.codes import AvailabilityState, HomeKind
from matching.homes import Availability
from matching.values import HomeId
from tests.spec.building import A_HOME, CHILD, TERMS, Given
from tests.spec.rules.examples import DOES_NOT_APPLY, FLAGGED, MET, Example

KIN = replace(
    A_HOME,
    id=HomeId(UUID(int=22)),
    external_ref="H2",
    kind=HomeKind.FOSTERING_CONNECTED,
    approvals=(replace(TERMS, named_children=frozenset({CHILD}), named_children_only=True),),
)
KIN_ON_HOLD = replace(KIN, availability=Availability(AvailabilityState.ON_HOLD))
NOBODY = "No connected person who is available is approved for the child"

# one row for each example
# fmt: off
EXAMPLES = (
    Example("hierarchy.connected-first", "this is the connected person's home", Given(home={"kind": HomeKind.FOSTERING_CONNECTED}, terms={"named_children": frozenset({CHILD})}), MET, "A connected person's home, approved for the child", 0),
    Example("hierarchy.connected-first", "a connected person could care for the child, and this is another home", Given(other_homes=(KIN,)), FLAGGED, "A connected person who is available is approved for the child, and this is another home", 1),
    Example("hierarchy.connected-first", "the connected person is on hold", Given(other_homes=(KIN_ON_HOLD,)), DOES_NOT_APPLY, NOBODY, 0),
    Example("hierarchy.connected-first", "there is no connected person", Given(), DOES_NOT_APPLY, NOBODY, 0),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_connected_people_come_first(example: Example) -> None:
    example.check()
