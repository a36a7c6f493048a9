"""The courier: what is to be delivered next to whom, one attempt at it, and how it went. Each step is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import httpx2
from pydantic_core import to_json

from app.jobs.signatures import HEADER, signature
from app.services.office import Clock
from app.services.workflow.telling import event_shown
from db.errors import NotFound
from db.repositories.events import Event
from db.repositories.webhooks import DeadLetter, Webhook, every_active
from db.session import Store
from matching.values import AuthorityId

SECONDS_TO_ANSWER = 10.0
WAITS = (1.0, 5.0, 30.0, 120.0, 600.0, 3_600.0, 3 * 3_600.0, 12 * 3_600.0)
"""Seconds before each further attempt at one event: nine attempts within seventeen hours, then a dead letter."""
TAKEN = range(200, 300)


@dataclass(frozen=True, slots=True)
class Due:
    """An event that one subscriber is to be told of next."""

    authority: AuthorityId
    webhook: UUID
    sequence: int


@dataclass(frozen=True, slots=True)
class Again:
    """A dead letter that is to be sent again."""

    authority: AuthorityId
    webhook: UUID
    letter: DeadLetter


class Courier:
    """Delivers to subscribers over HTTP."""

    def __init__(
        self, store: Store, clock: Clock, client: httpx2.Client | None = None, *, waits: tuple[float, ...] = WAITS
    ) -> None:
        self._store, self._clock, self.waits = store, clock, waits
        self._client = client or httpx2.Client(timeout=SECONDS_TO_ANSWER, follow_redirects=False)

    def due(self) -> tuple[Due, ...]:
        """The next event of every subscriber that has one waiting."""
        with self._store.reading() as work:
            subscribers = every_active(work)
        found = [self.next(authority, webhook) for authority, webhook in subscribers]
        return tuple(one for one in found if one is not None)

    def next(self, authority: AuthorityId, webhook: UUID) -> Due | None:
        """The next event of one subscriber; None when it has heard of all, or is no more."""
        with self._store.reading(authority) as work:
            try:
                wanted = work.webhooks.get(webhook)
            except NotFound:
                return None
            found = work.events.after(wanted.delivered, 1, wanted.nouns)
        return Due(authority, webhook, found[0].sequence) if found else None

    def to_replay(self) -> tuple[Again, ...]:
        """The dead letters that somebody asked to be sent again."""
        with self._store.reading() as work:
            subscribers = every_active(work)
        found = []
        for authority, webhook in subscribers:
            with self._store.reading(authority) as work:
                dead = work.webhooks.dead(webhook)
            found += [Again(authority, webhook, letter) for letter in dead if letter.replay_asked_at is not None]
        return tuple(found)

    def attempt(self, due: Due) -> int | None:
        """Sends one event once; gives the status of the answer, None when there was none or nobody wants it now."""
        with self._store.reading(due.authority) as work:
            try:
                webhook, event = work.webhooks.get(due.webhook), work.events.at(due.sequence)
            except NotFound:
                return None
        assert event is not None, "an event that is due is on record"
        return self._send(webhook, event)

    def note(self, due: Due, status: int | None, *, last: bool) -> bool:
        """Writes down how an attempt went, and after the last that the event is given up; whether that is the end of it:
        it was taken, or the subscription has ended.
        """
        now = self._clock()
        with self._store.writing(due.authority) as work:
            if all(one.id != due.webhook for one in work.webhooks.all()):
                return True
            if status is not None and status in TAKEN:
                work.webhooks.delivered(due.webhook, due.sequence, status, now)
                return True
            work.webhooks.failed(due.webhook, due.sequence, status, now)
            if last:
                work.webhooks.give_up(due.webhook, due.sequence, status, now)
        return False

    def note_replay(self, due: Due, letter: UUID, status: int | None) -> None:
        """Writes down how sending a dead letter again went."""
        taken = status is not None and status in TAKEN
        with self._store.writing(due.authority) as work:
            work.webhooks.replayed(letter, taken=taken, at=self._clock())

    def close(self) -> None:
        """Closes connections."""
        self._client.close()

    def _send(self, webhook: Webhook, event: Event) -> int | None:
        body = to_json(event_shown(event))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "placement-matching",
            "Placement-Event": event.id,
            HEADER: signature(webhook.secret, _seconds(self._clock()), body),
        }
        try:
            return self._client.post(webhook.url, content=body, headers=headers).status_code
        except httpx2.HTTPError:
            return None


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
