"""API keys, answers kept so that a request may be repeated, and files that were loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, bindparam, delete, insert, select, text, tuple_, update

from db.acts import Act
from db.errors import NotFound
from db.tables.access import api_keys, idempotency_keys, imports
from db.types import Key, Moment, small_map
from db.units import Unit
from matching.values import AuthorityId, ProviderId


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key to the service. The key itself is stored nowhere: only its SHA-256, in hexadecimal."""

    id: UUID
    authority: AuthorityId
    sha256: str
    role: str
    name: str
    """What the key is for; never a person's name."""
    provider: ProviderId | None = None
    """Set for a provider's key, which sees that provider's homes and offers only."""
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


class ApiKeys:
    """Keys. Finding one by its hash works in a unit opened for no authority; the rest is the authority's."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def by_sha256(self, sha256: str) -> ApiKey | None:
        """The key with a hash, unless it was revoked; None when there is none."""
        wanted = select(api_keys).where(api_keys.c.sha256 == sha256, api_keys.c.revoked_at.is_(None))
        row = self._unit.connection.execute(wanted).one_or_none()
        return None if row is None else _key_of(row)

    def all(self) -> tuple[ApiKey, ...]:
        """The authority's keys, oldest first."""
        mine = select(api_keys).where(api_keys.c.authority_id == self._unit.authority)
        rows = self._unit.connection.execute(mine.order_by(api_keys.c.created_at, api_keys.c.id))
        return tuple(_key_of(row) for row in rows)

    def add(self, key: ApiKey, act: Act) -> ApiKey:
        """Records a key of the unit's authority."""
        row = {name: getattr(key, name) for name in ("id", "sha256", "role", "name", "created_at")}
        row |= {"authority_id": self._unit.authority, "provider_id": key.provider}
        self._unit.connection.execute(insert(api_keys).values(row))
        self._unit.audit.append(act, "api key", key.id, after={"role": key.role, "provider": key.provider})
        return key

    def revoke(self, wanted: UUID, act: Act) -> None:
        """Ends a key. Raises NotFound when there is none that works."""
        mine = (api_keys.c.id == wanted) & (api_keys.c.authority_id == self._unit.authority)
        ending = update(api_keys).where(mine, api_keys.c.revoked_at.is_(None)).values(revoked_at=act.at)
        if self._unit.connection.execute(ending).rowcount != 1:
            raise NotFound("api key", wanted)
        self._unit.audit.append(act, "api key", wanted, after={"revoked_at": act.at})

    def used(self, wanted: UUID, at: datetime) -> None:
        """Notes when a key was last used; call it seldom, for it writes."""
        self._unit.connection.execute(update(api_keys).where(api_keys.c.id == wanted).values(last_used_at=at))


def _key_of(row: Any) -> ApiKey:
    return ApiKey(
        id=row.id,
        authority=row.authority_id,
        sha256=row.sha256,
        role=row.role,
        name=row.name,
        provider=row.provider_id,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to a request, kept so that repeating it gives the same and does nothing twice."""

    caller: str
    """The API key's id."""
    route: str
    """Method and path."""
    key: str
    """The Idempotency-Key the caller sent."""
    request_sha256: str
    """Of the request's body: the same key with another body is a mistake."""
    status: int
    headers: Mapping[str, str]
    body: bytes
    expires_at: datetime


class IdempotencyKeys:
    """Answers kept. Claim a key and keep its answer in the unit of work that does the work: all of it happens or none."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def find(self, caller: str, route: str, key: str, at: datetime) -> Answer | None:
        """What was answered before; None when nothing was, or it has expired."""
        wanted = select(idempotency_keys).where(*self._mine(caller, route, key), idempotency_keys.c.expires_at > at)
        row = self._unit.connection.execute(wanted).one_or_none()
        return None if row is None else _answer_of(row)

    def claim(self, answer: Answer, at: datetime) -> Answer | None:
        """Takes the key for a request that is yet to be answered; gives the answer when it has one.

        Whoever sends the same key at the same moment waits here until the first is done.
        """
        row = {name: getattr(answer, name) for name in ("caller", "route", "request_sha256", "expires_at")}
        row |= {"authority_id": self._unit.authority, "idempotency_key": answer.key, "at": at}
        if self._unit.connection.execute(_CLAIM, row).first() is not None:
            return None
        return self.find(answer.caller, answer.route, answer.key, at)

    def keep(self, answer: Answer, at: datetime) -> None:
        """Keeps the answer under the key that was claimed, when the unit ends well.

        Now and then lets go of answers that have expired.
        """
        name = {"owner": self._unit.authority, "caller": answer.caller, "route": answer.route, "key": answer.key}
        said = {"status": answer.status, "headers": dict(answer.headers), "body": answer.body}
        self._unit.answered = {**name, **said}
        if hash(answer.key) % _SELDOM == 0:
            self._forget(at)

    def _mine(self, caller: str, route: str, key: str) -> tuple[ColumnElement[bool], ...]:
        t = idempotency_keys.c
        mine = t.authority_id == self._unit.authority
        return (mine, t.caller == caller, t.route == route, t.idempotency_key == key)

    def _forget(self, at: datetime) -> None:
        t = idempotency_keys.c
        name = (t.authority_id, t.caller, t.route, t.idempotency_key)
        # what another is just now forgetting is left to it
        old = select(*name).where(t.authority_id == self._unit.authority, t.expires_at <= at)
        old = old.with_for_update(skip_locked=True)
        self._unit.connection.execute(delete(idempotency_keys).where(tuple_(*name).in_(old)))


_SELDOM = 64
"""One answer in so many takes the trouble to forget others."""
_CLAIM = text(
    """
    INSERT INTO idempotency_keys
        (authority_id, caller, route, idempotency_key, request_sha256, status, headers, body, expires_at)
    VALUES (:authority_id, :caller, :route, :idempotency_key, :request_sha256, 0, :headers, :body, :expires_at)
    ON CONFLICT (authority_id, caller, route, idempotency_key) DO UPDATE
        SET request_sha256 = excluded.request_sha256, status = 0, expires_at = excluded.expires_at
        WHERE idempotency_keys.expires_at <= :at
    RETURNING status
    """
).bindparams(
    bindparam("authority_id", type_=Key()),
    bindparam("headers", {}, type_=small_map()),
    bindparam("body", b"", type_=LargeBinary()),
    bindparam("expires_at", type_=Moment()),
    bindparam("at", type_=Moment()),
)
"""A key that is there already is taken only when its answer has expired."""


def _answer_of(row: Any) -> Answer:
    return Answer(
        caller=row.caller,
        route=row.route,
        key=row.idempotency_key,
        request_sha256=row.request_sha256,
        status=row.status,
        headers=row.headers,
        body=row.body,
        expires_at=row.expires_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """Files that were loaded: what they were, by their hash, and how many of each noun came of it."""

    id: UUID
    sha256: str
    counts: Mapping[str, Any]
    created_at: datetime


class Imports:
    """The authority's imports."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def record(self, imported: Import, act: Act) -> Import:
        """Records that files were loaded."""
        row = {
            "id": imported.id,
            "authority_id": self._unit.authority,
            "sha256": imported.sha256,
            "counts": dict(imported.counts),
            "created_at": imported.created_at,
        }
        self._unit.connection.execute(insert(imports).values(row))
        self._unit.audit.append(act, "import", imported.id, after={"sha256": imported.sha256, **imported.counts})
        return imported

    def recent(self, limit: int = 50) -> tuple[Import, ...]:
        """The newest imports first."""
        mine = select(imports).where(imports.c.authority_id == self._unit.authority)
        rows = self._unit.connection.execute(mine.order_by(imports.c.created_at.desc(), imports.c.id).limit(limit))
        return tuple(Import(id=row.id, sha256=row.sha256, counts=row.counts, created_at=row.created_at) for row in rows)
