"""Measures of who is looked after: how many, who comes and goes, how long, and in which kind of care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import fmean

from matching.sufficiency.kinds import CareKind
from matching.sufficiency.measures.lines import Line
from matching.sufficiency.measures.model import Measured, Month, Value, share
from matching.values import OLDEST_CHILD, age_on

_FAMILY_BASED = frozenset({CareKind.FOSTERING, CareKind.RELATIVE_OR_FRIEND})


def looked_after(measured: Measured, month: Month) -> Value:
    """Children on the last night."""
    return Value(number=len(measured.in_care(month.last)))


def rate(measured: Measured, month: Month) -> Value:
    """Children on the last night for every 10,000 who live in the area."""
    if not measured.population:
        return Value(
            note="How many children live in the area is not on record. Give it with the question (population)."
        )
    count = len(measured.in_care(month.last))
    return Value(number=round(10_000 * count / measured.population, 1), count=count, of=measured.population)


def started(measured: Measured, month: Month) -> Value:
    """Children who came into care in the month."""
    return Value(number=len(list(_came(measured, month))))


def started_under_5(measured: Measured, month: Month) -> Value:
    """Of those, children under five on the day they came."""
    return Value(number=sum(age_on(line.born, day) < 5 for line, day in _came(measured, month)))


def ceased(measured: Measured, month: Month) -> Value:
    """Children who left care in the month, those who turned 18 among them."""
    return Value(number=len(list(_left(measured, month))))


def days_in_care(measured: Measured, month: Month) -> Value:
    """Mean days since the present time in care began."""
    since = [line.since(month.last) for line in measured.in_care(month.last)]
    days = [(month.last - day).days for day in since if day is not None]
    return Value(number=round(fmean(days), 0), of=len(days)) if days else Value(of=0, note="Nobody to count")


def family_based(measured: Measured, month: Month) -> Value:
    """Children who live in foster care, relatives and friends among it, of those with a placement."""
    placed = list(measured.placed(month.last))
    return _of_placed(measured, month, sum(lived.kind in _FAMILY_BASED for _, lived in placed), len(placed))


def fostered_in_house(measured: Measured, month: Month) -> Value:
    """Of children in foster care with others than relatives, those with the authority's own carers."""
    found = [lived.own for _, lived in measured.placed(month.last) if lived.kind is CareKind.FOSTERING]
    known = [own for own in found if own is not None]
    return share(sum(known), len(known), left_out(len(found) - len(known), "whose provider is not recorded"))


def in_residential(measured: Measured, month: Month) -> Value:
    """Children in children's homes and residential schools, of those with a placement."""
    placed = list(measured.placed(month.last))
    return _of_placed(measured, month, sum(lived.kind is CareKind.RESIDENTIAL for _, lived in placed), len(placed))


def unaccompanied(measured: Measured, month: Month) -> Value:
    """Unaccompanied children seeking asylum who are looked after on the last night."""
    return Value(number=sum(line.unaccompanied for line in measured.in_care(month.last)))


def _came(measured: Measured, month: Month) -> Iterable[tuple[Line, date]]:
    for line in measured.lines:
        for came, _ in line.times:
            if month.first <= came <= month.last:
                yield line, came


def _left(measured: Measured, month: Month) -> Iterable[Line]:
    for line in measured.lines:
        adult = _eighteen(line.born)
        for came, left in line.times:
            end = adult if left is None else min(left, adult)
            if month.first <= end <= month.last and came < end:
                yield line


def _eighteen(born: date) -> date:
    """The 18th birthday; of somebody born on 29 February, 1 March."""
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + OLDEST_CHILD + 1, 3, 1) if leap else born.replace(year=born.year + OLDEST_CHILD + 1)


def _of_placed(measured: Measured, month: Month, count: int, placed: int) -> Value:
    without = len(measured.in_care(month.last)) - placed
    return share(count, placed, left_out(without, "without a placement on record"))


def left_out(count: int, who: str) -> str | None:
    """How many were left out of a number and why; None when nobody was."""
    if count == 0:
        return None
    return f"1 child {who} is left out" if count == 1 else f"{count} children {who} are left out"
