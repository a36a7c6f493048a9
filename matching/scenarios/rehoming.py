"""Searches that nobody has opened yet: for children whose home closes, and for those who could step down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from matching.codes import ExpectedLength, HomeKind, Known, PlaceKind, SearchKind, Setting, Suitability
from matching.homes import Home
from matching.needs import Framework, NeedsProfile
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.records import Records
from matching.referrals import Asks, Referral, ReferralState
from matching.scenarios.changes import StepDown
from matching.scenarios.ground import INVENTED
from matching.synthetic.chance import invented_id
from matching.values import OLDEST_CHILD, ChildId, HomeId, ReferralId, SiblingGroupId, age_on, plus_days

SHORT_BREAKS = frozenset({HomeKind.CHILDRENS_HOME_SHORT_BREAK, HomeKind.FOSTERING_SHORT_BREAK})
"""Children there live with their families."""
STEP_DOWN_DAYS = 28
"""How long before a move that steps down, so that it can be prepared. Our own convention."""
INDEPENDENT = 16
"""From this age supported accommodation may be thought of (Care Planning Regs 2010 reg 27A)."""


def assumed_asks(child: Child, as_of: date, lives_in: Setting, preferred: Setting) -> Asks:
    """What would be asked for a child for whom nobody has asked: the setting preferred, the present one suitable too.

    School and family come from the child's places; risks and wishes are not guessed: they are to be checked.
    """
    age, places = child.age_on(as_of), {one.kind for one in child.important_places}
    said = {Setting.FOSTERING: Suitability.SUITABLE, lives_in: Suitability.SUITABLE, preferred: Suitability.PREFERRED}
    if age < INDEPENDENT:
        said[Setting.SUPPORTED] = Suitability.UNSUITABLE
    known = {name: word for name, word in said.items() if name in _ASKED_ABOUT}
    at_school = PlaceKind.SCHOOL in places and 4 <= age <= 16
    return Asks(
        child=child.id,
        suitability=MappingProxyType(known),
        close_to_family=Known.YES if PlaceKind.FAMILY_HOME in places else Known.UNKNOWN,
        in_school=Known.YES if at_school else Known.UNKNOWN,
        keep_school=Known.UNKNOWN,
        school_year=max(0, min(13, age - 5)) if at_school else None,
    )


_ASKED_ABOUT = (Setting.FOSTERING, Setting.RESIDENTIAL, Setting.SUPPORTED)


def step_down_asks(child: Child, as_of: date) -> Asks:
    """What would be asked for a child who is to live with a family again: a foster home and nothing else."""
    asks = assumed_asks(child, as_of, Setting.RESIDENTIAL, Setting.FOSTERING)
    said = {Setting.FOSTERING: Suitability.PREFERRED, Setting.RESIDENTIAL: Suitability.UNSUITABLE}
    return replace(asks, suitability=MappingProxyType({**said, Setting.SUPPORTED: Suitability.UNSUITABLE}))


def assumed_referral(
    records: Records, asks: Iterable[Asks], wanted_by: date, group: SiblingGroupId | None, why: str
) -> Referral:
    """A planned search for some children who live somewhere now."""
    given = tuple(asks)
    first = min(str(one.child) for one in given)
    return Referral(
        id=ReferralId(invented_id("scenario", why, first)),
        authority=records.authority.id,
        external_ref=f"{INVENTED}R{invented_id('scenario', why, first).hex[:8]}",
        state=ReferralState.OPEN,
        kind=SearchKind.PLANNED,
        opened=records.now,
        wanted_by=wanted_by,
        length=ExpectedLength.SHORT_TERM,
        asks=given,
        sibling_group=group,
    )


def waiting_children(records: Records) -> frozenset[ChildId]:
    """Everybody for whom a home is sought already."""
    return frozenset(child for one in records.referrals if one.state.is_waiting for child in one.children)


def lives_in(records: Records) -> dict[ChildId, Placement]:
    """The placement in which each child lives on the day, the newest where there are two."""
    started = (one.as_known_on(records.as_of) for one in records.placements if one.state is PlacementState.STARTED)
    found = sorted((one for one in started if one.takes(records.as_of)), key=lambda one: (one.starts, one.external_ref))
    return {one.child: one for one in found}


def framework_of(records: Records, profile: NeedsProfile) -> Framework:
    """The framework that a profile was made with."""
    own = profile.framework == records.framework.id
    return records.framework if own else records.older_frameworks[profile.framework]


def could_step_down(records: Records) -> tuple[tuple[Child, Home], ...]:
    """Children in residential care with a needs profile for whom no home is sought, the least need first."""
    homes: dict[HomeId, Home] = {home.id: home for home in records.homes}
    waiting, lives = waiting_children(records), lives_in(records)
    found = []
    for child in records.children:
        home = homes.get(lives[child.id].home) if child.id in lives else None
        profile = records.profiles.get(child.id)
        if home is None or profile is None or child.id in waiting or not _in_residential(child, home, records.as_of):
            continue
        need = framework_of(records, profile).total(profile.levels)
        found.append((need, child.external_ref, child, home))
    return tuple((child, home) for _, _, child, home in sorted(found, key=lambda one: one[:2]))


def _in_residential(child: Child, home: Home, as_of: date) -> bool:
    minor = age_on(child.born, as_of) <= OLDEST_CHILD
    return minor and home.kind.setting is Setting.RESIDENTIAL and home.kind not in SHORT_BREAKS


def with_steps_down(records: Records, change: StepDown) -> Records:
    """The records with a search for a foster home for so many children who live in residential care.

    Their beds are not counted as free: a place is given up when the child has settled elsewhere.
    """
    able = [
        child
        for child, _ in could_step_down(records)
        if change.ages is None or child.age_on(records.as_of) in change.ages
    ]
    return with_searches(records, able[: change.count])


def with_searches(records: Records, children: Iterable[Child]) -> Records:
    """The records with a search for a foster home for each of some children."""
    wanted = plus_days(records.as_of, STEP_DOWN_DAYS)
    searches = tuple(
        assumed_referral(records, [step_down_asks(child, records.as_of)], wanted, None, "step-down")
        for child in children
    )
    return replace(records, referrals=(*records.referrals, *searches))
