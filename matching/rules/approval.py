"""Terms of approval of fostering households: whom they may care for, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from matching.answers import Answer, Fact, bits
from matching.codes import CareType, SearchKind, Setting, Sex, SignOffRole
from matching.facts import Facts
from matching.facts.columns import LONG_HENCE
from matching.policy import Measure
from matching.rules.model import Block, Charge, Deadline, Otherwise, Rule, Scope, Score, SignOff, Source
from matching.rules.words import Where, ages, count, day, words_in
from matching.values import Period

EMERGENCIES = tuple(kind for kind in SearchKind if kind.is_emergency)
EITHER_SEX = Fact(np.array([[bits((Sex.MALE, Sex.FEMALE))]], dtype=np.int8))
NO_TERMS = "No terms of approval are on record for the first night"

FOSTERING_SERVICES = Source("Fostering Services (England) Regulations 2011 reg 27(5)")
CARE_PLANNING_22 = Source("Care Planning, Placement and Case Review (England) Regulations 2010 reg 22")
CARE_PLANNING_23 = Source("Care Planning, Placement and Case Review (England) Regulations 2010 reg 23")
TERMS_SOURCES = (FOSTERING_SERVICES, CARE_PLANNING_22, CARE_PLANNING_23)
SINCE_APRIL_2011 = Period(date(2011, 4, 1))
OPENS = "A change of approval, or an emergency sign-off, opens it"


def is_fostering(f: Facts) -> Answer:
    """Whether the home is a fostering household."""
    return f.home.setting.is_(Setting.FOSTERING)


def _of_fostering(reason: Callable[[Facts, Where], str]) -> Callable[[Facts, Where], str]:
    """The reason for fostering households; of every other home it only says that the rule is not for it."""
    return lambda f, at: reason(f, at) if is_fostering(f).at(*at) else "Not a fostering household"


def fits_sex(taken: Fact, f: Facts) -> Answer:
    """Whether a set of sexes has the child's; a child whose sex is not known fits where either is taken."""
    return taken.covers(EITHER_SEX) | taken.overlaps(f.child.sex)


def emergency_outside_terms(f: Facts) -> Answer:
    """Whether regulation 23 may be used: an emergency, and carers who are fully approved."""
    return f.child.search.is_(*EMERGENCIES) & (f.journey.terms.temporary_until >= LONG_HENCE)


OUTSIDE_TERMS = (
    Otherwise(
        SignOff(SignOffRole.NOMINATED_OFFICER, Deadline.SIX_WORKING_DAYS),
        emergency_outside_terms,
        "the search is an emergency and the carers are fully approved",
    ),
    Otherwise(Block()),
)
OUTSIDE_TERMS_READS = ("child.search", "journey.terms.temporary_until", "home.setting")


def _ages_met(f: Facts) -> Answer:
    terms = f.journey.terms
    return (terms.youngest <= f.child.age) & (f.child.age <= terms.oldest)


def _ages_reason(f: Facts, at: Where) -> str:
    age, youngest, oldest = f.child.age.at(*at), f.journey.terms.youngest.at(*at), f.journey.terms.oldest.at(*at)
    if youngest is None or oldest is None:
        return _missing(f, at, "which ages")
    return f"Aged {age}; approved for {ages(youngest, oldest)}"


def _missing(f: Facts, at: Where, what: str) -> str:
    return f"The terms of approval do not say {what}" if f.journey.terms.on_record.at(*at) else NO_TERMS


APPROVAL_AGES = Rule(
    id="approval.ages",
    says="The child's age on the first night is within the ages the household is approved for",
    applies=is_fostering,
    met=_ages_met,
    otherwise=OUTSIDE_TERMS,
    reason=_of_fostering(_ages_reason),
    sources=TERMS_SOURCES,
    reads=("child.age", "journey.terms.youngest", "journey.terms.oldest", *OUTSIDE_TERMS_READS),
    remedy=OPENS,
    in_force=SINCE_APRIL_2011,
    parameters=("emergency_working_days",),
)


def sex_in_words(sex: int | None) -> str:
    """A child's sex in words."""
    return "The child's sex is not recorded" if sex is None else "A girl" if sex == bits((Sex.FEMALE,)) else "A boy"


def sexes_in_words(taken: int) -> str:
    """A set of sexes in words."""
    return {bits((Sex.MALE,)): "boys only", bits((Sex.FEMALE,)): "girls only"}.get(taken, "boys and girls")


def _sex_reason(f: Facts, at: Where) -> str:
    taken = f.journey.terms.sexes.at(*at)
    if taken is None:
        return NO_TERMS
    return f"{sex_in_words(f.child.sex.at(*at))}; approved for {sexes_in_words(taken)}"


APPROVAL_SEX = Rule(
    id="approval.sex",
    says="The household is approved for children of the child's sex",
    applies=is_fostering,
    met=lambda f: fits_sex(f.journey.terms.sexes, f),
    otherwise=OUTSIDE_TERMS,
    reason=_of_fostering(_sex_reason),
    sources=TERMS_SOURCES,
    reads=("child.sex", "journey.terms.sexes", *OUTSIDE_TERMS_READS),
    remedy=OPENS,
    in_force=SINCE_APRIL_2011,
    parameters=("emergency_working_days",),
)


def _care_reason(f: Facts, at: Where) -> str:
    wanted, approved = f.child.care.at(*at), f.journey.terms.care_types.at(*at)
    if approved is None:
        return _missing(f, at, "which types of care")
    either = words_in(CareType, wanted or 0, "or")
    return f"Needs approval for {either} care; approved for {words_in(CareType, approved)} care"


APPROVAL_CARE_TYPES = Rule(
    id="approval.care-types",
    says="The household is approved for a type of care that the search calls for",
    applies=is_fostering,
    met=lambda f: f.journey.terms.care_types.overlaps(f.child.care),
    otherwise=OUTSIDE_TERMS,
    reason=_of_fostering(_care_reason),
    sources=TERMS_SOURCES,
    reads=("child.care", "journey.terms.care_types", *OUTSIDE_TERMS_READS),
    remedy=OPENS,
    in_force=SINCE_APRIL_2011,
    parameters=("emergency_working_days",),
)


def _named_reason(f: Facts, at: Where) -> str:
    only = f.journey.terms.named_only.at(*at)
    if only is None:
        return NO_TERMS
    if f.journey.named.at(*at):
        return "The terms of approval name this child"
    return "Approved for named children only, and this child is not one" if only else "Not limited to named children"


APPROVAL_NAMED_CHILDREN = Rule(
    id="approval.named-children",
    says="A household approved only for named children is approved for this child by name",
    applies=is_fostering,
    met=lambda f: f.journey.terms.named_only.equals(0) | (f.journey.terms.named_only.equals(1) & f.journey.named),
    otherwise=(Otherwise(Block()),),
    reason=_of_fostering(_named_reason),
    sources=(FOSTERING_SERVICES, CARE_PLANNING_22),
    reads=("journey.terms.named_only", "journey.named", "home.setting"),
    remedy="A change of approval opens it",
    in_force=SINCE_APRIL_2011,
)


def _temporary_runs(f: Facts) -> Answer:
    """Whether a temporary approval has begun no longer ago than the law lets it last, and is not over."""
    terms, first = f.journey.terms, f.child.first_night
    weeks, more = f.parameters["temporary_approval_weeks"], f.parameters["temporary_extension_weeks"]
    within = (terms.temporary_from + 7 * weeks) > first
    extended = (terms.extended > 0) & ((terms.temporary_from + 7 * (weeks + more)) > first)
    return (terms.temporary_until >= first) & (within | extended)


def _temporary_reason(f: Facts, at: Where) -> str:
    until, first = f.journey.terms.temporary_until.at(*at), f.child.first_night.at(*at) or 0
    if until is None:
        return NO_TERMS
    if until >= LONG_HENCE:
        return "Fully approved"
    if until < first:
        return f"Temporary approval ends on {day(f, until)}, before the first night"
    if not _temporary_runs(f).at(*at):
        return f"Temporary approval began on {day(f, f.journey.terms.temporary_from.at(*at) or 0)}: longer than the law lets it last"
    left = count(until - first, "day")
    return f"Temporary approval ends on {day(f, until)}, {left} after the first night: full approval must come by then"


APPROVAL_CONNECTED_TEMPORARY = Rule(
    id="approval.connected-temporary",
    says="The household is fully approved, not temporarily as a connected person's",
    applies=is_fostering,
    met=lambda f: f.journey.terms.temporary_until >= LONG_HENCE,
    otherwise=(
        Otherwise(
            SignOff(SignOffRole.NOMINATED_OFFICER),
            _temporary_runs,
            "the temporary approval still runs on the first night (16 weeks, and 8 more once extended)",
        ),
        Otherwise(Block()),
    ),
    reason=_of_fostering(_temporary_reason),
    sources=(Source("Care Planning, Placement and Case Review (England) Regulations 2010 regs 24-25"),),
    reads=(
        "journey.terms.temporary_until",
        "journey.terms.temporary_from",
        "journey.terms.extended",
        "child.first_night",
        "home.setting",
    ),
    remedy="An extension where none was given yet, or full approval, opens it",
    in_force=SINCE_APRIL_2011,
    parameters=("temporary_approval_weeks", "temporary_extension_weeks"),
)


def _preferred(f: Facts) -> Answer:
    within = (f.home.preferred_youngest <= f.child.age) & (f.child.age <= f.home.preferred_oldest)
    return within & fits_sex(f.home.preferred_sexes, f)


def _preferred_reason(f: Facts, at: Where) -> str:
    youngest, oldest = f.home.preferred_youngest.at(*at) or 0, f.home.preferred_oldest.at(*at) or 0
    wished = "any age" if oldest > 25 else f"ages {ages(youngest, oldest)}"
    sexes = sexes_in_words(f.home.preferred_sexes.at(*at) or 0)
    return (
        f"Aged {f.child.age.at(*at)}, {sex_in_words(f.child.sex.at(*at)).lower()}; the carers prefer {wished}, {sexes}"
    )


APPROVAL_PREFERRED_RANGE = Rule(
    id="approval.preferred-range",
    says="The child is within the ages and sex the carers would rather care for",
    applies=is_fostering,
    met=_preferred,
    otherwise=(Otherwise(Score()),),
    reason=_of_fostering(_preferred_reason),
    sources=(Source("Willingness: families who turn out unwilling are the commonest reason a match falls through"),),
    reads=(
        "child.age",
        "child.sex",
        "home.preferred_youngest",
        "home.preferred_oldest",
        "home.preferred_sexes",
        "home.setting",
    ),
    charge=Charge(Measure.OUTSIDE_PREFERRED_RANGE, lambda f: (~_preferred(f)).count(), unknown_units=1),
)


def _number_reason(f: Facts, at: Where) -> str:
    number, would_be = f.living.number.at(*at), f.living.foster_children.at(*at) or 0
    if not f.living.fostering.at(*at):
        return "Not a fostering household"
    if number is None:
        return "How many children the household is approved for is not recorded"
    return f"{count(would_be, 'foster child', 'foster children')} would live there; approved for {number}"


APPROVAL_NUMBER = Rule(
    id="approval.number",
    says="The household would have no more foster children than it is approved for",
    scope=Scope.LIVING_TOGETHER,
    applies=lambda f: f.living.fostering,
    met=lambda f: f.living.foster_children <= f.living.number,
    otherwise=(
        Otherwise(
            SignOff(SignOffRole.NOMINATED_OFFICER, Deadline.SIX_WORKING_DAYS),
            lambda f: f.living.emergency_outside_terms,
            "every search is an emergency and the carers are fully approved",
        ),
        Otherwise(Block()),
    ),
    reason=_number_reason,
    sources=TERMS_SOURCES,
    reads=("living.foster_children", "living.number", "living.fostering", "living.emergency_outside_terms"),
    remedy=OPENS,
    in_force=SINCE_APRIL_2011,
    parameters=("emergency_working_days",),
)

APPROVAL = (
    APPROVAL_AGES,
    APPROVAL_NUMBER,
    APPROVAL_SEX,
    APPROVAL_CARE_TYPES,
    APPROVAL_NAMED_CHILDREN,
    APPROVAL_CONNECTED_TEMPORARY,
    APPROVAL_PREFERRED_RANGE,
)
