"""The desk of a worker: which studies have no answer yet, and working one out."""

from __future__ import annotations

from uuid import UUID

from app.services.office import Office
from app.services.scenarios.long_work import work_out
from db.repositories.studies import StudyStatus, every_open
from matching.values import AuthorityId


class Desk:
    """Works out studies, one after another."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def open(self) -> tuple[tuple[AuthorityId, UUID], ...]:
        """Every study without an answer, the oldest first."""
        with self._office.store.reading() as work:
            return every_open(work)

    def work_out(self, authority: AuthorityId, study: UUID) -> StudyStatus:
        """Works one out to its end, and says how it ended."""
        return work_out(self._office, authority, study)
