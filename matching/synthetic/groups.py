"""Sibling groups of invented families, and what was assessed of each pair living together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matching.codes import SiblingAssessed
from matching.people import SiblingGroup, SiblingPair
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, Family
from matching.synthetic.identifiers import Identifiers
from matching.values import SiblingGroupId

_APART = ((SiblingAssessed.APART_REQUIRED, 30.0), (SiblingAssessed.TOGETHER_PREFERRED, 25.0), (None, 45.0))
_MOVING = ((SiblingAssessed.TOGETHER_PREFERRED, 50.0), (None, 50.0))
_TOGETHER = ((SiblingAssessed.TOGETHER_REQUIRED, 15.0), (SiblingAssessed.TOGETHER_PREFERRED, 35.0), (None, 50.0))


@dataclass(frozen=True, slots=True)
class SiblingGroups:
    """Every group, and the group of each family by the family's number."""

    all: tuple[SiblingGroup, ...]
    by_family: dict[int, SiblingGroupId]


def sibling_groups(ids: Identifiers, families: list[Family], as_of: date, chance: Chance) -> SiblingGroups:
    """A group for each family with two or more children in care or coming into it; about half the pairs assessed.

    Nobody who lives together is assessed to live apart. A family of three who come in now must stay together.
    """
    made, by_family = [], {}
    for number, family in enumerate(family for family in families if len(family.members) > 1):
        group = SiblingGroup(
            id=ids.group(number),
            authority=ids.authority,
            external_ref=f"S{number + 1:05d}",
            members=tuple(ids.child(child.number) for child in family.members),
            pairs=_pairs(ids, family.members, as_of, chance),
        )
        made.append(group)
        by_family[family.number] = group.id
    return SiblingGroups(tuple(made), by_family)


def _pairs(ids: Identifiers, members: list[DraftChild], as_of: date, chance: Chance) -> tuple[SiblingPair, ...]:
    found = []
    for at, one in enumerate(members):
        for other in members[at + 1 :]:
            assessed = _assessed(one, other, len(members), chance)
            if assessed is not None:
                by = f"SW-{one.number % 97 + 1:03d}"
                on = as_of - timedelta(days=chance.whole(5, 400))
                found.append(SiblingPair(ids.child(one.number), ids.child(other.number), assessed, by, on))
    return tuple(found)


def _assessed(one: DraftChild, other: DraftChild, size: int, chance: Chance) -> SiblingAssessed | None:
    if one.since is None and size == 3:
        return SiblingAssessed.TOGETHER_REQUIRED
    if one.home is other.home and (one.home is not None or one.kind is other.kind):
        return chance.weighted(_TOGETHER)
    moving = any(stay.planned_end is not None for child in (one, other) for stay in child.stays)
    return chance.weighted(_MOVING if moving else _APART)
