"""Cells: how each kind of value is written in a CSV file and read back, with what to do when it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from matching.codes import Known

LOCAL_TIME = ZoneInfo("Europe/London")
_SEPARATORS = re.compile(r"[;,|]")
_NOT_IN_A_WORD = re.compile(r"[^0-9a-z:>+]+")


class Wrong(ValueError):
    """A cell cannot be read: what is wrong, and what would be right. Never holds what the cell held."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong, self.right = wrong, right


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of value. A blank cell is never read here: the column says what a blank means."""

    says: str
    """What may be written, for the documentation."""
    read: Callable[[str], Any]
    """Raises Wrong."""
    write: Callable[[Any], str]
    verbatim: bool = False
    """Whether spaces at the ends belong to the value."""


_A_FORMULA = re.compile(r"'*[=+@\t\r-]")
"""What a spreadsheet would take for a formula, or has been kept from doing so by an apostrophe."""


def harmless(words: str) -> str:
    """Words as they are written: with an apostrophe before what a spreadsheet would work out instead of showing."""
    return f"'{words}" if _A_FORMULA.match(words) else words


def as_meant(cell: str) -> str:
    """The words that were written: without that apostrophe."""
    return cell[1:] if cell.startswith("'") and _A_FORMULA.match(cell) else cell


def text(most: int = 200) -> Cell:
    """Words, kept as they are written."""

    def read(cell: str) -> str:
        meant = as_meant(cell)
        if len(meant) > most:
            raise Wrong(f"This is longer than {most:,} characters", "Shorten it")
        return meant

    return Cell(f"text of up to {most:,} characters", read, harmless, verbatim=True)


def reference() -> Cell:
    """The authority's own number for something: what other rows and files call it by."""

    def read(cell: str) -> str:
        meant = as_meant(cell)
        if len(meant) > 100 or not meant.isprintable():
            raise Wrong(
                "This cannot be a reference",
                "Give the number your own system has for it: up to 100 letters, figures and signs on one line",
            )
        return meant

    return Cell("a reference: the number your own system has for it, up to 100 characters", read, harmless)


def _slug(words: str) -> str:
    return _NOT_IN_A_WORD.sub("-", words.strip().lower()).strip("-")


def code(kind: type[StrEnum], words: Mapping[Any, str] | None = None) -> Cell:
    """One word of a closed list, in any case. `words` are how another standard writes some of them."""
    said = dict(words or {})
    by_slug: dict[str, StrEnum] = {_slug(member.value): member for member in kind} | {
        _slug(word): member for member, word in said.items()
    }
    listed = _listed(said.get(member, member.value) for member in kind)

    def read(cell: str) -> StrEnum:
        found = by_slug.get(_slug(cell))
        if found is None:
            raise Wrong("This is not in the closed list", f"Give one of: {listed}")
        return found

    return Cell(f"one of: {listed}", read, lambda member: said.get(member, member.value))


def codes(kind: type[StrEnum], *, empty: str = "") -> Cell:
    """Some words of a closed list, parted by semicolons. `empty` is written for none, where a blank means another."""
    one = code(kind)

    def read(cell: str) -> frozenset[StrEnum]:
        if empty and _slug(cell) == empty:
            return frozenset()
        return frozenset(one.read(part) for part in _SEPARATORS.split(cell) if part.strip())

    def write(members: Iterable[StrEnum]) -> str:
        return "; ".join(sorted(member.value for member in members)) or empty

    return Cell(f"any of these, parted by semicolons: {one.says.removeprefix('one of: ')}", read, write)


def words(what: str, most: int = 40) -> Cell:
    """Some short words, parted by semicolons."""

    def read(cell: str) -> frozenset[str]:
        found = frozenset(part.strip() for part in cell.split(";") if part.strip())
        if any(len(part) > most for part in found):
            raise Wrong(f"One of these is longer than {most} characters", "Part them with semicolons")
        return found

    return Cell(f"{what}, parted by semicolons", read, lambda found: "; ".join(sorted(found)))


_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


def yes_no() -> Cell:
    """Yes or no."""

    def read(cell: str) -> bool:
        slug = _slug(cell)
        if slug not in _YES | _NO:
            raise Wrong("This is neither yes nor no", "Give yes or no")
        return slug in _YES

    return Cell("yes or no", read, lambda value: "yes" if value else "no")


def known(unknown: str = "unknown", *also_no: str) -> Cell:
    """Yes, no, or nobody has said, with the standard's own words for the last."""
    unsaid = {_slug(unknown), "unknown", "not-specified", "not-known", "don-t-know"}
    noes = _NO | {_slug(word) for word in also_no}

    def read(cell: str) -> Known:
        slug = _slug(cell)
        if slug in unsaid:
            return Known.UNKNOWN
        if slug not in _YES | noes:
            raise Wrong("This is neither yes, no nor not known", f"Give Yes, No or {unknown}")
        return Known.YES if slug in _YES else Known.NO

    said = {Known.YES: "yes", Known.NO: "no", Known.UNKNOWN: unknown}
    return Cell(_listed(["yes", "no", unknown, *also_no]), read, lambda value: said[value])


def whole(least: int, most: int) -> Cell:
    """A whole number within limits."""

    def read(cell: str) -> int:
        plain = cell.replace(",", "")
        if not re.fullmatch(r"-?[0-9]{1,9}", plain) or not least <= int(plain) <= most:
            raise Wrong(
                "This is not a whole number within the limits", f"Give a whole number from {least:,} to {most:,}"
            )
        return int(plain)

    return Cell(f"a whole number from {least:,} to {most:,}", read, str)


def pounds() -> Cell:
    """An amount in pounds; held as pence."""

    def read(cell: str) -> int:
        found = re.fullmatch(r"£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?:\.([0-9]{2}))?", cell)
        if found is None:
            raise Wrong("This is not an amount in pounds", "Give pounds, or pounds and pence, as in 820 or 820.50")
        return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)

    return Cell("pounds, or pounds and pence, as in 820.50", read, lambda pence: f"{pence // 100}.{pence % 100:02d}")


_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_BRITISH_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?: 00:00(?::00)?)?")
_HOW_DAYS_ARE_WRITTEN = "Give year, month and day as in 2026-09-01, or day, month and year as in 01/09/2026"


def day() -> Cell:
    """A date: 2026-09-01, or 01/09/2026, which is always the first of September."""
    return Cell("a date, as in 2026-09-01 or 01/09/2026 (day first)", _read_day, date.isoformat)


def _read_day(cell: str) -> date:
    iso, british = _ISO_DAY.fullmatch(cell), _BRITISH_DAY.fullmatch(cell)
    if iso is None and british is None:
        raise Wrong(_what_is_wrong_with_day(cell), _HOW_DAYS_ARE_WRITTEN)
    year, month, number = map(int, iso.groups() if iso else reversed(british.groups()) if british else ())
    try:
        found = date(year, month, number)
    except ValueError:
        american = british is not None and month > 12 >= number
        wrong = "There is no such month: the day comes first" if american else "There is no such day"
        raise Wrong(wrong, _HOW_DAYS_ARE_WRITTEN) from None
    if not 1900 <= found.year <= 2199:
        raise Wrong("The year lies outside 1900 to 2199", "Check the year")
    return found


def _what_is_wrong_with_day(cell: str) -> str:
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", cell):
        return "This is a spreadsheet's number for a day, not a date"
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}", cell):
        return "The year has two figures"
    if _ISO_DAY.match(cell) or _BRITISH_DAY.match(cell):
        return "There is a time of day beside the date"
    return "This is not a date"


def moment() -> Cell:
    """A date and time; without an offset it is the time in Britain on that day."""

    def read(cell: str) -> datetime:
        try:
            found = datetime.fromisoformat(cell.replace(" ", "T", 1) if "T" not in cell else cell)
        except ValueError:
            found = datetime.combine(_read_day(cell), datetime.min.time())
        if not 1900 <= found.year <= 2199:
            raise Wrong("The year lies outside 1900 to 2199", "Check the year")
        aware = found if found.tzinfo is not None else found.replace(tzinfo=LOCAL_TIME)
        return aware.astimezone(UTC)

    says = "a date and time, as in 2026-09-01T09:30 (the time in Britain) or 2026-09-01T08:30+00:00"
    return Cell(says, read, lambda value: value.astimezone(UTC).isoformat())


def clock() -> Cell:
    """A time of day."""

    def read(cell: str) -> str:
        if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", cell):
            raise Wrong("This is not a time of day", "Give hours and minutes, as in 18:30")
        return cell.zfill(5)

    return Cell("a time of day, as in 18:30", read, str)


def levels() -> Cell:
    """Levels by needs domain, as in 'health=2; behaviour=3'."""

    def read(cell: str) -> dict[str, int]:
        found = {}
        for part in cell.split(";"):
            pair = re.fullmatch(r"\s*([a-z0-9-]{1,60})\s*=\s*([0-4])\s*", part)
            if pair is None or pair[1] in found:
                raise Wrong("This does not give each domain one level", "Write it as in health=2; behaviour=3")
            found[pair[1]] = int(pair[2])
        return found

    return Cell(
        "levels 0 to 4 by needs domain, as in health=2; behaviour=3",
        read,
        lambda found: "; ".join(f"{domain}={level}" for domain, level in sorted(found.items())),
    )


_NIGHTS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def nights() -> Cell:
    """Nights of the week; Monday is 0."""
    places = {name.lower(): at for at, name in enumerate(_NIGHTS)}

    def read(cell: str) -> frozenset[int]:
        if _slug(cell) == "none":
            return frozenset()
        found = {places.get(part.strip().lower()[:3]) for part in _SEPARATORS.split(cell)}
        if None in found:
            raise Wrong("This is not a list of nights", "Give them as in Fri; Sat, or none, or leave it blank for all")
        return frozenset(at for at in found if at is not None)

    def write(held: Iterable[int]) -> str:
        return "; ".join(_NIGHTS[at] for at in sorted(held)) or "none"

    return Cell("nights as in Fri; Sat, or none", read, write)


def _listed(found: Iterable[str]) -> str:
    return ", ".join(found)
