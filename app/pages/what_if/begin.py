"""Where a what-if begins: scenarios that are ready, those that were saved, and what was asked before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.visits import May, Visit
from app.pages.words import counted, day, moment
from app.services.scenarios import keeping
from db.pages import Listing
from db.repositories.studies import Study, StudyStatus

router = APIRouter(include_in_schema=False)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "compare-scenarios": "Tonight, side by side",
        "look-ahead": "The years ahead",
        "bed-prices": "What one more home would be worth",
        "cheapest-homes": "The cheapest homes that reach a target",
        "step-down": "Who could step down",
    }
)
STATUSES: Mapping[StudyStatus, str] = MappingProxyType(
    {
        StudyStatus.QUEUED: "Waits its turn",
        StudyStatus.RUNNING: "Being worked out",
        StudyStatus.FINISHED: "Answered",
        StudyStatus.FAILED: "Failed",
        StudyStatus.CANCELLED: "Stopped",
    }
)
_RECENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One scenario that can be chosen."""

    field: str
    value: str
    id: str
    name: str
    says: str
    source: str
    href: str = ""
    """Its own page, where it can be changed."""


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One question that was asked."""

    reference: str
    href: str
    kind: str
    what: str
    status: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage:
    """Where a what-if begins."""

    template: ClassVar[str] = "what_if/begin.html"
    title: str = "What if?"
    as_of: str
    ready: tuple[Offered, ...]
    saved: tuple[Offered, ...]
    studies: tuple[StudyRow, ...]
    may_ask: bool


@router.get("/what-if", name="page_what_if")
def begin(visit: Annotated[Visit, Depends(May("list_ready_scenarios"))]) -> Response:
    """The page."""
    today = visit.office.today()
    ready = keeping.list_ready_scenarios(visit.office, visit.caller, today)
    saved = keeping.list_scenarios(visit.office, visit.caller)
    listing = Listing(where={}, sort="created_at", descending=True, limit=_RECENT)
    studies = keeping.list_studies(visit.office, visit.caller, listing).items
    return visit.page(
        WhatIfPage(
            as_of=day(today),
            ready=tuple(
                Offered(
                    field="ready",
                    value=one.id,
                    id=f"ready-{one.id}",
                    name=one.scenario.name,
                    says=one.scenario.says,
                    source=one.source,
                )
                for one in ready
            ),
            saved=tuple(
                Offered(
                    field="saved",
                    value=str(one.stored.id),
                    id=f"saved-{one.stored.id}",
                    name=one.scenario.name,
                    says=one.scenario.says or counted(len(one.scenario.changes), "change"),
                    source=f"Saved by your authority, version {one.stored.version}",
                    href=f"/what-if/scenarios/{one.stored.id}",
                )
                for one in saved
            ),
            studies=tuple(map(study_row, studies)),
            may_ask=visit.may("run_scenarios"),
        )
    )


def study_row(study: Study) -> StudyRow:
    """One study in a list."""
    return StudyRow(
        reference=study.reference or str(study.id),
        href=f"/what-if/studies/{study.id}",
        kind=KINDS.get(study.kind, study.kind),
        what=what_of(study),
        status=STATUSES[study.status],
        asked=moment(study.created_at),
    )


def what_of(study: Study) -> str:
    """What a study asked, in a line."""
    names = [str(one.get("name", "")) for one in study.asked.get("scenarios", ()) if isinstance(one, Mapping)]
    return "; ".join(filter(None, names))
