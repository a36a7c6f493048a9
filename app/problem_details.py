"""Errors as answers: the one table from what went wrong to its status, and how it is written (RFC 9457)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from app.auth.doors import NoDoor
from app.auth.errors import NotForThisRole, NotSignedIn
from app.auth.sessions import NotFromThisPage, SignedOut
from app.interchange.problems import BundleRefused
from app.interchange.problems import Problem as RowProblem
from app.services import errors as refused
from app.services.repeats import KeyReused
from app.services.scenarios.tables import NoSuchTable
from app.services.workflow import errors as moves
from app.settings import BadSetting
from db import errors as stored
from matching.errors import DomainError, Invalid
from matching.scenarios.changes import NAMES
from matching.workflow.decisions import CannotDecide
from matching.workflow.sign_offs import SignOffMissing
from matching.workflow.transitions import IllegalMove, NotInThisRole
from solver.interface import PinnedPairingBlocked

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "2"
"""Seconds after which a request that found the database busy may be sent again."""

log = logging.getLogger("placement.problems")


class PreconditionRequired(DomainError):
    """A change was sent without saying which version it changes."""

    def __init__(self) -> None:
        super().__init__(
            "A change needs the header If-Match with the ETag that you read, so that nobody's change is lost. "
            "Read it again and send its ETag."
        )


class NotAMediaTypeHere(DomainError):
    """The body is of a kind that is not read here."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"The body of this request is read as {wanted} only. Send it with that Content-Type.")


STATUS: Mapping[type[DomainError], int] = {
    DomainError: 422,
    NotSignedIn: 401,
    SignedOut: 401,
    NoDoor: 403,
    NotFromThisPage: 403,
    NotForThisRole: 403,
    NotInThisRole: 403,
    stored.NotFound: 404,
    stored.AlreadyExists: 409,
    stored.Refused: 409,
    stored.BedTaken: 409,
    stored.BedsPromised: 409,
    stored.HoldGone: 409,
    refused.AlreadyPlaced: 409,
    refused.NotWaitingNow: 409,
    refused.NoAnswerYet: 409,
    refused.NoReturns: 409,
    refused.RulesHaveChanged: 409,
    IllegalMove: 409,
    CannotDecide: 409,
    SignOffMissing: 409,
    moves.AlreadyAsked: 409,
    moves.NotYourHome: 404,
    moves.NotYourSignOff: 403,
    PinnedPairingBlocked: 409,
    NoSuchTable: 404,
    stored.Stale: 412,
    NotAMediaTypeHere: 415,
    PreconditionRequired: 428,
    refused.SayWhichVersion: 428,
    KeyReused: 422,
    BadSetting: 500,
    stored.UnknownDatabase: 500,
    stored.Busy: 503,
}
"""A kind of error that is not listed has the status of the nearest kind it is a case of."""

TITLES = {
    400: "The request cannot be read",
    401: "A key is needed",
    403: "Not for this role",
    404: "There is no such thing",
    405: "Not possible here",
    409: "It does not go together with what is on record",
    412: "It was changed since you read it",
    413: "The request is too large",
    415: "Not a kind of content that is read here",
    422: "Something in the request cannot be as it is",
    428: "Say which version you are changing",
    500: "Something went wrong here",
    503: "Busy: try again in a moment",
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one part of the request: where it is, and what is wrong and would be right."""

    pointer: str
    """A JSON Pointer into the body; for a header or a part of the address, its name after '#'."""
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in the shape of RFC 9457. It repeats nothing that was sent."""

    type: str
    title: str
    status: int
    detail: str
    instance: str = ""
    """The id of the request, also in the log."""
    errors: tuple[FieldProblem, ...] = field(default=())
    possible: tuple[str, ...] = ()
    """For a move that cannot be made: the moves that can, now."""


def status_of(error: type[DomainError]) -> int:
    """The status of a kind of error."""
    return next(STATUS[kind] for kind in error.__mro__ if kind in STATUS)


def problem_of(error: DomainError, instance: str = "") -> Problem:
    """A domain error as a problem."""
    status = status_of(type(error))
    slug = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", type(error).__name__).lower()
    told = tuple(_faults_of(error))
    detail = _WITHOUT_WHAT_WAS_SENT.get(type(error), str)(error)
    if isinstance(error, Invalid):
        detail = f"{len(told)} field{'s' if len(told) != 1 else ''} cannot be as given; each is named."
    possible = error.possible if isinstance(error, IllegalMove) else ()
    return Problem(f"urn:placement-matching:{slug}", TITLES[status], status, detail, instance, told, possible)


_WITHOUT_WHAT_WAS_SENT: Mapping[type[DomainError], Any] = {
    stored.NotFound: lambda e: f"There is no such {e.noun} on record for this authority. Look it up in its list.",
    stored.AlreadyExists: lambda e: (
        f"There is already a {e.noun} with this reference, and it says something else. "
        "Change that one, or give another reference."
    ),
}
"""Errors whose own words repeat what was sent."""


def _faults_of(error: DomainError) -> Iterator[FieldProblem]:
    if isinstance(error, Invalid | CannotDecide):
        yield from (FieldProblem(f"/{at.field}" if at.field else "", f"{at.wrong}. {at.remedy}") for at in error.faults)
    if isinstance(error, stored.AlreadyExists):
        yield FieldProblem("/external_ref", "This reference is taken")
    if isinstance(error, BundleRefused):
        yield from (_row_problem(at) for at in error.problems)
    if isinstance(error, refused.AlreadyPlaced):
        yield FieldProblem(error.pointer, str(error))


def _row_problem(at: RowProblem) -> FieldProblem:
    where = "".join(f"/{part}" for part in (at.file, at.line, at.column) if part is not None)
    return FieldProblem(where, f"{at.wrong}. {at.right}")


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response."""
    more = {"Retry-After": RETRY_AFTER} if problem.status == 503 else {}
    more |= {"WWW-Authenticate": 'Bearer realm="placement-matching"'} if problem.status == 401 else {}
    return Response(to_json(problem), problem.status, {**more, **(headers or {})}, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Makes every error of the application an answer of this shape."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _bug)


def request_id(request: Request) -> str:
    """The id under which the log tells of a request."""
    return str(request.scope.get("request_id", ""))


async def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    return answer(problem_of(error, request_id(request)))


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer(problem_of_status(error.status_code, request_id(request)), error.headers)


def problem_of_status(status: int, instance: str = "") -> Problem:
    """What there is to say when only the status is known."""
    title = TITLES.get(status, "The request was refused")
    return Problem("about:blank", title, status, _REMEDIES.get(status, title), instance)


_REMEDIES = {
    400: "The body is not JSON that can be read. Send well-formed JSON in UTF-8.",
    404: "There is nothing at this address. The description at /docs lists what there is.",
    405: "This address is there, but not for this method. The header Allow lists what is possible.",
    413: "The body is larger than is read here. Send it in parts; large files go to /api/v1/imports.",
}


async def _bug(request: Request, error: Exception) -> Response:
    log.error("request %s failed: %s", request_id(request), type(error).__name__, exc_info=error)
    detail = "This is a fault of the service, not of your request; nothing was half written. Tell us the instance."
    return answer(Problem("about:blank", TITLES[500], 500, detail, request_id(request)))


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(at["type"] == "json_invalid" for at in found):
        return await _plain(request, HTTPException(400))
    if any(at["loc"] == ("body",) and at["type"] in _NO_OBJECT for at in found) and _is_no_json(request):
        return answer(problem_of(NotAMediaTypeHere("application/json"), request_id(request)))
    told = tuple(dict.fromkeys(_field_problem(at) for at in found))
    detail = f"{len(told)} part{'s' if len(told) != 1 else ''} of the request cannot be as given; each is named."
    return answer(Problem("urn:placement-matching:invalid", TITLES[422], 422, detail, request_id(request), told))


_NO_OBJECT = {"model_attributes_type", "model_type", "dict_type"}


def _is_no_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return not (kind == "application/json" or kind.endswith("+json"))


def _field_problem(found: Mapping[str, Any]) -> FieldProblem:
    where, *path = found["loc"]
    unknown = found["type"] == "extra_forbidden"
    if unknown and not _is_name(path[-1]):
        path = path[:-1]  # what somebody invented is not repeated
    path = [part for part in path if part not in _NOT_IN_THE_BODY]
    shown = [str(part) if isinstance(part, int) or _is_name(part) else "*" for part in path]
    pointer = "".join(f"/{part}" for part in shown) if where == "body" else f"#{'/'.join(shown)}"
    return FieldProblem(pointer, _remedy(found))


_NOT_IN_THE_BODY = frozenset({"[key]", *NAMES.values()})
"""What pydantic puts into the path of a fault and nobody sent as a name: which kind of change it took it for."""


def _is_name(part: object) -> bool:
    return isinstance(part, str) and re.fullmatch(r"[A-Za-z][a-z0-9_-]{0,40}", part) is not None


def _remedy(found: Mapping[str, Any]) -> str:
    kind, limits = str(found["type"]), found.get("ctx", {})
    words = _WORDS.get(kind)
    if words is not None:
        return words.format(**limits)
    own = kind in {"whole_number", "day", "day_within", "moment", "text"}
    return str(found["msg"]) if own else "This cannot be read. See the description of this field"


_WORDS = {
    "missing": "This is needed; give it",
    "extra_forbidden": "There is no such field here. Leave it out, or see the description for its name",
    "enum": "This is none of the words that may stand here. Give {expected}",
    "literal_error": "This is none of the words that may stand here. Give {expected}",
    "string_type": "Give a text, in quotation marks",
    "string_too_short": "This is too short: give at least {min_length} characters",
    "string_too_long": "This is too long: give at most {max_length} characters",
    "string_pattern_mismatch": "This is not written as it must be; the pattern is {pattern}",
    "bool_type": "Give true or false, without quotation marks",
    "list_type": "Give a list",
    "dict_type": "Give an object",
    "model_type": "Give an object",
    "model_attributes_type": "Give an object",
    "too_long": "There are too many here: give at most {max_length}",
    "too_short": "There are too few here: give at least {min_length}",
    "greater_than_equal": "This is too small: give {ge} or more",
    "less_than_equal": "This is too large: give {le} or less",
    "uuid_parsing": "This is not an id; an id is written as 8-4-4-4-12 hexadecimal digits",
    "uuid_type": "This is not an id; an id is written as 8-4-4-4-12 hexadecimal digits",
    "union_tag_invalid": "There is no such kind here. Give one of {expected_tags}",
    "union_tag_not_found": "Say which kind it is, under {discriminator}",
    "int_parsing": "Give a whole number",
    "int_from_float": "Give a whole number",
    "int_type": "Give a whole number",
    "bool_parsing": "Give true or false",
}
"""What to do, by pydantic's name for what is wrong. None of them repeats what was sent."""
