"""Filters of proposed matches: each narrows what is shown, and every one of them says how many it hides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.pages.filters import Choice, choices
from app.pages.naming import HOME_SETTINGS
from app.pages.words import counted
from app.services.options import Options
from matching.codes import HomeKind, Setting
from matching.shortlist_answers import Entry

WITHIN = (5, 10, 20, 50)
"""Miles that may be asked for."""
FRESH_DAYS = 28


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody asked to see."""

    setting: Setting | None = None
    within: int | None = None
    together: bool = False
    without_sign_offs: bool = False
    fresh: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return self != Filters()

    @property
    def settings(self) -> tuple[Choice, ...]:
        """Kinds of home to choose from."""
        return choices({"": "Every kind of home", **HOME_SETTINGS}, self.setting or "")

    @property
    def distances(self) -> tuple[Choice, ...]:
        """Distances to choose from."""
        found = {"": "Any distance", **{str(far): f"Within {far} miles" for far in WITHIN}}
        return choices(found, str(self.within or ""))


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one filter hides, in words."""

    says: str


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters that an address asks for; what cannot be read narrows nothing."""
    within = query.get("within", "")
    setting = query.get("setting", "")
    return Filters(
        setting=Setting(setting) if setting in HOME_SETTINGS else None,
        within=int(within) if within in {str(far) for far in WITHIN} else None,
        together=query.get("together") == "yes",
        without_sign_offs=query.get("sign-offs") == "none",
        fresh=query.get("fresh") == "yes",
    )


def narrowed(options: Options, filters: Filters) -> tuple[tuple[Entry, ...], tuple[Hidden, ...]]:
    """The ways that are left, and for each filter how many it hides."""
    entries = options.shortlist.entries
    asked = list(_asked(options, filters))
    kept = tuple(entry for entry in entries if all(passes(entry) for passes, _ in asked))
    hidden = ((sum(not passes(entry) for entry in entries), says) for passes, says in asked)
    return kept, tuple(Hidden(f"{counted(number, 'way')} hidden: {says}") for number, says in hidden if number)


def _asked(options: Options, filters: Filters) -> Iterator[tuple[Callable[[Entry], bool], str]]:
    if filters.setting is not None:
        setting = filters.setting
        yield (
            lambda entry: all(HomeKind(one.kind).setting is setting for one in entry.homes),
            f"not {HOME_SETTINGS[setting].lower()}",
        )
    if filters.within is not None:
        tenths, farthest = filters.within * 10, _farthest(options)
        yield (
            lambda entry: farthest(entry) <= tenths,
            f"over {filters.within} miles from the family home, straight line, or not known how far",
        )
    if filters.together:
        yield lambda entry: not entry.parted and not entry.left_out, "brothers or sisters would be parted"
    if filters.without_sign_offs:
        yield lambda entry: entry.sign_offs == 0, "a sign-off would be needed"
    if filters.fresh:
        yield lambda entry: _is_fresh(options, entry), f"not confirmed in the last {FRESH_DAYS} days"


def _farthest(options: Options) -> Callable[[Entry], int]:
    """Says how far the farthest child of a way would live from the family home; the rules are asked once for all ways."""
    rows, pool = options.rows, options.ready.pool
    distance = options.ready.shortlister.assessor.pairings(slice(rows[0], rows[-1] + 1)).facts.journey.home_distance
    children = {pool.seekers[row].child.external_ref: at for at, row in enumerate(rows)}

    def farthest(entry: Entry) -> int:
        found = [
            distance.at(children[child], options.column(one.home)) for one in entry.homes for child in one.children
        ]
        return max((10_000 if miles is None else miles for miles in found), default=0)

    return farthest


def _is_fresh(options: Options, entry: Entry) -> bool:
    since = options.asked.as_of - timedelta(days=FRESH_DAYS)
    confirmed = [options.home(one.home).availability.last_confirmed for one in entry.homes]
    return all(when is not None and when >= since for when in confirmed)
