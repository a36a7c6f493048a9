"""Events are delivered signed and in order, again when refused, and survive a killed worker; what is given up is kept."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.jobs.courier import Courier
from app.jobs.engine import Engine, EngineSettings, engine_url
from app.jobs.roll import Roll
from app.jobs.signatures import HEADER, is_genuine, signature
from tests.jobs.receiver import Receiver, listening
from tests.workflow.cast import Cast, a_child, playing

ROOT = Path(__file__).resolve().parents[2]
FEW = (0.05, 0.05)
"""Seconds before each further attempt in these tests: three attempts, then a dead letter."""

slow = pytest.mark.slow("it starts a durable engine, which takes seconds of the processor")


@pytest.fixture
def cast(database_url: str) -> Iterator[Cast]:
    with playing(database_url) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as made:
        yield made


@contextmanager
def working(cast: Cast) -> Iterator[Engine]:
    office = cast.service.office
    courier = Courier(office.store, cast.service.clock, waits=FEW)
    roll = Roll(office.store, cast.service.clock, "worker")
    engine = Engine(courier, roll, EngineSettings(database_url=engine_url(cast.service.url), every_seconds=0.05))
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
        courier.close()


def until(holds: Callable[[], object], engine: Engine | None = None, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to this in time"
        if engine is not None:
            engine.look()
        time.sleep(0.05)


def _has(receiver: Receiver, deliveries: int) -> bool:
    return len(receiver.bodies) >= deliveries


def subscribed(cast: Cast, receiver: Receiver, **more: Any) -> dict[str, Any]:
    return cast.does("admin", "/webhooks", {"url": receiver.url, **more}, 201)


def recorded(cast: Cast, count: int, first: int = 0) -> list[str]:
    return [cast.recorded("children", a_child(f"C-{first + at}"))["id"] for at in range(count)]


@slow
def test_events_come_signed_and_in_order_and_what_is_refused_comes_again(cast: Cast, receiver: Receiver) -> None:
    hook = subscribed(cast, receiver)
    children = recorded(cast, 5)
    receiver.answers = [500, 204, 503]
    with working(cast) as engine:
        until(lambda: len(receiver.bodies) >= 7, engine)
        until(lambda: cast.sees("admin", "/webhooks")["items"][0]["attempts"] == 0, engine)
    told = [event["noun_id"] for event in receiver.events]
    assert list(dict.fromkeys(told)) == children, "each in its turn"
    assert [told.count(child) for child in children] == [2, 2, 1, 1, 1]
    seconds = int(cast.service.clock.now.timestamp())
    for body, headers in zip(receiver.bodies, receiver.headers, strict=True):
        assert is_genuine(hook["secret"], headers[HEADER], body, seconds)
    assert cast.sees("admin", "/webhooks")["items"][0]["secret"] is None


@slow
def test_what_nobody_takes_is_a_dead_letter_that_can_be_sent_again(cast: Cast, receiver: Receiver) -> None:
    hook = subscribed(cast, receiver, nouns=["child"])
    first, second = recorded(cast, 2)
    receiver.answers = [500, 500, 500]
    letters = f"/webhooks/{hook['id']}/dead-letters"
    with working(cast) as engine:
        until(lambda: len(receiver.bodies) >= 4, engine)
        until(lambda: cast.sees("admin", letters)["items"], engine)
        [letter] = cast.sees("admin", letters)["items"]
        assert (letter["attempts"], letter["last_status"]) == (3, 500)
        assert cast.does("admin", f"/webhooks/{hook['id']}/replay") == {"asked": 1}
        until(lambda: not cast.sees("admin", letters)["items"], engine)
    assert [event["noun_id"] for event in receiver.events] == [first, first, first, second, first]


@slow
def test_a_subscription_that_ends_while_it_is_told_is_told_no_more(cast: Cast, receiver: Receiver) -> None:
    hook = subscribed(cast, receiver)
    recorded(cast, 3)
    receiver.answers = [500] * 100
    with working(cast) as engine:
        until(lambda: receiver.bodies, engine)
        assert cast.call("admin", "DELETE", f"/webhooks/{hook['id']}").status_code == 204
        came = len(receiver.bodies)
        until(lambda: engine.look() == 0, engine)
    assert len(receiver.bodies) <= came + 1


@slow
def test_a_killed_worker_is_followed_by_one_that_goes_on(cast: Cast, receiver: Receiver) -> None:
    subscribed(cast, receiver)
    children = recorded(cast, 30)
    receiver.answers = [500, 204] * 10
    for kill_after in (3, 9, 20, None):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.worker", cast.service.url, "worker"], cwd=ROOT, stdout=subprocess.PIPE
        ) as worker:
            if kill_after is None:
                until(lambda: {event["noun_id"] for event in receiver.events} == set(children), seconds=60)
            else:
                until(partial(_has, receiver, kill_after), seconds=60)
            worker.kill()
    told = [event["noun_id"] for event in receiver.events]
    assert list(dict.fromkeys(told)) == children, "nothing is lost, and nothing overtakes"


def test_a_signature_holds_for_its_body_its_secret_and_a_few_minutes() -> None:
    signed = signature("secret", 1_000, b"body")
    assert is_genuine("secret", signed, b"body", 1_299)
    assert not is_genuine("secret", signed, b"body", 1_301)
    assert not is_genuine("other", signed, b"body", 1_000)
    assert not is_genuine("secret", signed, b"Body", 1_000)
    assert not is_genuine("secret", "nonsense", b"body", 1_000)


def test_an_address_that_is_not_safe_is_refused(sqlite_url: str) -> None:
    with playing(sqlite_url) as cast:
        for url in ("http://example.org/events", "ftp://example.org", "https://user:secret@example.org", "nonsense!"):
            cast.does("admin", "/webhooks", {"url": url}, 422)
        hook = cast.does("admin", "/webhooks", {"url": "https://case-tool.example/events"}, 201)
        gone = cast.call("admin", "DELETE", f"/webhooks/{hook['id']}")
        assert gone.status_code == 204
        assert cast.sees("admin", "/webhooks") == {"items": [], "next": None}


def test_the_engine_keeps_its_own_tables_beside_the_database() -> None:
    assert engine_url("sqlite:////data/placement.db") == "sqlite:////data/placement-jobs.db"
    assert engine_url("sqlite:///var/placement") == "sqlite:///var/placement-jobs.db"
    assert engine_url("postgresql://someone@host/name") == "postgresql://someone@host/name"
