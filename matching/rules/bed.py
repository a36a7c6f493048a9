"""The right kind of bed: emergency, PACE, remand, parent-and-child, arrival, short breaks."""

from __future__ import annotations

from collections.abc import Callable

from matching.answers import Answer, Fact
from matching.codes import CareType, ExpectedLength, SearchKind, SignOffRole
from matching.facts import Facts
from matching.rules.model import Block, Consequence, Flag, Otherwise, Rule, SignOff, Source
from matching.rules.words import Where, count, listed

EMERGENCY_PLAN = Source("North East Lincolnshire improvement plan, item 15")
SERVICE_BRIEF = Source("Placements teams' own practice, as the service's design notes record it")
BED_NAMES = {
    CareType.PACE: "a PACE bed",
    CareType.REMAND: "a remand bed",
    CareType.PARENT_AND_CHILD: "a parent-and-child bed",
    CareType.UASC_ARRIVAL: "a bed for new arrivals",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _homeless_unassessed(f: Facts) -> Answer:
    """Whether a homeless child of 16 or 17 is not known to have had the joint housing assessment."""
    assessed = Answer((f.child.joint_housing_assessed > 0).yes)
    return (f.child.age >= 16) & (f.child.homeless > 0) & ~assessed


def _homeless_16_17(f: Facts) -> Answer:
    return (f.child.age >= 16) & (f.child.homeless > 0)


def _emergency_met(f: Facts) -> Answer:
    brief = Answer((f.child.nights <= f.parameters["emergency_bed_days"]).yes)
    return brief & (~_homeless_16_17(f) | (f.child.joint_housing_assessed > 0))


def _emergency_reason(f: Facts, at: Where) -> str:
    if not f.home.kept_for.has(CareType.EMERGENCY).at(*at):
        return "Not an emergency bed"
    nights, days = f.child.nights.at(*at), f.parameters["emergency_bed_days"]
    wanted = "no planned end" if nights is None else count(nights, "night")
    said = f"An emergency bed, for up to {count(days, 'day')}; wanted: {wanted}"
    if _homeless_unassessed(f).at(*at):
        said += "; homeless at 16 or 17 without a joint housing assessment on record"
    return said


BED_EMERGENCY = Rule(
    id="bed.emergency",
    says="An emergency bed is used for a few nights, and for homelessness at 16 or 17 only after a joint assessment",
    applies=lambda f: f.home.kept_for.has(CareType.EMERGENCY),
    met=_emergency_met,
    otherwise=(
        Otherwise(
            SignOff(SignOffRole.TEAM_MANAGER),
            _homeless_unassessed,
            "homeless at 16 or 17, without a joint assessment with housing",
        ),
        Otherwise(Flag("move on within 7 days of the start; an alert runs from then")),
    ),
    reason=_emergency_reason,
    sources=(EMERGENCY_PLAN,),
    reads=("home.kept_for", "child.nights", "child.age", "child.homeless", "child.joint_housing_assessed"),
    parameters=("emergency_bed_days",),
)


def _right_bed(
    care: CareType, says: str, wants: Callable[[Facts], Answer], reads: tuple[str, ...], other_use: Consequence | None
) -> Rule:
    """A child who needs such a bed gets one; beds kept for such children are used for others as `other_use` says.

    None: they are not.
    """
    name = BED_NAMES[care]

    def reason(f: Facts, at: Where) -> str:
        wanted, kept = wants(f).at(*at), f.home.kept_for.has(care).at(*at)
        if wanted:
            return f"Needs {name}; {'has one' if f.home.bed_types.has(care).at(*at) else 'has none'}"
        return f"The home's beds are kept for others: {name} is not what is wanted" if kept else f"Does not need {name}"

    return Rule(
        id=f"bed.{care.value}",
        says=says,
        applies=lambda f: wants(f) | f.home.kept_for.has(care),
        met=lambda f: wants(f) & f.home.bed_types.has(care),
        otherwise=(Otherwise(Block()),)
        if other_use is None
        else (Otherwise(Block(), wants, "the child needs such a bed"), Otherwise(other_use)),
        reason=reason,
        sources=(SERVICE_BRIEF,),
        reads=(*reads, "home.bed_types", "home.kept_for"),
        remedy=f"The provider's agreement to offer {name}, recorded with the home, opens it",
    )


BED_PACE = _right_bed(
    CareType.PACE,
    "A child moved from police custody gets a PACE bed, and PACE beds are kept for them",
    lambda f: f.child.search.is_(SearchKind.PACE),
    ("child.search",),
    SignOff(SignOffRole.TEAM_MANAGER),
)
BED_REMAND = _right_bed(
    CareType.REMAND,
    "A child on remand gets a remand bed, and remand beds are kept for them",
    lambda f: f.child.search.is_(SearchKind.REMAND),
    ("child.search",),
    SignOff(SignOffRole.TEAM_MANAGER),
)
BED_PARENT_AND_CHILD = _right_bed(
    CareType.PARENT_AND_CHILD,
    "A parent and child are placed where parent-and-child beds are, and these are kept for them",
    lambda f: f.child.parent_and_child > 0,
    ("child.parent_and_child",),
    None,
)
BED_UASC_ARRIVAL = _right_bed(
    CareType.UASC_ARRIVAL,
    "An unaccompanied child in the first week of care gets a bed for new arrivals",
    lambda f: f.child.newly_arrived > 0,
    ("child.newly_arrived",),
    None,
)


def _wants_breaks(f: Facts) -> Answer:
    return f.child.length.is_(ExpectedLength.SHORT_BREAKS)


def _enough_nights(f: Facts) -> Answer:
    return (f.child.nights_a_month <= f.home.nights_a_month) & f.home.nights_of_week.overlaps(f.child.first_weekday)


def _breaks_met(f: Facts) -> Answer:
    return _wants_breaks(f) & f.home.bed_types.has(CareType.SHORT_BREAKS) & _enough_nights(f)


def _breaks_reason(f: Facts, at: Where) -> str:
    kept = f.home.kept_for.has(CareType.SHORT_BREAKS).at(*at)
    if not _wants_breaks(f).at(*at) and not kept:
        return "Short breaks are neither wanted nor what the home is kept for"
    if not _wants_breaks(f).at(*at):
        return "The home's beds are kept for short breaks, and these are not what is wanted"
    if not f.home.bed_types.has(CareType.SHORT_BREAKS).at(*at):
        return "Short breaks are wanted; the home does not offer them"
    nights, offered = f.child.nights_a_month.at(*at), f.home.nights_a_month.at(*at) or 0
    wanted = "how many nights a month is not recorded" if nights is None else f"{count(nights, 'night')} a month wanted"
    return (
        f"{wanted.capitalize()}; offered: {count(offered, 'night')} a month, on {_weekdays(f.home.nights_of_week, at)}"
    )


def _weekdays(nights: Fact, at: Where) -> str:
    found = nights.at(*at) or 0
    days = [name for number, name in enumerate(WEEKDAYS) if found >> number & 1]
    return "any night" if len(days) == len(WEEKDAYS) else listed(days)


BED_SHORT_BREAK_NIGHTS = Rule(
    id="bed.short-break-nights",
    says="Short breaks are offered on enough nights, the first among them, and such beds are kept for short breaks",
    applies=lambda f: _wants_breaks(f) | f.home.kept_for.has(CareType.SHORT_BREAKS),
    met=_breaks_met,
    otherwise=(Otherwise(Block()),),
    reason=_breaks_reason,
    sources=(SERVICE_BRIEF,),
    reads=(
        "child.length",
        "child.nights_a_month",
        "child.first_weekday",
        "home.bed_types",
        "home.kept_for",
        "home.nights_a_month",
        "home.nights_of_week",
    ),
    remedy="Other nights agreed with the provider open it",
)

BED = (BED_EMERGENCY, BED_PACE, BED_REMAND, BED_PARENT_AND_CHILD, BED_UASC_ARRIVAL, BED_SHORT_BREAK_NIGHTS)
