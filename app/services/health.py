"""Whether requests can be served."""

from __future__ import annotations

from app.services.office import Office
from db.errors import Busy
from db.readiness import has_newest_tables


def readiness(office: Office) -> tuple[str, ...]:
    """What is missing, in words; nothing when requests can be served."""
    try:
        newest = has_newest_tables(office.store)
    except Busy:
        return ("The database does not answer.",)
    return () if newest else ("The database has not the newest tables: run python3 dev.py migrate.",)
