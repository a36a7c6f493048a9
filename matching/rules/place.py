"""Where the home is: near home, school and family time, inside the area, and away from places of danger."""

from __future__ import annotations

from datetime import date

from matching.answers import Answer
from matching.codes import Sector, SignOffRole
from matching.facts import Facts
from matching.facts.home import ADJOINING, IN_AREA
from matching.policy import Measure
from matching.rules.approval import is_fostering
from matching.rules.model import Block, Charge, Flag, Otherwise, Rule, Score, SignOff, Source
from matching.rules.words import Where, count, miles
from matching.values import Period

UNKNOWN_WAY = 500
"""Tenths of a mile charged for a way that is not known: 50 miles, so that not knowing is never an advantage."""
SCHOOL_AGE = 4
"""Years; younger children may be in reception or nursery, but nobody has to say so."""
NEAR_FAMILY = Source("Children Act 1989 s22C(8)")
CARE_PLANNING = "Care Planning, Placement and Case Review (England) Regulations 2010"
LINE = "in a straight line"


def _way(tenths: int | None, place: str) -> str:
    if tenths is None:
        return f"The distance from {place} is not known"
    return f"{miles(tenths)} from {place}, {LINE}"


def outside_area(f: Facts) -> Answer:
    """Whether the home stands outside the authority's area."""
    return f.home.area > IN_AREA


def _near_home_applies(f: Facts) -> Answer:
    no_home_here = (f.child.uasc > 0) & (f.child.has_family_home <= 0)
    not_near = Answer(f.child.close_to_family.equals(0).yes)
    return ~not_near & ~no_home_here


def _near_home_reason(f: Facts, at: Where) -> str:
    if f.child.close_to_family.at(*at) == 0:
        return "The child should not be placed close to family"
    if not f.child.has_family_home.at(*at):
        return "No family home is on record"
    where = {None: "", True: "; outside the area", False: "; inside the area"}[outside_area(f).at(*at)]
    return _way(f.journey.home_distance.at(*at), "the family home") + where


PLACE_NEAR_HOME = Rule(
    id="place.near-home",
    says="The home is within 20 miles of the family home, or the distance the authority has set",
    applies=_near_home_applies,
    met=lambda f: f.journey.home_distance <= f.parameters["distant_miles"],
    otherwise=(
        Otherwise(Flag("counts as distant in the statutory return"), outside_area, "the home is outside the area too"),
        Otherwise(Score()),
    ),
    reason=_near_home_reason,
    sources=(NEAR_FAMILY,),
    reads=("journey.home_distance", "home.area", "child.close_to_family", "child.uasc", "child.has_family_home"),
    charge=Charge(Measure.HOME_DISTANCE, lambda f: f.journey.home_distance, unknown_units=UNKNOWN_WAY),
    parameters=("distant_miles",),
)


def _in_school(f: Facts) -> Answer:
    """In school: so the referral says, or does not deny of a child with a school. Unknown only from school age."""
    not_denied = Answer(~f.child.in_school.equals(0).yes)
    return (not_denied & (f.child.has_school > 0)) | ((f.child.age >= SCHOOL_AGE) & (f.child.in_school > 0))


def _in_years_10_or_11(f: Facts) -> Answer:
    return (f.child.school_year >= 10) & (f.child.school_year <= 11)


def _school_reason(f: Facts, at: Where) -> str:
    if f.child.in_school.at(*at) == 0:
        return "The child is not in school"
    if not f.child.has_school.at(*at):
        return "No school is on record"
    said = _way(f.journey.school_distance.at(*at), "school")
    year = f.child.school_year.at(*at)
    said += f"; in year {year}" if year is not None else ""
    return said + ("; this school must be kept" if f.child.keep_school.at(*at) else "")


PLACE_SCHOOL = Rule(
    id="place.school",
    says="The home is near enough for the child to stay at the same school",
    applies=_in_school,
    met=lambda f: f.journey.school_distance <= f.parameters["school_reach"],
    otherwise=(
        Otherwise(SignOff(SignOffRole.NOMINATED_OFFICER), _in_years_10_or_11, "the child is in year 10 or 11"),
        Otherwise(
            Flag("school must be kept: arrange travel"), lambda f: f.child.keep_school > 0, "the school must be kept"
        ),
        Otherwise(Score()),
    ),
    reason=_school_reason,
    sources=(NEAR_FAMILY, Source(f"{CARE_PLANNING} reg 10")),
    reads=(
        "journey.school_distance",
        "child.age",
        "child.in_school",
        "child.has_school",
        "child.school_year",
        "child.keep_school",
    ),
    charge=Charge(Measure.SCHOOL_DISTANCE, lambda f: f.journey.school_distance, unknown_units=UNKNOWN_WAY),
    parameters=("school_reach",),
)


def _beyond(f: Facts) -> Answer:
    return f.home.area > ADJOINING


def _own_carers(f: Facts) -> Answer:
    """Whether regulation 11 asks nothing: a connected person, or foster carers the authority itself approved."""
    return f.journey.connected | (is_fostering(f) & f.home.sector.is_(Sector.IN_HOUSE))


def _area_reason(f: Facts, at: Where) -> str:
    area = f.home.area.at(*at)
    if area is None:
        return "Which authority the home is in is not known"
    where = ("Inside the authority's area", "In an adjoining authority", "Outside the area, in no adjoining authority")[
        area
    ]
    if area and _own_carers(f).at(*at):
        return f"{where}; a connected person, or carers the authority itself approved"
    return where


PLACE_AREA = Rule(
    id="place.area",
    says="The home is inside the authority's area",
    met=lambda f: f.home.area <= IN_AREA,
    otherwise=(
        Otherwise(Score(), _own_carers, "a connected person, or foster carers whom the authority itself approved"),
        Otherwise(Score(), _beyond, "the Director of Children's Services is asked instead: place.at-a-distance"),
        Otherwise(SignOff(SignOffRole.NOMINATED_OFFICER)),
    ),
    reason=_area_reason,
    sources=(
        Source("Children Act 1989 s22C(9)"),
        Source(f"{CARE_PLANNING} reg 11(1)"),
        Source(f"{CARE_PLANNING} reg 11(4), as councils' published procedures put it", checked=False),
    ),
    reads=("home.area", "home.sector", "home.setting", "journey.connected"),
    charge=Charge(Measure.OUT_OF_AREA, lambda f: outside_area(f).count(), unknown_units=1),
    in_force=Period(date(2011, 4, 1)),
)

PLACE_AT_A_DISTANCE = Rule(
    id="place.at-a-distance",
    says="The home is inside the authority's area or in an adjoining authority",
    applies=lambda f: ~_own_carers(f),
    met=lambda f: f.home.area <= ADJOINING,
    otherwise=(Otherwise(SignOff(SignOffRole.DIRECTOR)),),
    reason=_area_reason,
    sources=(Source(f"{CARE_PLANNING} reg 11(1)(b) and (5), as amended by SI 2013/3239"),),
    reads=("home.area", "home.sector", "home.setting", "journey.connected"),
    in_force=Period(date(2014, 1, 27)),
)


def _avoid_reason(f: Facts, at: Where) -> str:
    inside = f.journey.avoided.at(*at)
    if inside is None:
        return "A place to avoid, or the home, could not be found on the map: check before deciding"
    return (
        "Inside a zone the child must keep away from" if inside else "Outside every zone the child must keep away from"
    )


PLACE_AVOID = Rule(
    id="place.avoid",
    says="The home stands outside every zone the child must keep away from",
    applies=lambda f: f.child.has_zones > 0,
    met=lambda f: ~f.journey.avoided,
    otherwise=(Otherwise(Block()),),
    reason=_avoid_reason,
    sources=(Source("Safeguarding: places to avoid, named in the referral"),),
    reads=("journey.avoided", "child.has_zones"),
)


def _family_time_reason(f: Facts, at: Where) -> str:
    farthest, monthly = f.journey.family_time_farthest.at(*at), f.journey.family_time.at(*at)
    if not f.child.has_family_time.at(*at):
        return "No places of family time are on record"
    if farthest is None or monthly is None:
        return "How far family time is, is not known"
    return (
        f"The farthest is {miles(farthest)} away {LINE}; about {count(monthly, 'mile')} of journeys a month, each way"
    )


PLACE_FAMILY_TIME = Rule(
    id="place.family-time",
    says="Family time and the child's other places are within 20 miles, or the distance the authority has set",
    applies=lambda f: f.child.has_family_time > 0,
    met=lambda f: f.journey.family_time_farthest <= f.parameters["distant_miles"],
    otherwise=(Otherwise(Score()),),
    reason=_family_time_reason,
    sources=(NEAR_FAMILY,),
    reads=("journey.family_time", "journey.family_time_farthest", "child.has_family_time"),
    charge=Charge(Measure.FAMILY_TIME_DISTANCE, lambda f: f.journey.family_time, unknown_units=UNKNOWN_WAY),
    parameters=("distant_miles",),
)

PLACE = (PLACE_NEAR_HOME, PLACE_SCHOOL, PLACE_AREA, PLACE_AT_A_DISTANCE, PLACE_AVOID, PLACE_FAMILY_TIME)
