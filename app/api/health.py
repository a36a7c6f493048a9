"""Whether the service is up: for a supervisor, a proxy and whoever is on duty. Needs no key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response

from app.api import answers
from app.dependencies import OfficeHere
from app.services.health import readiness

UNREADY = {"description": "Not ready: what is missing is named"}


@dataclass(frozen=True, slots=True)
class Health:
    """Whether it is well, and what is not."""

    status: str
    """ok, or unready."""
    missing: tuple[str, ...] = ()


def live() -> Response:
    """The process answers."""
    return answers.json(Health("ok"))


def ready(office: OfficeHere) -> Response:
    """The database answers and has the newest tables: requests can be served."""
    missing = readiness(office)
    return answers.json(Health("unready" if missing else "ok", missing), 503 if missing else 200)


def add_routes(prefix: str, suffix: str) -> APIRouter:
    """The two routes, below a prefix; at the root for supervisors, and with the API for its callers."""
    here = APIRouter(prefix=prefix, tags=["health"])
    for path, route, says in (("live", live, "Is the process up?"), ("ready", ready, "Can requests be served?")):
        shown = answers.shows(Health)
        unready: dict[int | str, Any] = {503: {**UNREADY, "model": Health}} if path == "ready" else {}
        here.add_api_route(
            f"/health/{path}",
            route,
            name=f"{path}{suffix}",
            summary=says,
            responses={**shown, **unready},
        )
    return here
