"""Placements and holds."""

from __future__ import annotations

from typing import Any

from db.mapping.shapes import Shape, Values
from db.tables import placements
from matching.placements import Hold, Placement

_SAME = ("external_ref", "state", "starts", "planned_end", "ended", "end_reason", "statutory_code")


def _placement_row(placement: Placement) -> Values:
    return {
        "id": placement.id,
        "authority_id": placement.authority,
        "child_id": placement.child,
        "home_id": placement.home,
        **{name: getattr(placement, name) for name in _SAME},
    }


def placement_of(row: Any) -> Placement:
    """The placement that a row holds."""
    return Placement(
        id=row.id,
        authority=row.authority_id,
        external_ref=row.external_ref,
        child=row.child_id,
        home=row.home_id,
        state=row.state,
        starts=row.starts,
        planned_end=row.planned_end,
        ended=row.ended,
        end_reason=row.end_reason,
        statutory_code=row.statutory_code,
    )


PLACEMENTS: Shape[Placement] = Shape(
    noun="placement",
    table=placements.placements,
    row=_placement_row,
    build=placement_of,
    audited=frozenset({*_SAME, "child_id", "home_id"}),
)


def _hold_row(hold: Hold) -> Values:
    return {
        "id": hold.id,
        "authority_id": hold.authority,
        "home_id": hold.home,
        "referral_id": hold.referral,
        "child_id": hold.child,
        "first_night": hold.first_night,
        "last_morning": hold.last_morning,
        "held_until": hold.held_until,
    }


def hold_of(row: Any) -> Hold:
    """The hold that a row holds."""
    return Hold(
        id=row.id,
        authority=row.authority_id,
        home=row.home_id,
        referral=row.referral_id,
        child=row.child_id,
        first_night=row.first_night,
        last_morning=row.last_morning,
        held_until=row.held_until,
    )


HOLDS: Shape[Hold] = Shape(
    noun="hold",
    table=placements.holds,
    row=_hold_row,
    build=hold_of,
    audited=frozenset({"home_id", "referral_id", "child_id", "first_night", "last_morning", "held_until"}),
)
