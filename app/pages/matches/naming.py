"""What homes, who runs them and who signs off are called on these pages, and how children are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from app.pages.words import capital, plain
from matching.codes import Sex
from matching.people import Child

KINDS: Mapping[str, str] = MappingProxyType(
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
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "fostering": "Fostering",
        "residential": "Children's homes and residential schools",
        "supported": "Supported accommodation and lodgings",
        "secure": "Secure children's homes",
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "director-of-childrens-services": "Director of Children's Services",
        "area-authority": "the authority where the home is",
        "placements": "placements team",
    }
)
_SEXES = {Sex.FEMALE: "girl", Sex.MALE: "boy", Sex.UNKNOWN: "child"}


def kind(code: str) -> str:
    """The kind of a home."""
    return KINDS.get(code, plain(code))


def sector(code: str) -> str:
    """Who runs a home."""
    return SECTORS.get(code, plain(code))


def role(code: str) -> str:
    """Who signs off, decides or waits."""
    return ROLES.get(code, plain(code))


def listed(words: Iterable[str], none: str = "none", joined: str = "and") -> str:
    """A list in words: a, b and c."""
    found = list(words)
    if not found:
        return none
    *most, last = found
    return f"{', '.join(most)} {joined} {last}" if most else last


def aged(child: Child, day: date) -> str:
    """Sex and age: girl, 7; boy, under 1."""
    age = child.age_on(day)
    return f"{_SEXES[child.sex]}, {age or 'under 1'}"


def named(child: Child, day: date) -> str:
    """A child as pages name one: by reference, sex and age."""
    return f"{child.external_ref} ({aged(child, day)})"


def one_of_age(sex: Sex, age: int) -> str:
    """Somebody who lives in a home: a girl of 9."""
    return f"a {_SEXES[sex]} {f'of {age}' if age else 'under 1'}"


def code(word: str) -> str:
    """A code as the beginning of a sentence."""
    return capital(plain(word))
