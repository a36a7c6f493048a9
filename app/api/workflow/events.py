"""Routes about events: the feed, and the subscribers that are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from pydantic import Field

from app.api import answers
from app.api.workflow.told import Listed, reply
from app.bodies.kinds import text, whole
from app.bodies.shapes import Given
from app.dependencies import CallerHere, IdHere, OfficeHere, RepeatHere
from app.services.workflow import telling
from app.services.workflow.telling import EventShown, event_shown
from db.repositories.webhooks import DeadLetter, Webhook

router = APIRouter(tags=["events"])
MOST = 1_000
_SEQUENCE = whole(0, 2_000_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Some events in order; `after` is what to ask with next, whether or not there are more now."""

    items: tuple[EventShown, ...]
    after: int


@router.get(
    "/events",
    name="read_events",
    summary="Read what has happened",
    responses={**answers.shows(Feed), **answers.problems()},
)
def read_events(
    office: OfficeHere,
    caller: CallerHere,
    after: Annotated[int, Query(ge=0, description="The sequence number to go on from.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    noun: Annotated[list[str] | None, Query(max_length=20, description="Only of these nouns.")] = None,
) -> Response:
    """In order, each once, by rising sequence number (with gaps). Ask again with the `after` of the answer."""
    found = telling.read_events(office, caller, after, limit, tuple(noun or ()))
    return answers.json(
        Feed(items=tuple(event_shown(one) for one in found), after=found[-1].sequence if found else after)
    )


class WebhookGiven(Given):
    """Where events are to be sent."""

    url: text(500, 8)  # type: ignore[valid-type]
    nouns: list[text(40, 1)] = Field(default_factory=list, max_length=20)  # type: ignore[valid-type]
    """Nouns to hear of; all when left out."""
    after: _SEQUENCE | None = None  # type: ignore[valid-type]
    """Events after this sequence number; those from now on when left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookShown:
    """A subscription, and how far it has been told."""

    id: UUID
    url: str
    nouns: tuple[str, ...]
    delivered: int
    """The sequence number up to which everything was delivered, or given up as a dead letter."""
    attempts: int
    """Attempts at the next event so far."""
    last_status: int | None
    last_attempt_at: datetime | None
    secret: str | None = None
    """What deliveries are signed with: shown once, in the answer that makes the subscription."""


def _webhook(webhook: Webhook, *, with_secret: bool = False) -> WebhookShown:
    return WebhookShown(
        id=webhook.id,
        url=webhook.url,
        nouns=webhook.nouns,
        delivered=webhook.delivered,
        attempts=webhook.attempts,
        last_status=webhook.last_status,
        last_attempt_at=webhook.last_attempt_at,
        secret=webhook.secret if with_secret else None,
    )


@router.post(
    "/webhooks",
    name="subscribe",
    status_code=201,
    summary="Have events sent to an address",
    responses={**answers.shows(WebhookShown, 201, "Subscribed"), **answers.problems()},
)
def subscribe(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[WebhookGiven, Body(examples=[{"url": "https://case-tool.example/events", "nouns": ["offer"]}])],
) -> Response:
    """In order for each subscriber, each at least once (know them again by `id`), signed: the header
    `Placement-Signature` holds a timestamp and HMAC-SHA256 over `timestamp.body` with the secret of this answer.
    """
    wanted = telling.Wanted(url=body.url, nouns=tuple(body.nouns), after=body.after)
    write = lambda made: reply(_webhook(made, with_secret=True), 201)  # noqa: E731 - used once
    return answers.sent(telling.subscribe(office, caller, wanted, write, repeat))


@router.get(
    "/webhooks",
    name="list_webhooks",
    summary="List subscriptions",
    responses={**answers.shows(Listed[WebhookShown]), **answers.problems()},
)
def list_webhooks(office: OfficeHere, caller: CallerHere) -> Response:
    """Without their secrets; oldest first."""
    return answers.json(Listed(tuple(_webhook(one) for one in telling.list_webhooks(office, caller))))


@router.delete(
    "/webhooks/{id}",
    name="unsubscribe",
    status_code=204,
    summary="End a subscription",
    response_class=Response,
    responses=answers.problems(404),
)
def unsubscribe(office: OfficeHere, caller: CallerHere, id: IdHere, repeat: RepeatHere) -> Response:  # noqa: A002 - the name in the address
    """Its dead letters go with it; the events stay in the feed."""
    return answers.sent(telling.unsubscribe(office, caller, id, repeat))


@router.get(
    "/webhooks/{id}/dead-letters",
    name="list_dead_letters",
    summary="What a subscriber would not take",
    responses={**answers.shows(Listed[DeadLetter]), **answers.problems(404)},
)
def list_dead_letters(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """In order; those delivered since are left out."""
    return answers.json(Listed(telling.list_dead_letters(office, caller, id)))


class Replayed(Given):
    """How many will be sent again."""

    asked: int


@router.post(
    "/webhooks/{id}/replay",
    name="replay_dead_letters",
    summary="Send every dead letter again",
    responses={**answers.shows(Replayed), **answers.problems(404)},
)
def replay_dead_letters(office: OfficeHere, caller: CallerHere, id: IdHere, repeat: RepeatHere) -> Response:  # noqa: A002 - the name in the address
    """In order. One that is not taken stays a dead letter, and can be sent again."""

    def write(asked: int) -> Any:
        return reply({"asked": asked})

    return answers.sent(telling.replay_dead_letters(office, caller, id, write, repeat))
