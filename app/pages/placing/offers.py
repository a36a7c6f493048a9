"""What can be done with the homes that were asked: answers, beds held and released, sign-offs asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.placing.case import Case, Key, as_moment, case_of, chosen_ids, key_of, refused
from app.pages.placing.offers_page import offers_page
from app.pages.typed import Reading, Typed
from app.pages.visits import May, Visit, answered
from app.services.repeats import Reply
from app.services.workflow.holding import Keep, hold_beds, release_hold
from app.services.workflow.offers import Step, move_offer
from app.services.workflow.signing import ask_for_sign_offs
from matching.errors import DomainError
from matching.values import ChildId, HomeId
from matching.workflow.offers import DeclineReason

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("list_offers"))]
HomesSide = Annotated[Visit, Depends(May("say_willing"))]
Team = Annotated[Visit, Depends(May("hold_bed"))]
CaseWorker = Annotated[Visit, Depends(May("ask_for_sign_offs"))]


@router.get("/referrals/{reference}/offers", name="page_offers")
def offers(visit: Reader, reference: str) -> Response:
    """Every home that was asked."""
    return visit.page(offers_page(visit, case_of(visit, reference)))


@router.post("/referrals/{reference}/offers/{offer}/decline", name="page_decline_offer")
def decline(visit: HomesSide, reference: str, offer: UUID) -> Response:
    """The home says no, and why."""
    reading = Reading(visit.sent)
    why = reading.choice("declined_for", DeclineReason, "Say why the home declines")
    if reading.wrong:
        return _again(visit, reference, reading.typed, str(offer), 422)
    step = Step(offer=offer, move="decline", declined_for=why)
    return _done(visit, reference, str(offer), lambda: _move(visit, reference, step, "offer-declined"))


@router.post("/referrals/{reference}/offers/{offer}/view", name="page_view_offer")
def view(visit: HomesSide, reference: str, offer: UUID) -> Response:
    """The home has read it."""
    step = Step(offer=offer, move="view")
    return _done(visit, reference, str(offer), lambda: _move(visit, reference, step, "offer-read"))


@router.post("/referrals/{reference}/offers/{offer}/say-willing", name="page_say_willing")
def say_willing(visit: HomesSide, reference: str, offer: UUID) -> Response:
    """The home says yes: its beds are held."""
    step = Step(offer=offer, move="say-willing")
    return _done(visit, reference, str(offer), lambda: _move(visit, reference, step, "offer-willing"))


@router.post("/referrals/{reference}/offers/{offer}/withdraw", name="page_withdraw_offer")
def withdraw(visit: Annotated[Visit, Depends(May("withdraw_offer"))], reference: str, offer: UUID) -> Response:
    """The home is asked no longer."""
    step = Step(offer=offer, move="withdraw")
    return _done(visit, reference, str(offer), lambda: _move(visit, reference, step, "offer-withdrawn"))


@router.post("/referrals/{reference}/holds", name="page_hold_beds")
def hold(visit: Team, reference: str) -> Response:
    """Keeps the beds of one home until a moment."""
    reading, anchor = Reading(visit.sent), visit.sent.typed.value("anchor")
    on = reading.day("until", "Say until which day the bed is to be held")
    at = reading.text("at", "Say until what time, for example 16:00")
    try:
        clock = time.fromisoformat(at) if at else time()
    except ValueError:
        reading.refuse("at", "Give the time as hours and minutes, for example 16:00")
    if reading.wrong or on is None:
        return _again(visit, reference, reading.typed, anchor, 422)
    until = as_moment(on, clock)
    case = case_of(visit, reference)
    found = _chosen(case, key_of(visit.sent.typed.value("key")))
    keeps = [Keep(referral=case.file.referral.value.id, home=home, child=child, until=until) for child, home in found]
    return _done(
        visit,
        reference,
        anchor,
        lambda: hold_beds(
            visit.office, visit.caller, keeps, lambda _: _back(visit, reference, "held"), visit.sent.repeat
        ),
    )


@router.post("/referrals/{reference}/holds/{hold}/release", name="page_release_hold")
def release(visit: Team, reference: str, hold: UUID) -> Response:
    """Gives up a bed."""
    release_hold(visit.office, visit.caller, hold, None)
    return visit.go(f"/referrals/{reference}/offers", said="released")


@router.post("/referrals/{reference}/sign-offs", name="page_ask_for_sign_offs")
def ask_sign_offs(visit: CaseWorker, reference: str) -> Response:
    """Asks for all the sign-offs that one home would need."""
    case, anchor = case_of(visit, reference), visit.sent.typed.value("anchor")
    chosen = dict(_chosen(case, key_of(visit.sent.typed.value("key"))))
    return _done(
        visit,
        reference,
        anchor,
        lambda: ask_for_sign_offs(
            visit.office,
            visit.caller,
            case.file.referral.value.id,
            chosen,
            lambda _: _back(visit, reference, "sign-offs-asked"),
            visit.sent.repeat,
        ),
    )


def _move(visit: Visit, reference: str, step: Step, said: str) -> Reply:
    return move_offer(visit.office, visit.caller, step, lambda _: _back(visit, reference, said), visit.sent.repeat)


def _back(visit: Visit, reference: str, said: str) -> Reply:
    return visit.gone(f"/referrals/{reference}/offers", said=said)


def _done(visit: Visit, reference: str, anchor: str, do: Callable[[], Reply]) -> Response:
    """Does it; a refusal is shown on the page, at the home it is about."""
    try:
        return answered(do())
    except DomainError as error:
        typed, status = refused(visit.sent.typed, error, f"offer-{anchor}")
        return _again(visit, reference, typed, anchor, status)


def _again(visit: Visit, reference: str, typed: Typed, anchor: str, status: int) -> Response:
    page = offers_page(visit, case_of(visit, reference))
    there = tuple(replace(error, anchor=f"offer-{anchor}") for error in typed.errors)
    return visit.page(replace(page, typed=replace(typed, errors=there), failed=anchor), status)


def _chosen(case: Case, key: Key) -> list[tuple[ChildId, HomeId]]:
    children = {one.child.value.external_ref: one.child.value.id for one in case.file.children}
    homes = {home.external_ref: id_ for id_, home in case.file.homes.items()}
    return list(chosen_ids([key], children, homes).items())
