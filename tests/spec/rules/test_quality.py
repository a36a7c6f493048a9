"""Quality, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import Ofsted
from tests.spec.building import Given
from tests.spec.rules.examples import DOES_NOT_APPLY, MET, SIGN_OFF, Example

# one row for each example
# fmt: off
EXAMPLES = (
    Example("quality.ofsted", "judged good", Given(), MET, "Judged good at the last full inspection"),
    Example("quality.ofsted", "judged inadequate", Given(home={"ofsted": Ofsted.INADEQUATE}), SIGN_OFF, "Judged inadequate at the last full inspection"),
    Example("quality.ofsted", "not yet inspected", Given(home={"ofsted": Ofsted.NOT_YET_INSPECTED}), DOES_NOT_APPLY, "Not yet inspected"),
    Example("quality.provider-concern", "no concern is open", Given(), MET, "No concern is open"),
    Example("quality.provider-concern", "a concern is open", Given(home={"provider_concern": True}), SIGN_OFF, "A concern is open"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_quality(example: Example) -> None:
    example.check()
