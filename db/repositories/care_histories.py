"""Care histories: each collection year's return as it was read in, and all years joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete, insert, select

from db.acts import Act
from db.rows import in_batches
from db.tables.care_histories import care_children, care_episodes, care_returns
from db.units import Unit
from matching.codes.ssda903 import CollectionYear
from matching.geography import Point
from matching.histories import AuthorityHistory, CareHistory, Episode, KeptPlace, join_years


@dataclass(frozen=True, slots=True, kw_only=True)
class CareReturn:
    """One collection year's return on record: what it was, by its hash, and what was read from it."""

    id: UUID
    year: CollectionYear
    sha256: str
    counts: Mapping[str, Any]
    loaded_at: datetime


class CareHistories:
    """The authority's returns, one for each collection year, and the histories in them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def returns(self) -> tuple[CareReturn, ...]:
        """Every return on record, the oldest year first."""
        mine = select(care_returns).where(care_returns.c.authority_id == self._unit.authority)
        return tuple(_return_of(row) for row in self._unit.connection.execute(mine.order_by(care_returns.c.year)))

    def of_year(self, year: CollectionYear) -> CareReturn | None:
        """The return of a year; None when there is none."""
        return next((one for one in self.returns() if one.year == year), None)

    def put(
        self,
        year: CollectionYear,
        children: Sequence[CareHistory],
        sha256: str,
        counts: Mapping[str, Any],
        act: Act,
    ) -> CareReturn:
        """Records a year's return in the place of the one there was, if any; leaves one audit event."""
        before = self.of_year(year)
        if before is not None:
            self._unit.connection.execute(delete(care_returns).where(care_returns.c.id == before.id))
        made = CareReturn(
            id=uuid5(self._unit.authority, f"ssda903/{year}"),
            year=year,
            sha256=sha256,
            counts=counts,
            loaded_at=act.at,
        )
        own: dict[str, Any] = {"authority_id": self._unit.authority}
        row = {"id": made.id, "year": year.starts, "sha256": sha256, "counts": dict(counts), "loaded_at": act.at}
        self._unit.connection.execute(insert(care_returns).values(own | row))
        own["return_id"] = made.id
        for batch in in_batches(list(children)):
            self._unit.connection.execute(insert(care_children), [own | _child_row(child) for child in batch])
        pairs = [(child, one) for child in children for one in child.episodes]
        for part in in_batches(pairs):
            rows = [own | {"child": child.child} | _episode_row(one) for child, one in part]
            self._unit.connection.execute(insert(care_episodes), rows)
        replaced = {} if before is None else {"year": str(year), "sha256": before.sha256}
        self._unit.audit.append(
            act, "care return", made.id, before=replaced, after={"year": str(year), "sha256": sha256, **counts}
        )
        return made

    def read_year(self, year: CollectionYear) -> tuple[CareHistory, ...]:
        """The histories in one year's return, in the order of the children's pseudonyms; empty when there is none."""
        found = self.of_year(year)
        return () if found is None else self._histories(found.id)

    def load(self, years: Iterable[CollectionYear] | None = None) -> AuthorityHistory:
        """Every child's history over all years on record, or over some. Raises DomainError when there is none."""
        wanted = None if years is None else set(years)
        on_record = [one for one in self.returns() if wanted is None or one.year in wanted]
        return join_years(self._unit.authority, {one.year: self._histories(one.id) for one in on_record})

    def _histories(self, wanted: UUID) -> tuple[CareHistory, ...]:
        episodes = self._episodes(wanted)
        rows = self._unit.connection.execute(
            select(care_children).where(care_children.c.return_id == wanted).order_by(care_children.c.child)
        )
        return tuple(_child_of(row, episodes.get(row.child, ())) for row in rows)

    def _episodes(self, wanted: UUID) -> dict[UUID, tuple[Episode, ...]]:
        t = care_episodes.c
        rows = self._unit.connection.execute(
            select(care_episodes).where(t.return_id == wanted).order_by(t.child, t.begins)
        )
        return {child: tuple(map(_episode_of, found)) for child, found in _by_child(rows)}


def _by_child(rows: Iterable[Any]) -> Iterator[tuple[UUID, Iterator[Any]]]:
    return groupby(rows, key=lambda row: row.child)


def _return_of(row: Any) -> CareReturn:
    return CareReturn(
        id=row.id, year=CollectionYear(row.year), sha256=row.sha256, counts=row.counts, loaded_at=row.loaded_at
    )


_CHILD = ("child", "sex", "born", "ethnicity", "unaccompanied", "unaccompanied_until")
_EPISODE = (
    *("begins", "ends", "reason_new", "legal_status", "need", "placement", "provider"),
    *("reason_ceased", "reason_place_change", "urn"),
)


def _child_row(child: CareHistory) -> dict[str, Any]:
    return {name: getattr(child, name) for name in _CHILD}


def _child_of(row: Any, episodes: tuple[Episode, ...]) -> CareHistory:
    return CareHistory(episodes=episodes, **{name: getattr(row, name) for name in _CHILD})


def _episode_row(one: Episode) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _EPISODE}
    for name, kept in (("home", one.home), ("place", one.place)):
        row |= {
            f"{name}_easting": None if kept is None else kept.point.easting,
            f"{name}_northing": None if kept is None else kept.point.northing,
            f"{name}_area": None if kept is None else kept.authority,
        }
    return row


def _episode_of(row: Any) -> Episode:
    return Episode(
        home=_place_of(row.home_easting, row.home_northing, row.home_area),
        place=_place_of(row.place_easting, row.place_northing, row.place_area),
        **{name: getattr(row, name) for name in _EPISODE},
    )


def _place_of(easting: int | None, northing: int | None, area: Any) -> KeptPlace | None:
    return None if easting is None or northing is None else KeptPlace(Point(easting, northing), area)
