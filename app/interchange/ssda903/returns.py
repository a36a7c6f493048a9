"""One year's return among files: which files belong together, which year they are of, and their content's hash."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.interchange.problems import Problems
from app.interchange.sources import Source
from app.interchange.ssda903.files import Kind
from app.interchange.ssda903.notes import Notes
from app.interchange.ssda903.reading import ReturnFile
from matching.codes.ssda903 import CollectionYear
from matching.errors import DomainError

_READING = b"1"
"""Raise it when what is read from the same files changes, so that loading them again is not taken for nothing new."""
_DATE = re.compile(r"[0-9]{1,2}/([0-9]{1,2})/(20[0-9]{2})|(20[0-9]{2})-([0-9]{1,2})-[0-9]{1,2}")
NO_YEAR = "The year of the return cannot be told from its dates"


@dataclass(frozen=True, slots=True)
class ReturnFiles:
    """The files of one year's return, by what each of them is."""

    year: CollectionYear
    files: Mapping[Kind, ReturnFile]
    sha256: str


def returns_in(
    source: Source, problems: Problems, notes: Notes, year: CollectionYear | None = None
) -> Iterator[ReturnFiles]:
    """Each return among the files: those of one folder, or whose names begin with the same year, belong together.

    What is wrong with files as a whole is told, and their return then left out. The year is taken from the dates of
    the episodes unless it is given.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for name in sorted(source.names):
        groups.setdefault(_group(name), []).append(name)
    there_is_one = False
    for names in groups.values():
        files = _by_kind(source, names, problems, notes)
        found = None if files is None else (year or _year_of(files[Kind.EPISODES], problems))
        if files is not None and found is not None:
            there_is_one = True
            yield ReturnFiles(found, files, _digest(source, files))
    if not there_is_one and not problems:
        wrong = "There is no CSV file" if not groups else "There is nothing in the files"
        problems.add("(the files)", None, None, wrong, "Give the CSV files of a return")


def _group(name: str) -> tuple[str, str]:
    folder, _, file = name.rpartition("/")
    leading = re.match(r"20[0-9]{2}", file)
    return folder, leading[0] if leading else ""


def _by_kind(source: Source, names: list[str], problems: Problems, notes: Notes) -> Mapping[Kind, ReturnFile] | None:
    found: dict[Kind, ReturnFile] = {}
    for name in names:
        file = ReturnFile(source, name, problems, notes)
        if file.kind is None:
            continue
        if file.kind in found:
            wrong = f"{found[file.kind].name} is the file {file.kind} of the same return too"
            problems.add(name, 1, None, wrong, "Load one year at a time, or put each year into a folder of its own")
        found.setdefault(file.kind, file)
    if not found:
        return None
    missing = [kind for kind in (Kind.HEADER, Kind.EPISODES) if kind not in found]
    for kind in missing:
        problems.add(_where(names), None, None, f"There is no file {kind} in the return", "Add it")
    readable = all(found[kind].readable for kind in (Kind.HEADER, Kind.EPISODES) if kind in found)
    return found if not missing and readable else None


def _where(names: list[str]) -> str:
    return f"(the files beside {names[0]})"


def _year_of(episodes: ReturnFile, problems: Problems) -> CollectionYear | None:
    """The year in which most episodes ceased, for all in a return did so within it; else that of the newest beginning."""
    ceased = Counter(filter(None, map(_year_in, episodes.raw("DEC"))))
    newest = max(filter(None, map(_year_in, episodes.raw("DECOM"))), default=None)
    starts = max(ceased, key=lambda at: (ceased[at], at == newest, at)) if ceased else newest
    try:
        return CollectionYear(starts or 0)
    except DomainError:
        problems.add(episodes.name, None, None, NO_YEAR, "Say which year it is, as in --year 2025-26")
        return None


def _year_in(cell: str) -> int | None:
    found = _DATE.fullmatch(cell)
    if found is None:
        return None
    month, year = (int(found[1]), int(found[2])) if found[1] else (int(found[4]), int(found[3]))
    return year - (month < 4)


def _digest(source: Source, files: Mapping[Kind, ReturnFile]) -> str:
    """The SHA-256 of every file by what it is, whatever it is called."""
    digest = hashlib.sha256(_READING)
    for kind in Kind:
        if kind in files:
            digest.update(kind.encode())
            with source.open(files[kind].name) as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()
