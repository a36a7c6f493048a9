"""Routes about stays: a child moves in, moves on and leaves."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Response

from app.api import answers
from app.api.workflow.told import StayShown, reply, stay_shown
from app.bodies.kinds import Day
from app.bodies.shapes import Given
from app.dependencies import CallerHere, ExpectedIfSaid, IdHere, OfficeHere, RepeatHere
from app.services.callers import Caller
from app.services.workflow import stays
from app.services.workflow.stays import Step
from db.mapping.shapes import Stored
from matching.codes import EndReason
from matching.placements import Placement

router = APIRouter(tags=["placements"])
_MOVED: dict[int | str, Any] = {**answers.shows(StayShown, with_etag=True), **answers.problems(404, 409, 412)}


class OnDay(Given):
    """The day it happened."""

    on: Day | None = None
    """Today, when left out."""


class Left(OnDay):
    """When and why a placement ended."""

    reason: EndReason


class MovedOn(Left):
    """When and why a child moved to another placement, which was planned."""

    to: UUID


class ExpectedEnd(Given):
    """The morning on which the child is expected to leave; null when that is not known."""

    planned_end: Day | None


class ReviewShown(Given):
    """The review that was recorded."""

    id: UUID


def _write(caller: Caller) -> stays.Write:
    def write(stored: Stored[Placement]) -> Any:
        return reply(stay_shown(stored, caller))

    return write


@router.post("/placements/{id}/start", name="start_placement", summary="The child has moved in", responses=_MOVED)
def start_placement(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[OnDay, Body(examples=[{"on": "2026-09-02"}])],
) -> Response:
    """Refused with 409 while a sign-off is missing that must come first. What the law lets be given after an emergency
    start has a timer from then on.
    """
    step = Step(placement=id, on=body.on, expected=seen)
    return answers.sent(stays.start(office, caller, step, _write(caller), repeat))


@router.post("/placements/{id}/end", name="end_placement", summary="The child has left", responses=_MOVED)
def end_placement(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[Left, Body(examples=[{"on": "2026-09-02", "reason": "planned"}])],
) -> Response:
    """The bed is free from that night."""
    step = Step(placement=id, on=body.on, expected=seen)
    return answers.sent(stays.end(office, caller, step, body.reason, _write(caller), repeat))


@router.post("/placements/{id}/move", name="move_placement", summary="The child has moved on", responses=_MOVED)
def move_placement(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[
        MovedOn,
        Body(examples=[{"on": "2026-09-02", "reason": "planned", "to": "5b0f8f1e-8d3c-4a53-9a59-0d3f6f0f6c11"}]),
    ],
) -> Response:
    """This placement ends and the other, planned for the same child, starts: both or neither. Answers with the other."""
    leaving = stays.Leaving(step=Step(placement=id, on=body.on, expected=seen), reason=body.reason, to=body.to)
    return answers.sent(stays.move(office, caller, leaving, _write(caller), repeat))


@router.post("/placements/{id}/cancel", name="cancel_placement", summary="The child will not move in", responses=_MOVED)
def cancel_placement(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
) -> Response:
    """The bed is free again."""
    step = Step(placement=id, expected=seen)
    return answers.sent(stays.cancel(office, caller, step, _write(caller), repeat))


@router.post(
    "/placements/{id}/expected-end", name="expect_end", summary="Say when the child should leave", responses=_MOVED
)
def expect_end(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[ExpectedEnd, Body(examples=[{"planned_end": "2027-03-01"}])],
) -> Response:
    """Refused with 409 when the bed is promised to somebody else from an earlier night."""
    step = Step(placement=id, expected=seen)
    return answers.sent(stays.expect_end(office, caller, step, body.planned_end, _write(caller), repeat))


@router.post(
    "/placements/{id}/reviews",
    name="review_placement",
    status_code=201,
    summary="Record that a placement was reviewed",
    responses={**answers.shows(ReviewShown, 201, "Recorded"), **answers.problems(404, 409)},
)
def review_placement(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    repeat: RepeatHere,
    body: Annotated[OnDay, Body(examples=[{"on": "2026-09-02"}])],
) -> Response:
    """From then on a timer says when the next is due."""
    step = Step(placement=id, on=body.on)
    return answers.sent(stays.review(office, caller, step, lambda made: reply({"id": made}, 201), repeat))
