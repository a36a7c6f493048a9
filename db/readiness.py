"""Whether a database can serve requests: it answers, and has the newest tables."""

from __future__ import annotations

from functools import cache

from alembic.migration import MigrationContext

from db.migrate import head
from db.session import Store


def has_newest_tables(store: Store) -> bool:
    """Whether every migration in the tree has run. Raises Busy when the database does not answer."""
    with store.reading() as work:
        return MigrationContext.configure(work.connection).get_current_revision() == _head()


@cache
def _head() -> str:
    """The tree does not change while a process runs."""
    return head()
