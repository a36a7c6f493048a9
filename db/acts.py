"""Who does something: what every write asks for, so that it leaves its audit event in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that somebody does. Codes and ids only: an audit event is kept for ever."""

    actor: str
    """The id of an API key or a staff reference; never a name."""
    role: str
    action: str
    """The use case, a verb phrase: `record-referral`, `hold-bed`."""
    at: datetime
    """Aware UTC; also what created_at and updated_at say."""
    origin: str = ""
    """Where it came from: a request id, `command-line`, an import's id."""
