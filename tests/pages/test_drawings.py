"""Drawings of a referral's file: what they show is in words and numbers beside them, and nothing lies outside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app.pages.naming import HOME_KINDS, SECTORS, aged, described, how_soon, listed, role
from app.pages.referrals import needs_chart as needs
from app.pages.referrals import places_map as places
from app.pages.referrals import timeline as lived
from app.pages.wording import ROLES
from matching.codes import AvoidReason, EndReason, Frequency, HomeKind, PlaceKind, Sector, Sex
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.geography import Point
from matching.needs import DomainFinding, NeedsProfile
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.places import AvoidedPlace, ImportantPlace, Place
from matching.values import AuthorityId, ChildId, HomeId, Metres, PlacementId, ProfileId
from matching.workflow.roles import Role

TODAY = date(2026, 9, 2)
ANN = ChildId(UUID(int=1))
HERE = AuthorityId(UUID(int=2))
A_DAY = timedelta(days=1)


def profile(made_on: date, **levels: int) -> NeedsProfile:
    """A profile of some domains."""
    return NeedsProfile(
        id=ProfileId(uuid4()),
        child=ANN,
        external_ref=str(made_on),
        framework=DEFAULT_FRAMEWORK.id,
        made_on=made_on,
        author="SW-1",
        review_due=made_on + 180 * A_DAY,
        findings=tuple(DomainFinding(name.replace("_", "-"), level) for name, level in levels.items()),
    )


def stay(starts: date, state: PlacementState = PlacementState.STARTED, **more: object) -> Placement:
    """A placement of Ann's."""
    made = Placement(
        id=PlacementId(uuid4()),
        authority=HERE,
        external_ref=str(uuid4()),
        child=ANN,
        home=HomeId(UUID(int=3)),
        state=PlacementState.STARTED,
        starts=starts,
    )
    return replace(made, state=state, **more)  # type: ignore[arg-type]


def test_a_chart_of_needs_says_how_each_domain_moved() -> None:
    before, after = (
        profile(date(2025, 9, 2), health=1, behaviour=4),
        profile(TODAY, health=3, behaviour=4, family_time=0),
    )
    chart = needs.needs_chart("x", DEFAULT_FRAMEWORK, [before, after], "AB")
    by_name = {strip.name: strip for strip in chart.strips}
    assert len(chart.strips) == 12
    assert (by_name["Health"].then, by_name["Health"].now, by_name["Health"].change) == (
        "1 universal",
        "3 high",
        "up 2 levels",
    )
    assert by_name["Behaviour"].change == "the same"
    assert (by_name["Family time"].then, by_name["Family time"].change) == ("not recorded", "")
    assert by_name["Risk to self"].steps == ""
    assert "High or complex now: Health, Behaviour." in chart.says
    assert chart.marks == (needs.LEFT, needs.RIGHT)


def test_a_chart_of_one_profile_is_drawn_too() -> None:
    chart = needs.needs_chart("x", DEFAULT_FRAMEWORK, [profile(TODAY, health=0)], "AB")
    assert chart.strips[0].steps
    assert (chart.first, chart.last) == ("Sep 2026", "")
    assert "No need is high or complex now." in chart.says


def test_a_child_without_placements_has_no_timeline() -> None:
    cancelled = stay(TODAY, PlacementState.CANCELLED)
    assert lived.timeline("x", [], {}, TODAY, "AB") is None
    assert lived.timeline("x", [cancelled], {}, TODAY, "AB") is None


def test_a_timeline_numbers_each_stay_and_keeps_within_its_width() -> None:
    ended = stay(
        date(2019, 5, 1), PlacementState.ENDED, ended=date(2026, 8, 1), end_reason=EndReason.CARER_ASKED_BEHAVIOUR
    )
    short = stay(date(2026, 8, 1), PlacementState.ENDED, ended=date(2026, 8, 2), end_reason=EndReason.PLANNED)
    now = stay(date(2026, 8, 2))
    planned = stay(TODAY + 30 * A_DAY, PlacementState.PLANNED)
    line = lived.timeline("x", [ended, short, now, planned], {}, TODAY, "AB")
    assert line is not None
    assert [one.number for one in line.stays] == [1, 2, 3, 4]
    assert [one.broke_down for one in line.stays] == [True, False, False, False]
    assert [one.lasted for one in line.stays] == ["7.3 years", "1 night", "31 nights", ""]
    assert "1 of which broke down" in line.says
    for one in line.stays:
        assert lived.LEFT <= one.x <= lived.RIGHT
        assert one.x + one.width <= lived.WIDTH
        assert 0 <= one.label <= lived.WIDTH - 10
    assert all(14 <= year.label <= lived.WIDTH - 14 for year in line.years)


def place(kind: PlaceKind, point: Point | None) -> ImportantPlace:
    """A place that the child goes to."""
    return ImportantPlace(kind, Place("NR1 3AB", point), Frequency.WEEKLY)


def test_a_map_says_miles_from_the_family_home_in_straight_lines() -> None:
    home, school = Point(620_000, 300_000), Point(620_000 + 16_093, 300_000)
    shown = places.places_map("x", [place(PlaceKind.SCHOOL, school), place(PlaceKind.FAMILY_HOME, home)], [], "AB")
    assert shown is not None
    assert shown.from_what == "family home"
    assert [spot.away for spot in shown.spots] == ["10.0 miles", ""]
    assert all(0 <= spot.x <= places.SIDE and 0 <= spot.y <= places.SIDE for spot in shown.spots if spot.x and spot.y)


def test_places_at_one_spot_stand_side_by_side() -> None:
    here = Point(620_000, 300_000)
    shown = places.places_map("x", [place(PlaceKind.FAMILY_HOME, here), place(PlaceKind.FAMILY_TIME, here)], [], "AB")
    assert shown is not None
    one, other = shown.spots
    assert (one.x, one.y) != (other.x, other.y)


def test_a_place_that_could_not_be_found_is_in_the_table_alone() -> None:
    shown = places.places_map("x", [place(PlaceKind.SCHOOL, None)], [], "AB")
    assert shown is not None
    assert not shown.drawn
    assert (shown.spots[0].x, shown.spots[0].away) == (None, "not known")
    assert places.places_map("x", [], [], "AB") is None


def test_a_place_to_avoid_is_a_zone() -> None:
    zone = AvoidedPlace(Place("NR1 3AB", Point(620_000, 300_000)), Metres(3_219), AvoidReason.GANG)
    shown = places.places_map("x", [], [zone], "AB")
    assert shown is not None
    assert shown.spots[0].what == "Avoid within 2.0 miles: gang"
    assert shown.spots[0].r > 0


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "3 days ago"), (-1, "1 day ago"), (0, "today"), (1, "tomorrow"), (21, "in 21 days"), (44, "in 6 weeks")],
)
def test_how_soon_a_day_is(days: int, words: str) -> None:
    assert how_soon(TODAY + days * A_DAY, TODAY) == words


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2017, 9, 3), "aged 8"),
        (date(2025, 9, 1), "aged 12 months"),
        (date(2026, 8, 30), "aged 0 months"),
        (date(2026, 12, 1), "unborn"),
    ],
)
def test_ages_are_in_words(born: date, words: str) -> None:
    child = Child(id=ANN, authority=HERE, external_ref="C-1", born=born, sex=Sex.UNKNOWN)
    assert aged(child, TODAY) == words
    assert described(child, TODAY) == f"{words}, sex not known yet"


def test_several_are_listed_as_people_say_them() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_every_kind_of_home_every_provider_and_every_role_has_words_of_its_own() -> None:
    assert set(HOME_KINDS) == {one.value for one in HomeKind}
    assert set(SECTORS) == {one.value for one in Sector}
    assert role(Role.AREA_AUTHORITY.value) == "the authority where the home is"
    assert {role(one.value) for one in Role} == {f"{words[:1].lower()}{words[1:]}" for words in ROLES.values()}
