"""How a writing unit of work ends: its audit events, what the outbox tells, the chain's end and the pools' versions.

On PostgreSQL all of it is one statement, for others wait while it runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, Table, TextClause, bindparam, text, update

from db.audit import Head, plain
from db.rows import insert_rows
from db.tables.audit import audit_events
from db.tables.authorities import authorities, regions
from db.tables.events import outbox_events
from db.types import Key, small_map

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What waits for the end of a unit of work."""

    head: Head
    """The end that the chain now has."""
    events: Rows
    """One or more, chained."""
    told: Rows
    """What the outbox tells of them."""
    pool_of: UUID | None = None
    """The authority whose pools' versions rise."""
    answered: Mapping[str, Any] | None = None
    """What is kept under the caller's Idempotency-Key: who sent it where, and the answer."""


def write_events(connection: Connection, ending: Ending) -> None:
    """Writes all that waits. A region's version comes last, so that two authorities of one cannot wait for one another."""
    if connection.dialect.name == "sqlite":
        _write_one_by_one(connection, ending)
        return
    head = ending.head
    values = {"authority": head.authority, "sequence": head.sequence, "hash": head.hash}
    written = {"events": json.dumps(plain(ending.events)), "told": json.dumps(plain(ending.told))}
    statement = _ending(pool=ending.pool_of is not None, answer=ending.answered is not None)
    connection.execute(statement, {**values, **written, **(ending.answered or {})})


def _write_one_by_one(connection: Connection, ending: Ending) -> None:
    insert_rows(connection, audit_events, ending.events)
    insert_rows(connection, outbox_events, ending.told)
    end = {"authority": ending.head.authority, "sequence": ending.head.sequence, "hash": ending.head.hash}
    connection.execute(_HEAD, end)
    if ending.answered is not None:
        keep_answer(connection, ending.answered)
    if ending.pool_of is not None:
        raise_pool_versions(connection, ending.pool_of)


def keep_answer(connection: Connection, answered: Mapping[str, Any]) -> None:
    """Keeps what was answered under the key that was claimed for it."""
    connection.execute(_ANSWER, answered)


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


_END = "UPDATE audit_heads SET sequence = :sequence, hash = :hash WHERE authority_id = :authority"
_ANSWERED = """
    UPDATE idempotency_keys SET status = :status, headers = :headers, body = :body
    WHERE authority_id = :owner AND caller = :caller AND route = :route AND idempotency_key = :key
"""
_HEAD = text(_END).bindparams(bindparam("authority", type_=Key()))
_OF_ANSWER = (
    bindparam("owner", type_=Key()),
    bindparam("headers", type_=small_map()),
    bindparam("body", type_=LargeBinary()),
)
_ANSWER = text(_ANSWERED).bindparams(*_OF_ANSWER)
_POOL = (
    "pool AS (UPDATE authorities SET pool_version = pool_version + 1 WHERE id = :authority RETURNING region_id)",
    "region AS (UPDATE regions SET pool_version = pool_version + 1 WHERE id = (SELECT region_id FROM pool))",
)


@cache
def _ending(*, pool: bool, answer: bool) -> TextClause:
    """All that a unit of work ends with as one statement."""
    steps = [
        f"told AS ({_from_json(outbox_events, 'told')})",
        f"events AS ({_from_json(audit_events, 'events')})",
        *((f"answered AS ({_ANSWERED})",) if answer else ()),
        *(_POOL if pool else ()),
    ]
    made = text(f"WITH {', '.join(steps)} {_END}").bindparams(bindparam("authority", type_=Key()))
    return made.bindparams(*_OF_ANSWER) if answer else made
