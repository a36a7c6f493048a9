"""Check your answers, and record them: all together, once, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.asking.beginnings import answers_of, by_child, children_answers, with_others_children
from app.pages.asking.checking import Checked, check, told
from app.pages.asking.draft_pages import TITLES
from app.pages.asking.drafted import gone, sheet_of
from app.pages.asking.questions import About
from app.pages.asking.races import Settled, settled, words_of
from app.pages.asking.sheets import Sheet, Task
from app.pages.asking.steps import Steps
from app.pages.clashes import Clash
from app.pages.visits import May, Visit, answered
from app.services.drafts import save_answers
from app.services.intakes import NotTogether, Step, Written, record_draft
from app.services.needs import levels_in_force
from app.services.repeats import Reply
from app.services.workflow.doing import Doing
from db.errors import NotFound
from db.repositories.drafts import Draft
from db.session import Work
from matching.values import ChildId

router = APIRouter(include_in_schema=False)

Here = Annotated[Visit, Depends(May("record_referral"))]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and where to change it."""

    about: str
    says: str
    href: str
    question: str


@dataclass(frozen=True, slots=True)
class AnswersShown:
    """Answers that belong together."""

    title: str
    answers: tuple[Answer, ...]
    unanswered: int


@dataclass(frozen=True, slots=True)
class ToPutRight:
    """Something that keeps the draft from being recorded."""

    says: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """Every answer before it is recorded."""

    template: ClassVar[str] = "asking/check.html"
    title: str
    caption: str
    here: str
    back: str
    sections: tuple[AnswersShown, ...]
    wrong: tuple[ToPutRight, ...]
    general: tuple[str, ...]
    button: str
    clash: Clash | None
    taken_over: tuple[str, ...]
    changes: tuple[str, ...]
    """For a needs profile: how each level moves from the last one."""


_BUTTONS = {"referral": "Record this referral", "edit": "Record these changes", "needs": "Record this needs profile"}


@router.get("/drafts/{draft}/check", name="page_check_answers")
def check_answers(visit: Here, draft: UUID) -> Response:
    """Every answer, and what must be put right first."""
    try:
        sheet = sheet_of(visit, draft)
    except NotFound:
        return gone(visit)
    return visit.page(_page(visit, sheet, check(visit.office, visit.caller, sheet)))


@router.post("/drafts/{draft}/check", name="page_record_draft")
def record(visit: Here, draft: UUID) -> Response:
    """Records the draft. Sent twice it is recorded once."""
    sheet: Sheet | None
    try:
        sheet = sheet_of(visit, draft)
    except NotFound:  # recorded by the first of two clicks: the same answer is kept for the second
        sheet = None
    steps = None if sheet is None else Steps(sheet, visit.office)
    try:
        reply = record_draft(
            visit.office, visit.caller, draft, steps or _nothing, lambda one: _gone(visit, one), visit.sent.repeat
        )
    except NotFound:
        return gone(visit)
    except NotTogether as refused:
        assert sheet is not None
        assert steps is not None
        if refused.written.stale:
            return _raced(visit, sheet)
        checked = told(steps, refused.written)
        if checked.is_right:  # what is missing is told of by a look that stands something in for it
            checked = check(visit.office, visit.caller, sheet)
        return visit.page(_page(visit, sheet, checked), 422)
    return answered(reply)


def _nothing(doing: Doing, draft: Draft) -> tuple[Step, ...]:
    """The steps of a draft that is gone: never taken, for the first click's answer is given again."""
    del doing, draft
    return ()


def _gone(visit: Visit, written: Written) -> Reply:
    """Where people look next."""
    referral = written.records.get("referral")
    if referral is not None:
        said = "referral-recorded" if referral.version == 1 else "referral-changed"
        return visit.gone(f"/referrals/{referral.reference}", said=said)
    profile = next(one for name, one in written.records.items() if name.startswith("profile/"))
    return visit.gone(f"/children/{profile.value.child}/needs", said="profile-recorded")


def _raced(visit: Visit, sheet: Sheet) -> Response:
    """Takes over what only others changed, and shows what both did; sent again, it is recorded."""
    found = list[Settled]()

    def settle(work: Work, kept: Draft) -> Draft:
        found.append(_settled(work, Sheet(kept, sheet.framework)))
        return found[0].draft

    kept = save_answers(visit.office, visit.caller, sheet.draft.id, settle, ["after-a-race"])
    now = Sheet(kept, sheet.framework)
    return visit.page(_page(visit, now, check(visit.office, visit.caller, now), found[0]), 412)


def _settled(work: Work, sheet: Sheet) -> Settled:
    draft = sheet.draft
    if draft.referral is None:
        return settled(sheet, *children_answers(work, by_child(draft)))
    stored = work.referrals.get(draft.referral)
    draft, moved = with_others_children(work, draft, stored)
    found = settled(Sheet(draft, sheet.framework), *answers_of(work, stored, by_child(draft)))
    return replace(found, taken_over=(*moved, *found.taken_over))


def _page(visit: Visit, sheet: Sheet, checked: Checked, race: Settled | None = None) -> CheckPage:
    here = f"/drafts/{sheet.draft.id}"
    titles = {address: task.title for address, task in sheet.tasks.items()}
    return CheckPage(
        title="Check your answers",
        caption=TITLES[sheet.draft.kind],
        here=here,
        back=here,
        sections=tuple(_section(sheet, at, here) for at in range(len(sheet.sections))),
        wrong=tuple(
            ToPutRight(
                f"{titles[one.address]} {one.error.says}", f"{here}/{one.address}#{one.error.anchor or one.error.field}"
            )
            for one in checked.wrong
        ),
        general=checked.general,
        button=_BUTTONS[sheet.draft.kind],
        clash=None if race is None else race.clash,
        taken_over=() if race is None else race.taken_over,
        changes=tuple(_changes(visit, sheet)),
    )


def _section(sheet: Sheet, at: int, here: str) -> AnswersShown:
    section = sheet.sections[at]
    answers = tuple(answer for task in section.tasks for answer in _answers(sheet, task, here))
    unanswered = sum(not sheet.typed(task.address) for task in section.tasks)
    return AnswersShown(section.title, answers, unanswered)


def _answers(sheet: Sheet, task: Task, here: str) -> Iterator[Answer]:
    typed, href = sheet.typed(task.address), f"{here}/{task.address}"
    for one in task.question.fields:
        says = one.words(typed)
        if says:
            yield Answer(one.label.format(who=task.who), says, href, task.title)
    says = words_of(task.question, typed)
    if says:
        yield Answer(task.title, says, href, task.title)


def _changes(visit: Visit, sheet: Sheet) -> Iterator[str]:
    """How each level would move from the profile in force."""
    for key in sheet.keys:
        known = sheet.known(key)
        if sheet.draft.kind != "needs" or known is None:
            continue
        before = levels_in_force(visit.office, visit.caller, ChildId(known))
        said = sheet.compiled(About.PROFILE, key).body.get("findings", {})
        for domain in sheet.framework.domains:
            old, new = before.get(domain.code), said.get(domain.code, {}).get("level")
            if isinstance(new, int) and old is not None and new != old:
                yield f"{domain.name}: {'up' if new > old else 'down'} from {old} to {new}"
            elif new is None and old is not None:
                yield f"{domain.name}: was {old}, not recorded this time"
