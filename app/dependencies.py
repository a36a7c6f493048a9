"""What routes ask for: the office, the caller, the version that is changed, and the key of a request sent again."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Path, Query, Request

from app.auth.access import allow
from app.bodies.kinds import Day
from app.problem_details import PreconditionRequired
from app.services.callers import Caller
from app.services.children import ANY
from app.services.office import Office
from app.services.repeats import Repeat
from matching.policy import Preset

# Every dependency is a coroutine, though none of them waits: FastAPI sends what is not to a thread and back, and each of
# those journeys takes longer than what is done there.


async def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


async def guard(request: Request) -> Caller:
    """Who calls, once the table of roles has let them. Stands before every route that needs a key."""
    caller: Caller = request.scope["caller"]
    allow(request.scope["route"].name, caller.role)
    return caller


async def _repeat(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern="^[!-~]+$",
            description="Any text of your own: the same request with the same key is done once, and answered alike.",
        ),
    ] = None,
) -> Repeat | None:
    if idempotency_key is None:
        return None
    sha256 = hashlib.sha256(request.url.query.encode() + b"\0" + await request.body()).hexdigest()
    return Repeat(idempotency_key, f"{request.method} {request.url.path}"[:200], sha256)


_IF_MATCH = Header(max_length=100, description="The ETag that you read: the change is refused if it was changed since.")


async def _expected(if_match: Annotated[str | None, _IF_MATCH] = None) -> int | None:
    if if_match is None:
        raise PreconditionRequired
    return _any_is_none(_version_in(if_match))


async def _expected_if_said(
    if_match: Annotated[
        str | None,
        Header(max_length=100, description="The ETag that you read, if you wish: refused if it was changed since."),
    ] = None,
) -> int | None:
    return None if if_match is None else _any_is_none(_version_in(if_match))


async def _expected_if_any(if_match: Annotated[str | None, _IF_MATCH] = None) -> int | None:
    return None if if_match is None else _version_in(if_match)


def _any_is_none(version: int) -> int | None:
    return None if version == ANY else version


def _version_in(if_match: str) -> int:
    if if_match.strip() == "*":
        return ANY
    written = re.fullmatch(r'"([0-9]{1,9})"', if_match.strip())
    return int(written[1]) if written else -1  # an ETag that no version has


async def _as_of(
    office: OfficeHere,
    as_of: Annotated[Day | None, Query(description="The day to look at; today when left out.")] = None,
) -> date:
    return office.day(as_of)


OfficeHere = Annotated[Office, Depends(_office)]
CallerHere = Annotated[Caller, Depends(guard)]
RepeatHere = Annotated[Repeat | None, Depends(_repeat)]
ExpectedHere = Annotated[int | None, Depends(_expected)]
ExpectedIfAnyHere = Annotated[int | None, Depends(_expected_if_any)]
ExpectedIfSaid = Annotated[int | None, Depends(_expected_if_said)]
AsOfHere = Annotated[date, Depends(_as_of)]
PresetHere = Annotated[
    Preset | None, Query(alias="policy", description="A preset policy; the authority's own when left out.")
]
IdHere = Annotated[UUID, Path(description="The id that the service gave it.")]
HomeHere = Annotated[UUID, Path(description="The id of any home the authority may see.")]
