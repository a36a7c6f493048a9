"""Every table, one file for each topic; importing this package fills the catalogue."""

from db.base import metadata
from db.tables import (
    access,
    audit,
    authorities,
    care_histories,
    drafts,
    events,
    homes,
    needs,
    people,
    placements,
    referrals,
    runs,
    sessions,
    what_ifs,
    workers,
    workflow,
)

__all__ = [
    "access",
    "audit",
    "authorities",
    "care_histories",
    "drafts",
    "events",
    "homes",
    "metadata",
    "needs",
    "people",
    "placements",
    "referrals",
    "runs",
    "sessions",
    "what_ifs",
    "workers",
    "workflow",
]
