"""The first page: what waits for whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.visits import May, Visit
from app.services.workflow import watching

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits."""

    what: str
    urgency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What waits for me."""

    template: ClassVar[str] = "home.html"
    title: str = "What waits for you"
    waiting: tuple[Waiting, ...]


@router.get("/", name="page_home")
def home(visit: Annotated[Visit, Depends(May("read_waiting"))]) -> Response:
    """What waits, the most urgent first."""
    waits = watching.read_waiting(visit.office, visit.caller)
    return visit.page(
        HomePage(waiting=tuple(Waiting(what=one.what, urgency=one.urgency.name.lower()) for one in waits))
    )
