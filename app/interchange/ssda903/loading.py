"""Loads returns: all of them in one transaction, or nothing and every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.interchange.problems import Problems
from app.interchange.sources import Source
from app.interchange.ssda903.files import Kind
from app.interchange.ssda903.histories import HistoriesOfAYear
from app.interchange.ssda903.notes import Note, Notes
from app.interchange.ssda903.returns import ReturnFiles, returns_in
from db.acts import Act
from db.session import Store
from matching.codes.ssda903 import CollectionYear
from matching.geography import Gazetteer
from matching.histories import CareHistory
from matching.values import AuthorityId

_NOT_IN_THAT_YEAR = "The return of {year} has no such file"
Progress = Callable[[CollectionYear], None]
"""Told which year is being read."""


class Became(StrEnum):
    """What became of a return that was loaded."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ReturnLoaded:
    """One year's return that was loaded."""

    year: CollectionYear
    became: Became
    counts: dict[str, int]
    """children, episodes, children_without_episodes, unaccompanied, places_not_found, and rows by file."""


@dataclass(frozen=True, slots=True)
class Loaded903:
    """What loading came to, and what could not be used."""

    returns: tuple[ReturnLoaded, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ReturnRead:
    """One year's return that was read and checked."""

    files: ReturnFiles
    children: tuple[CareHistory, ...]
    counts: dict[str, int]

    @property
    def year(self) -> CollectionYear:
        """The collection year."""
        return self.files.year


def load_returns(
    store: Store,
    authority: AuthorityId,
    source: Source,
    gazetteer: Gazetteer,
    act: Act,
    year: CollectionYear | None = None,
) -> Loaded903:
    """Loads the return, or the returns of several years, among the files into one authority's records.

    A return takes the place of the one that there was of its year; the same return again changes nothing. Raises
    BundleRefused with every problem, Busy, NotFound for an authority there is not.
    """
    read, notes = read_returns(authority, source, gazetteer, year)
    loaded = []
    with store.writing(authority) as work:
        for one in read:
            before = work.care_histories.of_year(one.year)
            if before is not None and before.sha256 == one.files.sha256:
                loaded.append(ReturnLoaded(one.year, Became.UNCHANGED, one.counts))
                continue
            work.care_histories.put(one.year, one.children, one.files.sha256, one.counts, act)
            became = Became.ADDED if before is None else Became.REPLACED
            loaded.append(ReturnLoaded(one.year, became, one.counts))
    return Loaded903(tuple(loaded), notes)


def read_returns(
    authority: AuthorityId, source: Source, gazetteer: Gazetteer, year: CollectionYear | None = None
) -> tuple[tuple[ReturnRead, ...], tuple[Note, ...]]:
    """Every return among the files, the oldest year first, and what could not be used. Raises BundleRefused."""
    problems, notes = Problems(), Notes()
    found = sorted(returns_in(source, problems, notes, year), key=lambda one: one.year)
    _tell_of_two_of_one_year(found, problems)
    read = [_read(authority, one, gazetteer, problems, notes) for one in found]
    problems.refuse_if_any()
    return tuple(read), notes.all()


def _read(
    authority: AuthorityId, found: ReturnFiles, gazetteer: Gazetteer, problems: Problems, notes: Notes
) -> ReturnRead:
    rows = {f"rows_{kind.value}": _count(found, kind, notes) for kind in found.files if not kind.kept}
    children = HistoriesOfAYear(authority, found.year, gazetteer, problems, notes).read(found.files)
    episodes = found.files[Kind.EPISODES].name
    return ReturnRead(
        found,
        children,
        {
            "children": len(children),
            "episodes": sum(len(child.episodes) for child in children),
            "children_without_episodes": sum(not child.episodes for child in children),
            "unaccompanied": sum(child.unaccompanied for child in children),
            "places_not_found": notes.count(episodes, "HOME_POST") + notes.count(episodes, "PL_POST"),
            **rows,
        },
    )


def _count(found: ReturnFiles, kind: Kind, notes: Notes) -> int:
    """How many rows a file has of which nothing is kept; reading them tells what is wrong with them."""
    file = found.files[kind]
    if found.year.starts < kind.first_year:
        notes.add(file.name, None, None, _NOT_IN_THAT_YEAR.format(year=found.year), "Nothing was read from it")
        return 0
    return sum(1 for _ in file.rows(found.year))


def _tell_of_two_of_one_year(found: Sequence[ReturnFiles], problems: Problems) -> None:
    for at, one in enumerate(found):
        if any(other.year == one.year for other in found[:at]):
            wrong = f"The files hold two returns of {one.year}"
            problems.add(one.files[Kind.EPISODES].name, None, None, wrong, "Load one of them")
