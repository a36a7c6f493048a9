"""Whoever races for one bed, from threads, processes and authorities that share homes: one gets it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from db.errors import BedTaken, Busy
from db.session import Store
from matching.homes import Home
from matching.placements import Hold
from tests.db.conftest import Scene
from tests.db.examples import (
    NOW,
    TODAY,
    a_child,
    a_hold,
    a_home,
    a_placement,
    a_provider,
    a_referral,
    a_region,
    act,
    recorded,
)
from tests.db.test_beds import beds_taken


def race(store: Store, holds: Sequence[Hold]) -> Counter[str]:
    """Each hold is tried by a thread of its own, all at the same moment; a busy database is asked again."""
    together = threading.Barrier(len(holds))
    came: Counter[str] = Counter()

    def run(hold: Hold) -> None:
        together.wait()
        came[answer(lambda: keep(store, hold))] += 1

    threads = [threading.Thread(target=run, args=(hold,)) for hold in holds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def keep(store: Store, hold: Hold) -> None:
    with store.writing(hold.authority) as work:
        work.holds.add(hold, act())


def answer(ask: Callable[[], None]) -> str:
    for _ in range(20):
        try:
            ask()
        except BedTaken as refused:
            return "told who has it" if refused.in_the_way else "told that it is taken"
        except Busy:
            continue
        return "got it"
    return "never answered"


def test_of_sixteen_who_want_one_bed_at_once_exactly_one_gets_it(store: Store, scene: Scene) -> None:
    holds = [a_hold(scene.referral, scene.home) for _ in range(16)]
    assert race(store, holds) == {"got it": 1, "told who has it": 15}
    assert len(beds_taken(store)) == 1


def test_authorities_that_share_a_home_do_not_share_a_bed(store: Store) -> None:
    region = a_region()
    owner = recorded(store, "E10000020", region)
    provider = a_provider(owner)
    home = a_home(provider, region=region.id, registered_beds=2)
    with store.writing(owner.id) as work:
        work.providers.add(provider, act())
        work.homes.add(home, act())
    holds = [wanted_by(store, f"E060000{n:02}", home, region) for n in range(6)]
    assert race(store, holds) == {"got it": 2, "told who has it": 4}
    assert sorted(beds_taken(store).values()) == [1, 2]


def wanted_by(store: Store, code: str, home: Home, region: object) -> Hold:
    authority = recorded(store, code, region)  # type: ignore[arg-type]
    child = a_child(authority)
    referral = a_referral(child)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        work.referrals.add(referral, act())
    return a_hold(referral, home)


def test_lowering_beds_and_promising_one_at_the_same_moment_never_both_happen(store: Store, scene: Scene) -> None:
    home = replace(scene.home, registered_beds=2)
    with store.writing(scene.authority.id) as work:
        work.homes.replace(home, act())
        work.holds.add(a_hold(scene.referral, home), act())
    together = threading.Barrier(2)
    came: dict[str, str] = {}

    def lower() -> None:
        with store.writing(scene.authority.id) as work:
            work.homes.replace(replace(home, registered_beds=1), act())

    def promise() -> None:
        keep(store, a_hold(scene.other_referral, home))

    def run(name: str, ask: Callable[[], None]) -> None:
        together.wait()
        try:
            ask()
            came[name] = "done"
        except ValueError as refused:
            came[name] = type(refused).__name__

    threads = [threading.Thread(target=run, args=one) for one in (("lower", lower), ("promise", promise))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came in (
        {"lower": "done", "promise": "BedTaken"},
        {"lower": "BedsPromised", "promise": "done"},
    )


RACER = """
import sys
from datetime import datetime
from uuid import UUID, uuid4
from dataclasses import replace
from datetime import timedelta
from db.errors import BedTaken
from db.session import Store
from tests.db.examples import act
from tests.db.test_races import answer, keep

url, authority, hold = sys.argv[1], UUID(sys.argv[2]), UUID(sys.argv[3])
store = Store(url)
with store.reading(authority) as work:
    pattern = work.holds.get(hold).value
print("ready", flush=True)
sys.stdin.readline()
print(answer(lambda: keep(store, replace(pattern, id=uuid4()))))
"""


@pytest.mark.slow("it starts four processes")
def test_of_four_processes_that_want_one_bed_at_once_exactly_one_gets_it(
    store: Store, scene: Scene, database_url: str
) -> None:
    pattern = a_hold(scene.referral, scene.home)
    with store.writing(scene.authority.id) as work:
        work.holds.add(pattern, act())
        work.holds.release(pattern.id, act())
    words = [sys.executable, "-c", RACER, database_url, str(scene.authority.id), str(pattern.id)]
    racers = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=".") for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = Counter(racer.communicate()[0].strip() for racer in racers)
    assert said == {"got it": 1, "told who has it": 3}


def test_none_of_many_gets_the_bed_of_a_child_who_should_have_left(store: Store, scene: Scene) -> None:
    staying = a_placement(scene.child, scene.home, starts=TODAY - timedelta(days=9), planned_end=TODAY)
    with store.writing(scene.authority.id) as work:
        work.placements.add(staying, act(at=NOW - timedelta(days=3)))
    holds = [a_hold(scene.referral, scene.home) for _ in range(8)]
    assert race(store, holds) == {"told who has it": 8}
    assert set(beds_taken(store)) == {staying.id}
