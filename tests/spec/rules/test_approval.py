"""Terms of approval of fostering households, as a specification."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matching.codes import CareType, ExpectedLength, HomeKind, Parent, SearchKind, Sex
from matching.homes import ApprovalTerms, PreferredRange
from matching.values import AgeRange, Period
from tests.spec.building import CHILD, LONG_AGO, TERMS, Given, Other, born, days
from tests.spec.rules.examples import (
    BLOCKED,
    CHECK,
    CHECK_FIRST,
    DOES_NOT_APPLY,
    MET,
    SCORED,
    SIGN_OFF,
    Example,
)

EMERGENCY = {"kind": SearchKind.EMERGENCY}
CHILDRENS_HOME = {"kind": HomeKind.CHILDRENS_HOME}
GIRL, BOY, UNKNOWN = {"sex": Sex.FEMALE}, {"sex": Sex.MALE}, {"sex": Sex.UNKNOWN}
BOYS_ONLY = frozenset({Sex.MALE})
UP_TO_TEN = {"ages": AgeRange(0, 10)}
NO_TERMS = "No terms of approval are on record for the first night"


def temporary(began: int, until: int, *, extended: bool = False) -> dict[str, object]:
    """Temporary approval from one day to another, counted from today."""
    return {"period": Period(days(began)), "temporary_until": days(until), "temporary_extended": extended}


# one row for each example
# fmt: off
EXAMPLES = (
    Example("approval.ages", "the child is of an age the household is approved for", Given(terms=UP_TO_TEN), MET, "Aged 9; approved for 0-10"),
    Example("approval.ages", "the child has turned the oldest age it is approved for", Given(child={"born": born(10)}, terms=UP_TO_TEN), MET, "Aged 10; approved for 0-10"),
    Example("approval.ages", "the child is too old", Given(child={"born": born(12)}, terms=UP_TO_TEN), BLOCKED, "Aged 12; approved for 0-10"),
    Example("approval.ages", "the child is too young", Given(terms={"ages": AgeRange(11, 17)}), BLOCKED, "Aged 9; approved for 11-17"),
    Example("approval.ages", "the child is too old on the first night, though not yet today", Given(child={"born": date(2015, 6, 20)}, terms=UP_TO_TEN, search={"wanted_by": days(14)}), BLOCKED, "Aged 11; approved for 0-10"),
    Example("approval.ages", "the child is too old, and the search is an emergency", Given(child={"born": born(12)}, terms=UP_TO_TEN, search=EMERGENCY), SIGN_OFF, "Aged 12; approved for 0-10"),
    Example("approval.ages", "the child is too old, in an emergency, for carers who are only temporarily approved", Given(child={"born": born(12)}, terms={**UP_TO_TEN, "temporary_until": days(30)}, search=EMERGENCY), BLOCKED, "Aged 12; approved for 0-10"),
    Example("approval.ages", "nobody has recorded terms of approval", Given(terms=None), CHECK_FIRST, NO_TERMS),
    Example("approval.ages", "nobody has recorded terms of approval, and the search is an emergency", Given(terms=None, search=EMERGENCY), CHECK_FIRST, NO_TERMS),
    Example("approval.ages", "the terms ended before the first night", Given(terms={"period": Period(date(2020, 1, 1), days(-1))}), CHECK_FIRST, NO_TERMS),
    Example("approval.ages", "the terms do not say which ages", Given(terms={"ages": None}), CHECK_FIRST, "The terms of approval do not say which ages"),
    Example("approval.ages", "it is a children's home", Given(home=CHILDRENS_HOME), DOES_NOT_APPLY, "Not a fostering household"),
    Example("approval.sex", "the household takes girls and boys", Given(), MET, "A girl; approved for boys and girls"),
    Example("approval.sex", "the household takes boys only", Given(terms={"sexes": BOYS_ONLY}), BLOCKED, "A girl; approved for boys only"),
    Example("approval.sex", "the household takes boys only, and the search is an emergency", Given(terms={"sexes": BOYS_ONLY}, search=EMERGENCY), SIGN_OFF, "A girl; approved for boys only"),
    Example("approval.sex", "a boy, where boys are taken", Given(child=BOY, terms={"sexes": BOYS_ONLY}), MET, "A boy; approved for boys only"),
    Example("approval.sex", "the child's sex is not known and the household takes boys only", Given(child=UNKNOWN, terms={"sexes": BOYS_ONLY}), CHECK_FIRST, "The child's sex is not recorded; approved for boys only"),
    Example("approval.sex", "the child's sex is not known, which is no matter where either is taken", Given(child=UNKNOWN), MET, "The child's sex is not recorded; approved for boys and girls"),
    Example("approval.sex", "nobody has recorded terms of approval", Given(terms=None), CHECK_FIRST, NO_TERMS),
    Example("approval.sex", "it is a children's home", Given(home=CHILDRENS_HOME), DOES_NOT_APPLY, "Not a fostering household"),
    Example("approval.care-types", "a short stay with short-term carers", Given(terms={"care_types": frozenset({CareType.SHORT_TERM})}), MET, "Needs approval for short term care; approved for short term care"),
    Example("approval.care-types", "a stay until 18 with short-term carers", Given(search={"length": ExpectedLength.UNTIL_18}, terms={"care_types": frozenset({CareType.SHORT_TERM})}), BLOCKED, "Needs approval for long term care; approved for short term care"),
    Example("approval.care-types", "an emergency with long-term carers", Given(search=EMERGENCY, terms={"care_types": frozenset({CareType.LONG_TERM})}), SIGN_OFF, "Needs approval for short term or emergency care; approved for long term care"),
    Example("approval.care-types", "a parent and baby with short-term carers", Given(asks={"parent": Parent.MOTHER}), BLOCKED, "Needs approval for parent and child care; approved for short term and emergency care"),
    Example("approval.care-types", "the terms do not say which types of care", Given(terms={"care_types": frozenset()}), CHECK_FIRST, "The terms of approval do not say which types of care"),
    Example("approval.care-types", "it is a children's home", Given(home=CHILDRENS_HOME), DOES_NOT_APPLY, "Not a fostering household"),
    Example("approval.named-children", "approval is not limited to named children", Given(), MET, "Not limited to named children"),
    Example("approval.named-children", "the terms name this child", Given(terms={"named_children_only": True, "named_children": frozenset({CHILD})}), MET, "The terms of approval name this child"),
    Example("approval.named-children", "the terms name other children only", Given(terms={"named_children_only": True}), BLOCKED, "Approved for named children only, and this child is not one"),
    Example("approval.named-children", "the terms name other children only, even in an emergency", Given(terms={"named_children_only": True}, search=EMERGENCY), BLOCKED, "Approved for named children only, and this child is not one"),
    Example("approval.named-children", "terms that have ended named the child, those in force name others only", Given(home={"approvals": (replace(TERMS, period=Period(date(2019, 1, 1), date(2019, 6, 1)), named_children=frozenset({CHILD})), replace(TERMS, named_children_only=True))}), BLOCKED, "Approved for named children only, and this child is not one"),
    Example("approval.named-children", "nobody has recorded terms of approval", Given(terms=None), CHECK_FIRST, NO_TERMS),
    Example("approval.named-children", "it is a children's home", Given(home=CHILDRENS_HOME), DOES_NOT_APPLY, "Not a fostering household"),
    Example("approval.connected-temporary", "the carers are fully approved", Given(), MET, "Fully approved"),
    Example("approval.connected-temporary", "temporary approval still runs on the first night", Given(terms=temporary(-70, 42)), SIGN_OFF, "Temporary approval ends on 22 July 2026, 42 days after the first night: full approval must come by then"),
    Example("approval.connected-temporary", "temporary approval has been extended once", Given(terms=temporary(-126, 42, extended=True)), SIGN_OFF, "Temporary approval ends on 22 July 2026, 42 days after the first night: full approval must come by then"),
    Example("approval.connected-temporary", "temporary approval ends before the first night", Given(terms=temporary(-70, 5), search={"wanted_by": days(6)}), BLOCKED, "Temporary approval ends on 15 June 2026, before the first night"),
    Example("approval.connected-temporary", "temporary approval is recorded for longer than 16 weeks without an extension", Given(terms=temporary(-126, 42)), BLOCKED, "Temporary approval began on 4 February 2026: longer than the law lets it last"),
    Example("approval.connected-temporary", "nobody has recorded terms of approval", Given(terms=None), CHECK_FIRST, NO_TERMS),
    Example("approval.connected-temporary", "it is a children's home", Given(home=CHILDRENS_HOME), DOES_NOT_APPLY, "Not a fostering household"),
    Example("approval.preferred-range", "the carers have said no preference", Given(), MET, "Aged 9, a girl; the carers prefer any age, boys and girls", 0),
    Example("approval.preferred-range", "the child is older than the carers would rather have", Given(home={"preferred": PreferredRange(AgeRange(0, 5))}), SCORED, "Aged 9, a girl; the carers prefer ages 0-5, boys and girls", 1),
    Example("approval.preferred-range", "the carers would rather have boys", Given(home={"preferred": PreferredRange(sexes=BOYS_ONLY)}), SCORED, "Aged 9, a girl; the carers prefer any age, boys only", 1),
    Example("approval.preferred-range", "the child's sex is not known and the carers would rather have boys", Given(child=UNKNOWN, home={"preferred": PreferredRange(sexes=BOYS_ONLY)}), CHECK, "Aged 9, the child's sex is not recorded; the carers prefer any age, boys only", 1),
    Example("approval.preferred-range", "it is a children's home", Given(home={**CHILDRENS_HOME, "preferred": PreferredRange(AgeRange(0, 5))}), DOES_NOT_APPLY, "Not a fostering household", 0),
    Example("approval.number", "there is room within the number approved", Given(terms={"number": 2}, others=(Other(),)), MET, "2 foster children would live there; approved for 2"),
    Example("approval.number", "one more than the number approved", Given(terms={"number": 1}, others=(Other(),)), BLOCKED, "2 foster children would live there; approved for 1"),
    Example("approval.number", "one more than the number approved, and the search is an emergency", Given(terms={"number": 1}, others=(Other(),), search=EMERGENCY), SIGN_OFF, "2 foster children would live there; approved for 1"),
    Example("approval.number", "the bed held for the child is not counted twice", Given(terms={"number": 1}, held=True), MET, "1 foster child would live there; approved for 1"),
    Example("approval.number", "the terms do not say how many", Given(terms={"number": None}), CHECK_FIRST, "How many children the household is approved for is not recorded"),
    Example("approval.number", "it is a children's home", Given(home=CHILDRENS_HOME), DOES_NOT_APPLY, "Not a fostering household"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_terms_of_approval(example: Example) -> None:
    example.check()


def test_terms_that_change_before_the_first_night_are_read_as_they_will_stand_then() -> None:
    until_friday = ApprovalTerms(
        period=Period(LONG_AGO.starts, days(2)), ages=AgeRange(0, 8), care_types=TERMS.care_types
    )
    from_saturday = ApprovalTerms(period=Period(days(3)), ages=AgeRange(0, 17), care_types=TERMS.care_types)
    home = {"approvals": (until_friday, from_saturday)}
    tonight = Example("approval.ages", "tonight", Given(home=home), BLOCKED, "Aged 9; approved for 0-8")
    next_week = Example(
        "approval.ages", "next week", Given(home=home, search={"wanted_by": days(7)}), MET, "Aged 9; approved for 0-17"
    )
    tonight.check()
    next_week.check()
