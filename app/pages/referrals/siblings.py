"""Brothers and sisters: each pair's assessment in words, and where those live who are not of the referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.pages.naming import aged, called, kind
from app.pages.wording import SIBLINGS
from app.pages.words import day
from app.services.case_files import CaseFile, ChildFile
from matching.placements import started_on


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two siblings, and what is said of their living together."""

    who: str
    says: str
    assessed: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A brother or sister who is not of the referral."""

    who: str
    lives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiblingsShown:
    """All that is known of a sibling group."""

    pairs: tuple[PairShown, ...]
    elsewhere: tuple[Elsewhere, ...]


def siblings(file: CaseFile, today: date) -> SiblingsShown | None:
    """The group of the referral; None when the referral has none."""
    if file.group is None:
        return None
    everybody = (*file.children, *file.siblings)
    names = {one.child.value.id: called(one.child.value, one.initials) for one in everybody}
    mine = set(file.referral.value.children)
    return SiblingsShown(
        pairs=tuple(
            PairShown(
                who=f"{names[pair.one]} and {names[pair.other]}",
                says=SIBLINGS[pair.assessed],
                assessed=_assessed(pair.assessed_by, pair.assessed_on),
            )
            for pair in file.group.value.every_pair()
            if pair.children & mine
        ),
        elsewhere=tuple(_elsewhere(one, file, today) for one in file.siblings),
    )


def _assessed(by: str | None, on: date | None) -> str:
    if by is None and on is None:
        return "Not assessed: taken as together if they can"
    return " ".join(filter(None, ["Assessed", f"by {by}" if by else "", f"on {day(on)}" if on else ""]))


def _elsewhere(one: ChildFile, file: CaseFile, today: date) -> Elsewhere:
    child = one.child.value
    here = started_on(one.placements, child.id, today)
    home = None if here is None else file.homes.get(here.home)
    lives = (
        "No placement on record"
        if here is None
        else f"Home {home.external_ref}, {kind(home.kind.value)}"
        if home
        else "A home of another authority"
    )
    return Elsewhere(f"{called(child, one.initials)}, {aged(child, today)}", lives)
