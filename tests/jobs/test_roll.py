"""The roll of workers: who has signed lately is at work, and nobody works under the name of one who is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from app.jobs.roll import GONE_AFTER, NameTaken, Roll
from db.repositories.workers import FORGOTTEN, Worker
from db.session import Store


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = datetime(2026, 9, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    yield opened
    opened.close()


def signed(store: Store, name: str, at: datetime, process: int = 1, machine: str = "elsewhere") -> None:
    with store.writing() as work:
        work.workers.sign(Worker(name, machine, process, at))


def on_the_roll(store: Store) -> list[str]:
    with store.reading() as work:
        return [one.name for one in work.workers.all()]


def test_who_has_not_signed_for_a_while_is_gone(store: Store) -> None:
    clock = Clock()
    signed(store, "lately", clock.now - GONE_AFTER / 2)
    signed(store, "long ago", clock.now - GONE_AFTER)
    roll = Roll(store, clock, "mine")
    roll.join()
    assert roll.present() == {"lately", "mine"}


def test_a_worker_signs_now_and_then_and_not_at_every_look(store: Store) -> None:
    clock = Clock()
    roll = Roll(store, clock, "mine")
    roll.join()
    clock.now += timedelta(seconds=1)
    roll.present()
    with store.reading() as work:
        assert [one.seen_at for one in work.workers.all()] == [clock.now - timedelta(seconds=1)]
    clock.now += GONE_AFTER / 2
    assert roll.present() == {"mine"}
    with store.reading() as work:
        assert [one.seen_at for one in work.workers.all()] == [clock.now]


def test_who_leaves_is_gone_at_once_and_only_its_own_name_goes(store: Store) -> None:
    clock = Clock()
    roll = Roll(store, clock, "mine")
    roll.join()
    signed(store, "other", clock.now)
    roll.leave()
    assert on_the_roll(store) == ["other"]
    signed(store, "mine", clock.now)
    roll.leave()
    assert on_the_roll(store) == ["mine", "other"], "another process has the name by now"


def test_nobody_works_under_the_name_of_a_worker_that_is_alive_here(store: Store) -> None:
    clock = Clock()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        roll = Roll(store, clock, "mine")
        roll.join()
        with store.writing() as work:
            (me,) = work.workers.all()
            work.workers.sign(Worker("mine", me.machine, other.pid, clock.now))
        with pytest.raises(NameTaken, match=f"process {other.pid}.*--name"):
            Roll(store, clock, "mine").join()
        other.kill()
    Roll(store, clock, "mine").join()
    assert on_the_roll(store) == ["mine"], "one that was killed is followed by another of its name"


def test_who_has_long_been_gone_is_forgotten(store: Store) -> None:
    clock = Clock()
    signed(store, "old", clock.now - FORGOTTEN - timedelta(days=1))
    Roll(store, clock, "mine").join()
    assert on_the_roll(store) == ["mine"]
