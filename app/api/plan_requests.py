"""What a plan is asked for: the day, the policy, and what people have fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from pydantic import Field as JsonField

from app.bodies.kinds import Day
from app.bodies.shapes import Given
from matching.plan import Wishes
from matching.policy import Preset
from matching.values import ChildId, HomeId

MOST_FIXED = 1_000
"""Pairings that may be pinned, or forbidden, in one request."""


class PairingGiven(Given):
    """A child and a home."""

    child: UUID
    home: UUID


class RunGiven(Given):
    """What a plan is asked for."""

    as_of: Day | None = JsonField(None, description="The day to plan as at; today when left out.")
    policy: Preset | None = JsonField(None, description="A preset; the authority's own policy when left out.")
    pinned: list[PairingGiven] = JsonField(
        [], max_length=MOST_FIXED, description="Pairings that must be in the plan; refused where a rule forbids one."
    )
    forbidden: list[PairingGiven] = JsonField(
        [], max_length=MOST_FIXED, description="Pairings that must not be in the plan."
    )

    @property
    def wishes(self) -> Wishes:
        """What people have fixed."""
        return Wishes(_pairings(self.pinned), _pairings(self.forbidden))


def _pairings(given: Iterable[PairingGiven]) -> frozenset[tuple[ChildId, HomeId]]:
    return frozenset((ChildId(one.child), HomeId(one.home)) for one in given)
