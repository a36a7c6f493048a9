"""What pages call children, homes, who runs them and who signs off, and how they say when something is due: never a child's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from app.pages.wording import ROLES, SEXES
from app.pages.words import capital, counted, plain
from matching.codes import Sex
from matching.people import Child
from matching.workflow.roles import Role

HOME_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "fostering-mainstream": "fostering household",
        "fostering-enhanced": "enhanced fostering household",
        "fostering-connected": "connected carer (family or friend)",
        "fostering-short-break": "short-break fostering household",
        "fostering-parent-and-child": "parent-and-child fostering household",
        "fostering-pace": "PACE fostering household",
        "fostering-emergency": "emergency fostering household",
        "fostering-remand": "remand fostering household",
        "fostering-mockingbird-hub": "fostering household, Mockingbird hub",
        "fostering-mockingbird-satellite": "fostering household, Mockingbird satellite",
        "childrens-home": "children's home",
        "childrens-home-with-education": "children's home with education",
        "childrens-home-solo-or-dual": "children's home for one or two",
        "childrens-home-emergency": "emergency children's home",
        "childrens-home-assessment": "assessment children's home",
        "childrens-home-short-break": "short-break children's home",
        "residential-school-38-week": "residential school, 38 weeks",
        "residential-school-52-week": "residential school, 52 weeks",
        "residential-parent-and-child": "residential parent-and-child home",
        "term-time-boarding": "term-time boarding school",
        "secure": "secure children's home",
        "supported-single-occupancy": "supported accommodation, own flat",
        "supported-shared-ringfenced": "supported accommodation, shared with other children in care",
        "supported-shared-non-ringfenced": "supported accommodation, shared with others",
        "supported-private-residence": "supported accommodation in a private home",
        "supported-lodgings": "supported lodgings",
        "staying-put": "staying-put arrangement",
    }
)
SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "in-house": "run by this authority",
        "other-authority": "run by another authority",
        "independent-agency": "independent fostering agency",
        "private": "private provider",
        "voluntary": "voluntary provider",
    }
)
HOME_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "fostering": "Fostering",
        "residential": "Children's homes and residential schools",
        "supported": "Supported accommodation and lodgings",
        "secure": "Secure children's homes",
    }
)
_SEXES = {Sex.FEMALE: "girl", Sex.MALE: "boy", Sex.UNKNOWN: "child"}


def kind(code: str) -> str:
    """The kind of a home."""
    return HOME_KINDS.get(code, plain(code))


def sector(code: str) -> str:
    """Who runs a home."""
    return SECTORS.get(code, plain(code))


def role(code: str) -> str:
    """Who signs off, decides or waits, within a sentence."""
    said = ROLES[Role(code)] if code in set(Role) else plain(code)
    return f"{said[:1].lower()}{said[1:]}"


def listed(words: Iterable[str], none: str = "none", joined: str = "and") -> str:
    """A list in words: a, b and c."""
    found = list(words)
    if not found:
        return none
    *most, last = found
    return f"{', '.join(most)} {joined} {last}" if most else last


def sex_and_age(child: Child, day: date) -> str:
    """Sex and age: girl, 7; boy, under 1."""
    age = child.age_on(day)
    return f"{_SEXES[child.sex]}, {age or 'under 1'}"


def named(child: Child, day: date) -> str:
    """A child as pages name one: by reference, sex and age."""
    return f"{child.external_ref} ({sex_and_age(child, day)})"


def one_of_age(sex: Sex, age: int) -> str:
    """Somebody who lives in a home: a girl of 9."""
    return f"a {_SEXES[sex]} {f'of {age}' if age else 'under 1'}"


def code(word: str) -> str:
    """A code as the beginning of a sentence."""
    return capital(plain(word))


def called(child: Child, initials: str | None) -> str:
    """What pages call a child: the initials, or the authority's own number where no name is on record."""
    return initials or child.external_ref


def aged(child: Child, today: date) -> str:
    """The child's age in words; in months for a baby."""
    years = child.age_on(today)
    if years >= 2:
        return f"aged {years}"
    months = (today.year - child.born.year) * 12 + today.month - child.born.month - (today.day < child.born.day)
    return "unborn" if child.born > today else f"aged {counted(months, 'month')}"


def described(child: Child, today: date) -> str:
    """Age and sex, as in "aged 9, male"."""
    sex = "sex not known yet" if child.sex is Sex.UNKNOWN else SEXES[child.sex].lower()
    return f"{aged(child, today)}, {sex}"


def how_soon(due: date, today: date) -> str:
    """How a day lies to today: 3 days ago, today, tomorrow, in 5 days, in 6 weeks."""
    days = (due - today).days
    if days < 0:
        return f"{counted(-days, 'day')} ago"
    if days < 2:
        return ("today", "tomorrow")[days]
    return f"in {days} days" if days <= 21 else f"in {days // 7} weeks"
