"""Use cases about care histories: which statutory returns are on record."""

from __future__ import annotations

from app.services.callers import Caller
from app.services.office import Office
from db.repositories.care_histories import CareReturn


def list_returns(office: Office, caller: Caller) -> tuple[CareReturn, ...]:
    """Every collection year's return on record, the oldest first."""
    with office.store.reading(caller.authority) as work:
        return work.care_histories.returns()
