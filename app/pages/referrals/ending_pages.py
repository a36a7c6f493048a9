"""Ending a search, with the reason; and opening one that was only written down."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.typed import Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.wording import SEARCH_ENDS
from app.services.case_files import find_stored
from app.services.workflow.searching import Ending, end_search, open_search
from db.errors import Stale
from db.mapping.shapes import Stored
from matching.referrals import Referral
from matching.workflow.endings import REASONS, SearchEnd
from matching.workflow.states import REFERRAL_MOVES

router = APIRouter(include_in_schema=False)

Here = Annotated[Visit, Depends(May("amend_referral"))]
_MOVES = {"withdraw": "A home is needed no longer", "close": "A home is still needed, but none comes of this search"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the way to end the search that it goes with."""

    value: str
    text: str
    heading: str = ""
    """What the reasons from here on have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage:
    """Asks why a search ends."""

    template: ClassVar[str] = "referrals/end.html"
    title: str
    action: str
    back: str
    version: int
    reasons: tuple[Reason, ...]
    typed: Typed
    raced: bool = False
    """Whether somebody changed the referral while this was open."""


@router.get("/referrals/{reference}/end", name="page_ask_end")
def ask(visit: Here, reference: str) -> Response:
    """Why it ends."""
    return visit.page(_page(visit, find_stored(visit.office, visit.caller, reference)))


@router.post("/referrals/{reference}/end", name="page_end")
def end(visit: Here, reference: str) -> Response:
    """Ends it."""
    stored = find_stored(visit.office, visit.caller, reference)
    page = _page(visit, stored)
    reading = Reading(visit.sent)
    chosen = reading.one_of("reason", [one.value for one in _reasons(_MOVES)], "Select why the search ends")
    if reading.wrong:
        return visit.page(replace(page, typed=reading.typed), 422)
    move, _, reason = chosen.partition("/")
    ending = Ending(referral=stored.value.id, move=move, reason=SearchEnd(reason), expected=visit.sent.version)
    said = {"withdraw": "search-withdrawn", "close": "search-closed"}[move]
    try:
        reply = end_search(
            visit.office,
            visit.caller,
            ending,
            lambda _: visit.gone(f"/referrals/{stored.reference}", said=said),
            visit.sent.repeat,
        )
    except Stale:  # somebody was quicker: the page says what can be done now, with what was chosen here
        return visit.page(replace(page, typed=reading.typed, raced=True), 412)
    return answered(reply)


@router.post("/referrals/{reference}/open", name="page_open_search")
def open_it(visit: Here, reference: str) -> Response:
    """Opens the search."""
    stored = find_stored(visit.office, visit.caller, reference)
    here = f"/referrals/{stored.reference}"
    return answered(
        open_search(
            visit.office,
            visit.caller,
            stored.value.id,
            None,
            lambda _: visit.gone(here, said="search-opened"),
            visit.sent.repeat,
        )
    )


def _page(visit: Visit, stored: Stored[Referral]) -> EndPage:
    moves = REFERRAL_MOVES.names(stored.value.state, visit.role)
    return EndPage(
        title=f"End the search {stored.reference}",
        action=f"/referrals/{stored.reference}/end",
        back=f"/referrals/{stored.reference}",
        version=stored.version,
        reasons=tuple(_reasons(moves)),
        typed=Typed(),
    )


def _reasons(moves: Collection[str]) -> Iterator[Reason]:
    for move, text in _MOVES.items():
        if move in moves:
            for at, one in enumerate(REASONS[move]):
                yield Reason(f"{move}/{one.value}", SEARCH_ENDS[one], text if at == 0 else "")
