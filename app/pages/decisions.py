"""Decisions: who decided where children live, when, and whether it still stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from app.pages.visits import May, Visit
from app.pages.wording import ROLES
from app.pages.words import capital, counted, moment, plain
from app.services.known_by import KnownBy, known_by
from app.services.workflow.deciding import list_decisions
from db.pages import Listing
from matching.workflow.decisions import Decision
from matching.workflow.states import DecisionState

router = APIRouter(include_in_schema=False)

_ON_A_PAGE = 50
_COLOURS: Mapping[DecisionState, str] = MappingProxyType(
    {state: "green" if state is DecisionState.MADE else "grey" for state in DecisionState}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One decision."""

    search: str
    href: str
    when: str
    who: str
    role: str
    where: tuple[str, ...]
    """Each child with the home chosen, by their references."""
    tag: str
    colour: str
    why: str
    """Why it was taken back; empty while it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """Every decision, the newest first."""

    template: ClassVar[str] = "decisions.html"
    title: str = "Decisions"
    says: str
    decisions: tuple[DecisionLine, ...]
    older: str
    audit: str
    """Where the audit trail is, for whoever may see it."""


@router.get("/decisions", name="page_decisions")
def decisions(
    visit: Annotated[Visit, Depends(May("list_decisions"))], after: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """The newest first; each leads to what the person saw who made it."""
    asked = Listing(sort="created_at", descending=True, after=after or None, limit=_ON_A_PAGE)
    page = list_decisions(visit.office, visit.caller, asked)
    made = [stored.value for stored in page.items]
    names = known_by(
        visit.office,
        visit.caller,
        referrals=[one.referral for one in made],
        homes=[home for one in made for home in one.chosen.values()],
        children=[child for one in made for child in one.chosen],
    )
    return visit.page(
        DecisionsPage(
            says=f"{counted(len(made), 'decision')} shown, the newest first." if made else "No decision has been made.",
            decisions=tuple(_line(one, names) for one in made),
            older=f"/decisions?{urlencode({'after': page.next})}" if page.next else "",
            audit="/audit" if visit.may("read_audit") else "",
        )
    )


def _line(one: Decision, names: KnownBy) -> DecisionLine:
    search = names.referrals.get(one.referral, "")
    return DecisionLine(
        search=search,
        href=f"/referrals/{search}/decision",
        when=moment(one.at),
        who=one.decided_by,
        role=ROLES[one.role],
        where=tuple(
            f"Child {names.children.get(child, '')}: home {names.homes.get(home, 'no longer here')}"
            for child, home in one.chosen.items()
        ),
        tag=capital(plain(one.state.value)),
        colour=_COLOURS[one.state],
        why=one.reversed_because,
    )
