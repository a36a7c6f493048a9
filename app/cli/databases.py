"""The command that brings the database to the newest tables."""

from __future__ import annotations

import argparse

from app.cli.opening import brought_up_to_date
from app.settings import settings
from db.migrate import current


def migrate(chosen: argparse.Namespace) -> int:
    """Runs every migration the database has not had, all or nothing."""
    del chosen
    url = settings().database_url
    done = brought_up_to_date(url)
    print(f"The database is at {current(url)}" + ("." if done else " already."))
    return 0
