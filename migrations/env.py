"""Runs migrations on the connection that db.migrate opened, inside its one transaction."""

from __future__ import annotations

from alembic import context

from db.tables import metadata

BY_HAND = ("ex_",)
"""Constraints that a migration makes in SQL and the catalogue does not know."""


def _ours(_thing: object, name: str | None, _kind: str, _reflected: bool, _compared: object) -> bool:  # noqa: FBT001
    return not (name or "").startswith(BY_HAND)


def run() -> None:
    """Migrates, or compares, on the given connection."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        include_object=_ours,
    )
    context.run_migrations()


run()
