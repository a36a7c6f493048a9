"""Where the home is, as a specification."""

from __future__ import annotations

import pytest

from matching.codes import Frequency, HomeKind, Known, PlaceKind, Sector
from matching.places import AvoidedPlace
from matching.values import Metres
from tests.spec.building import (
    CHILD,
    FAMILY_HOME,
    FAMILY_TIME,
    FAR_OFF,
    NEXT_DOOR,
    NOWHERE,
    SCHOOL,
    Given,
    at,
    born,
    going,
)
from tests.spec.rules.examples import (
    BLOCKED,
    CHECK,
    CHECK_FIRST,
    DOES_NOT_APPLY,
    FLAGGED,
    MET,
    SCORED,
    SIGN_OFF,
    Example,
)

NO_PLACES: dict[str, object] = {"important_places": ()}
IN_HOUSE = {"sector": Sector.IN_HOUSE}
GONE_30, GONE_30_OUT = {"place": at(30)}, {"place": at(30, NEXT_DOOR)}
ACROSS, BEYOND = {"place": at(2, NEXT_DOOR)}, {"place": at(2, FAR_OFF)}
UNFOUND = {"place": NOWHERE}
KIN = {"kind": HomeKind.FOSTERING_CONNECTED}
NAMED = {"named_children": frozenset({CHILD})}
NEAR_HERE, NEAR_ELSEWHERE, NEAR_NOWHERE = ((AvoidedPlace(place, Metres(2_000)),) for place in (at(1), at(9), NOWHERE))

# one row for each example
# fmt: off
EXAMPLES = (
    Example("place.near-home", "2 miles from the family home", Given(), MET, "2.0 miles from the family home, in a straight line; inside the area", 20),
    Example("place.near-home", "30 miles from the family home, inside the area", Given(home=GONE_30), SCORED, "30.0 miles from the family home, in a straight line; inside the area", 300),
    Example("place.near-home", "30 miles from the family home, outside the area", Given(home=GONE_30_OUT), FLAGGED, "30.0 miles from the family home, in a straight line; outside the area", 300),
    Example("place.near-home", "nobody knows where the home is", Given(home=UNFOUND), CHECK, "The distance from the family home is not known", 500),
    Example("place.near-home", "no family home is on record", Given(child=NO_PLACES), CHECK, "No family home is on record", 500),
    Example("place.near-home", "an unaccompanied child has no family home here", Given(child={**NO_PLACES, "uasc": True}), DOES_NOT_APPLY, "No family home is on record", 0),
    Example("place.near-home", "the child should not be close to family", Given(asks={"close_to_family": Known.NO}), DOES_NOT_APPLY, "The child should not be placed close to family", 0),
    Example("place.school", "a mile from school", Given(), MET, "1.0 miles from school, in a straight line; in year 4", 10),
    Example("place.school", "29 miles from school in year 4", Given(home=GONE_30), SCORED, "29.0 miles from school, in a straight line; in year 4", 290),
    Example("place.school", "29 miles from school in year 10", Given(home=GONE_30, asks={"school_year": 10}), SIGN_OFF, "29.0 miles from school, in a straight line; in year 10", 290),
    Example("place.school", "29 miles from a school that must be kept", Given(home=GONE_30, asks={"keep_school": Known.YES}), FLAGGED, "29.0 miles from school, in a straight line; in year 4; this school must be kept", 290),
    Example("place.school", "nobody knows where the school is", Given(child={"important_places": (FAMILY_HOME, going(PlaceKind.SCHOOL, NOWHERE))}), CHECK, "The distance from school is not known; in year 4", 500),
    Example("place.school", "a school is on record, though nobody has said that the child is in school", Given(asks={"in_school": Known.UNKNOWN}), MET, "1.0 miles from school, in a straight line; in year 4", 10),
    Example("place.school", "no school is on record and nobody has said whether the child is in school", Given(child={"important_places": ()}, asks={"in_school": Known.UNKNOWN}), CHECK, "No school is on record", 500),
    Example("place.school", "a baby", Given(child={"important_places": (), "born": born(1)}, asks={"in_school": Known.UNKNOWN}), DOES_NOT_APPLY, "No school is on record", 0),
    Example("place.school", "the child is not in school", Given(asks={"in_school": Known.NO}), DOES_NOT_APPLY, "The child is not in school", 0),
    Example("place.area", "inside the area", Given(), MET, "Inside the authority's area", 0),
    Example("place.area", "in an adjoining authority", Given(home=ACROSS), SIGN_OFF, "In an adjoining authority", 1),
    Example("place.area", "in an adjoining authority, with carers the authority approved itself", Given(home={**ACROSS, **IN_HOUSE}), SCORED, "In an adjoining authority; a connected person, or carers the authority itself approved", 1),
    Example("place.area", "in an adjoining authority, in the authority's own children's home", Given(home={**ACROSS, **IN_HOUSE, "kind": HomeKind.CHILDRENS_HOME}), SIGN_OFF, "In an adjoining authority", 1),
    Example("place.area", "in no adjoining authority: the Director is asked instead", Given(home=BEYOND), SCORED, "Outside the area, in no adjoining authority", 1),
    Example("place.area", "nobody knows where the home is", Given(home=UNFOUND), CHECK, "Which authority the home is in is not known", 1),
    Example("place.at-a-distance", "inside the area", Given(), MET, "Inside the authority's area"),
    Example("place.at-a-distance", "in an adjoining authority", Given(home=ACROSS), MET, "In an adjoining authority"),
    Example("place.at-a-distance", "in no adjoining authority", Given(home=BEYOND), SIGN_OFF, "Outside the area, in no adjoining authority"),
    Example("place.at-a-distance", "in no adjoining authority, with a connected person", Given(home={**BEYOND, **KIN}, terms=NAMED), DOES_NOT_APPLY, "Outside the area, in no adjoining authority; a connected person, or carers the authority itself approved"),
    Example("place.at-a-distance", "nobody knows where the home is", Given(home=UNFOUND), CHECK, "Which authority the home is in is not known"),
    Example("place.avoid", "outside every zone", Given(asks={"avoid": NEAR_ELSEWHERE}), MET, "Outside every zone the child must keep away from"),
    Example("place.avoid", "inside a zone", Given(asks={"avoid": NEAR_HERE}), BLOCKED, "Inside a zone the child must keep away from"),
    Example("place.avoid", "inside one zone, while another cannot be found", Given(asks={"avoid": NEAR_HERE + NEAR_NOWHERE}), BLOCKED, "Inside a zone the child must keep away from"),
    Example("place.avoid", "a zone cannot be found", Given(asks={"avoid": NEAR_ELSEWHERE + NEAR_NOWHERE}), CHECK_FIRST, "A place to avoid, or the home, could not be found on the map: check before deciding"),
    Example("place.avoid", "nobody knows where the home is", Given(asks={"avoid": NEAR_ELSEWHERE}, home=UNFOUND), CHECK_FIRST, "A place to avoid, or the home, could not be found on the map: check before deciding"),
    Example("place.avoid", "there is no place to avoid", Given(home=UNFOUND), DOES_NOT_APPLY, "Outside every zone the child must keep away from"),
    Example("place.family-time", "weekly family time 2 miles away", Given(), MET, "The farthest is 2.0 miles away in a straight line; about 8 miles of journeys a month, each way", 8),
    Example("place.family-time", "weekly family time 30 miles away", Given(home=GONE_30), SCORED, "The farthest is 30.0 miles away in a straight line; about 120 miles of journeys a month, each way", 120),
    Example("place.family-time", "weekly family time and a daily club", Given(child={"important_places": (FAMILY_TIME, going(PlaceKind.OTHER, at(1), Frequency.DAILY))}), MET, "The farthest is 2.0 miles away in a straight line; about 28 miles of journeys a month, each way", 28),
    Example("place.family-time", "nobody knows where family time is", Given(child={"important_places": (going(PlaceKind.FAMILY_TIME, NOWHERE),)}), CHECK, "How far family time is, is not known", 500),
    Example("place.family-time", "no such place is on record", Given(child={"important_places": (FAMILY_HOME, SCHOOL)}), DOES_NOT_APPLY, "No places of family time are on record", 0),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_where_the_home_is(example: Example) -> None:
    example.check()
