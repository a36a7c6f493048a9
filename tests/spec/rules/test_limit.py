"""Who may live together, as a specification."""

from __future__ import annotations

from uuid import UUID

import pytest

from matching.codes import HomeKind, LivingWith, OtherChildrenSex, Risk, RiskLevel, Sex, SiblingAssessed
from matching.values import ChildId
from tests.spec.building import CHILD, Given, Other
from tests.spec.rules.examples import BLOCKED, CHECK, DOES_NOT_APPLY, MET, SCORED, SIGN_OFF, Example

ONE, TWO, THREE = (Other(number=number) for number in (1, 2, 3))
BROTHERS = tuple(Other(number=number, assessed=SiblingAssessed.TOGETHER_PREFERRED) for number in (1, 2, 3))
ROOMY = {"registered_beds": 5, "bedrooms": 5}
SHARED = {"kind": HomeKind.SUPPORTED_SHARED_NON_RINGFENCED}
NEVER = {"never_with": frozenset({ChildId(UUID(int=101))})}
RISKY = {"risks": {Risk.FIRE_SETTING: RiskLevel.HIGH}}
WEAK = Other(levels={"risk-from-others": 4, "risk-to-others": 0})
STEADY = Other(levels={"risk-from-others": 0, "risk-to-others": 0})
FREE, SHORT = (
    "A bed is free on every night of the stay (effective beds: 3)",
    "1 bed too few on at least one night of the stay (effective beds: 1)",
)
WITHIN = "2 foster children would live there; the usual limit is 3"

# one row for each example
# fmt: off
EXAMPLES = (
    Example("limit.beds", "a bed is free", Given(others=(ONE, TWO)), MET, FREE),
    Example("limit.beds", "the only bed is taken", Given(others=(ONE,), home={"registered_beds": 1}), BLOCKED, SHORT),
    Example("limit.beds", "the only bed is held for the child", Given(held=True, home={"registered_beds": 1}), MET, "A bed is free on every night of the stay (effective beds: 1)"),
    Example("limit.usual-fostering", "two foster children", Given(others=(ONE,)), MET, WITHIN),
    Example("limit.usual-fostering", "four foster children, not all siblings", Given(others=(ONE, TWO, THREE), home=ROOMY), BLOCKED, "4 foster children would live there, not all siblings; the usual limit is 3"),
    Example("limit.usual-fostering", "four brothers and sisters", Given(others=BROTHERS, home=ROOMY), MET, "4 children would live there, all brothers and sisters: the limit of 3 does not apply"),
    Example("limit.usual-fostering", "four foster children, and an exemption names the child", Given(others=(ONE, TWO, THREE), home=ROOMY, terms={"exempt_children": frozenset({CHILD})}), MET, "4 children would live there; an exemption names those moving in"),
    Example("limit.usual-fostering", "four in a children's home", Given(others=(ONE, TWO, THREE), home={**ROOMY, "kind": HomeKind.CHILDRENS_HOME}), DOES_NOT_APPLY, "4 foster children would live there, not all siblings; the usual limit is 3"),
    Example("limit.bedrooms", "each has a bedroom", Given(others=(ONE,)), MET, "Each child aged 3 or over would have their own bedroom"),
    Example("limit.bedrooms", "two would share", Given(others=(ONE,), home={"bedrooms": 1}), SIGN_OFF, "1 child aged 3 or over would have to share a bedroom"),
    Example("limit.bedrooms", "two would share, as agreed with an assessment", Given(others=(ONE,), home={"bedrooms": 1, "bedrooms_may_share": True}), MET, "1 child would share; sharing has been agreed with an assessment"),
    Example("limit.bedrooms", "how many bedrooms there are is not recorded", Given(others=(ONE,), home={"bedrooms": None}), CHECK, "How many bedrooms there are is not recorded"),
    Example("limit.solo", "a child who must live alone, alone", Given(asks={"living_with": LivingWith.SOLO}), MET, "No other child would live there"),
    Example("limit.solo", "a child who must live alone, with another", Given(asks={"living_with": LivingWith.SOLO}, others=(ONE,)), BLOCKED, "The child must live with no other child; 1 other would live there"),
    Example("limit.solo", "a home for one child, with another", Given(home={"solo_only": True}, others=(ONE,)), BLOCKED, "The home takes one child only; 1 other would live there"),
    Example("limit.never-together", "nobody on the list lives there", Given(asks=NEVER, others=(TWO,)), MET, "Nobody there is on the never-with list"),
    Example("limit.never-together", "somebody on the list lives there", Given(asks=NEVER, others=(ONE,)), BLOCKED, "1 pair who must never live together"),
    Example("limit.risk-beside-vulnerable", "a high risk to others, and nobody vulnerable", Given(asks=RISKY, others=(STEADY,)), MET, "No high risk to others beside a child at high risk from others"),
    Example("limit.risk-beside-vulnerable", "a high risk to others beside somebody vulnerable", Given(asks=RISKY, others=(WEAK,)), SIGN_OFF, "A child who is a high risk to others would live beside a child at high risk from others"),
    Example("limit.risk-beside-vulnerable", "nobody has recorded the risks of somebody who lives there", Given(asks=RISKY, others=(ONE,)), CHECK, "Risk is not recorded for everybody who would live there: check before deciding"),
    Example("limit.mix", "the others are older, as asked", Given(asks={"living_with": LivingWith.ONLY_OLDER}, others=(ONE,)), MET, "The ages and sex of the others are as asked"),
    Example("limit.mix", "the others are older, and only younger ones are asked for", Given(asks={"living_with": LivingWith.ONLY_YOUNGER}, others=(ONE,)), BLOCKED, "Living with others: the ages of the others are not as asked"),
    Example("limit.mix", "the other is a boy, and only girls are asked for", Given(asks={"other_children_sex": OtherChildrenSex.SAME_ONLY}, others=(Other(sex=Sex.MALE),)), BLOCKED, "Living with others: the sex of the others is not as asked"),
    Example("limit.mix-range", "three years between them", Given(home=SHARED, others=(ONE,)), MET, "3 years between the youngest and the eldest (policy: 3)", 0),
    Example("limit.mix-range", "seven years between them", Given(home=SHARED, others=(Other(age=16),)), SCORED, "7 years between the youngest and the eldest (policy: 3)", 4),
    Example("limit.mix-range", "not shared accommodation", Given(others=(Other(age=16),)), DOES_NOT_APPLY, "7 years between the youngest and the eldest (policy: 3)", 0),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_who_may_live_together(example: Example) -> None:
    example.check()
