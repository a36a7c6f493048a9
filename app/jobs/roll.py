"""The roll that workers keep of one another: each signs it now and then, and who has not for a while is gone."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta

from app.services.office import Clock
from db.repositories.workers import Worker
from db.session import Store
from matching.errors import DomainError

GONE_AFTER = timedelta(seconds=30)
"""How long a worker may say nothing before others go on with what it was doing."""
SIGNATURES = 4
"""Times within that time that a worker signs."""


class NameTaken(DomainError):
    """Two workers of one name would both take up the work of either."""

    def __init__(self, name: str, process: int) -> None:
        super().__init__(
            f"A worker named {name} is at work on this machine (process {process}). "
            "Stop it, or give this one a name of its own: worker --name NAME"
        )


class Roll:
    """One worker's place on the roll."""

    def __init__(self, store: Store, clock: Clock, name: str, *, gone_after: timedelta = GONE_AFTER) -> None:
        self._store, self._clock, self._gone_after = store, clock, gone_after
        self.name = name
        self._present = frozenset({name})
        self._signed: datetime | None = None

    def join(self) -> None:
        """Signs for the first time. Raises NameTaken when a worker of the name is alive on this machine."""
        now = self._clock()
        with self._store.reading() as work:
            other = next((one for one in work.workers.all() if one.name == self.name), None)
        if other is not None and other.seen_at + self._gone_after > now and _is_alive(other):
            raise NameTaken(self.name, other.process)
        self._sign(now)

    def present(self) -> frozenset[str]:
        """The names of those at work, this worker among them; signs when it is time to."""
        now = self._clock()
        if self._signed is None or now - self._signed >= self._gone_after / SIGNATURES:
            self._sign(now)
        return self._present

    def leave(self) -> None:
        """Takes this worker off the roll: others need not wait to go on with what it leaves."""
        with self._store.writing() as work:
            work.workers.leave(self._worker(self._clock()))

    def _sign(self, now: datetime) -> None:
        with self._store.writing() as work:
            work.workers.sign(self._worker(now))
            known = work.workers.all()
        self._signed = now
        self._present = frozenset(one.name for one in known if one.seen_at + self._gone_after > now)

    def _worker(self, now: datetime) -> Worker:
        return Worker(self.name, platform.node(), os.getpid(), now)


def _is_alive(worker: Worker) -> bool:
    """Whether the process of a worker runs on this machine, and is not this one."""
    if worker.machine != platform.node() or worker.process == os.getpid():
        return False
    try:
        os.kill(worker.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process: it is there
        return True
    return True
