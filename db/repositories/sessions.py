"""Sessions of people who are signed in, and the form that one of them sent after the session had ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from db.tables.sessions import kept_forms, sessions
from db.units import Unit
from matching.values import AuthorityId

Fields = Mapping[str, Sequence[str]]
"""What was typed, by the name of the field; several values where several may be ticked."""

REMEMBERED = timedelta(days=2)
"""How long an ended session is known, so that what was typed in it finds its way back to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One person signed in, in one role. The token itself is stored nowhere: only its SHA-256, in hexadecimal."""

    id: UUID
    authority: AuthorityId
    token_sha256: str
    person: str
    """The staff reference."""
    name: str
    role: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """A form that came after its session had ended."""

    path: str
    fields: Fields
    kept_at: datetime


class Sessions:
    """Sessions. They are found by the hash of their token, in a unit opened for no authority."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def by_sha256(self, sha256: str) -> Session | None:
        """The session with a hash, ended or not; None when there is none."""
        row = self._connection.execute(select(sessions).where(sessions.c.token_sha256 == sha256)).one_or_none()
        return None if row is None else _session(row)

    def begin(self, session: Session) -> None:
        """Keeps a session, and lets go of those that ended long ago."""
        self._connection.execute(delete(sessions).where(sessions.c.seen_at < session.began_at - REMEMBERED))
        row = {name: getattr(session, name) for name in Session.__dataclass_fields__ if name != "authority"}
        self._connection.execute(insert(sessions).values({**row, "authority_id": session.authority}))

    def seen(self, wanted: UUID, at: datetime) -> None:
        """Notes that the person was here; call it seldom, for it writes."""
        self._connection.execute(update(sessions).where(sessions.c.id == wanted).values(seen_at=at))

    def end(self, wanted: UUID) -> None:
        """Ends a session: nothing of it is left."""
        self._connection.execute(delete(kept_forms).where(kept_forms.c.session_id == wanted))
        self._connection.execute(delete(sessions).where(sessions.c.id == wanted))

    def keep_form(self, session: Session, form: KeptForm) -> None:
        """Keeps the newest form that came for an ended session."""
        self.drop_form(session.id)
        row = {"id": uuid4(), "authority_id": session.authority, "session_id": session.id, "path": form.path}
        fields = {name: list(values) for name, values in form.fields.items()}
        self._connection.execute(insert(kept_forms).values({**row, "fields": fields, "kept_at": form.kept_at}))

    def kept_form(self, authority: AuthorityId, person: str) -> tuple[UUID, KeptForm] | None:
        """The newest form kept for a person, with the session it came from; None when there is none."""
        mine = (sessions.c.authority_id == authority) & (sessions.c.person == person)
        wanted = select(kept_forms).join(sessions, sessions.c.id == kept_forms.c.session_id).where(mine)
        row = self._connection.execute(wanted.order_by(kept_forms.c.kept_at.desc()).limit(1)).one_or_none()
        return (
            None if row is None else (row.session_id, KeptForm(path=row.path, fields=row.fields, kept_at=row.kept_at))
        )

    def drop_form(self, session: UUID) -> None:
        """Lets go of the form kept for an ended session."""
        self._connection.execute(delete(kept_forms).where(kept_forms.c.session_id == session))


def _session(row: Any) -> Session:
    return Session(
        id=row.id,
        authority=row.authority_id,
        token_sha256=row.token_sha256,
        person=row.person,
        name=row.name,
        role=row.role,
        began_at=row.began_at,
        seen_at=row.seen_at,
    )
