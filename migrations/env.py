"""Runs migrations on the connection that db.migrate opened, inside its one transaction.

Alembic's own command opens the database that DATABASE_URL names: `alembic revision --autogenerate -m "..."`.
"""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from db.engines import for_migrations
from db.tables import metadata

BY_HAND = ("ex_",)
"""Constraints that a migration makes in SQL and the catalogue does not know."""


def _ours(_thing: object, name: str | None, _kind: str, _reflected: bool, _compared: object) -> bool:  # noqa: FBT001
    return not (name or "").startswith(BY_HAND)


def run(connection: Connection) -> None:
    """Migrates, or compares, on the given connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        include_object=_ours,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    with for_migrations(os.environ["DATABASE_URL"]) as opened:
        run(opened)
else:
    run(given)
