"""Measures of stability: carer moves (never episodes), breakdowns, lasting homes, moves to foster care, overstays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from matching.sufficiency.kinds import CareKind
from matching.sufficiency.measures.children import left_out
from matching.sufficiency.measures.lines import Line, Lived
from matching.sufficiency.measures.model import Measured, Month, Value, share
from matching.values import age_on

_TWO_YEARS = timedelta(days=730)
_TWO_AND_A_HALF_YEARS = timedelta(days=913)
_EMERGENCY_DAYS = 7
_MANY = 3


def three_or_more(measured: Measured, month: Month) -> Value:
    """Children with three or more placements open in the twelve months, of children looked after on the last night."""
    there = measured.in_care(month.last)
    return share(sum(len(_open(line, month)) >= _MANY for line in there), len(there))


def two_breakdowns(measured: Measured, month: Month) -> Value:
    """Children looked after on the last night of whose placements two or more ever broke down, as far as is recorded."""
    there = measured.in_care(month.last)
    return Value(
        number=sum(
            sum(lived.unplanned is True for lived in line.lived if _ended(lived, month.last)) >= 2 for line in there
        )
    )


def unplanned(measured: Measured, month: Month) -> Value:
    """Breakdowns in the twelve months, of placements open at some time in them."""
    placements = [lived for line in measured.lines for lived in _open(line, month)]
    broke = sum(lived.unplanned is True and _ended(lived, month.last) for lived in placements)
    return share(broke, len(placements))


def lasting(measured: Measured, month: Month) -> Value:
    """Of children under 16 in care for two and a half years, those in one placement for two, or placed for adoption."""
    long = [
        (line, lived)
        for line, lived in measured.placed(month.last)
        if age_on(line.born, month.last) < 16 and _since(line, month.last) <= month.last - _TWO_AND_A_HALF_YEARS
    ]
    settled = sum(lived.begins <= month.last - _TWO_YEARS or lived.adoption for _, lived in long)
    return share(settled, len(long))


def residential_to_foster(measured: Measured, month: Month) -> Value:
    """Moves in the month from a children's home or residential school into foster care."""
    return Value(number=sum(_stepped_down(line.lived, month) for line in measured.lines))


def carer_moves(measured: Measured, month: Month) -> Value:
    """Placements begun in the month by children who were in care already, of children looked after on the last night."""
    moved = sum(
        month.first <= lived.begins <= month.last and lived.begins not in {came for came, _ in line.times}
        for line in measured.lines
        for lived in line.lived
    )
    return Value(number=moved, of=len(measured.in_care(month.last)))


def overstays(measured: Measured, month: Month) -> Value:
    """Children in a bed kept for emergencies for more than seven nights, on the last night."""
    late = month.last - timedelta(days=_EMERGENCY_DAYS)
    return Value(number=sum(lived.emergency_bed and lived.begins < late for _, lived in measured.placed(month.last)))


def distant(measured: Measured, month: Month) -> Value:
    """More than 20 miles from home in a straight line, wherever the area ends."""
    found = [lived.miles for _, lived in measured.placed(month.last)]
    known = [miles for miles in found if miles is not None]
    return share(
        sum(miles > 20 for miles in known), len(known), left_out(len(found) - len(known), "whose distance is not known")
    )


def out_of_area(measured: Measured, month: Month) -> Value:
    """Outside the authority's area, however near."""
    found = [lived.outside for _, lived in measured.placed(month.last)]
    known = [outside for outside in found if outside is not None]
    return share(sum(known), len(known), left_out(len(found) - len(known), "whose area is not known"))


def distant_and_out_of_area(measured: Measured, month: Month) -> Value:
    """Both more than 20 miles from home and outside the area."""
    found = [(lived.miles, lived.outside) for _, lived in measured.placed(month.last)]
    known = [(miles, outside) for miles, outside in found if miles is not None and outside is not None]
    both = sum(miles > 20 and outside for miles, outside in known)
    return share(both, len(known), left_out(len(found) - len(known), "whose distance or area is not known"))


def _open(line: Line, month: Month) -> list[Lived]:
    return [lived for lived in line.lived if lived.open_in(month.year_before, month.last)]


def _ended(lived: Lived, last: date) -> bool:
    return lived.ends is not None and lived.ends <= last + timedelta(days=1)


def _since(line: Line, night: date) -> date:
    return line.since(night) or night


def _stepped_down(lived: Iterable[Lived], month: Month) -> int:
    return sum(
        before.kind is CareKind.RESIDENTIAL
        and after.kind is CareKind.FOSTERING
        and month.first <= after.begins <= month.last
        for before, after in pairwise(lived)
    )
