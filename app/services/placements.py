"""Use cases about placements: who lives where, from when until when."""

from __future__ import annotations

from datetime import date

from app.services.recording import Change, Noun
from app.services.workflow.stays import refuse_unsigned
from matching.errors import Faults
from matching.placements import Placement, PlacementState
from matching.workflow.states import PLACEMENT_MOVES
from matching.workflow.transitions import IllegalMove


def _check(change: Change[Placement]) -> None:
    placement, faults = change.now, Faults()
    child = change.work.children.get(placement.child).value
    faults.unless(
        placement.starts >= child.born,
        "starts",
        "The placement starts before the child was born",
        "Give a first night on or after the date of birth",
    )
    faults.unless(
        placement.state is not PlacementState.STARTED or placement.starts <= change.today,
        "starts",
        "A started placement would start in the future",
        "Give a day up to today, or the state 'planned'",
    )
    faults.unless(
        placement.ended is None or placement.ended <= change.today,
        "ended",
        "The placement would have ended in the future",
        "Give a day up to today, or a planned end instead",
    )
    faults.unless(
        placement.ended is None or placement.end_reason is not None,
        "end_reason",
        "An ended placement has a reason",
        "Say why it ended",
    )
    faults.raise_if_any()
    if change.before is not None:
        _check_same_stay(placement, change.before)
        _check_move(placement.state, change.before.state)
        if placement.state is PlacementState.STARTED and change.before.state is PlacementState.PLANNED:
            refuse_unsigned(change.work, placement)
    _check_one_home(change)


def _check_same_stay(now: Placement, before: Placement) -> None:
    faults = Faults()
    for field in ("child", "home"):
        faults.unless(
            getattr(now, field) == getattr(before, field),
            field,
            f"A placement keeps its {field}",
            "End this placement, and record a new one",
        )
    faults.raise_if_any()


def _check_move(now: PlacementState, before: PlacementState) -> None:
    """Raises IllegalMove when no move leads from the one state to the other."""
    if now is before:
        return
    possible = PLACEMENT_MOVES.possible(before)
    if now not in {move.target for move in possible}:
        raise IllegalMove("placement", before.value, f"become-{now.value}", dict.fromkeys(m.name for m in possible))


def _check_one_home(change: Change[Placement]) -> None:
    """A child lives in one home at a time: a second stay on the same nights is a mistake."""
    new, faults = change.now, Faults()
    others = [stored.value for stored in change.work.placements.of_child(new.child) if stored.value.id != new.id]
    overlapping = [one for one in others if new.takes_a_bed and one.takes_a_bed and _overlap(new, one)]
    faults.unless(
        not overlapping,
        "starts",
        "The child has another placement on some of these nights",
        "Give that placement an end on or before this one starts, then send this again",
    )
    faults.raise_if_any()


def _overlap(one: Placement, other: Placement) -> bool:
    last = date.max
    return one.starts < (other.until or last) and other.starts < (one.until or last)


PLACEMENTS: Noun[Placement] = Noun(
    name="placement", plural="placements", records=lambda work: work.placements, check=_check, of_children=True
)
