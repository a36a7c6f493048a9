"""How a writing unit of work ends: its audit events, what the outbox tells, the chain's end and the pools' versions.

On PostgreSQL all of it is one statement, for others wait while it runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, TextClause, bindparam, insert, text, update

from db.audit import Head, plain
from db.tables.audit import audit_events, audit_heads
from db.tables.authorities import authorities, regions
from db.tables.events import outbox_events
from db.types import Key

Rows = Sequence[Mapping[str, Any]]


def write_events(connection: Connection, head: Head, events: Rows, told: Rows, *, pool_of: UUID | None) -> None:
    """Writes chained events (one or more), what the outbox tells of them, and the end that the chain now has.

    With `pool_of` the versions of that authority's pools rise too. A region's comes last, so that two authorities of
    one region cannot wait for one another.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(insert(audit_events), list(events))
        if told:
            connection.execute(insert(outbox_events), list(told))
        mine = update(audit_heads).where(audit_heads.c.authority_id == head.authority)
        connection.execute(mine.values(sequence=head.sequence, hash=head.hash))
        if pool_of is not None:
            raise_pool_versions(connection, pool_of)
        return
    values = {"authority": head.authority, "sequence": head.sequence, "hash": head.hash}
    written = {"events": json.dumps(plain(events)), "told": json.dumps(plain(told))}
    connection.execute(_WITHOUT_POOL if pool_of is None else _WITH_POOL, values | written)


def raise_pool_versions(connection: Connection, authority: UUID | None) -> None:
    """Tells whoever keeps pools that they are out of date: of one authority and its region, or of every authority."""
    bumped = update(authorities).values(pool_version=authorities.c.pool_version + 1)
    if authority is None:
        connection.execute(bumped)
        return
    region = connection.execute(bumped.where(authorities.c.id == authority).returning(authorities.c.region_id))
    shared = update(regions).where(regions.c.id == region.scalar_one())
    connection.execute(shared.values(pool_version=regions.c.pool_version + 1))


def _from_json(table: Table, parameter: str) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    rows = f"json_populate_recordset(NULL::{table.name}, CAST(:{parameter} AS json))"
    into = f"INSERT INTO {table.name} ({columns})"
    return f"{into} SELECT {columns} FROM {rows}"  # noqa: S608 - names of our own tables


def _ending(*parts: str) -> TextClause:
    steps = [
        f"told AS ({_from_json(outbox_events, 'told')})",
        f"events AS ({_from_json(audit_events, 'events')})",
        *parts,
    ]
    ended = "UPDATE audit_heads SET sequence = :sequence, hash = :hash WHERE authority_id = :authority"
    return text(f"WITH {', '.join(steps)} {ended}").bindparams(bindparam("authority", type_=Key()))


_WITHOUT_POOL = _ending()
_WITH_POOL = _ending(
    "pool AS (UPDATE authorities SET pool_version = pool_version + 1 WHERE id = :authority RETURNING region_id)",
    "region AS (UPDATE regions SET pool_version = pool_version + 1 WHERE id = (SELECT region_id FROM pool))",
)
