"""Keys: how one is made, what of it is stored, and whose it is."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from app.auth.errors import NotSignedIn
from app.services.callers import Caller
from app.services.office import Clock
from app.services.pools import Recent
from db.acts import Act
from db.repositories.access import ApiKey
from db.session import Store
from matching.errors import Fault, Invalid
from matching.values import AuthorityId, ProviderId
from matching.workflow.roles import Role

PREFIX = "pm_"
"""Tells a reader of a leaked file what it is."""
TRUSTED_FOR = 5.0
"""Seconds for which a key is not looked up again; a revoked one works no longer than this."""


def make_key(
    store: Store,
    clock: Clock,
    authority: AuthorityId,
    role: Role,
    name: str,
    act: Callable[[str], Act],
    *,
    provider: ProviderId | None = None,
) -> str:
    """Makes a key of an authority and gives it back: the only time that anybody sees it.

    `name` says what the key is for; `act` is given the id of the key and says who makes it. A provider's key names the
    provider, and sees its own homes alone. Raises Invalid for one that does not.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    if role is Role.PROVIDER and provider is None:
        raise Invalid([Fault("provider", "A provider's key names no provider", "Name the provider whose key it is")])
    key = ApiKey(
        id=uuid4(),
        authority=authority,
        sha256=hash_of(secret),
        role=role.value,
        name=name,
        provider=provider,
        created_at=clock(),
    )
    with store.writing(authority) as work:
        work.api_keys.add(key, act(str(key.id)))
    return secret


def hash_of(secret: str) -> str:
    """What is stored of a key. It is 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Keys:
    """Knows whose a key is; asks the store at most once in a few seconds for each."""

    def __init__(self, store: Store, *, timer: Callable[[], float] = time.monotonic) -> None:
        self._store, self._timer = store, timer
        self._known: Recent[str, tuple[float, Caller]] = Recent(1_000)

    def known(self, secret: str) -> Caller | None:
        """Whose a key is, if it was looked up a moment ago."""
        found = self._known.get(hash_of(secret))
        return found[1] if found is not None and self._timer() < found[0] else None

    def caller(self, secret: str) -> Caller:
        """Whose a key is. Raises NotSignedIn for one that does not work, Busy."""
        sha256 = hash_of(secret)
        with self._store.reading() as work:
            key = work.api_keys.by_sha256(sha256)
        if key is None:
            raise NotSignedIn
        caller = Caller(key=key.id, authority=key.authority, role=Role(key.role), provider=key.provider)
        return self._known.keep(sha256, (self._timer() + TRUSTED_FOR, caller))[1]


def secret_in(header: str | None) -> str:
    """The key in an Authorization header. Raises NotSignedIn when there is none."""
    scheme, _, secret = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise NotSignedIn
    return secret.strip()


def asking(caller: Caller, origin: str) -> Caller:
    """The caller of one request."""
    return replace(caller, origin=origin)
