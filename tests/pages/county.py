"""The whole made-up county in a database of its own, on the day of the clock of tests."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.cli.made_up import made_up_county
from db.migrate import upgrade
from db.session import Store
from tests.api.service import _GAZETTEER, NOW


def recorded_county(folder: Path) -> str:
    """The address of a new SQLite database in the folder, with the county on record."""
    path = folder / "county.db"
    url = f"sqlite:///{path}"
    upgrade(url)
    store = Store(url)
    made_up_county(store, _GAZETTEER, NOW.date())
    store.close()
    with closing(sqlite3.connect(path)) as connection:  # so that the one file holds all of it
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return url
