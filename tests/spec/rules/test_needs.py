"""What the child needs, as a specification."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from matching.codes import Access, Communication, PriceAddOn, Religion, Skill, SkillLevel, Staffing, Wanted
from matching.homes import SkillHeld
from matching.values import Pence
from tests.spec.building import A_HOME, DOMAINS, Given, days
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

CAN_DO_MOST = dict.fromkeys(DOMAINS, 3)
SAYS_NOTHING_OF_HEALTH = {"meets": {domain: 3 for domain in DOMAINS if domain != "health"}}
GASTROSTOMY = {"skills": frozenset({Skill.GASTROSTOMY})}
IN_TWO_WEEKS = {"wanted_by": days(14)}
ONE_TO_ONE = {"staffing": Staffing.ONE_TO_ONE}
SELLS_MORE = {"prices": replace(A_HOME.prices, add_ons=MappingProxyType({PriceAddOn.TWO_TO_ONE: Pence(900_00)}))}
REQUIRED, PREFERRED = Wanted.REQUIRED, Wanted.PREFERRED


def has(skill: Skill, level: SkillLevel = SkillLevel.TRAINED, weeks: int | None = None) -> dict[str, object]:
    """A home with one skill, or that could have it."""
    return {"skills": (SkillHeld(skill, level, weeks_to_train=weeks),)}


BEHAVIOUR, HEALTH, RISK_TO_SELF = (
    "Behaviour: needs level 4 (complex), meets 3; would close it: Extra adults by rota, on-call support at night and short breaks planned ahead",
    "Health: needs level 4 (complex), meets 3; would close it: A package from the health board: trained night care, equipment and regular nursing visits",
    "Risk to self: needs level 4 (complex), meets 3; would close it: Waking nights and one-to-one time until risk has fallen, reviewed each week",
)

# one row for each example
# fmt: off
EXAMPLES = (
    Example("needs.met", "the home meets every level", Given(levels={"behaviour": 3}), MET, "Meets the level of every need", 0),
    Example("needs.met", "one level is missing", Given(levels={"behaviour": 4}), SCORED, BEHAVIOUR, 1),
    Example("needs.met", "two levels are missing in all", Given(levels={"behaviour": 4, "health": 4}), SIGN_OFF, f"{HEALTH}. {BEHAVIOUR}", 2),
    Example("needs.met", "the home has not said what it can do in one domain, and the need there is high", Given(levels={"health": 3}, home=SAYS_NOTHING_OF_HEALTH), CHECK, "Not recorded: health", 2),
    Example("needs.met", "the home has not said what it can do in one domain, which is no matter for an ordinary need", Given(home=SAYS_NOTHING_OF_HEALTH), MET, "Meets the level of every need", 0),
    Example("needs.met", "two levels are missing whatever the rest may be", Given(levels={"behaviour": 4, "risk-to-self": 4, "health": 3}, home=SAYS_NOTHING_OF_HEALTH), SIGN_OFF, f"{BEHAVIOUR}. {RISK_TO_SELF}. Not recorded: health", 4),
    Example("needs.met", "one domain of the profile is not filled in", Given(levels={"health": -1}, home={"meets": {**CAN_DO_MOST, "health": 3}}), CHECK, "Not recorded: health", 1),
    Example("needs.met", "the child has no needs profile", Given(levels=None), CHECK, "The child has no needs profile", 6),
    Example("needs.skills", "the home has the skill", Given(asks=GASTROSTOMY, home=has(Skill.GASTROSTOMY)), MET, "Has gastrostomy"),
    Example("needs.skills", "the home has not the skill", Given(asks=GASTROSTOMY), BLOCKED, "Missing gastrostomy: not to be had in time"),
    Example("needs.skills", "the skill can be trained before the first night", Given(asks=GASTROSTOMY, home=has(Skill.GASTROSTOMY, SkillLevel.TRAINABLE, 2), search=IN_TWO_WEEKS), SIGN_OFF, "Missing gastrostomy: could be trained before the first night"),
    Example("needs.skills", "the skill cannot be trained by tonight", Given(asks=GASTROSTOMY, home=has(Skill.GASTROSTOMY, SkillLevel.TRAINABLE, 2)), BLOCKED, "Missing gastrostomy: not to be had in time"),
    Example("needs.skills", "how long the training takes is not recorded", Given(asks=GASTROSTOMY, home=has(Skill.GASTROSTOMY, SkillLevel.TRAINABLE), search=IN_TWO_WEEKS), BLOCKED, "Missing gastrostomy: not to be had in time"),
    Example("needs.skills", "no skill is asked for", Given(), DOES_NOT_APPLY, "No skill is asked for by name"),
    Example("needs.access", "the home has what the child needs", Given(child={"access": frozenset({Access.GROUND_FLOOR})}, home={"access": frozenset(Access)}), MET, "Has ground floor"),
    Example("needs.access", "something is missing", Given(child={"access": frozenset(Access)}, home={"access": frozenset({Access.GROUND_FLOOR})}), BLOCKED, "Missing: wheelchair and adaptation"),
    Example("needs.access", "the child needs no adaptation", Given(), DOES_NOT_APPLY, "Needs no adaptation"),
    Example("needs.staffing", "the home has the staff", Given(asks=ONE_TO_ONE, home={"staffing": Staffing.TWO_TO_ONE}), MET, "Needs 1:1 staffing; has 2:1"),
    Example("needs.staffing", "more staff can be bought on top", Given(asks=ONE_TO_ONE, home=SELLS_MORE), SCORED, "Needs 1:1 staffing; has standard; more can be bought on top"),
    Example("needs.staffing", "no more staff can be bought", Given(asks=ONE_TO_ONE), BLOCKED, "Needs 1:1 staffing; has standard"),
    Example("needs.staffing", "the home's staffing is not recorded", Given(asks=ONE_TO_ONE, home={"staffing": Staffing.NOT_SPECIFIED}), CHECK_FIRST, "Needs 1:1 staffing; staffing not recorded"),
    Example("needs.staffing", "the child needs no more than standard staffing", Given(asks={"staffing": Staffing.STANDARD}), DOES_NOT_APPLY, "Needs standard staffing; has standard"),
    Example("needs.communication", "somebody signs Makaton", Given(child={"communication": frozenset({Communication.MAKATON})}, home=has(Skill.MAKATON)), MET, "Trained in makaton"),
    Example("needs.communication", "nobody signs", Given(child={"communication": frozenset({Communication.BSL})}), FLAGGED, "Nobody there is trained in bsl"),
    Example("needs.communication", "no support is asked for", Given(), DOES_NOT_APPLY, "No support with communication is asked for"),
    Example("needs.culture", "the home shares the child's ethnicity", Given(asks={"culture": REQUIRED}), MET, "A match of culture is required; shared or supported", 0),
    Example("needs.culture", "the home actively supports it", Given(asks={"culture": REQUIRED}, child={"ethnicity": "BCRB"}, household={"ethnicities_supported": frozenset({"BCRB"})}), MET, "A match of culture is required; shared or supported", 0),
    Example("needs.culture", "required, and neither shared nor supported", Given(asks={"culture": REQUIRED}, child={"ethnicity": "BCRB"}), BLOCKED, "A match of culture is required; neither shared nor supported", 1),
    Example("needs.culture", "wished for, and neither shared nor supported", Given(asks={"culture": PREFERRED}, child={"ethnicity": "BCRB"}), SCORED, "A match of culture is wished for; neither shared nor supported", 1),
    Example("needs.culture", "required, and the home's ethnicity is not recorded", Given(asks={"culture": REQUIRED}, household={"ethnicities": frozenset()}), CHECK_FIRST, "A match of culture is required; not recorded", 1),
    Example("needs.culture", "wished for, and the child's ethnicity is not recorded", Given(asks={"culture": PREFERRED}, child={"ethnicity": None}), CHECK, "A match of culture is wished for; not recorded", 1),
    Example("needs.culture", "not asked for", Given(), DOES_NOT_APPLY, "A match of culture is not asked for", 0),
    Example("needs.religion", "the home shares the child's religion", Given(asks={"religion": REQUIRED}), MET, "A match of religion is required; shared or supported", 0),
    Example("needs.religion", "required, and neither shared nor supported", Given(asks={"religion": REQUIRED}, child={"religion": Religion.MUSLIM}), BLOCKED, "A match of religion is required; neither shared nor supported", 1),
    Example("needs.religion", "wished for, and neither shared nor supported", Given(asks={"religion": PREFERRED}, child={"religion": Religion.MUSLIM}), SCORED, "A match of religion is wished for; neither shared nor supported", 1),
    Example("needs.religion", "the home's religion is not recorded, but it supports the child's", Given(asks={"religion": REQUIRED}, household={"religion": None, "religions_supported": frozenset({Religion.CHRISTIAN})}), MET, "A match of religion is required; shared or supported", 0),
    Example("needs.religion", "the home's religion is not recorded", Given(asks={"religion": PREFERRED}, household={"religion": None}), CHECK, "A match of religion is wished for; not recorded", 1),
    Example("needs.religion", "not asked for", Given(), DOES_NOT_APPLY, "A match of religion is not asked for", 0),
    Example("needs.language", "the child's own language is spoken", Given(asks={"language": REQUIRED}, child={"languages": frozenset({"en", "pl"})}, household={"languages": frozenset({"pl"})}), MET, "A match of language is required; shared or supported", 0),
    Example("needs.language", "only English is spoken, and the child has another language", Given(asks={"language": REQUIRED}, child={"languages": frozenset({"en", "pl"})}), BLOCKED, "A match of language is required; neither shared nor supported", 1),
    Example("needs.language", "wished for, and not spoken", Given(asks={"language": PREFERRED}, child={"languages": frozenset({"ar"})}), SCORED, "A match of language is wished for; neither shared nor supported", 1),
    Example("needs.language", "the home's languages are not recorded", Given(asks={"language": REQUIRED}, household={"languages": frozenset()}), CHECK_FIRST, "A match of language is required; not recorded", 1),
    Example("needs.language", "not asked for", Given(), DOES_NOT_APPLY, "A match of language is not asked for", 0),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_the_child_needs(example: Example) -> None:
    example.check()
