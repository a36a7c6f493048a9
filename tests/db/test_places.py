"""Places for a few at a time: first come, first served, and nobody who gave up is in the way."""

from __future__ import annotations

import threading
import time

import pytest

from db.errors import Busy
from db.places import Places


def waiting(places: Places, who: int, served: list[int]) -> threading.Thread:
    """Somebody who waits for a place, and has begun to."""

    def wait() -> None:
        with places.one(10):
            served.append(who)

    thread = threading.Thread(target=wait)
    before = len(places._waiting)
    thread.start()
    while len(places._waiting) == before:
        time.sleep(0.001)
    return thread


def test_whoever_waits_is_served_in_the_order_of_coming() -> None:
    places, served = Places(1), list[int]()
    with places.one(1):
        threads = [waiting(places, who, served) for who in range(20)]
    for thread in threads:
        thread.join()
    assert served == list(range(20))


def test_whoever_waits_too_long_is_told_so_and_keeps_nobody_out() -> None:
    places = Places(1)
    with places.one(1):
        began = time.monotonic()
        with pytest.raises(Busy), places.one(0.05):
            raise AssertionError("there was no place")
        assert time.monotonic() - began < 5
    with places.one(0):
        pass


def test_as_many_as_there_are_places_are_served_at_once_and_what_fails_gives_its_place_back() -> None:
    places = Places(2)
    with pytest.raises(ZeroDivisionError), places.one(0), places.one(0):
        raise ZeroDivisionError
    with places.one(0), places.one(0), pytest.raises(Busy), places.one(0):
        raise AssertionError("there was no third place")
