"""Stability, as a specification."""

from __future__ import annotations

import pytest

from tests.spec.building import Given, days
from tests.spec.rules.examples import DOES_NOT_APPLY, MET, SIGN_OFF, Example

# one row for each example
# fmt: off
EXAMPLES = (
    Example("stability.third-placement", "two breakdowns, and a stability plan", Given(breakdowns=2, asks={"stability_plan_on": days(-1)}), MET, "2 placements broke down; a stability plan is made"),
    Example("stability.third-placement", "two breakdowns, and no plan", Given(breakdowns=2), SIGN_OFF, "2 placements broke down; no stability plan by the first night"),
    Example("stability.third-placement", "two breakdowns, and a plan only after the first night", Given(breakdowns=2, asks={"stability_plan_on": days(9)}), SIGN_OFF, "2 placements broke down; no stability plan by the first night"),
    Example("stability.third-placement", "one breakdown", Given(breakdowns=1), DOES_NOT_APPLY, "1 placement broke down; no stability plan by the first night"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_stability(example: Example) -> None:
    example.check()
