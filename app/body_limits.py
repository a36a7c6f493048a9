"""Refuses a request whose body is larger than is read here: by what it says of itself, and else while it is read."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimits:
    """Holds every request to a number of bytes; some addresses have a number of their own."""

    def __init__(self, app: ASGIApp, most: int, elsewhere: Mapping[str, int]) -> None:
        self._app, self._most, self._elsewhere = app, most, elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._elsewhere.get(scope["path"], self._most)
        said = _said(scope)
        seen = said if said > most else 0  # refused before a byte is read, in the words of the page or of the API

        async def receiving() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413)
            return message

        await self._app(scope, receiving, send)


def _said(scope: Scope) -> int:
    """What the request says is its length; 0 when it says nothing."""
    written = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(written) if written.isdigit() else 0
