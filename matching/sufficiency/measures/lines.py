"""Lines of care: one child's times in care and placements, read alike from the authority's own records and from returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.codes import BREAKDOWN_REASONS, HomeKind, PlaceKind, Sector
from matching.geography import statutory_miles_between
from matching.histories import AuthorityHistory, CareHistory, Episode
from matching.homes import Home
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.sufficiency.kinds import KINDS, CareKind, kind_of_episode, kind_of_home
from matching.values import OLDEST_CHILD, AuthorityCode, ChildId, HomeId, age_on

_BREAKDOWN_CODES = frozenset({"CREQB", "CREQO", "CHILD", "ALLEG", "STAND"})
"""REASON_PLACE_CHANGE codes that stand for the same endings as BREAKDOWN_REASONS."""


class Source(StrEnum):
    """Where a measure is read from."""

    PLACEMENTS = "placements"
    """The authority's own placements, as they stand."""
    RETURNS = "returns"
    """Statutory returns (SSDA903) that were read in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """One placement: a stretch with one set of carers, however many episodes it has."""

    begins: date
    ends: date | None
    kind: CareKind
    adoption: bool = False
    """Placed for adoption (A3 to A6)."""
    own: bool | None
    """In the authority's own provision; None when not known."""
    miles: float | None
    """From the child's home, straight line, one decimal as in the return; None when either place is not known."""
    outside: bool | None
    """Whether it lies outside the authority's area; None when not known."""
    unplanned: bool | None
    """Whether it ended as a breakdown; None while it goes on, or when the reason is not known."""
    home: HomeId | None = None
    emergency_bed: bool = False

    def holds(self, night: date) -> bool:
        """Whether the child sleeps there on a night."""
        return self.begins <= night and (self.ends is None or night < self.ends)

    def open_in(self, first: date, last: date) -> bool:
        """Whether it was open on any night from the first to the last."""
        return self.begins <= last and (self.ends is None or self.ends > first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One child."""

    child: ChildId | None
    """None in returns, where children are pseudonyms."""
    born: date
    unaccompanied: bool
    times: tuple[tuple[date, date | None], ...]
    """When the child came into care and left, in order; the end is the first night not in care."""
    lived: tuple[Lived, ...]
    """Placements in order."""

    def in_care(self, night: date) -> bool:
        """Whether the child, under 18, is looked after on a night."""
        return age_on(self.born, night) <= OLDEST_CHILD and any(
            came <= night and (left is None or night < left) for came, left in self.times
        )

    def placement(self, night: date) -> Lived | None:
        """Where the child lives on a night; the newest when records overlap."""
        return next((one for one in reversed(self.lived) if one.holds(night)), None)

    def since(self, night: date) -> date | None:
        """When the present time in care began."""
        return next((came for came, left in self.times if came <= night and (left is None or night < left)), None)


def lines_of_returns(history: AuthorityHistory, area: AuthorityCode | None) -> tuple[Line, ...]:
    """Lines from statutory returns. Series of short breaks (V3, V4) are left out, as in the published counts."""
    return tuple(line for child in history.children if (line := _of_history(child, area)) is not None)


def _of_history(child: CareHistory, area: AuthorityCode | None) -> Line | None:
    episodes = [one for one in child.episodes if not one.is_short_break]
    if not episodes:
        return None
    return Line(
        child=None,
        born=child.born,
        unaccompanied=child.unaccompanied,
        times=tuple(_times([(one.begins, one.ends) for one in episodes])),
        lived=tuple(_placements(episodes, area)),
    )


def _times(spans: Sequence[tuple[date, date | None]]) -> Iterator[tuple[date, date | None]]:
    """Spans that follow on are one time in care."""
    begins, ends = spans[0]
    for first, last in spans[1:]:
        if ends is not None and first > ends:
            yield begins, ends
            begins = first
        ends = last
    yield begins, ends


def _placements(episodes: Sequence[Episode], area: AuthorityCode | None) -> Iterator[Lived]:
    """Episodes with the same carers (RNE L, T, U) belong to the placement before them."""
    run: list[Episode] = []
    for episode in episodes:
        if run and (episode.is_carer_move or run[-1].ends != episode.begins):
            yield _placement(run, area)
            run = []
        run.append(episode)
    yield _placement(run, area)


def _placement(run: Sequence[Episode], area: AuthorityCode | None) -> Lived:
    first, last = run[0], run[-1]
    kind = kind_of_episode(last)
    assert kind is not None, "series of short breaks were left out before"
    outside = (
        None if last.place is None or last.place.authority is None or area is None else last.place.authority != area
    )
    reason = last.reason_place_change
    return Lived(
        begins=first.begins,
        ends=last.ends,
        kind=KINDS[kind],
        adoption=last.placement.startswith("A"),
        own=None if last.provider is None else last.provider == "PR1",
        miles=last.miles,
        outside=outside,
        unplanned=None if last.ends is None or reason is None else reason in _BREAKDOWN_CODES,
    )


def lines_of_records(
    children: Sequence[Child], placements: Sequence[Placement], homes: Sequence[Home], area: AuthorityCode
) -> tuple[Line, ...]:
    """Lines from the authority's own records: children with at least one placement that counts as being in care.

    A hole between two placements does not end a time in care: children are looked after while a home is sought.
    """
    by_home = {home.id: home for home in homes}
    found: dict[ChildId, list[Placement]] = defaultdict(list)
    for placement in placements:
        home = by_home.get(placement.home)
        lived = placement.state in (PlacementState.STARTED, PlacementState.ENDED)
        if lived and home is not None and kind_of_home(home.kind) is not None:
            found[placement.child].append(placement)
    return tuple(_of_records(child, found[child.id], by_home, area) for child in children if child.id in found)


def _of_records(child: Child, placements: list[Placement], homes: dict[HomeId, Home], area: AuthorityCode) -> Line:
    ordered = sorted(placements, key=lambda one: (one.starts, one.external_ref))
    lived = tuple(_recorded(child, one, homes[one.home], area) for one in ordered)
    since = min(child.in_care_since or lived[0].begins, lived[0].begins)
    open_now = any(one.ends is None for one in lived)
    left = None if open_now else max(one.ends for one in lived if one.ends is not None)
    return Line(child=child.id, born=child.born, unaccompanied=child.uasc, times=((since, left),), lived=lived)


def _recorded(child: Child, placement: Placement, home: Home, area: AuthorityCode) -> Lived:
    kind = kind_of_home(home.kind)
    assert kind is not None, "placements that are not care were left out before"
    family = next((one.place.point for one in child.important_places if one.kind is PlaceKind.FAMILY_HOME), None)
    known = family is not None and home.place.point is not None
    return Lived(
        begins=placement.starts,
        ends=placement.ended,
        kind=kind,
        own=home.sector is Sector.IN_HOUSE,
        miles=statutory_miles_between(family, home.place.point) if known and family and home.place.point else None,
        outside=None if home.place.authority is None else home.place.authority != area,
        unplanned=None if placement.end_reason is None else placement.end_reason in BREAKDOWN_REASONS,
        home=home.id,
        emergency_bed=home.kind in (HomeKind.FOSTERING_EMERGENCY, HomeKind.CHILDRENS_HOME_EMERGENCY),
    )
