"""The authorities responsible for children's services, and who adjoins whom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from app.geography.authorities import TABLES, authorities, rows
from app.geography.build_adjoining import build, touching
from matching.geography import Points, UnknownAuthority
from matching.values import AuthorityCode

NORFOLK = AuthorityCode("E10000020")


def neighbours(name: str) -> set[str]:
    known = authorities()
    [code] = [authority.code for authority in known.english() if authority.name == name]
    return {known.get(neighbour).name for neighbour in known.adjoining(code)}


def test_england_has_153_childrens_services_authorities_in_nine_regions() -> None:
    regions = Counter(authority.region for authority in authorities().english())
    assert regions == {
        "North East": 12,
        "North West": 24,
        "Yorkshire and The Humber": 15,
        "East Midlands": 10,
        "West Midlands": 14,
        "East of England": 11,
        "London": 33,
        "South East": 19,
        "South West": 15,
    }
    assert sum(regions.values()) == 153


def test_every_authority_has_a_code_and_a_name_of_its_own() -> None:
    names = [row["name"] for row in rows("authorities")]
    assert len(names) == len(set(names)) == len(authorities().by_code) == 207


def test_every_district_belongs_to_one_of_the_21_counties() -> None:
    known = authorities()
    counties = set(known.by_district.values())
    assert len(counties) == 21
    assert counties <= set(known.by_code)
    assert all(county.startswith("E10") for county in counties)


def test_a_district_is_its_county_s_and_a_unitary_is_its_own() -> None:
    known = authorities()
    assert known.responsible_for("E07000148") == NORFOLK
    assert known.responsible_for("E06000012") == "E06000012"
    assert known.responsible_for("N09000003") is None


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("Norfolk", {"Cambridgeshire", "Lincolnshire", "Suffolk"}),
        ("North East Lincolnshire", {"Lincolnshire", "North Lincolnshire"}),
        ("Suffolk", {"Cambridgeshire", "Essex", "Norfolk"}),
        ("Rutland", {"Leicestershire", "Lincolnshire", "North Northamptonshire"}),
        ("Cornwall", {"Devon", "Plymouth"}),
        ("Isle of Wight", set()),
        ("Isles of Scilly", set()),
        ("Kingston upon Hull, City of", {"East Riding of Yorkshire"}),
        ("Blackpool", {"Lancashire"}),
        ("Coventry", {"Solihull", "Warwickshire"}),
        ("Wirral", {"Cheshire West and Chester", "Flintshire", "Liverpool", "Sefton"}),
        ("Herefordshire, County of", {"Gloucestershire", "Monmouthshire", "Powys", "Shropshire", "Worcestershire"}),
        ("Cumberland", {"Dumfries and Galloway", "Northumberland", "Scottish Borders", "Westmorland and Furness"}),
        (
            "City of London",
            {"Camden", "Hackney", "Islington", "Lambeth", "Southwark", "Tower Hamlets", "Westminster"},
        ),
        (
            "Cambridgeshire",
            {
                "Bedford",
                "Central Bedfordshire",
                "Essex",
                "Hertfordshire",
                "Lincolnshire",
                "Norfolk",
                "North Northamptonshire",
                "Peterborough",
                "Suffolk",
            },
        ),
    ],
)
def test_an_authority_adjoins_those_that_share_a_boundary_with_it(authority: str, expected: set[str]) -> None:
    assert neighbours(authority) == expected


def test_adjoining_is_mutual_and_nobody_adjoins_itself() -> None:
    known = authorities()
    for authority in known.english():
        adjoining_it = known.adjoining(authority.code)
        assert authority.code not in adjoining_it
        assert all(authority.code in known.neighbours[neighbour] for neighbour in adjoining_it)


def test_only_islands_adjoin_nobody() -> None:
    known = authorities()
    alone = {authority.name for authority in known.english() if not known.adjoining(authority.code)}
    assert alone == {"Isle of Wight", "Isles of Scilly"}


def test_each_pair_of_neighbours_is_in_the_table_once_in_order_and_known() -> None:
    known = authorities()
    pairs = [(row["authority"], row["neighbour"]) for row in rows("adjoining")]
    assert len(pairs) == len(set(pairs)) == 399
    assert pairs == sorted(pairs)
    assert all(one < other and {one, other} <= set(known.by_code) for one, other in pairs)


@pytest.mark.parametrize("code", ["W06000015", "S12000036", "E07000148"])
def test_only_english_authorities_are_asked_for_their_neighbours(code: str) -> None:
    with pytest.raises(UnknownAuthority):
        authorities().adjoining(AuthorityCode(code))


def cluster(east: int, north: int) -> list[tuple[int, int]]:
    return [(east + step * 500, north + row * 500) for step in range(4) for row in range(4)]


def pairs_touching(*places: list[tuple[int, int]]) -> set[tuple[int, int]]:
    easting, northing = np.array([point for place in places for point in place], np.int32).T
    owner = np.repeat(np.arange(len(places), dtype=np.uint16), [len(place) for place in places])
    return touching(Points(easting, northing), owner)


def test_areas_side_by_side_touch() -> None:
    assert pairs_touching(cluster(400_000, 300_000), cluster(402_000, 300_000)) == {(0, 1)}


def test_an_area_between_two_others_keeps_them_apart() -> None:
    left, middle, right = cluster(400_000, 300_000), cluster(402_000, 300_000), cluster(404_000, 300_000)
    tall = [(east, north + move) for east, north in middle for move in range(-8_000, 10_000, 500)]
    assert pairs_touching(left, tall, right) == {(0, 1), (1, 2)}


def test_areas_with_the_sea_between_them_do_not_touch() -> None:
    assert pairs_touching(cluster(400_000, 300_000), cluster(420_000, 300_000)) == set()


@pytest.mark.slow("it gives every square of England to its nearest postcode")
def test_the_tables_are_what_the_postcodes_say(tmp_path: Path) -> None:
    build(tmp_path)
    for table in ("adjoining.csv", "postcode_letters.csv"):
        assert (tmp_path / table).read_text() == (TABLES / table).read_text(), f"run python -m {build.__module__}"
