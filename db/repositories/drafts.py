"""Drafts: what people have typed and not yet recorded. Each is its writer's alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from db.acts import Act
from db.errors import NotFound
from db.tables.drafts import drafts
from db.units import Unit

Answers = Mapping[str, Mapping[str, Sequence[str]]]
"""By question, then by field: the texts as they were typed; several where several may be ticked."""

KEPT_FOR = timedelta(days=28)
"""A draft that nobody touched for so long is let go: it holds what nobody decided to record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something that one person is in the middle of writing; its answers may be wrong or half done."""

    id: UUID
    person: str
    """The staff reference of who writes it."""
    kind: str
    referral: UUID | None
    """The referral that is being changed; None for a new one."""
    child: UUID | None
    """The child whose needs are being written down; None otherwise."""
    answers: Answers
    bases: Mapping[str, int]
    """The version of each record that the draft began from, by name."""
    version: int
    created_at: datetime
    updated_at: datetime


class Drafts:
    """The drafts of an authority's people. Audit events say that something was typed, never what."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def of_person(self, person: str) -> tuple[Draft, ...]:
        """A person's drafts, the one last touched first."""
        wanted = select(drafts).where(self._mine(person)).order_by(drafts.c.updated_at.desc(), drafts.c.id)
        return tuple(_draft(row) for row in self._unit.connection.execute(wanted))

    def get(self, wanted: UUID, person: str) -> Draft:
        """One draft. Raises NotFound, also for another person's."""
        mine = select(drafts).where(self._mine(person), drafts.c.id == wanted)
        row = self._unit.connection.execute(mine).one_or_none()
        if row is None:
            raise NotFound("draft", wanted)
        return _draft(row)

    def begin(self, draft: Draft, act: Act) -> Draft:
        """Keeps a new draft, and lets go of those that nobody touched for long."""
        old = (drafts.c.authority_id == self._unit.authority) & (drafts.c.updated_at < act.at - KEPT_FOR)
        self._unit.connection.execute(delete(drafts).where(old))
        self._unit.connection.execute(insert(drafts).values(self._row(draft)))
        self._unit.audit.append(act, "draft", draft.id, after=_told(draft))
        return draft

    def save(self, draft: Draft, act: Act, questions: Sequence[str]) -> Draft:
        """Keeps a draft as it now is, in place of what was kept; `questions` are those answered anew."""
        kept = replace(draft, version=draft.version + 1, updated_at=act.at)
        row = self._row(kept)
        mine = (drafts.c.authority_id == self._unit.authority) & (drafts.c.id == row.pop("id"))
        self._unit.connection.execute(update(drafts).where(mine).values(row))
        self._unit.audit.append(act, "draft", draft.id, after={**_told(draft), "questions": list(questions)})
        return kept

    def discard(self, draft: Draft, act: Act) -> None:
        """Lets go of a draft: nothing of what was typed is left."""
        mine = (drafts.c.authority_id == self._unit.authority) & (drafts.c.id == draft.id)
        self._unit.connection.execute(delete(drafts).where(mine))
        self._unit.audit.append(act, "draft", draft.id, before=_told(draft))

    def _mine(self, person: str) -> ColumnElement[bool]:
        return (drafts.c.authority_id == self._unit.authority) & (drafts.c.person == person)

    def _row(self, draft: Draft) -> dict[str, Any]:
        answers = {
            question: {field: list(typed) for field, typed in fields.items()}
            for question, fields in draft.answers.items()
        }
        return {
            "id": draft.id,
            "authority_id": self._unit.authority,
            "person": draft.person,
            "kind": draft.kind,
            "referral_id": draft.referral,
            "child_id": draft.child,
            "answers": answers,
            "bases": dict(draft.bases),
            "version": draft.version,
            "created_at": draft.created_at,
            "updated_at": draft.updated_at,
        }


def _told(draft: Draft) -> dict[str, Any]:
    ids = {"referral_id": draft.referral, "child_id": draft.child}
    return {"kind": draft.kind} | {name: one for name, one in ids.items() if one is not None}


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id,
        person=row.person,
        kind=row.kind,
        referral=row.referral_id,
        child=row.child_id,
        answers=row.answers,
        bases=row.bases,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
