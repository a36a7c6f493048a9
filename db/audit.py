"""The audit trail: events are added to one chain for each authority, and a chain that was tampered with says so.

An event's hash is taken over the hash before it and the event itself, so that nothing can be changed, removed or put
in another order without every later hash being wrong; the head hash, kept elsewhere, shows whether the end was cut.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, text

from db.acts import Act
from db.errors import NotFound
from db.tables.audit import audit_events, audit_heads
from db.types import Key

NOBODY = UUID(int=0)
"""The chain of what belongs to no authority: making one, for instance."""
BEGINNING = "0" * 64
"""What stands before the first event."""

_BEGIN = text(
    "INSERT INTO audit_heads (authority_id, sequence, hash) VALUES (:nobody, 0, :beginning) ON CONFLICT DO NOTHING"
).bindparams(bindparam("nobody", type_=Key()), beginning=BEGINNING)

_HEAD = select(audit_heads).where(audit_heads.c.authority_id == bindparam("of"))
_LOCKED_HEAD = _HEAD.with_for_update()

Facts = Mapping[str, Any]
"""Codes, ids, dates and numbers by name; never free text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One thing that was done."""

    authority: UUID
    sequence: int
    at: datetime
    actor: str
    role: str
    action: str
    noun: str
    noun_id: UUID | None
    origin: str
    before: Facts
    after: Facts
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: export it, and a later verification shows whether anything before it has gone."""

    authority: UUID
    sequence: int
    hash: str


class Tampering(StrEnum):
    """What was found wrong with a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and how."""

    sequence: int
    what: Tampering


class AuditTrail:
    """The chain of one authority, within one transaction.

    Events are gathered while the work is done and join the chain when it ends: only then is the chain's end locked, so
    that those who work side by side wait for one another for one statement and no longer.
    """

    def __init__(self, connection: Connection, authority: UUID, *, writes: bool) -> None:
        self._connection = connection
        self.authority = authority
        self._writes = writes
        self._gathered: list[dict[str, Any]] = []
        self._chained: list[dict[str, Any]] = []
        self._head: Head | None = None

    def _read_head(self, *, lock: bool) -> Head:
        if lock and self.authority == NOBODY:  # this chain begins when first written to; an authority's, with it
            self._connection.execute(_BEGIN, {"nobody": NOBODY})
        row = self._connection.execute(_LOCKED_HEAD if lock else _HEAD, {"of": self.authority}).one_or_none()
        if row is None and self.authority != NOBODY:
            raise NotFound("authority", self.authority)
        return Head(self.authority, 0, BEGINNING) if row is None else Head(self.authority, row.sequence, row.hash)

    @property
    def head(self) -> Head:
        """The end of the chain, with what this transaction has added. Raises NotFound for an authority there is not.

        In a writing unit it keeps every other writer of the authority out from now on: ask for it late.
        """
        if self._head is None:
            self._head = self._read_head(lock=self._writes)
        for row in self._gathered:
            row |= {"sequence": self._head.sequence + 1, "previous_hash": self._head.hash}
            row["hash"] = _hash(row)
            self._head = Head(self.authority, row["sequence"], row["hash"])
        self._chained += self._gathered
        self._gathered = []
        return self._head

    def append(
        self, act: Act, noun: str, noun_id: UUID | None, *, before: Facts | None = None, after: Facts | None = None
    ) -> None:
        """Adds one event; a read of a child's record is one too. It is written when the transaction ends."""
        self._gathered.append(
            {
                "authority_id": self.authority,
                "at": act.at.astimezone(UTC),
                "actor": act.actor,
                "role": act.role,
                "action": act.action,
                "noun": noun,
                "noun_id": noun_id,
                "origin": act.origin,
                "before": plain(before or {}),
                "after": plain(after or {}),
            }
        )

    def take(self) -> list[dict[str, Any]]:
        """The rows of what this transaction has added, chained, for whoever ends the transaction and writes them."""
        if self._gathered:
            self.head  # noqa: B018 - chains them
        taken, self._chained = self._chained, []
        return taken

    def events(
        self, *, after: int = 0, limit: int = 100, noun_id: UUID | None = None, actions: Sequence[str] = ()
    ) -> tuple[AuditEvent, ...]:
        """Events in order, from the one after a sequence number: about one thing, or of some actions, when said."""
        wanted = select(audit_events).where(
            audit_events.c.authority_id == self.authority, audit_events.c.sequence > after
        )
        if noun_id is not None:
            wanted = wanted.where(audit_events.c.noun_id == noun_id)
        if actions:
            wanted = wanted.where(audit_events.c.action.in_(actions))
        rows = self._connection.execute(wanted.order_by(audit_events.c.sequence).limit(limit))
        return tuple(_event(row) for row in rows)

    def verify(self, exported: Head | None = None) -> tuple[Break, ...]:
        """Where the chain does not hold; empty when nothing was changed, removed or put in another order.

        With a head that was exported earlier it also finds a chain that was cut short and written anew.
        """
        found, last = [], Head(self.authority, 0, BEGINNING)
        kept = exported is None or exported.sequence == 0
        for row in self._rows():
            found += _breaks(row, last)
            last = Head(self.authority, row["sequence"], row["hash"])
            kept = kept or (exported is not None and (last.sequence, last.hash) == (exported.sequence, exported.hash))
        if last != self._read_head(lock=False):
            found.append(Break(last.sequence + 1, Tampering.REMOVED))
        if not kept and exported is not None:
            found.append(Break(exported.sequence, Tampering.CHANGED))
        return tuple(found)

    def _rows(self) -> Iterator[Any]:
        mine = select(audit_events).where(audit_events.c.authority_id == self.authority)
        in_order = mine.order_by(audit_events.c.sequence)
        yield from self._connection.execute(in_order, execution_options={"yield_per": 1_000}).mappings()


def _breaks(row: Any, last: Head) -> list[Break]:
    if _hash(row) != row["hash"]:
        return [Break(row["sequence"], Tampering.CHANGED)]
    if row["sequence"] != last.sequence + 1:
        return [Break(last.sequence + 1, Tampering.REMOVED)]
    if row["previous_hash"] != last.hash:
        return [Break(row["sequence"], Tampering.REORDERED)]
    return []


def _hash(row: Mapping[str, Any]) -> str:
    said = {name: plain(value) for name, value in row.items() if name != "hash"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _event(row: Any) -> AuditEvent:
    return AuditEvent(
        authority=row.authority_id,
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        role=row.role,
        action=row.action,
        noun=row.noun,
        noun_id=row.noun_id,
        origin=row.origin,
        before=row.before,
        after=row.after,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def plain(value: Any) -> Any:
    """The value in what JSON has; sets are sorted, so that the same facts are always written the same."""
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(inner) for name, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(plain, value))
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return _plain_one(value)


def _plain_one(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
