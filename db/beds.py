"""Beds: each present or coming stay is given a numbered bed, so that the database can refuse to promise one twice.

The number is a label, not a room: when stays of different lengths leave every night with a bed free but no one bed free
for all nights, stays are given other numbers. What the rules say of bedrooms is not decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, bindparam, delete, func, select

from db.errors import BedsPromised, BedTaken, InTheWay, NotFound
from db.rows import all_of, insert_rows, one_of
from db.tables.homes import homes
from db.tables.placements import bed_bookings, placements
from db.units import Unit
from matching.placements import PlacementState
from matching.values import AuthorityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One child in one bed of a home, from the first night until the last morning."""

    id: UUID
    """The placement's or the hold's own id."""
    authority: AuthorityId
    home: UUID
    first_night: date
    last_morning: date | None
    expires_at: datetime | None = None
    """Set for a hold: from this moment on it takes no bed."""
    bed: int = 0
    """1 and up; 0 until a bed is given."""
    overdue: bool = False
    """Whether it should have ended by now and nobody has said so: it goes on, though its row says it ends."""

    def overlaps(self, other: Stay) -> bool:
        """Whether the two share a night."""
        return _before(self.first_night, other.last_morning) and _before(other.first_night, self.last_morning)

    def is_over(self, at: datetime) -> bool:
        """Whether nothing of it lies ahead: its last morning has come, or the hold has expired."""
        expired = self.expires_at is not None and self.expires_at <= at
        return expired or (self.last_morning is not None and self.last_morning <= at.date())


def _before(night: date, morning: date | None) -> bool:
    return morning is None or night < morning


class Beds:
    """The beds of homes, within one transaction. Whoever books locks the home until the transaction ends."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def book(self, stays: Sequence[Stay], at: datetime, *, again: Collection[UUID] = ()) -> dict[UUID, BedTaken]:
        """Gives each stay a bed for all its nights, in the order given; those `again`, in place of the bed they had.

        Stays that are over take none. Returns those that found no bed, and why; the others have theirs.
        Raises NotFound for a home there is not.
        """
        by_home: dict[UUID, list[Stay]] = {}
        for stay in stays:
            by_home.setdefault(stay.home, []).append(stay)
        if not stays:
            return {}
        self.release([stay.id for stay in stays if stay.id in again])
        ahead = {home for home, wanted in by_home.items() if any(not stay.is_over(at) for stay in wanted)}
        beds = self._lock(sorted(ahead))
        booked = self._booked(list(beds), at)
        refused: dict[UUID, BedTaken] = {}
        moved: list[Stay] = []
        new: list[Stay] = []
        for home, number in beds.items():
            here = Allocation(home, number, booked.get(home, []))
            wanted = [stay for stay in by_home[home] if not stay.is_over(at)]
            refused |= {stay.id: self._taken(here, stay) for stay in wanted if not here.place(stay)}
            moved += here.moved
            new += here.new
        self.release([stay.id for stay in moved])
        self._insert([*moved, *new])
        return refused

    def release(self, stays: Sequence[UUID]) -> None:
        """Frees the beds of the stays; those that have none are no matter."""
        if stays:
            self._unit.connection.execute(_FREEING, all_of([{"of_id": stay} for stay in stays]))

    def fit(self, home: UUID, beds: int, at: datetime) -> None:
        """Makes room in fewer beds. Raises BedsPromised, naming what stands in the way, when more are promised."""
        self._lock([home])
        stays = self._booked([home], at).get(home, [])
        packed = packed_into(beds, stays)
        if packed is None:
            in_the_way = [stay for stay in stays if _crowd(stay, stays) > beds]
            raise BedsPromised(home, beds, tuple(self._told(stay) for stay in in_the_way))
        moved = [
            stay for stay, was in zip(packed, _in_order(stays), strict=True) if stay.overdue or stay.bed != was.bed
        ]
        self.release([stay.id for stay in moved])
        self._insert(moved)

    def _lock(self, wanted: Sequence[UUID]) -> dict[UUID, int]:
        """Beds by home, each home's row locked, in one order so that two who book cannot wait for one another."""
        locked = self._unit.beds
        if locked.keys() >= set(wanted):
            return {home: locked[home] for home in wanted}
        found: dict[UUID, int] = dict(self._where(_LOCKING, homes.c.id, wanted))
        missing = [home for home in wanted if home not in found]
        if missing:
            raise NotFound("home", missing[0])
        return found

    def _booked(self, wanted: Sequence[UUID], at: datetime) -> dict[UUID, list[Stay]]:
        """The stays that have beds, by home. Those that are over lose theirs here: no job needs to have run.

        A child who has moved in lives there until an end is recorded, whatever end was planned.
        """
        stays = [_stay_of(row, at.date()) for row in self._where(_BOOKED, bed_bookings.c.home_id, wanted)]
        self.release([stay.id for stay in stays if stay.is_over(at)])
        found: dict[UUID, list[Stay]] = {}
        for stay in stays:
            if not stay.is_over(at):
                found.setdefault(stay.home, []).append(stay)
        return found

    def _where(self, query: Select[Any], column: Column[Any], wanted: Sequence[UUID]) -> Sequence[Any]:
        """What a query finds of the homes wanted; of one home, by far the most, by a statement made once."""
        connection = self._unit.connection
        if len(wanted) == 1:
            return connection.execute(_of_one(query, column), {"of_id": wanted[0]}).all()
        return connection.execute(query.where(one_of(connection, column, wanted))).all()

    def _insert(self, stays: Sequence[Stay]) -> None:
        written = [
            {
                "id": stay.id,
                "authority_id": stay.authority,
                "home_id": stay.home,
                "bed_no": stay.bed,
                "first_night": stay.first_night,
                "last_morning": stay.last_morning,
                "placement_id": stay.id if stay.expires_at is None else None,
                "hold_id": None if stay.expires_at is None else stay.id,
                "expires_at": stay.expires_at,
            }
            for stay in stays
        ]
        insert_rows(self._unit.connection, bed_bookings, written)

    def _taken(self, here: Allocation, stay: Stay) -> BedTaken:
        return BedTaken(here.home, here.beds, tuple(self._told(other) for other in here.all if other.overlaps(stay)))

    def _told(self, stay: Stay) -> InTheWay:
        own = stay.authority == self._unit.authority
        return InTheWay(stay.id, stay.expires_at is not None, stay.first_night, stay.last_morning, stay.expires_at, own)


_LOCKING = (
    select(homes.c.id, func.coalesce(homes.c.effective_beds, homes.c.registered_beds).label("beds"))
    .order_by(homes.c.id)
    .with_for_update(key_share=True)
)
_BOOKED = select(bed_bookings, placements.c.state).select_from(
    bed_bookings.outerjoin(placements, placements.c.id == bed_bookings.c.placement_id)
)
_FREEING = delete(bed_bookings).where(bed_bookings.c.id == bindparam("of_id"))


@cache
def _of_one(query: Select[Any], column: Column[Any]) -> Select[Any]:
    return query.where(column == bindparam("of_id"))


def _stay_of(row: Any, today: date) -> Stay:
    ends, lives_there = row.last_morning, row.state is PlacementState.STARTED
    overdue = lives_there and ends is not None and ends <= today
    return Stay(
        id=row.id,
        authority=row.authority_id,
        home=row.home_id,
        first_night=row.first_night,
        last_morning=None if overdue else ends,
        expires_at=row.expires_at,
        bed=row.bed_no,
        overdue=overdue,
    )


class Allocation:
    """The beds of one home while stays are being placed in them."""

    def __init__(self, home: UUID, beds: int, booked: Iterable[Stay]) -> None:
        self.home = home
        self.beds = beds
        stays = list(booked)
        self._was = {stay.id: stay.bed for stay in stays}
        apart = packed_into(beds, stays) if any(_in_one_bed(stays, stay) for stay in stays if stay.overdue) else None
        self._now = {stay.id: stay for stay in apart or stays}

    def place(self, stay: Stay) -> bool:
        """Gives the stay the lowest bed that is free for all its nights, moving others if need be; False if none is."""
        taken = {other.bed for other in self._now.values() if other.overlaps(stay)}
        free = next((bed for bed in range(1, self.beds + 1) if bed not in taken), None)
        if free is not None:
            self._now[stay.id] = replace(stay, bed=free)
            return True
        packed = packed_into(self.beds, [*self._now.values(), stay])
        if packed is not None:
            self._now = {one.id: one for one in packed}
        return packed is not None

    @property
    def all(self) -> list[Stay]:
        """Every stay that has a bed, first night first."""
        return _in_order(self._now.values())

    @property
    def new(self) -> list[Stay]:
        """Stays that had no bed before."""
        return [stay for stay in self._now.values() if stay.id not in self._was]

    @property
    def moved(self) -> list[Stay]:
        """Stays whose bed has another number than before, or which go on beyond the end that their rows say."""
        return [
            stay
            for stay in self._now.values()
            if self._was.get(stay.id, stay.bed) != stay.bed
            or (stay.overdue and not _in_one_bed(self._now.values(), stay))
        ]


def _in_one_bed(stays: Iterable[Stay], stay: Stay) -> bool:
    """Whether another has the bed of a stay on some night of it: one promised from the morning that it should end."""
    return any(other.bed == stay.bed and other.overlaps(stay) for other in stays if other.id != stay.id)


def _in_order(stays: Iterable[Stay]) -> list[Stay]:
    return sorted(stays, key=lambda stay: (stay.first_night, stay.id))


def packed_into(beds: int, stays: Iterable[Stay]) -> list[Stay] | None:
    """The stays with beds given anew, first night first; None when some night has more stays than beds.

    Taking stays by their first night, any bed that is free then is free for the whole stay: so this fails only when
    it must.
    """
    free_from: list[date | None] = [date.min] * beds
    packed = []
    for stay in _in_order(stays):
        bed = next((at for at, free in enumerate(free_from) if free is not None and free <= stay.first_night), None)
        if bed is None:
            return None
        free_from[bed] = stay.last_morning
        packed.append(replace(stay, bed=bed + 1))
    return packed


def _crowd(stay: Stay, stays: Sequence[Stay]) -> int:
    """The most beds that are taken on any one night of a stay."""
    starts = [other.first_night for other in stays if other.overlaps(stay)]
    nights = [max(start, stay.first_night) for start in starts]
    one_night = [
        (night, sum(other.first_night <= night and _before(night, other.last_morning) for other in stays))
        for night in nights
    ]
    return max((count for _, count in one_night), default=0)
