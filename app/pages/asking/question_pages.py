"""The page of one question: what is typed is kept whatever it is, and what is wrong with it is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.asking.checking import check
from app.pages.asking.drafted import gone, sheet_of
from app.pages.asking.fields import Typed as Answers
from app.pages.asking.sheets import Sheet, Task
from app.pages.asking.shown import FieldShown, RowShown, fields_shown, inputs_of, rows_shown
from app.pages.typed import FieldError, Typed
from app.pages.visits import May, Visit
from app.services.drafts import save_answers
from app.services.needs import levels_in_force
from db.errors import NotFound
from matching.needs import LEVEL_NAMES
from matching.values import ChildId

router = APIRouter(include_in_schema=False)

Here = Annotated[Visit, Depends(May("record_referral"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question."""

    template: ClassVar[str] = "asking/question.html"
    title: str
    caption: str
    hint: str
    action: str
    back: str
    fields: tuple[FieldShown, ...]
    rows: tuple[RowShown, ...]
    more: bool
    """Whether rows can be added."""
    kept: bool
    """Whether what stands here is kept though something is wrong with it."""
    typed: Typed


@router.get("/drafts/{draft}/{subject}/{slug}", name="page_question")
def question(visit: Here, draft: UUID, subject: str, slug: str) -> Response:
    """One question, with what was typed before and what is wrong with it."""
    try:
        sheet = sheet_of(visit, draft)
    except NotFound:
        return gone(visit)
    task = _task(sheet, subject, slug)
    answered = bool(sheet.typed(task.address))
    errors = check(visit.office, visit.caller, sheet).at(task.address) if answered else ()
    return visit.page(_page(visit, sheet, task, errors))


@router.post("/drafts/{draft}/{subject}/{slug}", name="page_answer")
def answer(visit: Here, draft: UUID, subject: str, slug: str) -> Response:
    """Keeps what was typed, and goes on; or shows what is wrong with it."""
    try:
        sheet = sheet_of(visit, draft)
    except NotFound:
        return gone(visit)
    task = _task(sheet, subject, slug)
    inputs = inputs_of(task.question)
    typed = {name: list(values) for name, values in visit.sent.said.items() if name in inputs}
    framework = sheet.framework
    saved = save_answers(
        visit.office,
        visit.caller,
        draft,
        lambda _, kept: Sheet(kept, framework).answering(task.address, typed),
        [task.address],
    )
    sheet = Sheet(saved, framework)
    then = visit.sent.typed.value("then")
    if then == "more":
        return visit.go(f"/drafts/{draft}/{task.address}")
    if then != "list":
        errors = check(visit.office, visit.caller, sheet).at(task.address)
        if errors:
            return visit.page(_page(visit, sheet, task, errors), 422)
    following = None if then in ("list", "check") else sheet.after(task.address)
    return visit.go(f"/drafts/{draft}/{following}" if following else f"/drafts/{draft}")


def _task(sheet: Sheet, subject: str, slug: str) -> Task:
    """Raises NotFound for a question that the draft does not ask."""
    task = sheet.tasks.get(f"{subject}/{slug}")
    if task is None:
        raise NotFound("question", f"{subject}/{slug}")
    return task


def _page(visit: Visit, sheet: Sheet, task: Task, errors: tuple[FieldError, ...]) -> QuestionPage:
    typed = sheet.typed(task.address)
    question, here = task.question, f"/drafts/{sheet.draft.id}"
    return QuestionPage(
        title=task.title,
        caption=_caption(sheet, task.address),
        hint=question.hint.format(who=task.who),
        action=f"{here}/{task.address}",
        back=here,
        fields=fields_shown(question.fields, task.who, typed, before=_before(visit, sheet, task)),
        rows=rows_shown(question, typed, task.who),
        more=question.rows is not None,
        kept=bool(errors),
        typed=Typed(_fields(typed), errors),
    )


def _fields(typed: Answers) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(values) for name, values in typed.items()})


def _caption(sheet: Sheet, address: str) -> str:
    return next(section.title for section in sheet.sections if address in {task.address for task in section.tasks})


def _before(visit: Visit, sheet: Sheet, task: Task) -> dict[str, str]:
    """For a needs profile: the level of each domain the last time, by the name of its input."""
    subject = task.address.split("/", 1)[0]
    known = sheet.known(subject) if task.question.slug.startswith("needs-") else None
    if known is None:
        return {}
    levels = levels_in_force(visit.office, visit.caller, ChildId(known))
    return {f"{code}-level": f"Last time: {level} {LEVEL_NAMES[level]}." for code, level in levels.items()}
