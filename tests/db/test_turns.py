"""Writers of one authority side by side: each locks what it changes, and the audit trail stays one chain."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from db.repositories.access import Answer
from db.session import Store
from matching.referrals import ReferralState
from tests.db.conftest import Scene
from tests.db.examples import NOW, a_hold, act

TOGETHER = 10.0
"""Seconds to wait for the other before taking it to be kept out."""


@pytest.fixture
def side_by_side(store: Store) -> Store:
    if store.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    return store


def test_two_who_change_different_referrals_work_at_the_same_time(side_by_side: Store, scene: Scene) -> None:
    both = threading.Barrier(2)

    def move(referral: object) -> None:
        with side_by_side.writing(scene.authority.id, alone=False) as work:
            stored = work.referrals.lock(referral)  # type: ignore[arg-type]  # an id
            both.wait(TOGETHER)
            work.referrals.becomes(stored, ReferralState.SEARCHING, act("begin-search"))
            both.wait(TOGETHER)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(move, (scene.referral.id, scene.other_referral.id)))
    with side_by_side.reading(scene.authority.id) as work:
        assert work.audit.verify() == ()
        assert {work.referrals.get(one.id).value.state for one in (scene.referral, scene.other_referral)} == {
            ReferralState.SEARCHING
        }


def test_whoever_locks_a_referral_second_sees_what_the_first_did(side_by_side: Store, scene: Scene) -> None:
    locked, seen = threading.Event(), []

    def first() -> None:
        with side_by_side.writing(scene.authority.id, alone=False) as work:
            stored = work.referrals.lock(scene.referral.id)
            locked.set()
            threading.Event().wait(0.3)
            work.referrals.becomes(stored, ReferralState.SEARCHING, act("begin-search"))

    def second() -> None:
        locked.wait(TOGETHER)
        with side_by_side.writing(scene.authority.id, alone=False) as work:
            seen.append(work.referrals.lock(scene.referral.id).value.state)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda do: do(), (first, second)))
    assert seen == [ReferralState.SEARCHING]


def test_a_writer_who_is_alone_keeps_the_others_out(side_by_side: Store, scene: Scene) -> None:
    inside, other_in = threading.Event(), threading.Event()

    def other() -> None:
        inside.wait(TOGETHER)
        with side_by_side.writing(scene.authority.id, alone=False):
            other_in.set()

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(other)
        with side_by_side.writing(scene.authority.id):
            inside.set()
            assert not other_in.wait(0.5)
        waiting.result()
    assert other_in.is_set()


def test_the_same_request_sent_twice_at_once_is_answered_once(store: Store, scene: Scene) -> None:
    empty = Answer(
        caller="key-1",
        route="POST /api/v1/holds",
        key="k",
        request_sha256="0" * 64,
        status=0,
        headers={},
        body=b"",
        expires_at=NOW + timedelta(hours=24),
    )
    together = threading.Barrier(4)

    def send(_: int) -> bool:
        together.wait(TOGETHER)
        with store.writing(scene.authority.id, alone=False) as work:
            known = work.idempotency.claim(empty, NOW)
            if known is None:
                work.holds.add(a_hold(scene.referral, scene.home), act())
                work.idempotency.keep(replace(empty, status=201, body=b"held"), NOW)
            else:
                assert (known.status, known.body) == (201, b"held")
            return known is None

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(send, range(4))) == [False, False, False, True]


def test_what_a_refused_writer_saw_of_its_own_is_not_kept(store: Store, scene: Scene) -> None:
    """Two units write the same version at the same moment, one in vain: the next reader sees the other's."""
    with pytest.raises(ZeroDivisionError):
        change_and_fail(store, scene)
    with store.writing(scene.authority.id, catching=False) as work:
        work.homes.replace(replace(scene.home, urn="SC2"), act())
    with store.reading(scene.authority.id) as work:
        assert work.homes.get(scene.home.id).value.urn == "SC2"


def change_and_fail(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id, catching=False) as work:
        work.homes.replace(replace(scene.home, urn="SC1"), act())
        assert work.homes.get(scene.home.id).value.urn == "SC1"
        raise ZeroDivisionError
