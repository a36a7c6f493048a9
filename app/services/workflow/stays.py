"""Use cases about stays: a child moves in, moves on, leaves; the bed's nights follow in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.deciding import take_back
from app.services.workflow.doing import Doing, as_expected, once
from db.mapping.shapes import Stored
from db.session import Work
from matching.codes import EndReason
from matching.errors import Faults
from matching.placements import Placement, PlacementState
from matching.rules.model import Deadline
from matching.workflow.decisions import Decision
from matching.workflow.sign_offs import SignOff, SignOffMissing, missing_for_start
from matching.workflow.states import DECISION_MOVES, PLACEMENT_MOVES, REFERRAL_MOVES, DecisionState

Write = Callable[[Stored[Placement]], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move of a placement, and the day it happened: today when left out."""

    placement: UUID
    on: date | None = None
    expected: int | None = None


def start(office: Office, caller: Caller, step: Step, write: Write, repeat: Repeat | None) -> Reply:
    """The child has moved in.

    Raises NotFound, Stale, IllegalMove, NotInThisRole, Invalid for the day, SignOffMissing unless the law lets the
    sign-off be given after, BedTaken when the child came earlier than planned and the bed was taken.
    """

    def do(doing: Doing) -> Stored[Placement]:
        doing.work.referrals.lock_of_placement(step.placement)
        doing.work.children.lock_of_placement(step.placement)
        stored = _moving(doing, step, "start")
        return _start(doing, stored, _day(doing, step.on, None))

    return once(office, caller, repeat, do, write, alone=False)


def _start(doing: Doing, stored: Stored[Placement], day: date) -> Stored[Placement]:
    placement = stored.value
    asked = _asked_about(doing.work, placement)
    _refuse_missing(asked)
    _refuse_elsewhere(doing, placement)
    leaves = placement.planned_end
    changed = replace(
        placement,
        state=PlacementState.STARTED,
        starts=day,
        planned_end=None if leaves is None else max(leaves, day),
    )
    started = doing.work.placements.replace(changed, doing.act("start-placement"))
    _count_from(doing, started.value, asked)
    _settle(doing, started.value)
    return started


def refuse_unsigned(work: Work, placement: Placement) -> None:
    """Raises SignOffMissing when something that must come before the start is not agreed."""
    _refuse_missing(_asked_about(work, placement))


def _asked_about(work: Work, placement: Placement) -> tuple[Stored[SignOff], ...]:
    """The sign-offs asked for the child in the home, when a decision planned the placement."""
    decision = work.decisions.of_placement(placement.id)
    if decision is None:
        return ()
    return tuple(
        stored
        for stored in work.sign_offs.of_referral(decision.value.referral)
        if stored.value.home == placement.home and stored.value.child in (None, placement.child)
    )


def _refuse_missing(asked: Sequence[Stored[SignOff]]) -> None:
    missing = missing_for_start([stored.value for stored in asked])
    if missing:
        raise SignOffMissing("This placement cannot start", missing)


def _refuse_elsewhere(doing: Doing, placement: Placement) -> None:
    """A child who was expected to have left has not, until somebody says so."""
    others = [stored.value for stored in doing.work.placements.of_child(placement.child)]
    faults = Faults()
    faults.unless(
        not any(one.state is PlacementState.STARTED for one in others if one.id != placement.id),
        "on",
        "The child still lives in another home",
        "End that placement first, or move the child from it to this one",
    )
    faults.raise_if_any()


def _count_from(doing: Doing, placement: Placement, asked: Sequence[Stored[SignOff]]) -> None:
    """The working days of what may follow an emergency start are counted from the day it began."""
    for stored in asked:
        one = stored.value
        if one.deadline is Deadline.SIX_WORKING_DAYS and one.first_night != placement.starts:
            changed = replace(one, first_night=placement.starts)
            doing.work.sign_offs.replace(changed, doing.act("count-from-start"))


def end(office: Office, caller: Caller, step: Step, reason: EndReason, write: Write, repeat: Repeat | None) -> Reply:
    """The child has left, and why; the bed is free from that morning.

    Raises NotFound, Stale, IllegalMove, NotInThisRole, Invalid for the day.
    """

    def do(doing: Doing) -> Stored[Placement]:
        return _end(doing, step, "end", reason)

    return once(office, caller, repeat, do, write)


def _end(doing: Doing, step: Step, move: str, reason: EndReason) -> Stored[Placement]:
    stored = _moving(doing, step, move)
    day = _day(doing, step.on, stored.value.starts)
    changed = replace(stored.value, state=PlacementState.ENDED, ended=day, end_reason=reason)
    return doing.work.placements.replace(changed, doing.act(f"{move}-placement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One placement left, why, and the planned one that the child moved to."""

    step: Step
    reason: EndReason
    to: UUID


def move(office: Office, caller: Caller, leaving: Leaving, write: Write, repeat: Repeat | None) -> Reply:
    """The child has moved from one home to another that was planned: one ends and the other starts, or neither.

    Raises what starting and ending raise; Invalid when the two are of different children. Answers with the new one.
    """

    def do(doing: Doing) -> Stored[Placement]:
        following = doing.work.placements.get(leaving.to)
        present = doing.work.placements.get(leaving.step.placement)
        faults = Faults()
        faults.unless(
            following.value.child == present.value.child,
            "to",
            "The other placement is another child's",
            "Name a placement planned for the same child",
        )
        faults.raise_if_any()
        PLACEMENT_MOVES.after(following.value.state, "start", caller.role)
        ended = _end(doing, leaving.step, "move", leaving.reason)
        assert ended.value.ended is not None, "an ended placement has an end"
        return _start(doing, following, ended.value.ended)

    return once(office, caller, repeat, do, write)


def cancel(office: Office, caller: Caller, step: Step, write: Write, repeat: Repeat | None) -> Reply:
    """The child will not move in: the bed is free again. Raises NotFound, Stale, IllegalMove, NotInThisRole."""

    def do(doing: Doing) -> Stored[Placement]:
        stored = _moving(doing, step, "cancel")
        changed = replace(stored.value, state=PlacementState.CANCELLED)
        cancelled = doing.work.placements.replace(changed, doing.act("cancel-placement"))
        _settle(doing, cancelled.value)
        return cancelled

    return once(office, caller, repeat, do, write)


def expect_end(
    office: Office, caller: Caller, step: Step, planned_end: date | None, write: Write, repeat: Repeat | None
) -> Reply:
    """Changes the morning on which the child is expected to leave.

    Raises NotFound, Stale, Invalid, BedTaken when the bed is promised to another child from an earlier night.
    """

    def do(doing: Doing) -> Stored[Placement]:
        stored = as_expected(doing.work.placements.get(step.placement), "placement", step.expected)
        changed = replace(stored.value, planned_end=planned_end)
        return doing.work.placements.replace(changed, doing.act("plan-end"))

    return once(office, caller, repeat, do, write)


def review(office: Office, caller: Caller, step: Step, write: Callable[[UUID], Reply], repeat: Repeat | None) -> Reply:
    """Records that a placement was reviewed; from then on its next review has a timer. Raises NotFound, Invalid."""

    def do(doing: Doing) -> UUID:
        placement = doing.work.placements.get(step.placement).value
        held_on = _day(doing, step.on, placement.starts)
        return doing.work.reviews.add(placement.id, held_on, doing.act("review-placement"))

    return once(office, caller, repeat, do, write)


def _moving(doing: Doing, step: Step, move_name: str) -> Stored[Placement]:
    stored = as_expected(doing.work.placements.get(step.placement), "placement", step.expected)
    PLACEMENT_MOVES.after(stored.value.state, move_name, doing.caller.role)
    return stored


def _day(doing: Doing, given: date | None, earliest: date | None) -> date:
    day, faults = given or doing.today, Faults()
    faults.unless(day <= doing.today, "on", "That day is still to come", "Give a day up to today")
    faults.unless(earliest is None or day >= earliest, "on", "It had not begun by then", "Give a day since the start")
    faults.raise_if_any()
    return day


def _settle(doing: Doing, moved: Placement) -> None:
    """When the last child of a decision has moved, it is carried out; when none will, it is taken back."""
    stored = doing.work.decisions.of_placement(moved.id)
    if stored is None or stored.value.state is not DecisionState.MADE:
        return
    placements = doing.work.placements.many(list(stored.value.placements.values()))
    states = {one.value.state for one in placements.values()}
    if PlacementState.PLANNED in states:
        return
    if states == {PlacementState.CANCELLED}:
        take_back(doing, stored, DecisionState.REVERSED, "Every placement was cancelled")
    else:
        _carry_out(doing, stored)


def _carry_out(doing: Doing, stored: Stored[Decision]) -> None:
    doing.work.decisions.becomes(stored, DECISION_MOVES.move("carry-out").target, doing.act("carry-out-decision"))
    referral = doing.work.referrals.get(stored.value.referral, words=False)
    doing.work.referrals.becomes(referral, REFERRAL_MOVES.move("place").target, doing.act("place-referral"))
