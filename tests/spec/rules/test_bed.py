"""The right kind of bed, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import CareType, ExpectedLength, HomeKind, Known, Parent, SearchKind
from matching.homes import Availability
from tests.spec.building import TODAY, Given, born, days
from tests.spec.rules.examples import BLOCKED, CHECK, CHECK_FIRST, DOES_NOT_APPLY, FLAGGED, MET, SIGN_OFF, Example

EMERGENCY_BED = {"kind": HomeKind.FOSTERING_EMERGENCY}
PACE, REMAND = {"kind": SearchKind.PACE, "length": ExpectedLength.NIGHT}, {"kind": SearchKind.REMAND}
FEW_NIGHTS = {"expected_nights": 5}
HOMELESS = {"homeless": True}
SIXTEEN = {"born": born(16)}
WITH_BABY = {"parent": Parent.MOTHER}
ARRIVED = {"uasc": True, "in_care_since": TODAY}
TONIGHT = {"kind": SearchKind.SAME_DAY}
BREAKS = {"length": ExpectedLength.SHORT_BREAKS, "nights_a_month": 4}
BREAK_HOME = {"kind": HomeKind.FOSTERING_SHORT_BREAK}
WEEKENDS = {**BREAK_HOME, "availability": Availability(nights_of_week=frozenset({4, 5}))}
FRIDAY = {"wanted_by": days(2)}


def bed(care: CareType) -> dict[str, object]:
    """A home that offers a kind of bed."""
    return {"bed_types": frozenset({care})}


# one row for each example
# fmt: off
EXAMPLES = (
    Example("bed.emergency", "a few nights in an emergency bed", Given(home=EMERGENCY_BED, search=FEW_NIGHTS), MET, "An emergency bed, for up to 7 days; wanted: 5 nights"),
    Example("bed.emergency", "a stay without a planned end in an emergency bed", Given(home=EMERGENCY_BED), FLAGGED, "An emergency bed, for up to 7 days; wanted: no planned end"),
    Example("bed.emergency", "homeless at 16, without a joint housing assessment", Given(home=EMERGENCY_BED, child=SIXTEEN, asks={**HOMELESS, "joint_housing_assessed": Known.NO}, search=FEW_NIGHTS), SIGN_OFF, "An emergency bed, for up to 7 days; wanted: 5 nights; homeless at 16 or 17 without a joint housing assessment on record"),
    Example("bed.emergency", "homeless at 16, with a joint housing assessment", Given(home=EMERGENCY_BED, child=SIXTEEN, asks={**HOMELESS, "joint_housing_assessed": Known.YES}, search=FEW_NIGHTS), MET, "An emergency bed, for up to 7 days; wanted: 5 nights"),
    Example("bed.emergency", "homeless at 16, and nobody has said whether there was a joint housing assessment", Given(home=EMERGENCY_BED, child=SIXTEEN, asks=HOMELESS, search=FEW_NIGHTS), CHECK, "An emergency bed, for up to 7 days; wanted: 5 nights; homeless at 16 or 17 without a joint housing assessment on record"),
    Example("bed.emergency", "it is not an emergency bed", Given(), DOES_NOT_APPLY, "Not an emergency bed"),
    Example("bed.pace", "a child from police custody, and a PACE bed", Given(search=PACE, home=bed(CareType.PACE)), MET, "Needs a PACE bed; has one"),
    Example("bed.pace", "a child from police custody, and no PACE bed", Given(search=PACE), BLOCKED, "Needs a PACE bed; has none"),
    Example("bed.pace", "the beds are kept for children from police custody", Given(home={"kind": HomeKind.FOSTERING_PACE}), SIGN_OFF, "The home's beds are kept for others: a PACE bed is not what is wanted"),
    Example("bed.pace", "neither", Given(), DOES_NOT_APPLY, "Does not need a PACE bed"),
    Example("bed.remand", "a child on remand, and a remand bed", Given(search=REMAND, home={"kind": HomeKind.FOSTERING_REMAND}), MET, "Needs a remand bed; has one"),
    Example("bed.remand", "a child on remand, and no remand bed", Given(search=REMAND), BLOCKED, "Needs a remand bed; has none"),
    Example("bed.remand", "the beds are kept for children on remand", Given(home={"kind": HomeKind.FOSTERING_REMAND}), SIGN_OFF, "The home's beds are kept for others: a remand bed is not what is wanted"),
    Example("bed.remand", "neither", Given(), DOES_NOT_APPLY, "Does not need a remand bed"),
    Example("bed.parent-and-child", "a parent and baby, and a bed for them", Given(asks=WITH_BABY, home={"kind": HomeKind.FOSTERING_PARENT_AND_CHILD}), MET, "Needs a parent-and-child bed; has one"),
    Example("bed.parent-and-child", "a parent and baby, and no bed for them", Given(asks=WITH_BABY), BLOCKED, "Needs a parent-and-child bed; has none"),
    Example("bed.parent-and-child", "the beds are kept for parents and babies", Given(home={"kind": HomeKind.RESIDENTIAL_PARENT_AND_CHILD}), BLOCKED, "The home's beds are kept for others: a parent-and-child bed is not what is wanted"),
    Example("bed.parent-and-child", "neither", Given(), DOES_NOT_APPLY, "Does not need a parent-and-child bed"),
    Example("bed.uasc-arrival", "a child who arrived today, and a bed for new arrivals", Given(child=ARRIVED, search=TONIGHT, home=bed(CareType.UASC_ARRIVAL)), MET, "Needs a bed for new arrivals; has one"),
    Example("bed.uasc-arrival", "a child who arrived today, and no such bed", Given(child=ARRIVED, search=TONIGHT), BLOCKED, "Needs a bed for new arrivals; has none"),
    Example("bed.uasc-arrival", "a child who arrived a month ago", Given(child={"uasc": True, "in_care_since": days(-30)}, search=TONIGHT), DOES_NOT_APPLY, "Does not need a bed for new arrivals"),
    Example("bed.short-break-nights", "four nights a month at weekends, beginning on a Friday", Given(search={**BREAKS, **FRIDAY}, home=WEEKENDS), MET, "4 nights a month wanted; offered: 8 nights a month, on Friday and Saturday"),
    Example("bed.short-break-nights", "more nights than are offered", Given(search={**BREAKS, **FRIDAY, "nights_a_month": 10}, home=WEEKENDS), BLOCKED, "10 nights a month wanted; offered: 8 nights a month, on Friday and Saturday"),
    Example("bed.short-break-nights", "the first night is not one of those offered", Given(search=BREAKS, home=WEEKENDS), BLOCKED, "4 nights a month wanted; offered: 8 nights a month, on Friday and Saturday"),
    Example("bed.short-break-nights", "the home offers no short breaks", Given(search=BREAKS), BLOCKED, "Short breaks are wanted; the home does not offer them"),
    Example("bed.short-break-nights", "how many nights are wanted is not recorded", Given(search={**BREAKS, "nights_a_month": None}, home=BREAK_HOME), CHECK_FIRST, "How many nights a month is not recorded; offered: 28 nights a month, on any night"),
    Example("bed.short-break-nights", "the beds are kept for short breaks", Given(home=BREAK_HOME), BLOCKED, "The home's beds are kept for short breaks, and these are not what is wanted"),
    Example("bed.short-break-nights", "neither", Given(), DOES_NOT_APPLY, "Short breaks are neither wanted nor what the home is kept for"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_right_kind_of_bed(example: Example) -> None:
    example.check()
