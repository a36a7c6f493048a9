"""What "best" means for an authority: the published weights by which points are given, and three presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from matching.codes import SearchKind, SiblingAssessed, SignOffRole
from matching.errors import DomainError


class Measure(StrEnum):
    """What points are given for; each value is one whole unit of what people count in."""

    NEED_GAP = "need-gap"
    """Levels of need above what the home can meet."""
    HOME_DISTANCE = "home-distance"
    """Tenths of a straight-line mile from the family home."""
    SCHOOL_DISTANCE = "school-distance"
    """Tenths of a mile from school."""
    FAMILY_TIME_DISTANCE = "family-time-distance"
    """Tenths of a mile, each way, summed over a month's journeys to family time and other places, over ten."""
    COST = "cost"
    """Tens of pounds a week."""
    OUT_OF_AREA = "out-of-area"
    """One when the home stands outside the authority's area."""
    SETTING_NOT_PREFERRED = "setting-not-preferred"
    OUTSIDE_PREFERRED_RANGE = "outside-preferred-range"
    CULTURE = "culture"
    """One for each of culture, religion and language that is wished for and not matched."""
    MIX = "mix"
    """Years between the youngest and oldest in shared accommodation, beyond those the policy allows."""
    PETS = "pets"
    NOT_CONNECTED = "not-connected"
    """One when a connected carer could be considered and this home is not one."""
    SIBLING_DISTANCE = "sibling-distance"
    """Tenths of a mile from brothers and sisters who live elsewhere."""


class Preset(StrEnum):
    """The three policies to begin from."""

    CHILD_FIRST = "child-first"
    BALANCED = "balanced"
    COST_AWARE = "cost-aware"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The weights of one authority. Levels come first and are never traded against points (see plan.Totals)."""

    name: str
    version: int = 1
    weights: Mapping[Measure, int]
    """Points for one unit of each measure; a measure not named weighs nothing."""
    urgency: Mapping[SearchKind, int]
    """How much placing one child weighs against placing another."""
    sibling_pairs: Mapping[SiblingAssessed, int]
    """How much it weighs to part a pair that should live together."""
    gravity: Mapping[SignOffRole, int]
    """How much a sign-off by each role weighs."""
    check_gravity: int = 1
    """How much a fact still to be checked weighs, beside the sign-offs."""

    def __post_init__(self) -> None:
        values = [*self.weights.values(), *self.urgency.values(), *self.sibling_pairs.values(), *self.gravity.values()]
        if any(not 0 <= value <= 1_000 for value in values) or not 0 <= self.check_gravity <= 1_000:
            raise DomainError("A weight lies outside 0 to 1,000. Give whole numbers from 0 to 1,000.")

    def weight(self, measure: Measure) -> int:
        """Points for one unit of a measure."""
        return self.weights.get(measure, 0)


_URGENCY = MappingProxyType(
    {
        SearchKind.PLANNED: 4,
        SearchKind.EMERGENCY: 5,
        SearchKind.SAME_DAY: 6,
        SearchKind.PACE: 6,
        SearchKind.REMAND: 6,
    }
)
_PAIRS = MappingProxyType({SiblingAssessed.TOGETHER_REQUIRED: 4, SiblingAssessed.TOGETHER_PREFERRED: 2})
_GRAVITY = MappingProxyType(
    {
        SignOffRole.TEAM_MANAGER: 1,
        SignOffRole.REGISTERED_MANAGER: 1,
        SignOffRole.NOMINATED_OFFICER: 2,
        SignOffRole.FOSTERING_PANEL: 2,
        SignOffRole.RESOURCE_PANEL: 2,
        SignOffRole.AREA_AUTHORITY: 2,
        SignOffRole.DIRECTOR: 4,
    }
)


def _policy(preset: Preset, weights: Mapping[Measure, int]) -> Policy:
    return Policy(
        name=preset.value,
        weights=MappingProxyType(dict(weights)),
        urgency=_URGENCY,
        sibling_pairs=_PAIRS,
        gravity=_GRAVITY,
    )


PRESETS: Mapping[Preset, Policy] = MappingProxyType(
    {
        Preset.CHILD_FIRST: _policy(
            Preset.CHILD_FIRST,
            {
                Measure.NEED_GAP: 120,
                Measure.HOME_DISTANCE: 2,
                Measure.SCHOOL_DISTANCE: 3,
                Measure.FAMILY_TIME_DISTANCE: 1,
                Measure.COST: 0,
                Measure.OUT_OF_AREA: 150,
                Measure.SETTING_NOT_PREFERRED: 200,
                Measure.OUTSIDE_PREFERRED_RANGE: 60,
                Measure.CULTURE: 120,
                Measure.MIX: 30,
                Measure.PETS: 40,
                Measure.NOT_CONNECTED: 400,
                Measure.SIBLING_DISTANCE: 1,
            },
        ),
        Preset.BALANCED: _policy(
            Preset.BALANCED,
            {
                Measure.NEED_GAP: 100,
                Measure.HOME_DISTANCE: 2,
                Measure.SCHOOL_DISTANCE: 2,
                Measure.FAMILY_TIME_DISTANCE: 1,
                Measure.COST: 2,
                Measure.OUT_OF_AREA: 100,
                Measure.SETTING_NOT_PREFERRED: 150,
                Measure.OUTSIDE_PREFERRED_RANGE: 50,
                Measure.CULTURE: 80,
                Measure.MIX: 20,
                Measure.PETS: 30,
                Measure.NOT_CONNECTED: 300,
                Measure.SIBLING_DISTANCE: 1,
            },
        ),
        Preset.COST_AWARE: _policy(
            Preset.COST_AWARE,
            {
                Measure.NEED_GAP: 80,
                Measure.HOME_DISTANCE: 1,
                Measure.SCHOOL_DISTANCE: 1,
                Measure.FAMILY_TIME_DISTANCE: 1,
                Measure.COST: 6,
                Measure.OUT_OF_AREA: 80,
                Measure.SETTING_NOT_PREFERRED: 100,
                Measure.OUTSIDE_PREFERRED_RANGE: 40,
                Measure.CULTURE: 60,
                Measure.MIX: 10,
                Measure.PETS: 20,
                Measure.NOT_CONNECTED: 250,
                Measure.SIBLING_DISTANCE: 1,
            },
        ),
    }
)
