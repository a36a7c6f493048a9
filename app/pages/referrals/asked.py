"""What is asked for a child and what is on record of the child, in words: only what somebody has said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.pages.facts import Fact
from app.pages.naming import how_soon, listed
from app.pages.wording import (
    ACCESS,
    ADD_ONS,
    CARE_PLANS,
    COMMUNICATION,
    DOL,
    ETHNICITIES,
    HEALTH,
    KINDS,
    KNOWN,
    LEGAL,
    LENGTHS,
    LIVING_WITH,
    OTHER_SEX,
    PARENTS,
    RELIGIONS,
    RISK_LEVELS,
    RISKS,
    SETTINGS,
    SKILLS,
    STAFFING,
    SUITABLE,
    language,
)
from app.pages.words import counted, day
from matching.codes import (
    CarePlan,
    DeprivationOfLiberty,
    Known,
    LivingWith,
    OtherChildrenSex,
    RiskLevel,
    Staffing,
    Suitability,
    Wanted,
)
from matching.people import Child
from matching.referrals import Asks, Referral
from matching.values import ChildId

Word = TypeVar("Word", bound=StrEnum)


def search_facts(referral: Referral, today: date) -> tuple[Fact, ...]:
    """What the search is for."""
    at = f" at {referral.wanted_time}" if referral.wanted_time else ""
    facts = [
        Fact("Kind of search", KINDS[referral.kind]),
        Fact("Wanted by", f"{day(referral.wanted_by)}{at} ({how_soon(referral.wanted_by, today)})"),
        Fact("Expected length", _length(referral)),
        Fact("Search began", day(referral.opened.date())),
    ]
    return tuple(facts)


def _length(referral: Referral) -> str:
    said = [LENGTHS[referral.length]]
    if referral.expected_nights is not None:
        said.append(counted(referral.expected_nights, "night"))
    if referral.until is not None:
        said.append(f"until the morning of {day(referral.until)}")
    if referral.nights_a_month is not None:
        said.append(f"{counted(referral.nights_a_month, 'night')} a month")
    return ", ".join(said)


def child_facts(child: Child) -> tuple[Fact, ...]:
    """What is on record of the child."""
    return tuple(Fact(about, says) for about, says in _of_child(child) if says)


def _of_child(child: Child) -> Iterator[tuple[str, str]]:
    yield "Legal status", "" if child.legal_status is None else LEGAL[child.legal_status]
    yield "Care plan", "" if child.care_plan is CarePlan.NOT_SPECIFIED else CARE_PLANS[child.care_plan]
    yield "In care since", "" if child.in_care_since is None else day(child.in_care_since)
    no_order = child.deprivation_of_liberty is DeprivationOfLiberty.NO
    yield "Deprivation of liberty", "" if no_order else DOL[child.deprivation_of_liberty]
    yield "Section 20 consent", _known(child.section_20_consent)
    yield "Delegated authority", _known(child.delegated_authority)
    yield "Unaccompanied, seeking asylum", "Yes" if child.uasc else ""
    health = _several(child.health, HEALTH)
    yield "Health", health or ("No condition that matters to the home" if child.health_recorded else "Not recorded")
    yield "Disabled", _known(child.disabled)
    yield "Getting about", _several(child.access, ACCESS)
    yield "Special educational needs", _known(child.send)
    yield "Education, health and care plan", _known(child.ehcp)
    yield "Communication", _several(child.communication, COMMUNICATION)
    yield "Languages", listed((language(one) for one in sorted(child.languages)), none="")
    yield "Religion", "" if child.religion is None else RELIGIONS[child.religion]
    yield "Ethnicity", "" if child.ethnicity is None else ETHNICITIES.get(child.ethnicity, child.ethnicity)


def asked_facts(ask: Asks, references: Mapping[ChildId, str]) -> tuple[Fact, ...]:
    """What is asked for the child; `references` names other children by what pages call them."""
    return tuple(
        Fact(about, says) for about, says in (*_of_home(ask), *_of_living(ask, references), *_of_risk(ask)) if says
    )


def _of_home(ask: Asks) -> Iterator[tuple[str, str]]:
    said = [f"{SETTINGS[where]} {SUITABLE[how].lower()}" for where, how in ask.suitability.items() if _says(how)]
    yield "Suitable homes", "; ".join(said)
    yield "Secure home", "Asked for" if ask.secure else ""
    yield "Close to family", _known(ask.close_to_family)
    yield "School", _school(ask)
    yield "Staffing", "" if ask.staffing in _NOTHING_SAID else STAFFING[ask.staffing]
    yield "Skills the home must have", _several(ask.skills, SKILLS)
    yield "Support to be bought with the place", _several(ask.add_ons, ADD_ONS)
    wanted = {"Culture": ask.culture, "Religion": ask.religion, "Language": ask.language}
    yield (
        "Must be matched or supported",
        listed((name for name, one in wanted.items() if one is Wanted.REQUIRED), none=""),
    )
    yield (
        "Matched or supported if possible",
        listed((name for name, one in wanted.items() if one is Wanted.PREFERRED), none=""),
    )


_NOTHING_SAID = (Staffing.NOT_SPECIFIED, Staffing.NOT_APPLICABLE)


def _says(how: Suitability) -> bool:
    return how is not Suitability.NOT_SPECIFIED


def _school(ask: Asks) -> str:
    if ask.in_school is not Known.YES:
        return {Known.NO: "Not in school", Known.UNKNOWN: ""}[ask.in_school]
    year = "" if ask.school_year is None else f", {'reception' if ask.school_year == 0 else f'year {ask.school_year}'}"
    keeps = {Known.YES: ". Must keep this school", Known.NO: ". May change school", Known.UNKNOWN: ""}
    return f"In school{year}{keeps[ask.keep_school]}"


def _of_living(ask: Asks, references: Mapping[ChildId, str]) -> Iterator[tuple[str, str]]:
    yield "Lives with", "" if ask.living_with is LivingWith.NO_PREFERENCE else LIVING_WITH[ask.living_with]
    anybody = ask.other_children_sex is OtherChildrenSex.NO_PREFERENCE
    yield "Other children", "" if anybody else OTHER_SEX[ask.other_children_sex]
    yield (
        "Never to live with",
        listed(sorted(references.get(one, "a child of another file") for one in ask.never_with), none=""),
    )
    yield "May live with pets", _known(ask.pets)
    yield "Readiness for supported accommodation assessed", _known(ask.readiness_assessed)
    yield "Homeless", "Yes" if ask.homeless else ""
    yield "Joint assessment with housing", _known(ask.joint_housing_assessed)
    yield "Parent to live with the child", "" if ask.parent is None else PARENTS[ask.parent]
    yield "Baby born", "" if ask.baby_born is None else day(ask.baby_born)
    yield "Stability plan made on", "" if ask.stability_plan_on is None else day(ask.stability_plan_on)


def _of_risk(ask: Asks) -> Iterator[tuple[str, str]]:
    for level in (RiskLevel.HIGH, RiskLevel.LOW, RiskLevel.NO_KNOWN):
        found = [RISKS[risk] for risk, one in ask.risks.items() if one is level]
        words = {RiskLevel.HIGH: "High risk", RiskLevel.LOW: "Low risk"}.get(level, RISK_LEVELS[level])
        yield words, ", ".join([one if at == 0 else one.lower() for at, one in enumerate(found)])
    unknown = [words for risk, words in RISKS.items() if ask.risks.get(risk, RiskLevel.UNKNOWN) is RiskLevel.UNKNOWN]
    yield "Risk not known", "All kinds" if len(unknown) == len(RISKS) else ", ".join(unknown)


def _known(answer: Known) -> str:
    return "" if answer is Known.UNKNOWN else KNOWN[answer]


def _several(codes: Iterable[Word], words: Mapping[Word, str]) -> str:
    found = [words[one] for one in words if one in set(codes)]
    return ", ".join(
        [
            one if at == 0 else f"{one[:1].lower()}{one[1:]}" if one[1:2].islower() else one
            for at, one in enumerate(found)
        ]
    )
