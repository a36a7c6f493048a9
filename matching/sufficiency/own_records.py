"""Stays from the authority's own placements, for an authority that has read no statutory return in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.homes import Home
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.sufficiency.grid import EIGHTEEN
from matching.sufficiency.kinds import KINDS, CareKind, kind_of_home
from matching.sufficiency.stays import OPEN, Stays, from_rows
from matching.values import ChildId

_SOON = 7
"""Days between coming into care and the first placement on record within which they are one event."""
Row = tuple[int, int, int, int, int, int, int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecords:
    """What is on record of who lived where."""

    children: Sequence[Child]
    placements: Sequence[Placement]
    homes: Sequence[Home]
    elsewhere: Mapping[ChildId, CareKind]
    """Children in care today who live in no home on record, and how: with parents, for example. Often not known."""
    left: Mapping[ChildId, date]
    """When children left care, where that is known apart from their placements."""


@dataclass(frozen=True, slots=True)
class Told:
    """Stays, and what the records could not say."""

    stays: Stays
    without_placement: int
    """Children with a day they came into care and no placement: whether they are in care still is not known."""


def own_stays(records: OwnRecords, as_of: date, area_of: Callable[[Child], int] | None = None) -> Told:
    """Stays as the placements tell them. A hole between two placements is bridged: the child was in care meanwhile."""
    kinds = {home.id: kind_of_home(home.kind) for home in records.homes}
    by_child: dict[ChildId, list[tuple[Placement, CareKind]]] = defaultdict(list)
    for placement in records.placements:
        kind = kinds.get(placement.home)
        if placement.state in (PlacementState.STARTED, PlacementState.ENDED) and kind and placement.starts <= as_of:
            by_child[placement.child].append((placement, kind))
    rows: list[Row] = []
    without = 0
    for number, child in enumerate(records.children):
        found = sorted(by_child.get(child.id, ()), key=lambda one: (one[0].starts, one[0].external_ref))
        if not found and child.in_care_since is not None and child.id not in records.elsewhere:
            without += 1
        area = area_of(child) if area_of else 0
        runs = _elsewhere(child, records) if not found else _runs(found)
        rows += _rows(number, child, area, runs, records.left.get(child.id), as_of)
    return Told(from_rows(rows), without)


def _elsewhere(child: Child, records: OwnRecords) -> list[tuple[int, int, int]]:
    """A child who lives in no home on record: there since coming into care, as far as is known."""
    kind = records.elsewhere.get(child.id)
    if child.in_care_since is None or (kind is None and child.id not in records.left):
        return []
    return [(KINDS.index(kind or CareKind.OTHER), child.in_care_since.toordinal(), int(OPEN))]


def _runs(found: Iterable[tuple[Placement, CareKind]]) -> list[tuple[int, int, int]]:
    """Kind, first day and end, joined where the kind stays; every run but the last ends where the next begins."""
    runs: list[tuple[int, int, int]] = []
    for placement, kind in found:
        begins = placement.starts.toordinal()
        ends = int(OPEN) if placement.ended is None else placement.ended.toordinal()
        if runs and runs[-1][0] == KINDS.index(kind):
            runs[-1] = (runs[-1][0], runs[-1][1], max(runs[-1][2], ends))
            continue
        if runs:
            runs[-1] = (runs[-1][0], runs[-1][1], begins)
        runs.append((KINDS.index(kind), begins, ends))
    return runs


def _rows(
    number: int, child: Child, area: int, runs: list[tuple[int, int, int]], left: date | None, as_of: date
) -> Iterator[Row]:
    born = child.born.toordinal()
    since = None if child.in_care_since is None else child.in_care_since.toordinal()
    for at, (kind, begins, told) in enumerate(runs):
        last = at == len(runs) - 1
        ends = min(told, OPEN if left is None else left.toordinal()) if last else told
        ends = min(ends, born + EIGHTEEN) if born + EIGHTEEN <= as_of.toordinal() else ends
        came = at == 0 and (since is None or abs(begins - since) <= _SOON)
        then = runs[at + 1][0] if not last else -1 if ends == OPEN else len(KINDS)
        if ends > begins:
            yield number, born, kind, area, begins, int(ends), then, came
