"""The outbox: every change that left an audit event is told here too, in the same transaction, by ids and codes alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select

from db.tables.events import outbox_events
from db.units import Unit

READS = ("read-", "list-", "export-", "verify-")
"""How the actions begin that change nothing."""
UNTOLD_NOUNS = frozenset({"api key", "identity", "webhook", "dead letter", "draft"})
"""Nouns whose changes are nobody's but the authority's own."""
TOLD = frozenset(
    {
        "referral_id",
        "home_id",
        "child_id",
        "provider_id",
        "placement_id",
        "offer_id",
        "decision_id",
        "recommendation_id",
        "state",
    }
)
"""What an event tells of a change: where to look, and the state it led to."""


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

    def follow(self, audited: Sequence[Mapping[str, Any]]) -> None:
        """Tells of audit events that are about to be written: those that changed something on record."""
        told = [_told(row) for row in audited if _is_change(row)]
        if told:
            self._unit.connection.execute(insert(outbox_events), told)

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


def _is_change(row: Mapping[str, Any]) -> bool:
    named = row["noun_id"] is not None and row["noun"] not in UNTOLD_NOUNS
    return named and not row["action"].startswith(READS)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {**row["before"], **row["after"]}
    return {
        **{name: row[name] for name in ("authority_id", "sequence", "at", "action", "noun", "noun_id")},
        "told": {name: value for name, value in facts.items() if name in TOLD},
    }


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
