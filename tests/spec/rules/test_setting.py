"""The kind of setting, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import DeprivationOfLiberty, HomeKind, Known, Setting, Suitability
from tests.spec.building import Given, born
from tests.spec.rules.examples import (
    BLOCKED,
    CHECK,
    CHECK_FIRST,
    DOES_NOT_APPLY,
    FLAGGED,
    MET,
    SCORED,
    SIGN_OFF,
    Example,
)

SUPPORTED = {"kind": HomeKind.SUPPORTED_SINGLE_OCCUPANCY}
UNREGISTERED, UNSAID = {"registered": Known.NO}, {"registered": Known.UNKNOWN}
SIXTEEN = {"born": born(16)}
ORDERED = {"deprivation_of_liberty": DeprivationOfLiberty.CURRENT}


def fits(fostering: Suitability, residential: Suitability) -> dict[str, object]:
    """What the social worker says of two settings."""
    return {"suitability": {Setting.FOSTERING: fostering, Setting.RESIDENTIAL: residential}}


PREFERRED, SUITABLE = Suitability.PREFERRED, Suitability.SUITABLE
UNSUITABLE, NOT_SAID = Suitability.UNSUITABLE, Suitability.NOT_SPECIFIED

# one row for each example
# fmt: off
EXAMPLES = (
    Example("setting.under-16", "aged 9, in an approved household", Given(), MET, "Aged 9; the home is registered or approved"),
    Example("setting.under-16", "aged 15, in supported accommodation", Given(child={"born": born(15)}, home=SUPPORTED), BLOCKED, "Aged 15; supported accommodation is never lawful under 16"),
    Example("setting.under-16", "aged 9, in a home that is not registered", Given(home=UNREGISTERED), BLOCKED, "Aged 9; the home is not registered"),
    Example("setting.under-16", "nobody knows whether the home is registered", Given(home=UNSAID), CHECK_FIRST, "Aged 9; whether the home is registered is not recorded"),
    Example("setting.under-16", "aged 16", Given(child=SIXTEEN, home=SUPPORTED), DOES_NOT_APPLY, "Aged 16; supported accommodation is never lawful under 16"),
    Example("setting.registered", "aged 16, in registered supported accommodation", Given(child=SIXTEEN, home=SUPPORTED), MET, "Aged 16; the home is registered or approved"),
    Example("setting.registered", "aged 16, in a home that is not registered", Given(child=SIXTEEN, home={**SUPPORTED, **UNREGISTERED}), BLOCKED, "Aged 16; the home is not registered"),
    Example("setting.registered", "nobody knows whether the home is registered", Given(child=SIXTEEN, home=UNSAID), CHECK_FIRST, "Aged 16; whether the home is registered is not recorded"),
    Example("setting.registered", "under 16 another rule says so", Given(), DOES_NOT_APPLY, "Aged 9; the home is registered or approved"),
    Example("setting.16-17", "readiness has been assessed", Given(child=SIXTEEN, home=SUPPORTED, asks={"readiness_assessed": Known.YES}), MET, "Aged 16; readiness for supported accommodation has been assessed"),
    Example("setting.16-17", "readiness has not been assessed", Given(child=SIXTEEN, home=SUPPORTED, asks={"readiness_assessed": Known.NO}), SIGN_OFF, "Aged 16; readiness for supported accommodation has not been assessed"),
    Example("setting.16-17", "nobody has said whether readiness was assessed", Given(child=SIXTEEN, home=SUPPORTED), CHECK, "Aged 16; readiness for supported accommodation is not recorded as assessed or not"),
    Example("setting.16-17", "aged 16, in a fostering household", Given(child=SIXTEEN), DOES_NOT_APPLY, "Aged 16; readiness for supported accommodation is not recorded as assessed or not"),
    Example("setting.suitability", "the setting is preferred", Given(), MET, "Fostering is preferred", 0),
    Example("setting.suitability", "the setting suits, and none is preferred", Given(asks=fits(SUITABLE, NOT_SAID)), MET, "Fostering is suitable but not preferred", 0),
    Example("setting.suitability", "the setting suits, and another is preferred", Given(asks=fits(SUITABLE, PREFERRED)), SCORED, "Fostering is suitable but not preferred; residential is preferred", 1),
    Example("setting.suitability", "nothing is said of the setting, and another is preferred", Given(asks=fits(NOT_SAID, PREFERRED)), SCORED, "Fostering is not mentioned; residential is preferred", 1),
    Example("setting.suitability", "the setting is unsuitable", Given(asks=fits(UNSUITABLE, PREFERRED)), BLOCKED, "Fostering is unsuitable; residential is preferred"),
    Example("setting.suitability", "nothing is said of any setting", Given(asks={"suitability": {}}), DOES_NOT_APPLY, "Fostering is not mentioned", 0),
    Example("setting.suitability", "a secure home is not asked about", Given(home={"kind": HomeKind.SECURE}), DOES_NOT_APPLY, "Suitability is not asked of secure homes", 0),
    Example("setting.secure", "secure accommodation is sought, and this is", Given(asks={"secure": True}, home={"kind": HomeKind.SECURE}), MET, "Secure accommodation is sought, with its own authority"),
    Example("setting.secure", "a secure home for a child without the authority", Given(home={"kind": HomeKind.SECURE}), BLOCKED, "No authority to keep the child secure"),
    Example("setting.secure", "secure accommodation is sought, and this is not", Given(asks={"secure": True}), BLOCKED, "Secure accommodation is sought; this home is not secure"),
    Example("setting.secure", "neither sought nor offered", Given(), DOES_NOT_APPLY, "Neither sought nor offered"),
    Example("setting.dol", "an order is in force and the home is registered", Given(child=ORDERED), FLAGGED, "A deprivation-of-liberty order is in force; the home is registered or approved"),
    Example("setting.dol", "an order is in force and the home is not registered", Given(child=ORDERED, home=UNREGISTERED), BLOCKED, "A deprivation-of-liberty order is in force; the home is not registered"),
    Example("setting.dol", "an order is in force and nobody knows whether the home is registered", Given(child=ORDERED, home=UNSAID), CHECK_FIRST, "A deprivation-of-liberty order is in force; whether the home is registered is not recorded"),
    Example("setting.dol", "no order is in force", Given(), DOES_NOT_APPLY, "No current deprivation-of-liberty order"),
    Example("setting.staying-put", "aged 9, in a staying-put arrangement", Given(home={"kind": HomeKind.STAYING_PUT}), BLOCKED, "Aged 9; staying put begins at 18"),
    Example("setting.staying-put", "aged 18, in a staying-put arrangement", Given(child={"born": born(18)}, home={"kind": HomeKind.STAYING_PUT}), MET, "Aged 18; staying put begins at 18"),
    Example("setting.staying-put", "a fostering household", Given(), DOES_NOT_APPLY, "Aged 9; staying put begins at 18"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_kind_of_setting(example: Example) -> None:
    example.check()
