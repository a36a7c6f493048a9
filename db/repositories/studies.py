"""Studies: questions about what would be, how far each has come, and its answer once there is one."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update

from db.acts import Act
from db.audit import plain
from db.errors import NotFound
from db.pages import Listable, Listing, Page
from db.references import short_references
from db.tables.what_ifs import StudyStatus, studies
from db.units import Unit
from matching.values import AuthorityId

__all__ = ["Studies", "Study", "StudyStatus", "every_open"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_SHOWN = tuple(column for column in studies.c if column.name not in {"authority_id", "answer", "updated_at"})
_OPEN = (StudyStatus.QUEUED, StudyStatus.RUNNING)
_LISTABLE = Listable(
    key=studies.c.id,
    filters={name: studies.c[name] for name in ("kind", "status", "as_of", "requested_by")},
    sorts={name: studies.c[name] for name in ("created_at", "as_of")},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One question, and how far it has come."""

    id: UUID
    kind: str
    """compare-scenarios, bed-prices, cheapest-homes and so on."""
    status: StudyStatus
    as_of: date
    requested_by: str
    """The id of an API key or a staff reference; never a name."""
    asked: Mapping[str, Any]
    progress: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """How much is done of how much, and what is being done, in words."""
    pool_digest: str | None = None
    failure: str | None = None
    """What went wrong, in words for who asked."""
    cancel_asked_at: datetime | None = None
    finished_at: datetime | None = None
    reference: str | None = None
    """W-7K3M9; given when it is added."""
    version: int = 1
    created_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether there may be an answer yet."""
        return self.status in _OPEN


class Studies:
    """The authority's studies."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, wanted: UUID) -> Study:
        """One study, without its answer. Raises NotFound."""
        row = self._unit.connection.execute(select(*_SHOWN).where(self._mine(), studies.c.id == wanted)).one_or_none()
        if row is None:
            raise NotFound("study", wanted)
        return _study(row)

    def answer(self, wanted: UUID) -> bytes | None:
        """What came of it, JSON as it was written; None while there is none. Raises NotFound."""
        mine = select(studies.c.answer).where(self._mine(), studies.c.id == wanted)
        row = self._unit.connection.execute(mine).one_or_none()
        if row is None:
            raise NotFound("study", wanted)
        return None if row.answer is None else zlib.decompress(row.answer)

    def page(self, asked: Listing) -> Page[Study]:
        """One page of the list, without answers. Raises UnknownList."""
        ordered = select(studies.c.id, _LISTABLE.sorts.get(asked.sort, studies.c.id)).where(self._mine())
        found = [(row[0], row[1]) for row in self._unit.connection.execute(_LISTABLE.paged(ordered, asked))]
        shown = [wanted for wanted, _ in found[: asked.limit]]
        rows = {row.id: row for row in self._unit.connection.execute(select(*_SHOWN).where(studies.c.id.in_(shown)))}
        return Page(tuple(_study(rows[wanted]) for wanted in shown), _LISTABLE.next_of(asked, found))

    def add(self, study: Study, act: Act, answer: bytes | None = None) -> Study:
        """Records a study: one that waits for a worker, or one that is answered."""
        owner = self._unit.authority
        reference = short_references(self._unit.connection, studies, owner, "W", [study.id])[study.id]
        row = {
            "id": study.id,
            "authority_id": owner,
            "reference": reference,
            "kind": study.kind,
            "status": study.status,
            "as_of": study.as_of,
            "requested_by": study.requested_by,
            "asked": plain(study.asked),
            "progress": plain(study.progress),
            "pool_digest": study.pool_digest,
            "answer": None if answer is None else zlib.compress(answer, 6),
            "finished_at": study.finished_at,
        }
        stamps = {"version": 1, "created_at": act.at, "updated_at": act.at}
        self._unit.connection.execute(insert(studies).values(**row, **stamps))
        told = {"kind": study.kind, "state": study.status.value, "as_of": study.as_of}
        self._unit.audit.append(act, "study", study.id, after=told)
        return self.get(study.id)

    def begin(self, study: UUID, at: datetime) -> Study:
        """Notes that a worker has taken it up; one that is closed stays closed. Raises NotFound."""
        self._change(study, at, {"status": StudyStatus.RUNNING})
        return self.get(study)

    def told(self, study: UUID, progress: Mapping[str, Any], at: datetime) -> Study:
        """Notes how far it has come; says whether it is to stop by `cancel_asked_at`. Raises NotFound."""
        self._change(study, at, {"progress": plain(progress)})
        return self.get(study)

    def finish(self, study: UUID, answer: bytes, pool_digest: str | None, act: Act) -> Study:
        """Keeps the answer. One that was cancelled meanwhile stays cancelled. Raises NotFound."""
        done = {"done": 1, "of": 1, "says": "Done"}
        row = {"answer": zlib.compress(answer, 6), "pool_digest": pool_digest, "progress": done}
        return self._close(study, StudyStatus.FINISHED, act, row)

    def fail(self, study: UUID, failure: str, act: Act) -> Study:
        """Notes what went wrong. Raises NotFound."""
        return self._close(study, StudyStatus.FAILED, act, {"failure": failure[:500]})

    def ask_to_stop(self, study: UUID, act: Act) -> Study:
        """Asks whoever works on it to stop; one that nobody works on is cancelled at once. Raises NotFound."""
        now = self.get(study)
        if now.status is StudyStatus.RUNNING and now.cancel_asked_at is None:
            self._change(study, act.at, {"cancel_asked_at": act.at})
            self._unit.audit.append(act, "study", study, before={"state": now.status.value})
            return self.get(study)
        if now.status is StudyStatus.QUEUED:
            return self.cancel(study, act)
        return now

    def cancel(self, study: UUID, act: Act) -> Study:
        """Notes that it was stopped. Raises NotFound."""
        return self._close(study, StudyStatus.CANCELLED, act, {})

    def _close(self, study: UUID, status: StudyStatus, act: Act, row: dict[str, Any]) -> Study:
        before = self.get(study)
        if before.is_open:
            self._change(study, act.at, {**row, "status": status, "finished_at": act.at})
            told = {"state": status.value}
            self._unit.audit.append(act, "study", study, before={"state": before.status.value}, after=told)
        return self.get(study)

    def _change(self, study: UUID, at: datetime, row: dict[str, Any]) -> None:
        mine = update(studies).where(self._mine(), studies.c.id == study, studies.c.status.in_(_OPEN))
        self._unit.connection.execute(mine.values(**row, version=studies.c.version + 1, updated_at=at))

    def _mine(self) -> ColumnElement[bool]:
        return studies.c.authority_id == self._unit.authority


def every_open(unit: Unit) -> tuple[tuple[AuthorityId, UUID], ...]:
    """Every study of every authority that has no answer yet, the oldest first: (authority, study)."""
    wanted = select(studies.c.authority_id, studies.c.id).where(studies.c.status.in_(_OPEN))
    rows = unit.connection.execute(wanted.order_by(studies.c.created_at, studies.c.id))
    return tuple((AuthorityId(owner), found) for owner, found in rows)


def _study(row: Any) -> Study:
    return Study(**{column.name: getattr(row, column.name) for column in _SHOWN})
