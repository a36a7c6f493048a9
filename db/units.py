"""The unit of work that every repository shares: one transaction, for one authority, with its audit trail."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection, update

from db.audit import NOBODY, AuditTrail
from db.kept import Kept
from db.tables.authorities import authorities, regions
from matching.values import AuthorityId


class Unit:
    """One transaction. Repositories read and write through it; only the Store commits."""

    def __init__(
        self, connection: Connection, authority: AuthorityId | None, *, writes: bool, kept: Kept | None = None
    ) -> None:
        self.connection = connection
        self.writes = writes
        self.kept = kept
        """What the store has read before; None for a writing unit, which sees what nobody has committed."""
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
        """Writes what waits for the end: audit events and, once, the pool's version.

        The region's comes last, so that two authorities of one region cannot wait for one another.
        """
        if "audit" in self.__dict__:
            self.audit.flush()
        if not self._pool_changed:
            return
        bumped = update(authorities).values(pool_version=authorities.c.pool_version + 1)
        if self._authority is None:  # something that every authority may use
            self.connection.execute(bumped)
            return
        mine = authorities.c.id == self._authority
        bumped = bumped.where(mine)
        region = self.connection.execute(bumped.returning(authorities.c.region_id)).scalar_one()
        if region is not None:
            shared = update(regions).where(regions.c.id == region)
            self.connection.execute(shared.values(pool_version=regions.c.pool_version + 1))
