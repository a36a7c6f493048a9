"""What went wrong, as a page in plain words: the same table of statuses as the API, told to a person who must act."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app.auth.doors import NoDoor
from app.auth.errors import NotForThisRole
from app.auth.sessions import NotFromThisPage, SignedOut
from app.pages.back import sign_in_address
from app.pages.visits import page
from app.pages.words import capital, plain
from app.problem_details import RETRY_AFTER, Problem, problem_of, problem_of_status, request_id
from matching.errors import DomainError

ELSEWHERE = ("/api/", "/health/", "/docs", "/openapi.json")
"""Addresses of the API and its description, whose errors are answered in JSON."""

log = logging.getLogger("placement.problems")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage:
    """Something that cannot be done, why, and what can."""

    template: ClassVar[str] = "problem.html"
    title: str
    says: str
    points: tuple[str, ...] = ()
    """What is wrong with single fields."""
    possible: tuple[str, ...] = ()
    """The moves that can be made now."""
    reference: str = ""
    """For whoever looks it up in the log; shown when it is the service's fault."""
    back: str = ""


_TITLES: Mapping[int, str] = MappingProxyType(
    {
        400: "This cannot be read",
        403: "This is not part of your role",
        404: "Page not found",
        405: "This cannot be done here",
        409: "This is not possible now",
        412: "Somebody changed this while you had it open",
        413: "This is too large",
        422: "Something you sent cannot be as it is",
        500: "Sorry, something went wrong",
        503: "The service is busy",
    }
)
_OWN_TITLES: Mapping[type[DomainError], str] = MappingProxyType(
    {NoDoor: "Nobody can sign in here yet", NotFromThisPage: "This form cannot be taken"}
)
"""Of errors whose status says too little."""
_SAYS: Mapping[int, str] = MappingProxyType(
    {
        400: "What was sent cannot be read. Go back and try again.",
        404: "There is nothing at this address, or not for your authority. If you typed the address, check it. "
        "If you followed a link, what it led to may have been removed.",
        405: "This address only answers when a form is sent to it. Go back to the page with the form.",
        412: "Nothing of yours was saved, so that nobody's change is lost. Go back, load the page again to see what is "
        "there now, and make your change once more.",
        413: "What was sent is larger than can be read here. Send less at once.",
        500: "This is a fault of the service and not of what you did. Nothing was half saved. Try again, and if it "
        "happens again, tell whoever looks after the service this reference:",
        503: "Nothing was saved. Wait a few seconds and try again: sending the same form twice does no harm.",
    }
)


def install(app: FastAPI) -> None:
    """Makes errors below pages pages; those of the API stay as they are. After app.problem_details.install."""
    for kind in (DomainError, RequestValidationError, HTTPException, Exception):
        earlier = app.exception_handlers[kind]

        async def told(request: Request, error: Exception, earlier: object = earlier) -> Response:
            if request.url.path.startswith(ELSEWHERE):
                return await earlier(request, error)  # type: ignore[operator,no-any-return]  # a handler of our own
            return _answer(request, error)

        app.add_exception_handler(kind, told)


def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, SignedOut):
        where = sign_in_address(request.url.path if request.method == "GET" else "/", kept=error.kept)
        return Response(status_code=303, headers={"Location": where, "Cache-Control": "no-store"})
    problem = _problem(request, error)
    answered = page(request, _page(problem, error), problem.status)
    if problem.status == 503:
        answered.headers["Retry-After"] = RETRY_AFTER
    return answered


def _problem(request: Request, error: Exception) -> Problem:
    reference = request_id(request)
    if isinstance(error, DomainError):
        return problem_of(error, reference)
    if isinstance(error, HTTPException):
        return problem_of_status(error.status_code, reference)
    if isinstance(error, RequestValidationError):  # an address with an id that is none
        return problem_of_status(404, reference)
    log.error("request %s failed: %s", reference, type(error).__name__, exc_info=error)
    return replace(problem_of_status(500, reference), instance=reference)


def _page(problem: Problem, error: Exception) -> ProblemPage:
    says = _SAYS.get(problem.status, problem.detail)
    if isinstance(error, NotForThisRole):
        says = f"Your role is {plain(error.role)}. This can be done by: {', '.join(map(plain, error.roles))}."
    return ProblemPage(
        title=_title(problem, error),
        says=says,
        points=tuple(f"{at.detail}." for at in problem.errors),
        possible=tuple(capital(plain(move)) for move in problem.possible),
        reference=problem.instance if problem.status == 500 else "",
    )


def _title(problem: Problem, error: Exception) -> str:
    own = _OWN_TITLES.get(type(error)) if isinstance(error, DomainError) else None
    return own or _TITLES.get(problem.status, "This cannot be done")
