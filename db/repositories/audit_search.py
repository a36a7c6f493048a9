"""The audit trail as somebody looks through it: the newest events first, by who, what, about what and when."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from db.audit import AuditEvent
from db.tables.audit import audit_events
from db.units import Unit

READS = ("read-", "list-", "export-")
"""How the actions begin by which somebody sees something and changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAsked:
    """Which events. What is None is not asked about."""

    actor: str | None = None
    nouns: Collection[str] | None = None
    about: Collection[UUID] | None = None
    """The ids of what they are about: none at all when it is empty."""
    reads: bool | None = None
    """Only what was seen (true), or only what was done (false)."""
    since: datetime | None = None
    until: datetime | None = None
    """Exclusive."""
    before: int | None = None
    """Events with a lower sequence number: to go on from the last one shown."""
    limit: int = 50


class AuditSearch:
    """Looks through the chain of the unit's authority."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def newest(self, asked: AuditAsked) -> tuple[AuditEvent, ...]:
        """The events asked for, the newest first."""
        wanted = select(audit_events).where(audit_events.c.authority_id == self._unit.authority, *_conditions(asked))
        rows = self._unit.connection.execute(wanted.order_by(audit_events.c.sequence.desc()).limit(asked.limit))
        return tuple(
            AuditEvent(
                **{field.name: getattr(row, _COLUMNS.get(field.name, field.name)) for field in fields(AuditEvent)}
            )
            for row in rows
        )

    def actors(self) -> tuple[tuple[str, str], ...]:
        """Everybody who has done anything, with the role it was done in."""
        t = audit_events.c
        mine = select(t.actor, t.role).where(t.authority_id == self._unit.authority).distinct()
        return tuple((row.actor, row.role) for row in self._unit.connection.execute(mine.order_by(t.role, t.actor)))


_COLUMNS = {"authority": "authority_id"}


def _conditions(asked: AuditAsked) -> list[ColumnElement[bool]]:
    t = audit_events.c
    reads = or_(*(t.action.startswith(prefix) for prefix in READS))
    given: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "actor": lambda value: t.actor == value,
        "nouns": t.noun.in_,
        "about": t.noun_id.in_,
        "reads": lambda value: reads if value else ~reads,
        "since": lambda value: t.at >= value,
        "until": lambda value: t.at < value,
        "before": lambda value: t.sequence < value,
    }
    wanted = {name: getattr(asked, name) for name in given}
    return [given[name](value) for name, value in wanted.items() if value is not None]
