"""A connection to the service that is kept open and costs its owner little: what loads are made with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

_PATIENCE = 30.0
_BELOW = "/api/v1"


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    status: int
    text: str

    def json(self) -> Any:
        """The answer as what it holds."""
        return json.loads(self.text)


class Line:
    """One connection, made again when it breaks. For one thread at a time."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.hostname is not None, "a whole address"
        self._connection = HTTPConnection(parts.hostname, parts.port, timeout=_PATIENCE)

    def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Told | None:
        """What is answered to a POST below /api/v1; None when nothing is, and nobody knows whether it was done."""
        written = json.dumps(body).encode()
        try:
            self._connection.request("POST", _BELOW + path, written, {**headers, "Content-Type": "application/json"})
            answer = self._connection.getresponse()
            return Told(answer.status, answer.read().decode())
        except (OSError, HTTPException):
            self._connection.close()
            return None

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()
