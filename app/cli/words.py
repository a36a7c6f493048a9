"""Figures and codes as people in a hurry read them."""

from __future__ import annotations

_KINDS = {
    "fostering-mainstream": "fostering",
    "fostering-enhanced": "fostering, enhanced",
    "fostering-connected": "connected carer",
    "fostering-short-break": "short breaks, family",
    "fostering-parent-and-child": "parent and child",
    "fostering-pace": "PACE fostering",
    "fostering-emergency": "emergency fostering",
    "fostering-remand": "remand fostering",
    "fostering-mockingbird-hub": "fostering, hub",
    "fostering-mockingbird-satellite": "fostering, satellite",
    "childrens-home": "children's home",
    "childrens-home-with-education": "children's home + school",
    "childrens-home-solo-or-dual": "solo/dual home",
    "childrens-home-emergency": "emergency home",
    "childrens-home-assessment": "assessment home",
    "childrens-home-short-break": "short breaks, home",
    "residential-parent-and-child": "parent and child, resid.",
    "supported-single-occupancy": "supported, own flat",
    "supported-shared-ringfenced": "supported, shared",
    "supported-shared-non-ringfenced": "supported, shared",
    "supported-private-residence": "supported, private",
    "supported-lodgings": "supported lodgings",
}
_SECTORS = {
    "in-house": "own",
    "other-authority": "council",
    "independent-agency": "agency",
    "private": "private",
    "voluntary": "voluntary",
}


def pounds(pence: int | None) -> str:
    """Whole pounds with commas, as in £1,230; a dash when no price is known."""
    return "-" if pence is None else f"£{round(pence / 100):,}"


def miles(tenths: int | None) -> str:
    """Miles with one decimal; a dash when either place is not known."""
    return "-" if tenths is None else f"{tenths / 10:.1f}"


def kind(code: str) -> str:
    """The kind of a home in a few words."""
    return _KINDS.get(code, code.replace("-", " "))


def sector(code: str) -> str:
    """Who runs a home, in a word."""
    return _SECTORS.get(code, code)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 child, 2 children."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def role(code: str) -> str:
    """A role as people say it."""
    return code.replace("-", " ").replace("childrens", "children's")


def sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""
