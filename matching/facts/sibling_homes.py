"""Where the brothers and sisters of a waiting child live, when they live elsewhere and do not wait themselves."""

from __future__ import annotations

from collections.abc import Mapping

from matching.codes import SiblingAssessed
from matching.people import SiblingGroup
from matching.placements import PlacementState
from matching.places import Place
from matching.pool import Pool
from matching.values import ChildId


def sibling_homes(pool: Pool) -> Mapping[ChildId, tuple[Place | None, ...]]:
    """By waiting child: the place of each brother or sister, None where it is not on record.

    Left out are those who wait too (the plan sees to them) and those assessed to live apart.
    """
    lives_at = _lives_at(pool)
    found = {}
    for seeker in pool.seekers:
        if seeker.group is not None:
            child = seeker.child.id
            elsewhere = [
                lives_at.get(sibling)
                for sibling in _wanted_near(seeker.group, child)
                if sibling not in pool.seeker_index
            ]
            if elsewhere:
                found[child] = tuple(elsewhere)
    return found


def _wanted_near(group: SiblingGroup, child: ChildId) -> tuple[ChildId, ...]:
    return tuple(
        pair.other if pair.one == child else pair.one
        for pair in group.every_pair()
        if child in pair.children and pair.assessed is not SiblingAssessed.APART_REQUIRED
    )


def _lives_at(pool: Pool) -> dict[ChildId, Place]:
    members = {member for seeker in pool.seekers if seeker.group is not None for member in seeker.group.members}
    found: dict[ChildId, Place] = {}
    started = (one for one in pool.records.placements if one.state is PlacementState.STARTED and one.child in members)
    for placement in sorted(started, key=lambda one: one.starts):
        if placement.takes(pool.as_of) and placement.home in pool.home_index:
            found[placement.child] = pool.homes[pool.home_index[placement.home]].place
    return found
