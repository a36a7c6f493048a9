"""Who is asking: a key or a person signed in, the authority it belongs to and the role it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.acts import Act
from matching.values import AuthorityId, ProviderId
from matching.workflow.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody with a key, or signed in. Everything a caller does or sees is the authority's."""

    key: UUID
    authority: AuthorityId
    role: Role
    provider: ProviderId | None = None
    origin: str = ""
    """The id of the request, or of the command."""
    person: str = ""
    """The staff reference of who is signed in to the pages; empty for a key of a system."""

    def act(self, action: str, at: datetime) -> Act:
        """What the caller does, for the audit trail; the action is a verb phrase."""
        return Act(actor=self.person or str(self.key), role=self.role.value, action=action, at=at, origin=self.origin)
