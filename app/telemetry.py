"""What the service tells of itself: one log line for each request, with ids and figures and never a person's data."""

from __future__ import annotations

import logging
import re
import time
from uuid import uuid4

from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("placement.requests")

FASTAPI: TelemetryConfig = {"logs": False, "operation_spans": False}
"""FastAPI's own telemetry without what would hold the content of requests: validation failures and their values."""

_GIVEN_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}")


class Requests:
    """Gives each request an id, answers with it, and logs how it went. Query strings and bodies are never logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = _id_of(scope)
        began, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message.get("headers", []))
                named = {name.lower() for name, _ in given}
                message["headers"] = [*given, *(one for one in _headers(scope) if one[0] not in named)]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            spent = (time.perf_counter() - began) * 1000
            log.info("%s %s %s %d %.1f ms", scope["request_id"], scope["method"], _path(scope), status, spent)


def configure(level: str) -> None:
    """Sets up logging for a server process."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it would tell of each look at the tables
    logging.getLogger("uvicorn.error").addFilter(_told_already)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it would log whole addresses, places in them


def _told_already(record: logging.LogRecord) -> bool:
    """Leaves out a failed request's traceback where the server repeats it: it is logged with the request's id."""
    return not record.getMessage().startswith("Exception in ASGI application")


def _id_of(scope: Scope) -> str:
    """The id that a proxy in front gave the request, when it is one; else a new one."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if _GIVEN_ID.fullmatch(given) else uuid4().hex


def _path(scope: Scope) -> str:
    """The route rather than the address where there is one: nothing a caller wrote is logged but ids."""
    path = re.sub(r"[^A-Za-z0-9/_.-]", "*", scope["path"][:200])
    return path if scope.get("endpoint") is not None else "(no route)"


def _headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    return [
        (b"x-request-id", str(scope["request_id"]).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    ]
