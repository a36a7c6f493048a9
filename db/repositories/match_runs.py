"""Match runs: a resource from the moment it is asked for, with its proposals and its document once it has finished."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from db.acts import Act
from db.audit import plain
from db.errors import NotFound, Stale
from db.pages import Listable, Listing, Page
from db.references import short_references
from db.tables.runs import RunStatus, match_run_documents, match_run_proposals, match_runs
from db.units import Unit
from matching.values import ChildId, HomeId, MatchRunId, ReferralId

__all__ = ["MatchRun", "MatchRuns", "RunProposal", "RunStatus"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})

_LISTABLE = Listable(
    key=match_runs.c.id,
    filters={name: match_runs.c[name] for name in ("status", "as_of", "created_at", "reference", "requested_by")},
    sorts={name: match_runs.c[name] for name in ("created_at", "updated_at", "as_of", "reference")},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProposal:
    """One child and the home the plan proposes, as stored for lists; the document holds the whole."""

    referral: ReferralId
    child: ChildId
    home: HomeId
    points: int
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRun:
    """One stored execution: what was asked, what was read, and what came of it."""

    id: MatchRunId
    status: RunStatus
    as_of: date
    requested_by: str
    """The id of an API key or a staff reference; never a name."""
    pool_digest: str | None = None
    rule_book_version: str | None = None
    policy: Mapping[str, Any] | None = None
    versions: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """Of this service, the solver and Python."""
    timing: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """Milliseconds by step."""
    totals: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """The levels of the plan, the bound, and what other ways would have given."""
    failure: str | None = None
    """A code, when it failed."""
    finished_at: datetime | None = None
    reference: str | None = None
    """M-7K3M9; given when it is added."""
    version: int = 1
    created_at: datetime | None = None


_WRITTEN = tuple(
    f.name for f in fields(MatchRun) if f.name not in {"id", "reference", "version", "created_at", "requested_by"}
)


class MatchRuns:
    """The authority's match runs."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, wanted: UUID) -> MatchRun:
        """One run. Raises NotFound."""
        row = self._unit.connection.execute(select(match_runs).where(self._mine(), match_runs.c.id == wanted)).first()
        if row is None:
            raise NotFound("match run", wanted)
        return _run_of(row)

    def page(self, asked: Listing | None = None) -> Page[MatchRun]:
        """One page of the list. Raises UnknownList."""
        asked = asked or Listing(descending=True)
        ordered = select(match_runs.c.id, _LISTABLE.sorts.get(asked.sort, match_runs.c.id)).where(self._mine())
        found = [(row[0], row[1]) for row in self._unit.connection.execute(_LISTABLE.paged(ordered, asked))]
        shown = [wanted for wanted, _ in found[: asked.limit]]
        rows = {
            row.id: row for row in self._unit.connection.execute(select(match_runs).where(match_runs.c.id.in_(shown)))
        }
        return Page(tuple(_run_of(rows[wanted]) for wanted in shown), _LISTABLE.next_of(asked, found))

    def proposals(self, run: UUID) -> tuple[RunProposal, ...]:
        """What the run proposed, in the order it was stored."""
        table = match_run_proposals
        mine = select(table).where(table.c.authority_id == self._unit.authority, table.c.run_id == run)
        return tuple(
            RunProposal(
                referral=row.referral_id, child=row.child_id, home=row.home_id, points=row.points, facts=row.facts
            )
            for row in self._unit.connection.execute(mine.order_by(table.c.position))
        )

    def document(self, run: UUID) -> bytes:
        """The self-contained document of a finished run, byte for byte as stored. Raises NotFound."""
        table = match_run_documents
        mine = select(table.c.compressed).where(table.c.authority_id == self._unit.authority, table.c.run_id == run)
        row = self._unit.connection.execute(mine).one_or_none()
        if row is None:
            raise NotFound("document of match run", run)
        return zlib.decompress(row.compressed)

    def add(
        self, run: MatchRun, act: Act, *, proposals: Sequence[RunProposal] = (), document: bytes | None = None
    ) -> MatchRun:
        """Records a run: one that waits for a worker, or one that has finished, with what it came to."""
        owner = self._unit.authority
        reference = short_references(self._unit.connection, match_runs, owner, "M", [run.id])[run.id]
        stamps = {"version": 1, "created_at": act.at, "updated_at": act.at}
        row = {"id": run.id, "authority_id": owner, "reference": reference, "requested_by": run.requested_by}
        self._unit.connection.execute(insert(match_runs).values({**row, **_columns(run), **stamps}))
        self._attach(run, proposals, document)
        self._told(run, act)
        return self.get(run.id)

    def replace(
        self,
        run: MatchRun,
        act: Act,
        *,
        expected: int | None = None,
        proposals: Sequence[RunProposal] = (),
        document: bytes | None = None,
    ) -> MatchRun:
        """Records how far a run has come, and what it came to. Raises NotFound, Stale."""
        stored = self.get(run.id)
        if expected is not None and stored.version != expected:
            raise Stale("match run", run.id, stored.version)
        row = {**_columns(run), "version": stored.version + 1, "updated_at": act.at}
        self._unit.connection.execute(update(match_runs).where(match_runs.c.id == run.id).values(row))
        self._attach(run, proposals, document)
        self._told(run, act)
        return self.get(run.id)

    def _attach(self, run: MatchRun, proposals: Sequence[RunProposal], document: bytes | None) -> None:
        own = {"run_id": run.id, "authority_id": self._unit.authority}
        rows = [
            {
                **own,
                "position": position,
                "referral_id": proposal.referral,
                "child_id": proposal.child,
                "home_id": proposal.home,
                "points": proposal.points,
                "facts": plain(proposal.facts),
            }
            for position, proposal in enumerate(proposals)
        ]
        if rows:
            table = match_run_proposals
            self._unit.connection.execute(delete(table).where(table.c.run_id == run.id))
            self._unit.connection.execute(insert(table), rows)
        if document is not None:
            kept = match_run_documents
            self._unit.connection.execute(delete(kept).where(kept.c.run_id == run.id))
            digest = hashlib.sha256(document).hexdigest()
            written = {**own, "sha256": digest, "size": len(document), "compressed": zlib.compress(document, 6)}
            self._unit.connection.execute(insert(kept).values(written))

    def _told(self, run: MatchRun, act: Act) -> None:
        after = {"status": run.status, "as_of": run.as_of, "pool_digest": run.pool_digest}
        self._unit.audit.append(act, "match run", run.id, after=after)

    def _mine(self) -> ColumnElement[bool]:
        return match_runs.c.authority_id == self._unit.authority


def _columns(run: MatchRun) -> dict[str, Any]:
    values = {name: getattr(run, name) for name in _WRITTEN}
    return {name: plain(value) if isinstance(value, Mapping) else value for name, value in values.items()}


def _run_of(row: Any) -> MatchRun:
    return MatchRun(**{f.name: getattr(row, f.name) for f in fields(MatchRun)})
