"""Routes about bundles of files: load one, and see what was loaded."""

from __future__ import annotations

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, BinaryIO, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from app.api import answers
from app.dependencies import CallerHere, OfficeHere
from app.interchange.loading import Loaded, import_bundle
from app.interchange.sources import NotAZip, Zipped
from app.problem_details import NotAMediaTypeHere
from app.services import imports
from app.services.callers import Caller
from app.services.office import Office
from matching.errors import Fault, Invalid

ZIP = "application/zip"
_IN_MEMORY = 2_000_000


class Count(BaseModel):
    """What became of the records of one file."""

    added: int
    changed: int
    unchanged: int


class ImportShown(BaseModel):
    """A bundle that was loaded."""

    id: UUID
    counts: dict[str, Count]
    """By main file."""


class ImportOnRecord(ImportShown):
    """A bundle that was loaded, when, and the hash of its files."""

    sha256: str
    created_at: datetime


class ImportList(BaseModel):
    """The newest imports first."""

    items: list[ImportOnRecord]


router = APIRouter(tags=["imports"])


@router.post(
    "/imports",
    name="make_import",
    status_code=201,
    summary="Load a bundle of files",
    openapi_extra={
        "requestBody": {"required": True, "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}
    },
    responses={**answers.shows(ImportShown, 201, "Loaded, all of it"), **answers.problems(400, 409, 413, 415)},
)
async def make_import(request: Request, office: OfficeHere, caller: CallerHere) -> Response:
    """A zip of CSV files, one for each noun, as docs/bundle.md has them: all of it is loaded or nothing, and every bad
    row is told at once by file, line and column. Loading the same again changes nothing.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != ZIP:
        raise NotAMediaTypeHere(ZIP)
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        async for part in request.stream():
            await run_in_threadpool(kept.write, part)
        kept.seek(0)
        loaded = await run_in_threadpool(_load, office, caller, cast("BinaryIO", kept))
    return answers.json(_told(loaded), 201)


@router.get(
    "/imports",
    name="list_imports",
    summary="List what was loaded",
    responses={**answers.shows(ImportList), **answers.problems()},
)
def list_imports(
    office: OfficeHere,
    caller: CallerHere,
    limit: Annotated[int, Query(ge=1, le=500, description="The most to list.")] = 50,
) -> Response:
    """The newest first, with the hash of the files and what became of their records."""
    items = [
        {"id": one.id, "counts": dict(one.counts), "sha256": one.sha256, "created_at": one.created_at}
        for one in imports.list_imports(office, caller, limit)
    ]
    return answers.json({"items": items})


def _load(office: Office, caller: Caller, kept: BinaryIO) -> Loaded:
    try:
        source = Zipped(kept)
    except NotAZip as error:
        wrong, _, remedy = str(error).partition(". ")
        raise Invalid([Fault("", wrong, remedy)]) from error
    act = caller.act("make-import", office.clock())
    return import_bundle(office.store, caller.authority, source, office.gazetteer, act)


def _told(loaded: Loaded) -> dict[str, Any]:
    return {"id": loaded.id, "counts": loaded.counts}
