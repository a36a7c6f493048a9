"""Use case: several records made or changed together from one draft, all of them or none, once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.recording import Change, Noun
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, once
from db.errors import Stale
from db.mapping.shapes import Stored
from db.repositories.children import Identity
from db.repositories.drafts import Draft
from matching.errors import DomainError

Build = Callable[[Doing, UUID, Any], Any]
"""Makes the record in the transaction, under an id, from what is on record under it: None when it is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One record of several."""

    name: str
    """Of the step: `child/a`, `referral`."""
    noun: Noun[Any]
    build: Build
    wanted: UUID | None = None
    """The record to be changed; None for one that is new."""
    expected: int | None = None
    """Its version when the draft began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Who a child is, to be recorded with the rest; made once the child's own step is done."""

    name: str
    identity: Callable[[Doing], Identity]


@dataclass(slots=True)
class Written:
    """What has come of the steps so far."""

    records: dict[str, Stored[Any]] = field(default_factory=dict)
    """What was recorded, by the step's name."""
    refused: dict[str, DomainError] = field(default_factory=dict)
    """What was refused, by the step's name."""

    @property
    def stale(self) -> tuple[str, ...]:
        """The steps whose record somebody has changed since the draft began."""
        return tuple(name for name, error in self.refused.items() if isinstance(error, Stale))


class NotTogether(DomainError):
    """Something was refused, so nothing was written; `written` says what, step by step."""

    def __init__(self, written: Written) -> None:
        self.written = written
        super().__init__("Something cannot be recorded as it is. Nothing was recorded; put right what is named.")


class _Tried(Exception):
    """Ends a trial: what was written is undone."""


Steps = Callable[[Doing, Draft], Iterable[Step | Naming]]


def record_draft(
    office: Office,
    caller: Caller,
    draft: UUID,
    steps: Steps,
    write: Callable[[Written], Reply],
    repeat: Repeat | None,
) -> Reply:
    """Records everything that a draft says, and lets go of the draft, in one transaction.

    Raises NotFound for a draft that is gone, and NotTogether naming all that was refused: then nothing is written.
    """

    def do(doing: Doing) -> Written:
        kept = doing.work.drafts.get(draft, caller.person or str(caller.key))
        written = _taken(doing, steps(doing, kept))
        if written.refused:
            raise NotTogether(written)
        doing.work.drafts.discard(kept, doing.act("finish-draft"))
        return written

    return once(office, caller, repeat, do, write)


def try_draft(office: Office, caller: Caller, draft: Draft, steps: Steps) -> Written:
    """What would come of recording a draft; nothing is written, whatever it is."""
    written = Written()
    with suppress(_Tried), office.store.writing(caller.authority) as work:
        doing = Doing(office, work, caller, office.clock(), office.today())
        written = _taken(doing, steps(doing, draft))
        _end_trial()
    return written


def _end_trial() -> NoReturn:
    raise _Tried


def _taken(doing: Doing, steps: Iterable[Step | Naming]) -> Written:
    """Takes each step; one that is refused leaves nothing, and does not keep the others from being looked at."""
    written = Written()
    for step in steps:
        try:
            if isinstance(step, Naming):
                doing.work.identities.record(step.identity(doing), doing.act("record-identity"))
            else:
                written.records[step.name] = _take(doing, step)
        except DomainError as refused:
            written.refused[step.name] = refused
    return written


def _take(doing: Doing, step: Step) -> Stored[Any]:
    records = step.noun.records(doing.work)
    before = None if step.wanted is None else records.get(step.wanted)
    if before is not None and step.expected is not None and before.version != step.expected:
        raise Stale(step.noun.name, before.value.id, before.version)
    old = None if before is None else before.value
    value = step.build(doing, step.wanted or uuid4(), old)
    if value != old:
        step.noun.check(Change(doing.work, value, old, doing.now, doing.today))
    if before is None:
        return records.add(value, doing.act(f"record-{step.noun.name}"))
    return records.replace(value, doing.act(f"change-{step.noun.name}"), expected=step.expected)
