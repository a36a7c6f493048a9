"""The decision and what follows: who decided what and why, and moving in, moving on, leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.facts import Fact
from app.pages.naming import role
from app.pages.placing.case import Case, case_of, refused
from app.pages.placing.deciding import REASONS
from app.pages.typed import NOTHING_TYPED, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.wording import END_REASONS, PLACEMENT_STATES, VIEWS
from app.pages.words import capital, day, moment, pounds, sentence
from app.services.repeats import Reply
from app.services.workflow import stays
from app.services.workflow.deciding import Reversal, read_decision, reverse
from db.mapping.shapes import Stored
from matching.codes import EndReason
from matching.errors import DomainError
from matching.placements import Placement, PlacementState
from matching.workflow.decisions import Decision
from matching.workflow.states import DECISION_MOVES, PLACEMENT_MOVES, DecisionState

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("read_decision"))]
STATES = {
    DecisionState.MADE: ("Decided", "blue"),
    DecisionState.CARRIED_OUT: ("Carried out", "green"),
    DecisionState.REVERSED: ("Taken back", "red"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StayShown:
    """One child's placement, and what can be done with it."""

    anchor: str
    title: str
    state: str
    nights: str
    start: str
    """Where each of these is sent; empty when it cannot be done."""
    cancel: str
    end: str
    move: str
    moves_to: tuple[tuple[str, str], ...]
    """Planned placements that the child may move to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """One decision."""

    heading: str
    state: str
    colour: str
    lines: tuple[Fact, ...]
    reasons: tuple[Fact, ...]
    because: str
    stays: tuple[StayShown, ...]
    reverse: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """The page."""

    template: ClassVar[str] = "placing/decision.html"

    reference: str
    decisions: tuple[DecisionShown, ...]
    end_reasons: tuple[tuple[str, str], ...]
    failed: str = ""
    typed: Typed = NOTHING_TYPED
    title: str = "The decision"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


@router.get("/referrals/{reference}/decision", name="page_decision")
def decision(visit: Reader, reference: str) -> Response:
    """Every decision of the referral, the newest first."""
    return visit.page(_page(visit, reference))


@router.post("/referrals/{reference}/decisions/{decision}/reverse", name="page_reverse_decision")
def take_back(visit: Annotated[Visit, Depends(May("reverse_decision"))], reference: str, decision: UUID) -> Response:
    """Takes a decision back, and says why."""
    reading = Reading(visit.sent)
    because = reading.text("because", "Say why the decision is taken back")
    if reading.wrong:
        return _again(visit, reference, reading.typed, str(decision), 422)
    reversal = Reversal(decision=decision, because=because)
    said = lambda _: visit.gone(f"/referrals/{reference}/offers", said="reversed")  # noqa: E731 - used once
    return _done(
        visit, reference, str(decision), lambda: reverse(visit.office, visit.caller, reversal, said, visit.sent.repeat)
    )


@router.post("/referrals/{reference}/placements/{placement}/start", name="page_start_placement")
def start(visit: Annotated[Visit, Depends(May("start_placement"))], reference: str, placement: UUID) -> Response:
    """The child has moved in."""
    return _moved(visit, reference, placement, "started", stays.start)


@router.post("/referrals/{reference}/placements/{placement}/cancel", name="page_cancel_placement")
def cancel(visit: Annotated[Visit, Depends(May("cancel_placement"))], reference: str, placement: UUID) -> Response:
    """The child will not move in."""
    return _moved(visit, reference, placement, "cancelled", stays.cancel)


@router.post("/referrals/{reference}/placements/{placement}/end", name="page_end_placement")
def end(visit: Annotated[Visit, Depends(May("end_placement"))], reference: str, placement: UUID) -> Response:
    """The child has left, and why."""
    reading = Reading(visit.sent)
    on, why = reading.day("on"), reading.choice("reason", EndReason, "Say why the placement ended")
    if reading.wrong or why is None:
        return _again(visit, reference, reading.typed, str(placement), 422)
    step = stays.Step(placement=placement, on=on)
    return _done(
        visit,
        reference,
        str(placement),
        lambda: stays.end(visit.office, visit.caller, step, why, _back(visit, reference, "ended"), visit.sent.repeat),
    )


@router.post("/referrals/{reference}/placements/{placement}/move", name="page_move_placement")
def move(visit: Annotated[Visit, Depends(May("move_placement"))], reference: str, placement: UUID) -> Response:
    """The child has moved to another home that was planned."""
    reading = Reading(visit.sent)
    on, why = reading.day("on"), reading.choice("reason", EndReason, "Say why the placement ended")
    to = reading.text("to", "Say which planned placement the child moved to")
    if reading.wrong or why is None:
        return _again(visit, reference, reading.typed, str(placement), 422)
    leaving = stays.Leaving(step=stays.Step(placement=placement, on=on), reason=why, to=UUID(to))
    return _done(
        visit,
        reference,
        str(placement),
        lambda: stays.move(visit.office, visit.caller, leaving, _back(visit, reference, "moved"), visit.sent.repeat),
    )


def _moved(visit: Visit, reference: str, placement: UUID, said: str, use: Callable[..., Reply]) -> Response:
    reading = Reading(visit.sent)
    on = reading.day("on")
    if reading.wrong:
        return _again(visit, reference, reading.typed, str(placement), 422)
    step = stays.Step(placement=placement, on=on)
    return _done(
        visit,
        reference,
        str(placement),
        lambda: use(visit.office, visit.caller, step, _back(visit, reference, said), visit.sent.repeat),
    )


def _back(visit: Visit, reference: str, said: str) -> Callable[[Stored[Placement]], Reply]:
    return lambda _: visit.gone(f"/referrals/{reference}/decision", said=said)


def _done(visit: Visit, reference: str, anchor: str, do: Callable[[], Reply]) -> Response:
    try:
        return answered(do())
    except DomainError as error:
        typed, status = refused(visit.sent.typed, error, f"stay-{anchor}")
        return _again(visit, reference, typed, anchor, status)


def _again(visit: Visit, reference: str, typed: Typed, anchor: str, status: int) -> Response:
    there = tuple(replace(error, anchor=f"stay-{anchor}") for error in typed.errors)
    page = replace(_page(visit, reference), typed=replace(typed, errors=there), failed=anchor)
    return visit.page(page, status)


# --- the page --------------------------------------------------------------------------------------


def _page(visit: Visit, reference: str) -> DecisionPage:
    case = case_of(visit, reference)
    full = [read_decision(visit.office, visit.caller, stored.value.id) for stored in reversed(case.file.decisions)]
    return DecisionPage(
        reference=reference,
        decisions=tuple(_decision(visit, case, stored.value) for stored in full),
        end_reasons=tuple((reason.value, words) for reason, words in END_REASONS.items()),
    )


def _decision(visit: Visit, case: Case, decision: Decision) -> DecisionShown:
    state, colour = STATES[decision.state]
    may_reverse = "reverse" in DECISION_MOVES.names(decision.state, visit.role)
    rank = decision.shown.rank
    lines = [
        Fact("Decided by", f"{decision.decided_by}, {role(decision.role.value)}, {moment(decision.at)}"),
        *(Fact(case.child(child), case.home(home)) for child, home in decision.chosen.items()),
        Fact("Rank", f"Number {rank} of {len(decision.shown.ways)}" if rank else "Not among the ways that were ranked"),
        Fact("A week costs", _weekly(decision)),
        *(Fact(f"View of {case.child(child)}", VIEWS[asked]) for child, asked in decision.views.items()),
    ]
    return DecisionShown(
        heading=f"Decision of {day(decision.at.date())}",
        state=state,
        colour=colour,
        lines=tuple(lines),
        reasons=tuple(Fact(REASONS[reason], words) for reason, words in decision.reasons.items()),
        because=sentence(decision.reversed_because),
        stays=tuple(_stay(visit, case, one) for one in _placements(case, decision)),
        reverse=f"{case.base}/decisions/{decision.id}/reverse" if may_reverse else "",
    )


def _weekly(decision: Decision) -> str:
    prices = [home.weekly_pence for home in decision.shown.chosen]
    known = [price for price in prices if price is not None]
    return pounds(sum(known)) if len(known) == len(prices) else "not known"


def _placements(case: Case, decision: Decision) -> list[Placement]:
    planned = set(decision.placements.values())
    return [one for file in case.file.children for one in file.placements if one.id in planned]


def _stay(visit: Visit, case: Case, stay: Placement) -> StayShown:
    may = PLACEMENT_MOVES.names(stay.state, visit.role)
    action = f"{case.base}/placements/{stay.id}"
    elsewhere = _planned_elsewhere(case, stay) if "move" in may else ()
    return StayShown(
        anchor=str(stay.id),
        title=f"{case.child(stay.child)} in {case.home(stay.home)}",
        state=PLACEMENT_STATES[stay.state],
        nights=_nights(stay),
        start=f"{action}/start" if "start" in may else "",
        cancel=f"{action}/cancel" if "cancel" in may else "",
        end=f"{action}/end" if "end" in may else "",
        move=f"{action}/move" if elsewhere else "",
        moves_to=elsewhere,
    )


def _planned_elsewhere(case: Case, stay: Placement) -> tuple[tuple[str, str], ...]:
    mine = (one for file in case.file.children if file.child.value.id == stay.child for one in file.placements)
    return tuple((str(one.id), capital(case.home(one.home))) for one in mine if one.state is PlacementState.PLANNED)


def _nights(stay: Placement) -> str:
    if stay.ended is not None:
        why = f": {END_REASONS[stay.end_reason].lower()}" if stay.end_reason else ""
        return f"From {day(stay.starts)} to {day(stay.ended)}{why}"
    until = f" until {day(stay.planned_end)}" if stay.planned_end else ", with no end planned"
    return f"From {day(stay.starts)}{until}"
