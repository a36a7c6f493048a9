"""Placements and holds: written only together with the bed they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, select, update

from db.acts import Act
from db.beds import Beds, Stay
from db.errors import BedsTaken, HoldGone, NotFound
from db.mapping.placements import HOLDS, PLACEMENTS
from db.mapping.shapes import Stored, Values
from db.pages import Listable
from db.repositories.homes import visible_homes
from db.repositories.repository import Repository
from db.rows import one_of
from db.tables.homes import homes
from db.tables.placements import holds, placements
from db.types import Moment
from db.units import Unit
from matching.placements import Hold, Placement, PlacementState

_PLACEMENTS = Listable(
    key=placements.c.id,
    filters={
        name: placements.c[name]
        for name in ("state", "child_id", "home_id", "starts", "planned_end", "ended", "end_reason", "external_ref")
    },
    sorts={name: placements.c[name] for name in ("created_at", "updated_at", "starts", "external_ref")},
)

_HOLDS = Listable(
    key=holds.c.id,
    filters={name: holds.c[name] for name in ("home_id", "referral_id", "child_id", "first_night", "held_until")},
    sorts={name: holds.c[name] for name in ("created_at", "held_until", "first_night")},
)

_FEW = 10
"""So many placements written at once are remembered for those who read them next."""
_PROMISED = (PlacementState.PLANNED, PlacementState.STARTED)


class Placements(Repository[Placement]):
    """The authority's placements. Planned and started ones have a bed until they end or are cancelled.

    `add` and `replace` raise BedTaken, `upsert_many` BedsTaken, when the home has no bed for all the nights. To place a
    child into a held bed, release the hold and add the placement in one unit of work: nobody can come between.
    """

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, PLACEMENTS, _PLACEMENTS)

    def of_child(self, child: UUID) -> tuple[Stored[Placement], ...]:
        """A child's placements, oldest first."""
        return self._ordered(_OF_CHILD, {"child": child})

    def of_children(self, children: Sequence[UUID]) -> tuple[Placement, ...]:
        """The placements of some children, oldest first."""
        if len(children) == 1:
            return tuple(stored.value for stored in self.of_child(children[0]))
        wanted = one_of(self.unit.connection, placements.c.child_id, children)
        return tuple(stored.value for stored in self._ordered(wanted))

    def in_home(self, home: UUID) -> tuple[Stored[Placement], ...]:
        """The authority's present and planned placements in a home, oldest first."""
        promised = placements.c.state.in_(_PROMISED)
        return self._ordered((placements.c.home_id == home) & promised)

    def _ordered(self, wanted: ColumnElement[bool], given: Values | None = None) -> tuple[Stored[Placement], ...]:
        return tuple(
            sorted(self.where(wanted, given).values(), key=lambda stored: (stored.value.starts, stored.value.id))
        )

    def prepare(self, writes: Sequence[tuple[Stored[Placement] | None, Placement]], act: Act) -> None:
        """Refuses a home that the authority may not see."""
        del act
        moved = {new.home for stored, new in writes if stored is None or stored.value.home != new.home}
        refuse_unseen(self.unit, moved)

    def settle(self, writes: Sequence[tuple[Stored[Placement] | None, Placement]], act: Act) -> None:
        """Books, rebooks and frees beds as the placements now say."""
        beds, at = Beds(self.unit), act.at.astimezone(UTC)
        beds.release([new.id for stored, new in writes if stored is not None and new.state not in _PROMISED])
        stays = [_stay(new.as_known_on(at.date())) for stored, new in writes if _needs_booking(stored, new)]
        refused = beds.book(stays, at, again={new.id for stored, new in writes if stored is not None})
        if len(refused) == 1 and len(writes) == 1:
            raise next(iter(refused.values()))
        if refused:
            refs: dict[UUID, str] = {new.id: new.external_ref for _, new in writes}
            raise BedsTaken({refs[stay]: error for stay, error in refused.items()})
        for stored, new in writes[:_FEW]:
            at_version = 1 if stored is None else stored.version + 1
            self.learn(Stored(new, at_version, at, at), new.id)


def _needs_booking(stored: Stored[Placement] | None, new: Placement) -> bool:
    if new.state not in _PROMISED or new.until == new.starts:
        return False
    if stored is None:
        return True
    old = stored.value
    same = (old.home, old.starts, old.until) == (new.home, new.starts, new.until)
    return not same or old.state not in _PROMISED


def _stay(placement: Placement) -> Stay:
    return Stay(
        id=placement.id,
        authority=placement.authority,
        home=placement.home,
        first_night=placement.starts,
        last_morning=placement.until,
    )


class Holds:
    """The authority's holds. A hold is made, released or runs out; it is never changed."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._records = _HoldRecords(unit)

    def get(self, hold: UUID) -> Stored[Hold]:
        """A hold, whether it still holds or not. Raises NotFound."""
        return self._records.get(hold)

    def current(
        self, at: datetime, *, home: UUID | None = None, referral: UUID | None = None
    ) -> tuple[Stored[Hold], ...]:
        """The holds that hold at a moment (aware UTC), soonest to run out first."""
        asked = {"home": home, "referral": referral}
        given = {name: one for name, one in asked.items() if one is not None}
        found = self._records.where(_HOLDING[tuple(given)], {**given, "at": at})
        return tuple(sorted(found.values(), key=lambda stored: (stored.value.held_until, stored.value.id)))

    def add(self, hold: Hold, act: Act) -> Stored[Hold]:
        """Keeps a bed. Raises BedTaken naming what stands in the way, NotFound for the home, Refused."""
        return self._records.add(hold, act)

    def release(self, hold: UUID, act: Act) -> None:
        """Frees the bed. Raises NotFound, and HoldGone when it was released before or has run out."""
        self._records.get(hold)
        self._records.changes()
        if self._unit.connection.execute(_RELEASING, {"of_id": hold, "at": act.at}).rowcount != 1:
            raise HoldGone(hold)
        Beds(self._unit).release([hold])
        self._unit.audit.append(act, "hold", hold, after={"released_at": act.at})
        self._unit.pool_changes()


def still_holds(at: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Which holds hold at a moment."""
    return and_(holds.c.released_at.is_(None), holds.c.held_until > at)


_OF_CHILD = placements.c.child_id == bindparam("child")
_NOW_IS = bindparam("at", type_=Moment())
_NOW = still_holds(_NOW_IS)
_HOLDING = {
    (): _NOW,
    ("home",): _NOW & (holds.c.home_id == bindparam("home")),
    ("referral",): _NOW & (holds.c.referral_id == bindparam("referral")),
    ("home", "referral"): _NOW
    & (holds.c.home_id == bindparam("home"))
    & (holds.c.referral_id == bindparam("referral")),
}
"""Conditions that are made once; of the holds that hold, by what is asked of them."""
_RELEASING = (
    update(holds)
    .where(holds.c.id == bindparam("of_id"), _NOW)
    .values(released_at=_NOW_IS, updated_at=_NOW_IS, version=holds.c.version + 1)
)


class _HoldRecords(Repository[Hold]):
    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, HOLDS, _HOLDS)

    def prepare(self, writes: Sequence[tuple[Stored[Hold] | None, Hold]], act: Act) -> None:
        del act
        refuse_unseen(self.unit, {hold.home for _, hold in writes})

    def settle(self, writes: Sequence[tuple[Stored[Hold] | None, Hold]], act: Act) -> None:
        refused = Beds(self.unit).book([_held(hold) for _, hold in writes], act.at.astimezone(UTC))
        for error in refused.values():
            raise error


def _held(hold: Hold) -> Stay:
    return Stay(
        id=hold.id,
        authority=hold.authority,
        home=hold.home,
        first_night=hold.first_night,
        last_morning=hold.last_morning,
        expires_at=hold.held_until,
    )


def refuse_unseen(unit: Unit, wanted: Iterable[UUID]) -> None:
    """Raises NotFound for a home that the authority may not see."""
    missing = set(wanted)
    missing -= {home for home in missing if unit.kept.knows("home", home, unit.authority)}
    if not missing:
        return
    these = one_of(unit.connection, homes.c.id, sorted(missing))
    missing -= {
        row.id for row in unit.connection.execute(select(homes.c.id).where(these, visible_homes(unit.authority)))
    }
    for home in sorted(missing):
        raise NotFound("home", home)
