"""What can be done with a referral now: read off the tables of moves, for the role of who looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.pages.visits import Visit
from app.services.case_files import CaseFile
from matching.codes import ViewAsked
from matching.workflow.states import REFERRAL_MOVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done: a link to a page, or a button that does it."""

    text: str
    href: str
    first: bool = False
    """Whether it is what most people come for."""
    does: bool = False
    """Whether it is a button: something is done when it is pressed."""
    says: str = ""


def actions(file: CaseFile, visit: Visit, here: str) -> Iterator[Action]:
    """What this person can do with the referral now; only what leads to a page that there is."""
    found = [*_search(file, visit, here), *_change(file, visit, here)]
    there = visit.request.app.state.page_addresses
    pattern = "/referrals/{reference}"
    for action in found:
        if action.does or action.href.replace(here, pattern) in there:
            yield action


def _search(file: CaseFile, visit: Visit, here: str) -> Iterator[Action]:
    referral = file.referral.value
    moves = REFERRAL_MOVES.names(referral.state, visit.role)
    if referral.state.is_waiting and visit.may("read_shortlist"):
        yield Action(text="See proposed matches", href=f"{here}/matches", first=True)
    if referral.state.is_waiting and visit.may("recommend"):
        yield Action(text="Say which home you would choose", href=f"{here}/recommend")
    unsaid = any(ask.view.asked is ViewAsked.NOT_YET for ask in referral.asks)
    if visit.may("record_child_view") and not REFERRAL_MOVES.is_final(referral.state):
        yield Action(text="Record what the child says" if unsaid else "Change what the child said", href=f"{here}/view")
    if visit.may("list_offers") and (file.offers or "offer" in moves):
        yield Action(text="Offers and holds", href=f"{here}/offers")
    if "decide" in moves:
        yield Action(text="Decide where the children will live", href=f"{here}/decide", first=True)
    if "reverse" in moves or file.decisions:
        yield Action(text="The decision", href=f"{here}/decision")
    if visit.may("read_shortlist") and referral.state.is_waiting:
        yield Action(text="Match report for panel", href=f"{here}/report")


def _change(file: CaseFile, visit: Visit, here: str) -> Iterator[Action]:
    referral = file.referral.value
    moves = REFERRAL_MOVES.names(referral.state, visit.role)
    if "open" in moves and visit.may("amend_referral"):
        yield Action(text="Open the search", href=f"{here}/open", first=True, does=True)
    if visit.may("amend_referral") and not REFERRAL_MOVES.is_final(referral.state):
        yield Action(text="Change this referral", href=f"{here}/change", does=True)
    if {"withdraw", "close"} & set(moves):
        yield Action(text="End this search", href=f"{here}/end")
