"""Turns: who may write for an authority at the same time, told before anything else is locked.

A writer that is alone keeps every other writer of its authority out until it commits. Writers that are not alone keep
only those out, and lock what they change: a referral first, then children, then homes (each in the order of ids), and
the end of the audit chain last. In that order none of them can wait for one another.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, text

from db.audit import NOBODY
from db.errors import NotFound
from db.units import Unit

_ALONE = "pg_advisory_xact_lock"
_BESIDE = "pg_advisory_xact_lock_shared"
_THERE = "EXISTS (SELECT FROM audit_heads WHERE authority_id = :authority)"
_PLANNED_ONCE = "set_config('plan_cache_mode', 'force_generic_plan', true)"
"""Until the transaction ends: those who work side by side look things up by id, and need no plan for each id."""
_TURNS = {
    True: text(f"SELECT {_THERE}, {_ALONE}(:number)"),
    False: text(f"SELECT {_THERE}, {_BESIDE}(:number), {_PLANNED_ONCE}"),
}


def take_turn(unit: Unit, *, alone: bool) -> None:
    """Waits for the unit's turn. Raises NotFound for an authority there is not."""
    chain = unit.audit.authority
    if unit.connection.dialect.name == "sqlite":  # its own lock is taken, and keeps every other writer out
        if chain != NOBODY:
            unit.audit.head  # noqa: B018 - raises for an authority there is not
        return
    _wait(unit.connection, chain, alone=alone)


def _wait(connection: Connection, chain: UUID, *, alone: bool) -> None:
    number = int.from_bytes(chain.bytes[:8], signed=True)
    asked = {"authority": chain, "number": number}
    is_there = connection.execute(_TURNS[alone], asked).scalar_one()
    if not is_there and chain != NOBODY:
        raise NotFound("authority", chain)
