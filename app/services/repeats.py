"""Requests that may be sent again: an answer is kept with what it did, and given again instead of doing it twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from app.services.callers import Caller
from db.repositories.access import Answer
from db.session import Work
from matching.errors import DomainError

KEPT_FOR = timedelta(hours=24)


class KeyReused(DomainError):
    """The Idempotency-Key came before with another request."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key came before with another request. Send a new key with a new request, or the same "
            "request with the same key."
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: a status, headers of its own, and a body that is written already."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a caller sent so that the request may be sent again."""

    key: str
    route: str
    """Method and path."""
    request_sha256: str


def answered_before(work: Work, caller: Caller, repeat: Repeat | None, now: datetime) -> Reply | None:
    """What was answered to the same request; None when it is the first, which then has the key in a writing unit.

    Raises KeyReused when it was another request.
    """
    if repeat is None:
        return None
    asked = _answer(caller, repeat, now)
    keys = work.idempotency
    kept = keys.claim(asked, now) if work.writes else keys.find(asked.caller, asked.route, asked.key, now)
    if kept is None:
        return None
    if kept.request_sha256 != repeat.request_sha256:
        raise KeyReused
    return Reply(kept.status, kept.body, {**kept.headers, "Idempotency-Replayed": "true"})


def keep_answer(work: Work, caller: Caller, repeat: Repeat | None, reply: Reply, now: datetime) -> Reply:
    """Keeps the answer in the transaction that did the work, so that both happen or neither."""
    if repeat is not None:
        answer = _answer(caller, repeat, now)
        work.idempotency.keep(replace(answer, status=reply.status, headers=reply.headers, body=reply.body), now)
    return reply


def _answer(caller: Caller, repeat: Repeat, now: datetime) -> Answer:
    """The answer to be, as yet without content."""
    return Answer(
        caller=str(caller.key),
        route=repeat.route,
        key=repeat.key,
        request_sha256=repeat.request_sha256,
        status=0,
        headers={},
        body=b"",
        expires_at=now + KEPT_FOR,
    )
