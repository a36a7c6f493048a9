"""Use cases about events: the feed, who is told of it, and what could not be delivered."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, once
from db.repositories.events import Event
from db.repositories.webhooks import DeadLetter, Webhook
from matching.errors import Faults

SIGNS_WITH = "whsec_"
"""How every secret begins, so that a reader of a leaked file knows what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """One thing that has happened: what was done to what, and where to look. Nothing personal beyond ids."""

    id: str
    sequence: int
    at: datetime
    action: str
    noun: str
    noun_id: UUID
    told: Mapping[str, str | None]
    """Ids of what it concerns, and the state that it led to."""


def event_shown(event: Event) -> EventShown:
    """An event as it is shown, and as it is sent."""
    return EventShown(
        id=event.id,
        sequence=event.sequence,
        at=event.at,
        action=event.action,
        noun=event.noun,
        noun_id=event.noun_id,
        told=event.told,
    )


def read_events(office: Office, caller: Caller, after: int, limit: int, nouns: tuple[str, ...]) -> tuple[Event, ...]:
    """Events in order, from the one after a sequence number."""
    with office.store.reading(caller.authority) as work:
        return work.events.after(after, limit, nouns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where events are to be sent, of which nouns (all when none is named), and from which sequence on."""

    url: str
    nouns: tuple[str, ...] = ()
    after: int | None = None
    """Events after this sequence number; those from now on when left out."""


def subscribe(
    office: Office, caller: Caller, wanted: Wanted, write: Callable[[Webhook], Reply], repeat: Repeat | None
) -> Reply:
    """Makes a subscription; its secret is shown in this answer and never again. Raises Invalid."""

    def do(doing: Doing) -> Webhook:
        _check_url(wanted.url)
        made = Webhook(
            id=uuid4(),
            authority=caller.authority,
            url=wanted.url,
            secret=SIGNS_WITH + secrets.token_urlsafe(32),
            nouns=wanted.nouns,
            delivered=doing.work.audit.head.sequence if wanted.after is None else wanted.after,
        )
        return doing.work.webhooks.add(made, doing.act("subscribe"))

    return once(office, caller, repeat, do, write)


def _check_url(url: str) -> None:
    parts, faults = urlsplit(url), Faults()
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    faults.unless(
        parts.hostname and (parts.scheme == "https" or (local and parts.scheme == "http")),
        "url",
        "This is no address that events may be sent to",
        "Give an https:// address (http:// only on this machine)",
    )
    faults.unless(
        parts.username is None and parts.password is None,
        "url",
        "The address holds a name or a password",
        "Leave them out: what is sent is signed instead",
    )
    faults.raise_if_any()


def list_webhooks(office: Office, caller: Caller) -> tuple[Webhook, ...]:
    """The subscriptions, oldest first."""
    with office.store.reading(caller.authority) as work:
        return work.webhooks.all()


def unsubscribe(office: Office, caller: Caller, webhook: UUID, repeat: Repeat | None) -> Reply:
    """Ends a subscription. Raises NotFound."""

    def do(doing: Doing) -> None:
        doing.work.webhooks.remove(webhook, doing.act("unsubscribe"))

    return once(office, caller, repeat, do, lambda _: Reply(204, b""))


def list_dead_letters(office: Office, caller: Caller, webhook: UUID) -> tuple[DeadLetter, ...]:
    """What a subscriber would not take, in order. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        work.webhooks.get(webhook)
        return work.webhooks.dead(webhook)


def replay_dead_letters(
    office: Office, caller: Caller, webhook: UUID, write: Callable[[int], Reply], repeat: Repeat | None
) -> Reply:
    """Asks for every dead letter of a subscription to be sent again. Raises NotFound."""

    def do(doing: Doing) -> int:
        doing.work.webhooks.get(webhook)
        return doing.work.webhooks.ask_replay(webhook, doing.act("replay"))

    return once(office, caller, repeat, do, write)
