"""Every example of the specification, in the order of the rule book."""

from __future__ import annotations

from matching.rules.book import RULES
from tests.spec.rules import (
    test_approval,
    test_availability,
    test_bed,
    test_child,
    test_cost,
    test_health,
    test_hierarchy,
    test_limit,
    test_needs,
    test_place,
    test_purpose,
    test_quality,
    test_setting,
    test_siblings,
    test_stability,
)
from tests.spec.rules.examples import Example

_MODULES = (
    test_approval,
    test_availability,
    test_bed,
    test_child,
    test_cost,
    test_health,
    test_hierarchy,
    test_limit,
    test_needs,
    test_place,
    test_purpose,
    test_quality,
    test_setting,
    test_siblings,
    test_stability,
)

EVERY_EXAMPLE: tuple[Example, ...] = tuple(
    sorted((one for module in _MODULES for one in module.EXAMPLES), key=lambda one: list(RULES).index(one.rule))
)
