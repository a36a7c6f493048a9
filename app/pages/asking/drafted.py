"""What the pages of a draft have in common: the draft read as a whole, and the page for one that is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import Response

from app.pages.asking.sheets import Sheet
from app.pages.visits import Visit
from app.services.drafts import read_draft
from app.services.needs import framework_in_use
from db.repositories.drafts import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage:
    """A draft that is no more."""

    template: ClassVar[str] = "asking/gone.html"
    title: str = "There is no draft here any more"


def sheet_of(visit: Visit, draft: UUID) -> Sheet:
    """One of the person's own drafts. Raises NotFound, also for somebody else's."""
    return sheet_for(visit, read_draft(visit.office, visit.caller, draft))


def sheet_for(visit: Visit, draft: Draft) -> Sheet:
    """A draft with the framework in use."""
    return Sheet(draft, framework_in_use(visit.office, visit.caller))


def gone(visit: Visit) -> Response:
    """Tells somebody that the draft was recorded or thrown away."""
    return visit.page(GonePage(), 404)
