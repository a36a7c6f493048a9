"""The map of homes: nobody's exact place, nothing drawn over anything else, and the same told in words."""

from __future__ import annotations

from itertools import combinations

from app.pages.charts.options_map import SIDE, Spot, options_map
from matching.geography import Point

HERE = Point(620_000, 308_000)


def home(mark: str, east: int, north: int) -> Spot:
    """A home so many metres from the middle."""
    return Spot(mark, f"H-{mark}", "home", Point(HERE.easting + east, HERE.northing + north))


def test_homes_within_one_kilometre_square_are_drawn_from_the_same_place() -> None:
    first = options_map(HERE, "the family home", [home("1", 5_120, 140)]).spots[0]
    second = options_map(HERE, "the family home", [home("1", 5_380, -230)]).spots[0]
    assert (first.x, first.y) == (second.x, second.y)


def test_no_mark_covers_another_nor_the_middle() -> None:
    spots = options_map(HERE, "the family home", [home(str(at), at * 10, 0) for at in range(8)]).spots
    for one, other in combinations(spots, 2):
        assert abs(one.x - other.x) >= 26 or abs(one.y - other.y) >= 20
    assert all(abs(one.x - SIDE / 2) >= 26 or abs(one.y - SIDE / 2) >= 20 for one in spots)


def test_everything_stays_within_the_drawing_and_says_how_far_and_which_way() -> None:
    chart = options_map(HERE, "the family home", [home("1", 60_000, 0), home("2", -9_000, -9_000)])
    assert all(0 < one.x < SIDE and 0 < one.y < SIDE for one in chart.spots)
    assert [(one.miles, one.direction) for one in chart.spots] == [("37.3", "east"), ("7.9", "south-west")]
    assert "straight lines" in chart.description
    assert all(ring.radius < SIDE / 2 for ring in chart.rings)
