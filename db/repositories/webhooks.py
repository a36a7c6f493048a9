"""Who is told of events, how far each has been told, and what could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from db.acts import Act
from db.errors import NotFound
from db.tables.events import dead_letters, webhooks
from db.units import Unit
from matching.values import AuthorityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription: an address that is told of every event, in order, signed with the secret."""

    id: UUID
    authority: AuthorityId
    url: str
    secret: str
    """Signs what is sent; shown once, when the subscription is made."""
    nouns: tuple[str, ...] = ()
    """Nouns it wants to hear of; all when empty."""
    active: bool = True
    delivered: int = 0
    """The sequence up to which every event was delivered, or given up as a dead letter."""
    attempts: int = 0
    """Attempts at the next event so far."""
    last_status: int | None = None
    last_attempt_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An event that a subscriber would not take; it can be sent again."""

    id: UUID
    webhook: UUID
    sequence: int
    attempts: int
    last_status: int | None
    failed_at: datetime
    replay_asked_at: datetime | None = None
    delivered_at: datetime | None = None


class Webhooks:
    """The authority's subscriptions and dead letters."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[Webhook, ...]:
        """The subscriptions, oldest first."""
        rows = self._unit.connection.execute(
            select(webhooks).where(self._mine()).order_by(webhooks.c.created_at, webhooks.c.id)
        )
        return tuple(_webhook(row) for row in rows)

    def get(self, wanted: UUID) -> Webhook:
        """One subscription. Raises NotFound."""
        row = self._unit.connection.execute(select(webhooks).where(self._mine(), webhooks.c.id == wanted)).first()
        if row is None:
            raise NotFound("webhook", wanted)
        return _webhook(row)

    def add(self, webhook: Webhook, act: Act) -> Webhook:
        """Records a subscription; it hears of what happens from now on."""
        row = {name: getattr(webhook, name) for name in ("id", "url", "secret", "active", "delivered", "attempts")}
        stamps = {"version": 1, "created_at": act.at, "updated_at": act.at}
        owner = {"authority_id": self._unit.authority, "nouns": list(webhook.nouns)}
        self._unit.connection.execute(insert(webhooks).values({**row, **owner, **stamps}))
        self._unit.audit.append(act, "webhook", webhook.id, after={"nouns": list(webhook.nouns)})
        return webhook

    def remove(self, wanted: UUID, act: Act) -> None:
        """Ends a subscription and forgets its dead letters. Raises NotFound."""
        self.get(wanted)
        self._unit.connection.execute(delete(dead_letters).where(dead_letters.c.webhook_id == wanted))
        self._unit.connection.execute(delete(webhooks).where(webhooks.c.id == wanted))
        self._unit.audit.append(act, "webhook", wanted, before={"active": True})

    def delivered(self, webhook: UUID, sequence: int, status: int, at: datetime) -> None:
        """Notes that an event was taken. Saying it twice changes nothing."""
        self._advance(webhook, sequence, {"delivered": sequence, "attempts": 0}, status, at)

    def failed(self, webhook: UUID, sequence: int, status: int | None, at: datetime) -> int:
        """Notes one more attempt that failed; gives the attempts so far."""
        more = {"attempts": webhooks.c.attempts + 1}
        self._advance(webhook, sequence, more, status, at)
        return self.get(webhook).attempts

    def give_up(self, webhook: UUID, sequence: int, status: int | None, at: datetime) -> None:
        """Lays an event among the dead letters and goes on to the next. Saying it twice changes nothing."""
        known = select(dead_letters.c.id).where(
            dead_letters.c.webhook_id == webhook, dead_letters.c.sequence == sequence
        )
        if self._unit.connection.execute(known).first() is not None:
            return
        row = {"id": uuid4(), "authority_id": self._unit.authority, "webhook_id": webhook, "sequence": sequence}
        more = {"attempts": self.get(webhook).attempts, "last_status": status, "failed_at": at}
        self._unit.connection.execute(insert(dead_letters).values({**row, **more}))
        self._advance(webhook, sequence, {"delivered": sequence, "attempts": 0}, status, at)

    def dead(self, webhook: UUID) -> tuple[DeadLetter, ...]:
        """The dead letters of a subscription that were not delivered since, in order."""
        mine = and_(
            dead_letters.c.authority_id == self._unit.authority,
            dead_letters.c.webhook_id == webhook,
            dead_letters.c.delivered_at.is_(None),
        )
        rows = self._unit.connection.execute(select(dead_letters).where(mine).order_by(dead_letters.c.sequence))
        return tuple(_letter(row) for row in rows)

    def ask_replay(self, webhook: UUID, act: Act) -> int:
        """Asks for every dead letter of a subscription to be sent again; gives how many."""
        wanted = [letter.id for letter in self.dead(webhook)]
        self._unit.connection.execute(
            update(dead_letters).where(dead_letters.c.id.in_(wanted)).values(replay_asked_at=act.at)
        )
        self._unit.audit.append(act, "webhook", webhook, after={"replayed": len(wanted)})
        return len(wanted)

    def replayed(self, letter: UUID, *, taken: bool, at: datetime) -> None:
        """Notes how sending a dead letter again went; one that was not taken waits until it is asked for anew."""
        values = {"delivered_at": at} if taken else {"replay_asked_at": None, "failed_at": at}
        self._unit.connection.execute(update(dead_letters).where(dead_letters.c.id == letter).values(values))

    def _advance(self, webhook: UUID, sequence: int, values: Any, status: int | None, at: datetime) -> None:
        waiting = and_(self._mine(), webhooks.c.id == webhook, webhooks.c.delivered < sequence)
        known = {"last_status": status, "last_attempt_at": at}
        self._unit.connection.execute(update(webhooks).where(waiting).values({**values, **known}))

    def _mine(self) -> ColumnElement[bool]:
        return webhooks.c.authority_id == self._unit.authority


def every_active(unit: Unit) -> tuple[tuple[AuthorityId, UUID], ...]:
    """Every subscription of every authority that is to be told: (authority, subscription)."""
    wanted = select(webhooks.c.authority_id, webhooks.c.id).where(webhooks.c.active)
    return tuple((AuthorityId(owner), found) for owner, found in unit.connection.execute(wanted))


def _webhook(row: Any) -> Webhook:
    return Webhook(
        id=row.id,
        authority=row.authority_id,
        url=row.url,
        secret=row.secret,
        nouns=tuple(row.nouns),
        active=row.active,
        delivered=row.delivered,
        attempts=row.attempts,
        last_status=row.last_status,
        last_attempt_at=row.last_attempt_at,
    )


def _letter(row: Any) -> DeadLetter:
    return DeadLetter(
        id=row.id,
        webhook=row.webhook_id,
        sequence=row.sequence,
        attempts=row.attempts,
        last_status=row.last_status,
        failed_at=row.failed_at,
        replay_asked_at=row.replay_asked_at,
        delivered_at=row.delivered_at,
    )
