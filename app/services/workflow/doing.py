"""What every move has in common: one transaction, done once however often it is sent, by somebody who may make it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from db.acts import Act
from db.errors import Collided, Stale
from db.mapping.shapes import Stored
from db.session import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Doing:
    """One use case while it is being done."""

    office: Office
    work: Work
    caller: Caller
    now: datetime
    today: date

    def act(self, action: str) -> Act:
        """What is being done, for the audit trail."""
        return self.caller.act(action, self.now)


Write = Callable[[T], Reply]
"""Writes the answer."""


_TRIES = 3


def once(
    office: Office,
    caller: Caller,
    repeat: Repeat | None,
    do: Callable[[Doing], T],
    write: Callable[[T], Reply],
    *,
    alone: bool = True,
) -> Reply:
    """Does something in one transaction; the same request sent again is given the same answer and does nothing.

    What is not done alone is done beside others of the authority, and locks what it looks at and changes (Store.writing).
    Raises KeyReused, Busy, and whatever is raised in doing it: then nothing of it is left.
    """
    for _ in range(_TRIES - 1):
        with suppress(Collided):
            return _once(office, caller, repeat, do, write, alone=alone)
    return _once(office, caller, repeat, do, write, alone=alone)


def _once(
    office: Office,
    caller: Caller,
    repeat: Repeat | None,
    do: Callable[[Doing], T],
    write: Callable[[T], Reply],
    *,
    alone: bool,
) -> Reply:
    now = office.clock()
    with office.store.writing(caller.authority, alone=alone, catching=False) as work:
        kept = answered_before(work, caller, repeat, now)
        if kept is not None:
            return kept
        reply = write(do(Doing(office, work, caller, now, office.today())))
        return keep_answer(work, caller, repeat, reply, now)


def as_expected(stored: Stored[T], noun: str, expected: int | None) -> Stored[T]:
    """What was read, if it is still the version that the caller saw. Raises Stale."""
    if expected is not None and stored.version != expected:
        raise Stale(noun, stored.value.id, stored.version)  # type: ignore[attr-defined]  # every noun has an id
    return stored
