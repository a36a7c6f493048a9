"""A question that was asked: how far it has come, its answer in tables, and how to stop it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.visits import May, Visit
from app.pages.what_if.ahead_view import ahead_page
from app.pages.what_if.answers import Curve, InWords, Shown, files, in_words
from app.pages.what_if.begin import KINDS, STATUSES, StudyRow, study_row, what_of
from app.pages.what_if.tonight_page import page_of
from app.pages.words import capital, day, moment, plain
from app.services.scenarios import keeping, tables, tonight
from app.services.sufficiency import ahead
from db.pages import Listing
from db.repositories.studies import Study, StudyStatus

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPage:
    """A study."""

    template: ClassVar[str] = "what_if/study.html"
    title: str
    reference: str
    what: str
    asked: str
    status: str
    waits: bool
    """Whether it is still being worked out."""
    progress: str
    done: int
    """Per cent."""
    failure: str
    may_stop: bool
    href: str
    says: tuple[str, ...]
    """The answer in sentences."""
    curve: Curve | None
    shown: tuple[Shown, ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiesPage:
    """Everything that was asked."""

    template: ClassVar[str] = "what_if/studies.html"
    title: str = "What was asked before"
    rows: tuple[StudyRow, ...]
    later: str


@router.get("/what-if/studies", name="page_studies")
def studies(visit: Annotated[Visit, Depends(May("list_studies"))]) -> Response:
    """The newest first."""
    after = visit.request.query_params.get("after")
    listing = Listing(where={}, sort="created_at", descending=True, after=after, limit=ON_A_PAGE)
    page = keeping.list_studies(visit.office, visit.caller, listing)
    later = f"/what-if/studies?after={page.next}" if page.next else ""
    return visit.page(StudiesPage(rows=tuple(map(study_row, page.items)), later=later))


@router.get("/what-if/studies/{study}", name="page_study")
def one_study(visit: Annotated[Visit, Depends(May("read_study"))], study: UUID) -> Response:
    """One study; leaves an audit event."""
    found, answer = keeping.read_study(visit.office, visit.caller, study)
    if answer is not None and found.kind == tonight.KIND:
        return visit.page(page_of(json.loads(answer), (), found))
    if answer is not None and found.kind == ahead.KIND:
        return visit.page(ahead_page(found, json.loads(answer)))
    response = visit.page(_page(visit, found, None if answer is None else json.loads(answer)))
    if found.status in (StudyStatus.QUEUED, StudyStatus.RUNNING):
        response.headers["Refresh"] = "5"  # looks again by itself, without JavaScript
    return response


@router.post("/what-if/studies/{study}/stop", name="page_stop_study")
def stop(visit: Annotated[Visit, Depends(May("stop_study"))], study: UUID) -> Response:
    """Asks it to stop; doing it again changes nothing."""
    keeping.stop_study(visit.office, visit.caller, study)
    return visit.go(f"/what-if/studies/{study}", said="study-stopped")


@router.get("/what-if/studies/{study}/{table}.csv", name="page_study_table")
def study_table(visit: Annotated[Visit, Depends(May("read_study_table"))], study: UUID, table: str) -> Response:
    """One table as a file that a spreadsheet opens."""
    found, answer = keeping.read_answer(visit.office, visit.caller, study)
    content = tables.as_csv(tables.table_of(found.kind, json.loads(answer), table))
    headers = {"Content-Disposition": f'attachment; filename="{found.reference}-{table}.csv"'}
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")


def _page(visit: Visit, found: Study, answer: Any) -> StudyPage:
    done, of = int(found.progress.get("done", 0)), int(found.progress.get("of", 0))
    href = f"/what-if/studies/{found.id}"
    told = InWords(says=(), shown=()) if answer is None else in_words(found.kind, answer)
    waits = found.status in (StudyStatus.QUEUED, StudyStatus.RUNNING)
    return StudyPage(
        title=KINDS.get(found.kind, capital(plain(found.kind))),
        reference=found.reference or "",
        what=what_of(found),
        asked=f"Asked on {moment(found.created_at)}, as at {day(found.as_of)}.",
        status=STATUSES[found.status],
        waits=waits,
        progress=str(found.progress.get("says", "")),
        done=100 * done // of if of else 0,
        failure=found.failure or "",
        may_stop=waits and found.cancel_asked_at is None and visit.may("stop_study"),
        href=href,
        says=told.says,
        curve=told.curve,
        shown=told.shown,
        files=() if answer is None else tuple(files(tables.tables_of(found.kind), href)),
    )
