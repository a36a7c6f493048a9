"""Use cases about files that were loaded."""

from __future__ import annotations

from app.services.callers import Caller
from app.services.office import Office
from db.repositories.access import Import


def list_imports(office: Office, caller: Caller, most: int) -> tuple[Import, ...]:
    """The newest imports first."""
    with office.store.reading(caller.authority) as work:
        return work.imports.recent(most)
