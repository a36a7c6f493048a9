"""Routes about the statutory return (SSDA903): load one, see which years are on record, and write one."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any, BinaryIO, cast

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.api import answers
from app.dependencies import CallerHere, OfficeHere
from app.interchange.sources import NotAZip, Zipped
from app.interchange.ssda903.loading import Became, Loaded903, load_returns
from app.interchange.ssda903.writing import zip_of
from app.problem_details import NotAMediaTypeHere
from app.services import care_histories, statutory_returns
from app.services.callers import Caller
from app.services.office import Office
from matching.codes.ssda903 import CollectionYear
from matching.errors import DomainError, Fault, Invalid

ZIP, FORM = "application/zip", "multipart/form-data"
_IN_MEMORY = 2_000_000
_BYTES = {"type": "string", "format": "binary"}
_FILES = {
    "type": "object",
    "properties": {"files": {"type": "array", "items": _BYTES}},
    "required": ["files"],
    "example": {"files": ["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC"]},
}


class ReturnShown(BaseModel):
    """One year's return that was loaded."""

    year: str
    became: Became
    counts: dict[str, int]
    """Children, episodes, what could not be used of them, and rows of the files that only were checked."""


class NoteShown(BaseModel):
    """One kind of trouble in one column, in spite of which the return was loaded."""

    file: str
    column: str | None
    wrong: str
    right: str
    count: int
    """How many rows it is about."""
    lines: list[int]
    """The first lines it is on."""


class ReturnsLoaded(BaseModel):
    """What loading came to, the oldest year first, and what could not be used."""

    returns: list[ReturnShown]
    notes: list[NoteShown]


class ReturnOnRecord(BaseModel):
    """A year's return on record."""

    year: str
    sha256: str
    counts: dict[str, int]
    loaded_at: datetime


class ReturnList(BaseModel):
    """The oldest year first."""

    items: list[ReturnOnRecord]


router = APIRouter(tags=["statutory-returns"])


@router.post(
    "/ssda903",
    name="load_return",
    status_code=201,
    summary="Load statutory returns (SSDA903)",
    openapi_extra={"requestBody": {"required": True, "content": {ZIP: {"schema": _BYTES}, FORM: {"schema": _FILES}}}},
    responses={**answers.shows(ReturnsLoaded, 201, "Loaded, all of it"), **answers.problems(400, 413, 415)},
)
async def load_return(
    request: Request,
    office: OfficeHere,
    caller: CallerHere,
    year: Annotated[
        str | None, Query(description="The collection year, as in 2025-26; otherwise the episodes' dates tell it.")
    ] = None,
) -> Response:
    """A zip of a return's CSV files, or the files themselves as a form: each is known by its columns. All of it is
    loaded or nothing, and every problem is told at once by file, line and column. A return takes the place of the one
    there was of its year; the same again changes nothing. Several years: a folder in the zip for each.
    """
    wanted = None if year is None else _year(year)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        if kind == ZIP:
            async for part in request.stream():
                await run_in_threadpool(kept.write, part)
        elif kind == FORM:
            async with request.form() as form:
                given = [one for _, one in form.multi_items() if isinstance(one, UploadFile)]
                await run_in_threadpool(_zip, [(one.filename or "", one.file) for one in given], cast("BinaryIO", kept))
        else:
            raise NotAMediaTypeHere(f"{ZIP} or {FORM}")
        kept.seek(0)
        loaded = await run_in_threadpool(_load, office, caller, cast("BinaryIO", kept), wanted)
    return answers.json(_told(loaded), 201)


@router.get(
    "/ssda903",
    name="list_returns",
    summary="List the statutory returns on record",
    responses={**answers.shows(ReturnList), **answers.problems()},
)
def list_returns(office: OfficeHere, caller: CallerHere) -> Response:
    """Which collection years are on record, the oldest first, with the hash of the files and what was read from them."""
    items = [
        {"year": str(one.year), "sha256": one.sha256, "counts": dict(one.counts), "loaded_at": one.loaded_at}
        for one in care_histories.list_returns(office, caller)
    ]
    return answers.json({"items": items})


@router.get(
    "/ssda903/{year}",
    name="export_return",
    summary="Write the statutory return of a year",
    responses={
        200: {"description": "A zip of CSV files", "content": {ZIP: {"schema": {"type": "string"}}}},
        **answers.problems(),
    },
)
def export_return(office: OfficeHere, caller: CallerHere, year: str) -> Response:
    """Header, episodes and unaccompanied children out of the authority's own records, as far as they are known today.
    What nothing on record says is left blank; docs/ssda903.md lists it. The export is an event in the audit trail.
    """
    wanted = _year(year)
    act = caller.act("export-return", office.clock())
    told = statutory_returns.export_return(office.store, caller.authority, wanted, office.today(), act)
    headers = {"Content-Disposition": f'attachment; filename="ssda903-{wanted}.zip"'}
    return Response(zip_of(told), headers=headers, media_type=ZIP)


def _year(text: str) -> CollectionYear:
    try:
        return CollectionYear.parse(text)
    except DomainError as error:
        wrong, _, remedy = str(error).partition(". ")
        raise Invalid([Fault("year", wrong, remedy)]) from error


def _zip(files: Sequence[tuple[str, IO[bytes]]], into: BinaryIO) -> None:
    """The files of a form as one zip, so that there is one way in."""
    with zipfile.ZipFile(into, "w") as archive:
        for number, (name, content) in enumerate(files, start=1):
            last = name.replace("\\", "/").rpartition("/")[2] or f"file-{number}"
            named = last if last.lower().endswith(".csv") else f"{last}.csv"
            with archive.open(named if named not in archive.namelist() else f"{number}-{named}", "w") as entry:
                shutil.copyfileobj(content, entry)


def _load(office: Office, caller: Caller, kept: BinaryIO, year: CollectionYear | None) -> Loaded903:
    try:
        source = Zipped(kept, below=True)
    except NotAZip as error:
        wrong, _, remedy = str(error).partition(". ")
        raise Invalid([Fault("", wrong, remedy)]) from error
    act = caller.act("load-return", office.clock())
    return load_returns(office.store, caller.authority, source, office.gazetteer, act, year)


def _told(loaded: Loaded903) -> dict[str, Any]:
    returns = [{"year": str(one.year), "became": one.became, "counts": one.counts} for one in loaded.returns]
    return {"returns": returns, "notes": [asdict(note) for note in loaded.notes]}
