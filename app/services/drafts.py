"""Use cases about drafts: what somebody is in the middle of writing is kept, answer by answer, wrong or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from db.repositories.drafts import Answers, Draft
from db.session import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a draft begins from."""

    kind: str
    referral: UUID | None = None
    child: UUID | None = None
    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    bases: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def list_drafts(office: Office, caller: Caller) -> tuple[Draft, ...]:
    """The caller's own drafts, the one last touched first."""
    with office.store.reading(caller.authority) as work:
        return work.drafts.of_person(_person(caller))


def read_draft(office: Office, caller: Caller, wanted: UUID) -> Draft:
    """One of the caller's own drafts. Raises NotFound, also for somebody else's."""
    with office.store.reading(caller.authority) as work:
        return work.drafts.get(wanted, _person(caller))


def begin_draft(office: Office, caller: Caller, begin: Callable[[Work], Beginning]) -> Draft:
    """Begins a draft; one of the same thing goes on, and so does one in which nothing was answered yet."""
    now, person = office.clock(), _person(caller)
    with office.store.writing(caller.authority) as work:
        beginning = begin(work)
        about = (beginning.kind, beginning.referral, beginning.child)
        for known in work.drafts.of_person(person):
            if (known.kind, known.referral, known.child) == about and (any(about[1:]) or not known.answers):
                return known
        made = Draft(
            id=uuid4(),
            person=person,
            kind=beginning.kind,
            referral=beginning.referral,
            child=beginning.child,
            answers=beginning.answers,
            bases=beginning.bases,
            version=1,
            created_at=now,
            updated_at=now,
        )
        _audit_reading(work, office, caller, {}, made.answers)
        return work.drafts.begin(made, caller.act("begin-draft", now))


def save_answers(
    office: Office,
    caller: Caller,
    wanted: UUID,
    change: Callable[[Work, Draft], Draft],
    questions: Sequence[str],
) -> Draft:
    """Keeps what was typed, whatever it is: `change` makes the draft anew from the one on record, so that two windows
    that answer two questions both keep their answers. Raises NotFound, and what `change` raises.
    """
    with office.store.writing(caller.authority) as work:
        draft = work.drafts.get(wanted, _person(caller))
        changed = change(work, draft)
        _audit_reading(work, office, caller, draft.answers, changed.answers)
        if (changed.answers, changed.bases) == (draft.answers, draft.bases):
            return draft
        return work.drafts.save(replace(changed, id=draft.id), caller.act("save-draft", office.clock()), questions)


def discard_draft(office: Office, caller: Caller, wanted: UUID) -> None:
    """Throws a draft away; one that is gone already is no matter."""
    with office.store.writing(caller.authority) as work:
        for draft in work.drafts.of_person(_person(caller)):
            if draft.id == wanted:
                work.drafts.discard(draft, caller.act("discard-draft", office.clock()))


KNOWN = "/known"
"""How the address ends under which a draft keeps the id of a child who is on record."""


def _audit_reading(work: Work, office: Office, caller: Caller, before: Answers, after: Answers) -> None:
    """A child on record whose answers are in a draft from now on was read."""
    for address, typed in after.items():
        if address.endswith(KNOWN) and address not in before:
            work.audit.append(caller.act("read-child", office.clock()), "child", UUID(typed["id"][0]))


def _person(caller: Caller) -> str:
    """Whose drafts they are: a person signed in has the staff reference, a key its id."""
    return caller.person or str(caller.key)
