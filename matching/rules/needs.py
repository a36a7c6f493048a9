"""What the child needs and the home can do: levels, skills, access, staff, culture, religion, language."""

from __future__ import annotations

from collections.abc import Callable

from matching.answers import Answer
from matching.codes import Access, SignOffRole, Skill, Staffing, Wanted
from matching.facts import Facts
from matching.facts.price_table import STAFFING_ADD_ONS
from matching.needs import LEVEL_NAMES
from matching.policy import Measure
from matching.rules.model import Block, Charge, Flag, Otherwise, Rule, Score, SignOff, Source
from matching.rules.words import Where, decoded, listed, word, words_in

RCC_STANDARD = Source("South West Regional Care Cooperative placement data standard v3")
LEVELS_WITHOUT_PROFILE = 6
"""Levels charged for a child without a profile: alike for every home, so it decides nothing."""


def _needs_met(f: Facts) -> Answer:
    """Unknown while levels nobody recorded could still turn the answer, or bring it to a sign-off."""
    gap, worst = f.journey.need_gap, f.journey.need_gap_at_worst
    certain = gap.equals(worst) | (gap >= f.parameters["gap_levels_for_sign_off"])
    return Answer((worst <= 0).yes, certain.yes)


def _needs_reason(f: Facts, at: Where) -> str:
    if not f.child.profiled.at(*at):
        return "The child has no needs profile"
    short, unsaid = [], []
    for domain, needs, meets in zip(f.child.domains, f.child.levels, f.home.levels, strict=True):
        need, can = needs.at(*at), meets.at(*at)
        if need is None or (can is None and need > 1):
            unsaid.append(domain.name.lower())
        elif can is not None and need > can:
            support = [text for level, text in sorted(domain.support.items()) if can < level <= need]
            close = f"; would close it: {'; '.join(support)}" if support else ""
            short.append(f"{domain.name}: needs level {need} ({LEVEL_NAMES[need]}), meets {can}{close}")
    said = [*short, *([f"Not recorded: {listed(unsaid)}"] if unsaid else [])]
    return ". ".join(said) or "Meets the level of every need"


NEEDS_MET = Rule(
    id="needs.met",
    says="The home can meet the child's level of need in every domain",
    met=_needs_met,
    otherwise=(
        Otherwise(
            SignOff(SignOffRole.TEAM_MANAGER),
            lambda f: f.journey.need_gap_at_worst >= f.parameters["gap_levels_for_sign_off"],
            "two or more levels are missing in all, or may be",
        ),
        Otherwise(Score()),
    ),
    reason=_needs_reason,
    sources=(Source("Fostering National Minimum Standards 15"),),
    reads=("journey.need_gap", "journey.need_gap_at_worst", "child.levels", "home.levels", "child.profiled"),
    charge=Charge(Measure.NEED_GAP, lambda f: f.journey.need_gap_at_worst, unknown_units=LEVELS_WITHOUT_PROFILE),
    parameters=("gap_levels_for_sign_off",),
)


def _skills_reason(f: Facts, at: Where) -> str:
    missing = f.journey.skills_missing.at(*at) or 0
    if not f.child.skills.at(*at):
        return "No skill is asked for by name"
    if not missing:
        return f"Has {words_in(Skill, f.child.skills.at(*at) or 0)}"
    trainable = (
        "could be trained before the first night" if f.journey.skills_by_start.at(*at) else "not to be had in time"
    )
    return f"Missing {words_in(Skill, missing)}: {trainable}"


NEEDS_SKILLS = Rule(
    id="needs.skills",
    says="The home has every skill the referral asks for by name",
    applies=lambda f: f.child.skills > 0,
    met=lambda f: f.journey.skills_missing.equals(0),
    otherwise=(
        Otherwise(
            SignOff(SignOffRole.TEAM_MANAGER),
            lambda f: f.journey.skills_by_start,
            "training is possible before the start",
        ),
        Otherwise(Block()),
    ),
    reason=_skills_reason,
    sources=(Source("The needs of the child, as the referral names them"),),
    reads=("child.skills", "journey.skills_missing", "journey.skills_by_start"),
    remedy="A first night by when somebody there can be trained opens it",
)


def _access_reason(f: Facts, at: Where) -> str:
    needed, has = f.child.access.at(*at) or 0, f.home.access.at(*at) or 0
    if not needed:
        return "Needs no adaptation"
    missing = needed & ~has
    return f"Missing: {words_in(Access, missing)}" if missing else f"Has {words_in(Access, needed)}"


NEEDS_ACCESS = Rule(
    id="needs.access",
    says="The home has the access and adaptations the child needs",
    applies=lambda f: f.child.access > 0,
    met=lambda f: f.home.access.covers(f.child.access),
    otherwise=(Otherwise(Block()),),
    reason=_access_reason,
    sources=(Source("Children Act 1989 s22C(8)(d)"),),
    reads=("child.access", "home.access"),
    remedy="An adaptation finished before the start opens it",
)


def _staffing_reason(f: Facts, at: Where) -> str:
    needed, has = decoded(Staffing, f.child.staffing.at(*at) or 0), f.home.staffing.at(*at)
    there = "staffing not recorded" if has is None else f"has {word(decoded(Staffing, has))}"
    sold = "; more can be bought on top" if f.journey.staffing_for_sale.at(*at) else ""
    return f"Needs {needed.value} staffing; {there}{sold}"


NEEDS_STAFFING = Rule(
    id="needs.staffing",
    says="The home has at least the staffing the child needs",
    applies=lambda f: f.child.staffing.is_(*STAFFING_ADD_ONS),
    met=lambda f: f.home.staffing >= f.child.staffing,
    otherwise=(
        Otherwise(
            Score(),
            lambda f: f.journey.staffing_for_sale,
            "more staff can be bought on top: the price is in the weekly cost",
        ),
        Otherwise(Block()),
    ),
    reason=_staffing_reason,
    sources=(RCC_STANDARD,),
    reads=("child.staffing", "home.staffing", "journey.staffing_for_sale"),
    remedy="The provider's price for more staff, recorded as an add-on, opens it",
)


def _likeness(
    name: str,
    says: str,
    met: Callable[[Facts], Answer],
    wish: Callable[[Facts], Answer],
    required: Callable[[Facts], Answer],
) -> Rule:
    """One of culture, religion and language: required blocks, wished for costs a unit of culture."""

    def reason(f: Facts, at: Where) -> str:
        asked = "required" if required(f).at(*at) else "wished for" if wish(f).at(*at) else "not asked for"
        said = {True: "shared or supported", False: "neither shared nor supported", None: "not recorded"}[
            met(f).at(*at)
        ]
        return f"A match of {name} is {asked}; {said}" if wish(f).at(*at) else f"A match of {name} is not asked for"

    return Rule(
        id=f"needs.{name}",
        says=says,
        applies=wish,
        met=met,
        otherwise=(Otherwise(Block(), required, "the referral says it is required"), Otherwise(Score())),
        reason=reason,
        sources=(Source("Children Act 1989 s22(5)"),),
        reads=(f"child.{name}", f"journey.{name}"),
        charge=Charge(Measure.CULTURE, lambda f: (~met(f)).count(), unknown_units=1),
        remedy="The home's active support, recorded with it, opens it",
    )


NEEDS_CULTURE = _likeness(
    "culture",
    "The home shares the child's ethnicity, or actively supports it",
    lambda f: f.journey.culture,
    lambda f: ~f.child.culture.is_(Wanted.NOT_REQUIRED),
    lambda f: f.child.culture.is_(Wanted.REQUIRED),
)
NEEDS_RELIGION = _likeness(
    "religion",
    "The home shares the child's religion, or actively supports it",
    lambda f: f.journey.religion,
    lambda f: ~f.child.religion.is_(Wanted.NOT_REQUIRED),
    lambda f: f.child.religion.is_(Wanted.REQUIRED),
)
NEEDS_LANGUAGE = _likeness(
    "language",
    "A language of the child, other than English where there is another, is spoken in the home",
    lambda f: f.journey.language,
    lambda f: ~f.child.language.is_(Wanted.NOT_REQUIRED),
    lambda f: f.child.language.is_(Wanted.REQUIRED),
)


def _communication_reason(f: Facts, at: Where) -> str:
    needed = f.child.communication.at(*at) or 0
    missing = needed & ~(f.home.skills.at(*at) or 0)
    if not needed:
        return "No support with communication is asked for"
    return (
        f"Nobody there is trained in {words_in(Skill, missing)}" if missing else f"Trained in {words_in(Skill, needed)}"
    )


NEEDS_COMMUNICATION = Rule(
    id="needs.communication",
    says="Somebody in the home can communicate as the child does",
    applies=lambda f: f.child.communication > 0,
    met=lambda f: f.home.skills.covers(f.child.communication),
    otherwise=(Otherwise(Flag("arrange support with communication before the start")),),
    reason=_communication_reason,
    sources=(RCC_STANDARD,),
    reads=("child.communication", "home.skills"),
)

NEEDS = (
    NEEDS_MET,
    NEEDS_SKILLS,
    NEEDS_ACCESS,
    NEEDS_STAFFING,
    NEEDS_COMMUNICATION,
    NEEDS_CULTURE,
    NEEDS_RELIGION,
    NEEDS_LANGUAGE,
)
