"""Places for a few at a time: whoever comes when all are taken waits, and is served in the order of coming."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from db.errors import Busy


class Places:
    """So many places, shared by the threads of a process. Nobody who comes later is served before."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: deque[threading.Lock] = deque()
        self._counting = threading.Lock()

    @contextmanager
    def one(self, patience: float) -> Iterator[None]:
        """A place for as long as the context lasts. Raises Busy when none is free within so many seconds."""
        mine = self._come()
        if mine is not None and not mine.acquire(timeout=patience) and self._leaves(mine):
            raise Busy
        try:
            yield
        finally:
            self._give()

    def _come(self) -> threading.Lock | None:
        """What opens when the place is there; None when it is there already."""
        with self._counting:
            if self._free:
                self._free -= 1
                return None
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
            return mine

    def _leaves(self, mine: threading.Lock) -> bool:
        """Whether somebody gives up waiting; not when the place has just come."""
        with self._counting:
            if mine not in self._waiting:
                return False
            self._waiting.remove(mine)
            return True

    def _give(self) -> None:
        with self._counting:
            if self._waiting:
                self._waiting.popleft().release()  # straight to the next, so that nobody comes between
            else:
                self._free += 1
