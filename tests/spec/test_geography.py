"""Places, postcodes and distances, as the law and the statutory return count them."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DomainError
from matching.geography import (
    Journeys,
    Located,
    MalformedPostcode,
    Point,
    Points,
    Postcode,
    PostcodeColumn,
    Precision,
    StraightLine,
    UnknownAuthority,
    metres_in_miles,
    statutory_miles,
    statutory_miles_between,
    straight_line_metres,
    tenths_of_a_mile,
)
from matching.values import AuthorityCode

NORFOLK = AuthorityCode("E10000020")

points = st.builds(Point, st.integers(0, 699_999), st.integers(0, 1_299_999))
columns = st.lists(points, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("metres", "miles"),
    [
        (0, 0.0),
        (80, 0.0),  # 0.0497
        (81, 0.1),  # 0.0503
        (1_609, 1.0),  # 0.9998
        (10_000, 6.2),  # 6.2139
        (32_105, 19.9),  # 19.9496
        (32_106, 20.0),  # 19.9503
        (32_186, 20.0),  # exactly 20
        (32_266, 20.0),  # 20.0497
        (32_267, 20.1),  # 20.0503
        (550_000, 341.8),  # 341.7635
    ],
)
def test_miles_in_the_statutory_return_are_metres_over_1000_over_one_point_6093_to_one_decimal(
    metres: int, miles: float
) -> None:
    assert statutory_miles(metres) == miles


@given(st.integers(0, 1_500_000))
def test_statutory_miles_are_the_nearest_tenth_whichever_way_halves_are_rounded(metres: int) -> None:
    exact = Fraction(metres, 1000) / Fraction("1.6093") * 10
    assert exact % 1 != Fraction(1, 2)
    assert tenths_of_a_mile(metres) == round(exact)
    assert statutory_miles(metres) == round(metres / 1000 / 1.6093, 1)


def test_a_limit_of_twenty_miles_is_32_186_metres() -> None:
    assert metres_in_miles(20) == 32_186
    assert statutory_miles(metres_in_miles(20)) == 20.0


def test_the_straight_line_of_a_three_four_five_triangle_is_five() -> None:
    assert straight_line_metres(Point(620_000, 310_000), Point(623_000, 314_000)) == 5_000


@given(points, points)
def test_the_straight_line_is_the_same_both_ways_and_nothing_to_itself(one: Point, other: Point) -> None:
    assert straight_line_metres(one, other) == straight_line_metres(other, one)
    assert straight_line_metres(one, one) == 0


@given(points, points)
def test_the_straight_line_is_the_nearest_whole_metre(one: Point, other: Point) -> None:
    squared = (one.easting - other.easting) ** 2 + (one.northing - other.northing) ** 2
    metres = straight_line_metres(one, other)
    assert (2 * metres - 1) ** 2 < 4 * squared < (2 * metres + 1) ** 2 or squared == metres == 0


@given(columns, columns)
def test_a_column_of_distances_holds_what_each_pairing_alone_would_give(ones: list[Point], others: list[Point]) -> None:
    metres = straight_line_metres(Points.of(ones).down, Points.of(others))
    assert metres.shape == (len(ones), len(others))
    assert metres.tolist() == [[straight_line_metres(one, other) for other in others] for one in ones]
    assert tenths_of_a_mile(metres).tolist() == [[tenths_of_a_mile(m) for m in row] for row in metres.tolist()]


@given(points, points)
def test_the_figure_for_the_return_is_not_rounded_to_a_metre_first(one: Point, other: Point) -> None:
    tenths = round(statutory_miles_between(one, other) * 10)
    squared = (one.easting - other.easting) ** 2 + (one.northing - other.northing) ** 2
    assert (max(0, 2 * tenths - 1) * 16_093) ** 2 <= 40_000 * squared < ((2 * tenths + 1) * 16_093) ** 2
    assert abs(tenths - tenths_of_a_mile(straight_line_metres(one, other))) <= 1
    assert isqrt(squared) <= 16_093 * (tenths + 1) / 100


def test_a_distance_rounded_to_a_metre_first_can_differ_from_the_return_by_a_tenth() -> None:
    home, placement = Point(600_000, 300_000), Point(600_036, 300_072)  # 80.498 metres, which is 0.05002 miles
    assert statutory_miles_between(home, placement) == 0.1
    assert statutory_miles(straight_line_metres(home, placement)) == 0.0


def test_distances_by_column_take_narrow_integers_without_overflowing() -> None:
    south_west = Points(np.array([100_000], np.int32), np.array([0], np.int32))
    north_east = Points(np.array([600_000], np.int32), np.array([1_200_000], np.int32))
    assert straight_line_metres(south_west, north_east).tolist() == [1_300_000]


@pytest.mark.parametrize("place", [(-1, 0), (700_000, 0), (0, 1_300_000)])
def test_a_point_off_the_national_grid_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(DomainError, match="easting before northing"):
        Point(*place)


@pytest.mark.parametrize("text", ["NR1 3AB", "nr13ab", "  nr1  3ab ", "NR1\u00a03AB", "n r 1 3 a b"])
def test_a_postcode_is_read_however_it_is_typed(text: str) -> None:
    postcode = Postcode.parse(text)
    assert str(postcode) == "NR1 3AB"
    assert postcode.precision is Precision.POSTCODE
    assert str(postcode.sector) == "NR1 3"


@pytest.mark.parametrize("text", ["NR1 3", "nr1 3", " NR1  3 "])
def test_a_sector_is_a_postcode_without_its_last_two_letters(text: str) -> None:
    sector = Postcode.parse(text)
    assert str(sector) == "NR1 3"
    assert sector.precision is Precision.SECTOR
    assert sector.sector == sector


@pytest.mark.parametrize("text", ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB"])
def test_every_shape_of_postcode_is_known(text: str) -> None:
    assert str(Postcode.parse(text)) == text


@pytest.mark.parametrize("text", ["", "NR1", "NR13", "NR1 3A", "NR1 3AC", "QR1 3AB", "NR1 AAB", "123 456", "NR123 4AB"])
def test_what_is_no_postcode_is_answered_with_how_one_is_written_and_never_repeated(text: str) -> None:
    with pytest.raises(MalformedPostcode, match="as in NR1 3AB") as refused:
        Postcode.parse(text)
    assert not text or text not in str(refused.value).replace("NR1 3AB", "").replace("NR1 3.", "")


@given(st.text(max_size=12))
def test_any_text_is_a_postcode_or_is_refused(text: str) -> None:
    try:
        postcode = Postcode.parse(text)
    except MalformedPostcode:
        return
    assert Postcode.parse(str(postcode)) == postcode


def test_a_district_council_is_pointed_to_its_county() -> None:
    assert "a district council in a county" in str(UnknownAuthority("E07000148"))


def column_of(*texts: bytes) -> PostcodeColumn:
    metres = np.arange(len(texts), dtype=np.int32)
    return PostcodeColumn(NORFOLK, np.array(texts, "S7"), Points(620_000 + metres, 310_000 + metres))


def test_a_column_of_postcodes_gives_each_as_a_place() -> None:
    postcodes = column_of(b"NR1 3AA", b"NR293AB")
    assert len(postcodes) == len(postcodes.points) == 2
    assert postcodes[1] == Located(Postcode("NR29", "3AB"), Point(620_001, 310_001), NORFOLK)
    assert postcodes[1].precision is Precision.POSTCODE


def test_places_are_drawn_without_repeats_and_the_same_seed_draws_the_same() -> None:
    postcodes = column_of(b"NR1 3AA", b"NR1 3AB", b"NR1 3AD", b"NR1 3AE")
    drawn = postcodes.sample(4, np.random.default_rng(7))
    assert drawn == postcodes.sample(4, np.random.default_rng(7))
    assert len({str(place.postcode) for place in drawn}) == 4


def test_more_places_than_an_authority_has_cannot_be_drawn() -> None:
    with pytest.raises(DomainError, match="Ask for fewer"):
        column_of(b"NR1 3AA").sample(2, np.random.default_rng(7))


def test_without_a_routing_server_journeys_are_straight_lines_and_say_no_minutes() -> None:
    journeys = StraightLine().journeys(
        Points.of([Point(600_000, 300_000), Point(600_300, 300_400)]), Points.of([Point(600_000, 300_000)])
    )
    assert isinstance(journeys, Journeys)
    assert journeys.metres.tolist() == [[0], [500]]
    assert journeys.minutes is None
    assert journeys.fallback_reason is None
