"""A record that somebody else has changed since a draft began: what only they changed is taken over, the rest is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.pages.asking.beginnings import WAS
from app.pages.asking.fields import Typed
from app.pages.asking.questions import Question
from app.pages.asking.sheets import Sheet, Task
from app.pages.clashes import Clash, Difference
from db.repositories.drafts import Draft

Answers = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Settled:
    """A draft with what only others changed, and what both changed."""

    draft: Draft
    clash: Clash | None
    """What both changed, each its own way; None when nothing."""
    taken_over: tuple[str, ...]
    """Labels of what only others changed: it is in the draft now."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One field, or all rows of a question: what is compared and taken over as one."""

    label: str
    inputs: tuple[str, ...] | None
    """None for rows: every input."""
    question: Question

    def of(self, typed: Typed) -> dict[str, list[str]]:
        """The inputs of this part."""
        names = typed if self.inputs is None else self.inputs
        return {name: list(typed[name]) for name in names if any(typed.get(name, ()))}

    def words(self, typed: Typed) -> str:
        """What they say."""
        return words_of(self.question, typed) if self.inputs is None else _field_words(self, typed)


def _field_words(part: _Part, typed: Typed) -> str:
    return next(one.words(typed) for one in part.question.fields if one.inputs() == part.inputs)


def words_of(question: Question, typed: Typed) -> str:
    """The rows of a question in words, one to a line."""
    if question.rows is None:
        return ""
    fields = question.rows.fields
    rows = [row for _, row in question.rows.typed_rows(typed)]
    return "; ".join(", ".join(filter(None, (one.words(row) for one in fields))) for row in rows)


def settled(sheet: Sheet, now: Answers, versions: Mapping[str, int]) -> Settled:
    """The draft against what is on record now, under the versions now."""
    answers = {
        address: {name: list(said) for name, said in typed.items()} for address, typed in sheet.draft.answers.items()
    }
    differences, taken = list[Difference](), list[str]()
    for task, part in _parts(sheet):
        was = part.of(sheet.typed(f"{WAS}{task.address}"))
        mine, theirs = part.of(sheet.typed(task.address)), part.of(now.get(task.address, {}))
        if theirs in (was, mine):
            continue
        if mine == was:
            kept = {name: said for name, said in answers.get(task.address, {}).items() if name not in mine}
            answers[task.address] = {**kept, **theirs}
            taken.append(part.label)
        else:
            differences.append(
                Difference(
                    label=part.label, yours=part.words(mine) or "Nothing", theirs=part.words(theirs) or "Nothing"
                )
            )
    answers |= {f"{WAS}{address}": {name: list(said) for name, said in typed.items()} for address, typed in now.items()}
    version = max(versions.values(), default=0)
    return Settled(
        draft=replace(sheet.draft, answers=answers, bases={**sheet.draft.bases, **versions}),
        clash=Clash(version=version, differences=tuple(differences)) if differences else None,
        taken_over=tuple(taken),
    )


def _parts(sheet: Sheet) -> Iterator[tuple[Task, _Part]]:
    for task in sheet.tasks.values():
        who = f"{task.who}: " if task.who else ""
        for one in task.question.fields:
            yield task, _Part(f"{who}{one.label.format(who=task.who)}", one.inputs(), task.question)
        if task.question.rows is not None:
            yield task, _Part(f"{who}{task.title}", None, task.question)
