"""Short references that people say aloud, such as R-7K3M9."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Table, select

from db.rows import one_of

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which are read for one another."""
_LETTERS = 5


def short_references(
    connection: Connection, table: Table, authority: UUID, prefix: str, ids: Sequence[UUID]
) -> dict[UUID, str]:
    """A reference for each id that no other row of the authority has."""
    given: dict[UUID, str] = {}
    attempt = 0
    while left := [wanted for wanted in ids if wanted not in given]:
        drawn = {wanted: f"{prefix}-{_draw(wanted, attempt)}" for wanted in left}
        taken = _taken(connection, table, authority, list(drawn.values())) | set(given.values())
        for wanted, reference in drawn.items():
            if reference not in taken:
                given[wanted] = reference
                taken.add(reference)
        attempt += 1
    return given


def _taken(connection: Connection, table: Table, authority: UUID, drawn: Sequence[str]) -> set[str]:
    mine = select(table.c.reference).where(table.c.authority_id == authority)
    taken = connection.execute(mine.where(one_of(connection, table.c.reference, drawn)))
    return {row.reference for row in taken}


def _draw(wanted: UUID, attempt: int) -> str:
    number = int.from_bytes(hashlib.sha256(wanted.bytes + attempt.to_bytes(4)).digest()[:8])
    letters = ""
    for _ in range(_LETTERS):
        number, at = divmod(number, len(ALPHABET))
        letters += ALPHABET[at]
    return letters
