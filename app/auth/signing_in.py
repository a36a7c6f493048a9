"""Asks for a key before anything of a request is read: whoever has none learns nothing of what is here."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.auth.keys import Keys, asking, secret_in
from app.problem_details import answer, problem_of
from matching.errors import DomainError

API = "/api/"
OPEN_PATHS = frozenset({"/api/v1/health/live", "/api/v1/health/ready"})


class SigningIn:
    """Finds out who calls the API and puts the caller into the request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["path"].startswith(API) and scope["path"] not in OPEN_PATHS:
            origin = str(scope.get("request_id", ""))
            keys: Keys = scope["app"].state.keys
            try:
                secret = secret_in(Headers(scope=scope).get("authorization"))
                caller = keys.known(secret)
                if caller is None:
                    caller = await run_in_threadpool(keys.caller, secret)
            except DomainError as error:
                await answer(problem_of(error, origin))(scope, receive, send)
                return
            scope["caller"] = asking(caller, origin)
        await self._app(scope, receive, send)
