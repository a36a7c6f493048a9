"""The roll of workers: who is at work, as each says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from db.tables.workers import workers
from db.units import Unit

FORGOTTEN = timedelta(days=7)
"""How long a worker that says nothing any more stays on the roll."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as it says of itself."""

    name: str
    machine: str
    process: int
    seen_at: datetime


class Workers:
    """Every worker of the service, whichever authority it works for."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def all(self) -> tuple[Worker, ...]:
        """Those on the roll, by name."""
        rows = self._connection.execute(select(workers).order_by(workers.c.name))
        return tuple(Worker(row.name, row.machine, row.process, row.seen_at) for row in rows)

    def sign(self, worker: Worker) -> None:
        """Notes that a worker is at work; whoever had the name before had it before."""
        row = {"machine": worker.machine, "process": worker.process, "seen_at": worker.seen_at}
        found = self._connection.execute(update(workers).where(workers.c.name == worker.name).values(**row))
        if not found.rowcount:
            self._connection.execute(insert(workers).values(name=worker.name, **row))
            self._connection.execute(delete(workers).where(workers.c.seen_at < worker.seen_at - FORGOTTEN))

    def leave(self, worker: Worker) -> None:
        """Takes a worker off the roll, unless another process has its name by now."""
        mine = (workers.c.name == worker.name, workers.c.process == worker.process, workers.c.machine == worker.machine)
        self._connection.execute(delete(workers).where(*mine))
