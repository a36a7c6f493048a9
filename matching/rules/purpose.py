"""Statements of purpose of children's homes and supported accommodation: whom they are for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matching.answers import Answer
from matching.codes import Setting
from matching.facts import Facts
from matching.rules.approval import fits_sex, sex_in_words, sexes_in_words
from matching.rules.model import Block, Otherwise, Rule, Scope, Source
from matching.rules.words import Where, ages, listed
from matching.values import Period

HOMES_REGULATIONS = Source("Children's Homes (England) Regulations 2015 Schedule 1")
SINCE_APRIL_2015 = Period(date(2015, 4, 1))
NO_STATEMENT = "No statement of purpose is on record for the first night"
NO_PURPOSE = "Not a home with a statement of purpose"
OPENS = "A revised statement of purpose, notified to Ofsted, opens it"


def has_a_purpose(f: Facts) -> Answer:
    """Whether the home is of a kind that has a statement of purpose."""
    return f.home.setting.is_(Setting.RESIDENTIAL, Setting.SUPPORTED, Setting.SECURE)


def _of_homes(reason: Callable[[Facts, Where], str]) -> Callable[[Facts, Where], str]:
    """The reason for homes with a statement of purpose; of every other it only says that the rule is not for it."""
    return lambda f, at: reason(f, at) if has_a_purpose(f).at(*at) else NO_PURPOSE


def _ages_met(f: Facts) -> Answer:
    purpose = f.journey.purpose
    return (purpose.youngest <= f.child.age) & (f.child.age <= purpose.oldest)


def _missing(f: Facts, at: Where, what: str) -> str:
    return f"The statement of purpose does not say {what}" if f.journey.purpose.on_record.at(*at) else NO_STATEMENT


def _ages_reason(f: Facts, at: Where) -> str:
    youngest, oldest = f.journey.purpose.youngest.at(*at), f.journey.purpose.oldest.at(*at)
    if youngest is None or oldest is None:
        return _missing(f, at, "which ages")
    return f"Aged {f.child.age.at(*at)}; the statement of purpose says {ages(youngest, oldest)}"


PURPOSE_AGES = Rule(
    id="purpose.ages",
    says="The child's age on the first night is within the home's statement of purpose",
    applies=has_a_purpose,
    met=_ages_met,
    otherwise=(Otherwise(Block()),),
    reason=_of_homes(_ages_reason),
    sources=(HOMES_REGULATIONS,),
    reads=("child.age", "journey.purpose.youngest", "journey.purpose.oldest", "home.setting"),
    remedy=OPENS,
    in_force=SINCE_APRIL_2015,
)


def _sex_reason(f: Facts, at: Where) -> str:
    taken = f.journey.purpose.sexes.at(*at)
    if taken is None:
        return NO_STATEMENT
    return f"{sex_in_words(f.child.sex.at(*at))}; the statement of purpose says {sexes_in_words(taken)}"


PURPOSE_SEX = Rule(
    id="purpose.sex",
    says="The home's statement of purpose takes children of the child's sex",
    applies=has_a_purpose,
    met=lambda f: fits_sex(f.journey.purpose.sexes, f),
    otherwise=(Otherwise(Block()),),
    reason=_of_homes(_sex_reason),
    sources=(HOMES_REGULATIONS,),
    reads=("child.sex", "journey.purpose.sexes", "home.setting"),
    remedy=OPENS,
    in_force=SINCE_APRIL_2015,
)


def _needs_reason(f: Facts, at: Where) -> str:
    if not f.journey.purpose.on_record.at(*at):
        return NO_STATEMENT
    over, unsaid = [], []
    for domain, need, highest in zip(f.child.domains, f.child.levels, f.journey.purpose.highest, strict=True):
        level, limit = need.at(*at), highest.at(*at) or 0
        if level is None and limit < 4:
            unsaid.append(domain.name.lower())
        elif level is not None and level > limit:
            over.append(f"{domain.name.lower()} at level {level} (takes up to {limit})")
    if over:
        return f"Above the statement of purpose: {listed(over)}"
    return f"No level of need is recorded for {listed(unsaid)}" if unsaid else "Within the statement of purpose"


PURPOSE_NEEDS = Rule(
    id="purpose.needs",
    says="The child's needs are within those the home's statement of purpose accepts",
    applies=has_a_purpose,
    met=lambda f: f.journey.purpose_takes_needs,
    otherwise=(Otherwise(Block()),),
    reason=_of_homes(_needs_reason),
    sources=(HOMES_REGULATIONS,),
    reads=("child.levels", "journey.purpose.highest", "journey.purpose_takes_needs", "home.setting"),
    remedy=OPENS,
    in_force=SINCE_APRIL_2015,
)


def _number_reason(f: Facts, at: Where) -> str:
    number, would_be = f.living.number.at(*at), f.living.occupants.at(*at) or 0
    if not f.living.has_purpose.at(*at):
        return NO_PURPOSE
    if number is None:
        return "The statement of purpose on record does not say how many may live there"
    return f"{would_be} would live there; the statement of purpose says {number}"


PURPOSE_NUMBER = Rule(
    id="purpose.number",
    says="No more would live in the home than its statement of purpose says",
    scope=Scope.LIVING_TOGETHER,
    applies=lambda f: f.living.has_purpose,
    met=lambda f: f.living.occupants <= f.living.number,
    otherwise=(Otherwise(Block()),),
    reason=_number_reason,
    sources=(HOMES_REGULATIONS,),
    reads=("living.occupants", "living.number", "living.has_purpose"),
    remedy=OPENS,
    in_force=SINCE_APRIL_2015,
)

PURPOSE = (PURPOSE_AGES, PURPOSE_NUMBER, PURPOSE_SEX, PURPOSE_NEEDS)
