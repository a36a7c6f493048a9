"""What a referral says of a child, one plain value at a time; None where nobody has said."""

from __future__ import annotations

from matching.answers import bits, position
from matching.codes import (
    CareType,
    Communication,
    ExpectedLength,
    Health,
    PlaceKind,
    Risk,
    RiskLevel,
    SearchKind,
    Setting,
    Skill,
    Suitability,
)
from matching.facts.columns import Value, yes_no
from matching.places import ImportantPlace, Place
from matching.pool import Seeker

NEWLY_ARRIVED_DAYS = 7
"""A child on their own seeking asylum is newly arrived in the first week of care. Our own convention."""

CARE_BY_SEARCH = {
    SearchKind.PACE: frozenset({CareType.PACE, CareType.EMERGENCY, CareType.SHORT_TERM}),
    SearchKind.REMAND: frozenset({CareType.REMAND, CareType.SHORT_TERM}),
}
CARE_BY_LENGTH = {
    ExpectedLength.NIGHT: frozenset({CareType.EMERGENCY, CareType.SHORT_TERM}),
    ExpectedLength.SHORT_TERM: frozenset({CareType.SHORT_TERM}),
    ExpectedLength.BRIDGING: frozenset({CareType.BRIDGING, CareType.SHORT_TERM}),
    ExpectedLength.UNTIL_18: frozenset({CareType.LONG_TERM}),
    ExpectedLength.SHORT_BREAKS: frozenset({CareType.SHORT_BREAKS}),
}
"""Types of care any one of which answers a search. Our own reading of how terms of approval are worded."""

SMOKE_SENSITIVE = frozenset({Health.RESPIRATORY, Health.HEART, Health.GLUE_EAR})
COMMUNICATION_SKILLS = {
    Communication.BSL: Skill.BSL,
    Communication.MAKATON: Skill.MAKATON,
    Communication.ESOL: Skill.ESOL,
}
VISITED = frozenset({PlaceKind.FAMILY_TIME, PlaceKind.OTHER})
"""Places whose journeys are counted; home and school are measured on their own."""


def place_of(seeker: Seeker, kind: PlaceKind) -> Place | None:
    """The first place of a kind that the child has; None when there is none on record."""
    return next((one.place for one in seeker.child.important_places if one.kind is kind), None)


def visited_places(seeker: Seeker) -> tuple[ImportantPlace, ...]:
    """The places of family time and others the child goes to."""
    return tuple(one for one in seeker.child.important_places if one.kind in VISITED)


def nights(seeker: Seeker) -> Value:
    """Nights wanted; None for a stay without a planned end."""
    until = seeker.referral.until
    return None if until is None else min((until - seeker.referral.wanted_by).days, 32_000)


def care(seeker: Seeker) -> int:
    """The types of care any one of which would do, as a set."""
    if seeker.asks.parent is not None:
        return bits((CareType.PARENT_AND_CHILD,))
    by_search = CARE_BY_SEARCH.get(seeker.referral.kind)
    if by_search is not None:
        return bits(by_search)
    wanted = CARE_BY_LENGTH[seeker.referral.length]
    return bits(wanted | {CareType.EMERGENCY}) if seeker.referral.kind.is_emergency else bits(wanted)


def newly_arrived(seeker: Seeker) -> int:
    """Whether an unaccompanied child is sought for without notice in the first week of care."""
    if not (seeker.child.uasc and seeker.referral.kind.is_emergency):
        return 0
    since = seeker.child.in_care_since
    return int(since is None or (seeker.starts - since).days <= NEWLY_ARRIVED_DAYS)


def disabled(seeker: Seeker) -> Value:
    """Whether the child is disabled; an access need says so when nobody has."""
    return 1 if seeker.child.access else yes_no(seeker.child.disabled)


def condition(seeker: Seeker, conditions: frozenset[Health]) -> Value:
    """Whether the child has any of some conditions; not known when the child's health was never recorded."""
    if seeker.child.health & conditions:
        return 1
    return 0 if seeker.child.health_recorded else None


def harm_to_animals(seeker: Seeker) -> Value:
    """The level of the risk, as its position."""
    level = seeker.asks.risks.get(Risk.HARM_TO_ANIMALS, RiskLevel.UNKNOWN)
    return None if level is RiskLevel.UNKNOWN else position(level)


def suitability(seeker: Seeker, setting: Setting) -> int:
    """What the social worker says of a setting, as its position."""
    return position(seeker.asks.suitability.get(setting, Suitability.NOT_SPECIFIED))


def band(seeker: Seeker) -> Value:
    """The band of need by the framework the profile was made with, as its position."""
    return None if seeker.profile is None else position(seeker.framework.band(seeker.profile.levels))


def stability_plan(seeker: Seeker) -> int:
    """Whether a stability plan is made by the first night."""
    made = seeker.asks.stability_plan_on
    return int(made is not None and made <= seeker.starts)


def communication(seeker: Seeker) -> int:
    """The skills that the child's way of communicating calls for, as a set."""
    return bits(COMMUNICATION_SKILLS[one] for one in seeker.child.communication & COMMUNICATION_SKILLS.keys())
