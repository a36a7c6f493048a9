"""The unit of work that every repository shares: one transaction, for one authority, with its audit trail."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection

from db.audit import NOBODY, AuditTrail
from db.endings import Ending, keep_answer, raise_pool_versions, write_events
from db.kept import Kept
from db.mapping.shapes import Values
from db.outbox import told_of
from matching.values import AuthorityId


class Unit:
    """One transaction. Repositories read and write through it; only the Store commits."""

    def __init__(
        self,
        connection: Connection,
        authority: AuthorityId | None,
        *,
        writes: bool,
        kept: Kept,
        catching: bool = True,
    ) -> None:
        self.connection = connection
        self.writes = writes
        self.kept = kept
        """What the store has read before."""
        self.catching = catching
        """Whether a refusal may be caught and the work go on, so that each write must be able to undo itself."""
        self.wrote: set[str] = set()
        """The nouns that this unit has written to: of those it sees what nobody has committed."""
        self.learned: list[tuple[str, UUID, int, datetime, object]] = []
        """What will be known once it is committed: noun, id, version, moment of the change and the object."""
        self.beds: dict[UUID, int] = {}
        """Beds of the homes that this unit has locked."""
        self.answered: Values | None = None
        """What is kept under the caller's Idempotency-Key, when the request has one."""
        self._authority = authority
        self._pool_changed = False

    @property
    def authority(self) -> AuthorityId:
        """The authority whose records these are; a bug when the unit was opened for none."""
        assert self._authority is not None, "this needs a unit of work opened for an authority"
        return self._authority

    @cached_property
    def audit(self) -> AuditTrail:
        """The authority's audit trail, or that of what belongs to no authority."""
        chain: UUID = NOBODY if self._authority is None else self._authority
        return AuditTrail(self.connection, chain, writes=self.writes)

    def pool_changes(self) -> None:
        """Notes that something matching reads is changed: pools loaded before are out of date."""
        self._pool_changed = True

    def finish(self) -> None:
        """Writes what waits for the end: audit events with what the outbox tells of them, the pools' versions, the answer."""
        events = self.audit.take()
        pool = self._authority if self._pool_changed else None
        if events:
            told = [] if self._authority is None else told_of(events)
            write_events(self.connection, Ending(self.audit.head, events, told, pool, self.answered))
        elif self.answered is not None:
            keep_answer(self.connection, self.answered)
        if self._pool_changed and not (events and pool):
            raise_pool_versions(self.connection, self._authority)
