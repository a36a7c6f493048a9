"""A draft as a list of tasks: what is answered, what is not, what is to be put right; and its children."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.asking.about_child import MADE
from app.pages.asking.beginnings import (
    new_referral,
    of_needs,
    of_referral,
    with_known_child,
    with_new_child,
    without_child,
)
from app.pages.asking.checking import Checked, check
from app.pages.asking.drafted import gone, sheet_of
from app.pages.asking.sheets import KEYS, Sheet, Task
from app.pages.typed import Reading, Typed
from app.pages.visits import May, Visit
from app.pages.words import counted
from app.services.drafts import begin_draft, discard_draft, save_answers
from db.errors import NotFound
from db.repositories.drafts import Draft
from db.session import Work

router = APIRouter(include_in_schema=False)

Here = Annotated[Visit, Depends(May("record_referral"))]
NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One question, and how it stands."""

    title: str
    href: str
    status: str
    colour: str


@dataclass(frozen=True, slots=True)
class SectionShown:
    """Questions that belong together."""

    title: str
    tasks: tuple[TaskShown, ...]


@dataclass(frozen=True, slots=True)
class ChildShown:
    """One child of the draft."""

    key: str
    called: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskListPage:
    """Everything that a draft asks."""

    template: ClassVar[str] = "asking/tasks.html"
    title: str
    here: str
    back: str
    kind: str
    progress: str
    children: tuple[ChildShown, ...]
    may_add: bool
    may_remove: bool
    sections: tuple[SectionShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddChildPage:
    """Whom the search is for."""

    template: ClassVar[str] = "asking/add_child.html"
    title: str = "Who needs a home?"
    action: str
    back: str
    typed: Typed = NOTHING_TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardPage:
    """Asks before a draft is thrown away."""

    template: ClassVar[str] = "asking/discard.html"
    title: str = "Throw this draft away?"
    action: str
    back: str


TITLES = {"referral": "Make a new referral", "edit": "Change a referral", "needs": "Make a new needs profile"}


@router.post("/referrals/new", name="page_new_referral")
def begin(visit: Here) -> Response:
    """Begins a referral; a button pressed twice begins one."""
    draft = begin_draft(visit.office, visit.caller, new_referral)
    return visit.go(f"/drafts/{draft.id}")


@router.post("/referrals/{reference}/change", name="page_change_referral")
def change(visit: Annotated[Visit, Depends(May("amend_referral"))], reference: str) -> Response:
    """Begins to change a referral, or goes on with changes that were begun."""
    draft = begin_draft(visit.office, visit.caller, lambda work: of_referral(work, reference))
    return visit.go(f"/drafts/{draft.id}")


@router.post("/children/{child}/needs/new", name="page_new_needs")
def needs(visit: Annotated[Visit, Depends(May("record_needs_profile"))], child: UUID) -> Response:
    """Begins a needs profile of a child, or goes on with one that was begun."""
    draft = begin_draft(visit.office, visit.caller, lambda work: of_needs(work, child))
    return visit.go(f"/drafts/{draft.id}")


@router.get("/drafts/{draft}", name="page_draft")
def tasks(visit: Here, draft: UUID) -> Response:
    """The list of tasks."""
    try:
        sheet = sheet_of(visit, draft)
    except NotFound:
        return gone(visit)
    if not sheet.keys:
        return visit.go(f"/drafts/{draft}/children")
    return visit.page(_page(sheet, check(visit.office, visit.caller, sheet)))


def _page(sheet: Sheet, checked: Checked) -> TaskListPage:
    here, kind = f"/drafts/{sheet.draft.id}", sheet.draft.kind
    sections = tuple(
        SectionShown(section.title, tuple(_task(sheet, task, checked, here) for task in _to_show(sheet, section.tasks)))
        for section in sheet.sections
    )
    done = sum(task.status == "Answered" for section in sections for task in section.tasks)
    return TaskListPage(
        title=TITLES[kind],
        here=here,
        back="/referrals",
        kind=kind,
        progress=f"{counted(done, 'question')} answered. Only those marked as needed must be.",
        children=tuple(
            ChildShown(key, sheet.who(key), "On record already" if sheet.known(key) else "New") for key in sheet.keys
        ),
        may_add=kind != "needs" and len(sheet.keys) < len(KEYS),
        may_remove=kind == "referral" or (kind == "edit" and len(sheet.keys) > 1),
        sections=sections,
    )


def _to_show(sheet: Sheet, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """The questions of one part: of a needs profile that nobody has begun, the first only."""
    begun = sheet.draft.kind == "needs" or any(sheet.typed(task.address) for task in tasks)
    return tasks if begun or tasks[0].question is not MADE else tasks[:1]


def _task(sheet: Sheet, task: Task, checked: Checked, here: str) -> TaskShown:
    status, colour = "Answered", "green"
    if not sheet.typed(task.address):
        needed = any(one.missing for one in task.question.fields) and bool(checked.at(task.address))
        status, colour = ("Needed", "blue") if needed else ("Not answered", "grey")
    elif checked.at(task.address):
        status, colour = "To put right", "red"
    return TaskShown(task.title, f"{here}/{task.address}", status, colour)


@router.get("/drafts/{draft}/children", name="page_add_child")
def add_child(visit: Here, draft: UUID) -> Response:
    """Asks whom the search is for."""
    try:
        sheet = sheet_of(visit, draft)
    except NotFound:
        return gone(visit)
    return visit.page(_adding(sheet.draft))


def _adding(draft: Draft, typed: Typed = NOTHING_TYPED) -> AddChildPage:
    here = f"/drafts/{draft.id}"
    begun = bool(draft.answers.get("children", {}).get("keys"))
    return AddChildPage(action=f"{here}/children", back=here if begun else "/referrals", typed=typed)


@router.post("/drafts/{draft}/children", name="page_added_child")
def added_child(visit: Here, draft: UUID) -> Response:
    """Adds a child, on record already or new."""
    reading = Reading(visit.sent)
    whom = reading.one_of("whom", ("known", "new"), "Select whether the child is on record already")
    number = (
        reading.text("known-number", "Enter the child's number in your case system", 100) if whom == "known" else ""
    )
    try:
        sheet = sheet_of(visit, draft)
        if reading.wrong:
            return visit.page(_adding(sheet.draft, reading.typed), 422)
        if whom == "known":
            return _add_known(visit, sheet, reading, number)
    except NotFound:
        return gone(visit)
    once = visit.sent.typed.value("once")
    added: list[str] = []

    def with_new(_: Work, kept: Draft) -> Draft:
        begun = kept.answers.get("once", {}).get("children", ())
        if once in begun:  # pressed twice: the child that was added then
            keys = kept.answers.get("children", {}).get("keys", ())
            added.append(keys[-1])
            return kept
        grown, key = with_new_child(kept)
        added.append(key)
        return replace(grown, answers={**grown.answers, "once": {"children": [*begun, once]}})

    save_answers(visit.office, visit.caller, draft, with_new, ["children"])
    return visit.go(f"/drafts/{draft}/{added[0]}/about")


def _add_known(visit: Visit, sheet: Sheet, reading: Reading, number: str) -> Response:
    draft = sheet.draft.id
    try:
        save_answers(
            visit.office, visit.caller, draft, lambda work, kept: with_known_child(work, kept, number), ["children"]
        )
    except NotFound:
        reading.refuse("known-number", "No child on record has this number. Check it, or say that the child is new")
        return visit.page(_adding(sheet.draft, reading.typed), 422)
    return visit.go(f"/drafts/{draft}", said="child-added")


@router.post("/drafts/{draft}/children/{key}/remove", name="page_remove_child")
def remove_child(visit: Here, draft: UUID, key: str) -> Response:
    """Takes a child out of the draft; what is on record of the child stays."""
    try:
        save_answers(visit.office, visit.caller, draft, lambda _, kept: without_child(kept, key), ["children"])
    except NotFound:
        return gone(visit)
    return visit.go(f"/drafts/{draft}")


@router.get("/drafts/{draft}/discard", name="page_ask_discard")
def ask_discard(visit: Here, draft: UUID) -> Response:
    """Asks whether the draft is to be thrown away."""
    return visit.page(DiscardPage(action=f"/drafts/{draft}/discard", back=f"/drafts/{draft}"))


@router.post("/drafts/{draft}/discard", name="page_discard")
def discard(visit: Here, draft: UUID) -> Response:
    """Throws the draft away."""
    discard_draft(visit.office, visit.caller, draft)
    return visit.go("/referrals", said="thrown-away")
