"""Routes about studies: questions about what would be, how far each has come, its answer, and its tables as files."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from app.api import answers
from app.api.nouns import WorkAsked
from app.bodies.wire import written
from app.dependencies import CallerHere, IdHere, OfficeHere
from app.services.scenarios import keeping, tables
from db.repositories.studies import Study, StudyStatus

router = APIRouter(tags=["studies"])


class StudyShown(BaseModel):
    """One question about what would be, and how far it has come."""

    id: UUID
    reference: str | None
    kind: str
    status: StudyStatus
    as_of: date
    requested_by: str
    asked: dict[str, Any]
    progress: dict[str, Any]
    """How much is done of how much, and what is being done, in words."""
    pool_digest: str | None
    failure: str | None
    cancel_asked_at: datetime | None
    created_at: datetime | None
    finished_at: datetime | None


class StudyAnswered(StudyShown):
    """The same with its answer: of the shape that its kind has."""

    tables: list[str]
    """Its tables, each of which can be had as CSV."""
    answer: Any | None


class StudyPage(BaseModel):
    """One page of studies."""

    items: list[StudyShown]
    next: str | None


class StudiesAsked(WorkAsked):
    """What may be asked of the list of studies."""

    kind: str | None = None
    status: StudyStatus | None = None


@router.get(
    "/studies",
    name="list_studies",
    summary="List studies",
    responses={**answers.shows(StudyPage), **answers.problems()},
)
def list_studies(
    request: Request, office: OfficeHere, caller: CallerHere, asked: Annotated[StudiesAsked, Query()]
) -> Response:
    """Newest first, without answers."""
    page = keeping.list_studies(office, caller, asked.listing(kind=asked.kind, status=asked.status))
    return answers.page(request, [shown(study) for study in page.items], page.next)


@router.get(
    "/studies/{id}",
    name="read_study",
    summary="Read a study, and its answer once there is one",
    responses={**answers.shows(StudyAnswered), **answers.problems(404)},
)
def read_study(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """While it is queued or running, ask again: its progress says how far it has come. Leaves an audit event."""
    study, answer = keeping.read_study(office, caller, id)
    told = written({**shown(study), "tables": tables.tables_of(study.kind)})
    whole = told[:-1] + b',"answer":' + (answer or b"null") + b"}"
    return Response(whole, media_type=answers.JSON)


@router.get(
    "/studies/{id}/tables/{table}",
    name="read_study_table",
    summary="Read one table of a study's answer as CSV",
    responses={
        200: {"description": "CSV in UTF-8", "content": {"text/csv": {"schema": {"type": "string"}}}},
        **answers.problems(404, 409),
    },
)
def read_study_table(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    table: Annotated[str, Path(max_length=40, description="The name of the table, as the study lists them.")],
) -> Response:
    """Opens in a spreadsheet. Leaves an audit event."""
    study, answer = keeping.read_answer(office, caller, id)
    content = tables.as_csv(tables.table_of(study.kind, json.loads(answer), table))
    name = f"{study.kind}-{study.reference}-{table}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")


@router.post(
    "/studies/{id}/stop",
    name="stop_study",
    summary="Stop a study",
    responses={**answers.shows(StudyShown), **answers.problems(404)},
)
def stop_study(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """One that waits stops at once, one that is being worked out as soon as it can. Doing it again changes nothing."""
    return answers.json(shown(keeping.stop_study(office, caller, id)))


def shown(study: Study) -> dict[str, Any]:
    """A study without its answer."""
    told = {name: getattr(study, name) for name in StudyShown.model_fields}
    return {**told, "asked": dict(study.asked), "progress": dict(study.progress)}
