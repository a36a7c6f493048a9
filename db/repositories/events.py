"""The outbox as it is read: what has happened, in order, for those who follow along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from db.tables.events import outbox_events
from db.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that has happened. Its sequence is that of the audit event: rising, with gaps where only reads were."""

    authority: UUID
    sequence: int
    at: datetime
    action: str
    noun: str
    noun_id: UUID
    told: Mapping[str, Any]

    @property
    def id(self) -> str:
        """What a receiver may know it again by."""
        return f"{self.authority}-{self.sequence}"


class Events:
    """The authority's outbox."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def after(self, sequence: int, limit: int = 100, nouns: Sequence[str] = ()) -> tuple[Event, ...]:
        """Events in order, from the one after a sequence number; of some nouns only, when any are named."""
        wanted = select(outbox_events).where(self._mine(), outbox_events.c.sequence > sequence)
        if nouns:
            wanted = wanted.where(outbox_events.c.noun.in_(nouns))
        rows = self._unit.connection.execute(wanted.order_by(outbox_events.c.sequence).limit(limit))
        return tuple(_event(row) for row in rows)

    def at(self, sequence: int) -> Event | None:
        """The event with a sequence number; None when there is none."""
        wanted = select(outbox_events).where(self._mine(), outbox_events.c.sequence == sequence)
        row = self._unit.connection.execute(wanted).one_or_none()
        return None if row is None else _event(row)

    def _mine(self) -> ColumnElement[bool]:
        return outbox_events.c.authority_id == self._unit.authority


def _event(row: Any) -> Event:
    return Event(
        authority=row.authority_id,
        sequence=row.sequence,
        at=row.at,
        action=row.action,
        noun=row.noun,
        noun_id=row.noun_id,
        told=row.told,
    )
