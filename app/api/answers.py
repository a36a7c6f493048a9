"""Answers: JSON written once, with its ETag and place, and the answers every route may give when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from app.bodies.wire import written
from app.problem_details import MEDIA_TYPE, TITLES, Problem
from app.services.repeats import Reply

JSON = "application/json"


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def sent(reply: Reply) -> Response:
    """A reply as a response."""
    return Response(reply.body, reply.status, dict(reply.headers), JSON)


def json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Anything that can be written, as a response."""
    return Response(written(value), status, dict(headers or {}), JSON)


def page(request: Request, items: Sequence[Any], following: str | None) -> Response:
    """One page of a list, and where the next is: `following` is what to ask for `after`."""
    further = {"Link": f'<{request.url.include_query_params(after=following)}>; rel="next"'} if following else {}
    return json({"items": items, "next": following}, headers=further)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description says of answers that are problems."""
    every = sorted({*statuses, 401, 403, 422, 503})
    return {status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": _REF}}} for status in every}


_REF = {"$ref": "#/components/schemas/Problem"}


def shows(model: Any, status: int = 200, says: str = "As asked", *, with_etag: bool = False) -> dict[int | str, Any]:
    """What the description says of the answer that is wanted."""
    told: dict[str, Any] = {"description": says, "model": model}
    if with_etag:
        told["headers"] = {
            "ETag": {"description": "Send it back as If-Match to change what you read", "schema": {"type": "string"}}
        }
    return {status: told}


__all__ = ["JSON", "Problem", "etag", "json", "problems", "sent", "shows"]
