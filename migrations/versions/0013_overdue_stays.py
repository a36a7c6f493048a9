"""A child who has moved in keeps the bed until an end is recorded: those who lost theirs on a planned morning get one.

A bed is given where one is free; where none is, more children live in the home on record than it has beds, and nothing
is changed. From here on storage lets such stays go on by itself.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_WITHOUT_BED = sa.text(
    """
    SELECT p.id, p.authority_id, p.home_id, p.starts, COALESCE(h.effective_beds, h.registered_beds) AS beds
    FROM placements p JOIN homes h ON h.id = p.home_id LEFT JOIN bed_bookings b ON b.placement_id = p.id
    WHERE p.state = 'started' AND b.id IS NULL ORDER BY p.home_id, p.starts, p.id
    """
)
_TAKEN = sa.text(
    "SELECT bed_no FROM bed_bookings WHERE home_id = :home_id AND (last_morning IS NULL OR last_morning > :starts)"
)
_BOOK = sa.text(
    "INSERT INTO bed_bookings (id, authority_id, home_id, bed_no, first_night, placement_id) "
    "VALUES (:id, :authority_id, :home_id, :bed, :starts, :id)"
)


def upgrade() -> None:
    connection = op.get_bind()
    for stay in connection.execute(_WITHOUT_BED).mappings().all():
        bed = _free_bed(connection, stay)
        if bed is not None:
            connection.execute(_BOOK, {**stay, "bed": bed})


def _free_bed(connection: sa.Connection, stay: Any) -> int | None:
    taken = {row.bed_no for row in connection.execute(_TAKEN, {"home_id": stay["home_id"], "starts": stay["starts"]})}
    return next((bed for bed in range(1, stay["beds"] + 1) if bed not in taken), None)


def downgrade() -> None:
    """Nothing to take back: the beds are those that the children live in."""
