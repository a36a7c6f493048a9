"""What the statutory return would tell of our own records, and what it leaves blank because we do not hold it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from matching.codes import EndReason, HomeKind, LegalStatus, PlaceKind, Sector, Sex
from matching.codes.ssda903 import PLACE_CHANGES, PLACEMENTS, PROVIDERS, CollectionYear, placement_category
from matching.codes.ssda903_own import (
    CHANGE_OF_END,
    END_OF_CHANGE,
    PLACE_OF_KIND,
    PROVIDER_OF_SECTOR,
    SECTOR_OF_PROVIDER,
    place_code,
    provider_code,
)
from matching.homes import Home
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.places import ImportantPlace, Place
from matching.statutory_return import StatutoryReturn, statutory_return
from matching.values import HomeId, PlacementId
from tests.spec.ordinary import CHILD, COUNTY, HOME, PROVIDER

YEAR = CollectionYear(2025)
END = date(2026, 3, 31)
SECOND = HomeId(UUID(int=22))
FOSTERING = Home(
    id=HOME,
    authority=COUNTY,
    external_ref="H1",
    provider=PROVIDER,
    sector=Sector.IN_HOUSE,
    kind=HomeKind.FOSTERING_MAINSTREAM,
    place=Place("NR1 3JU"),
)
CHILDRENS_HOME = replace(
    FOSTERING, id=SECOND, kind=HomeKind.CHILDRENS_HOME, sector=Sector.PRIVATE, place=Place("NR2 4HU"), urn="1234567"
)
HOMES = {HOME: FOSTERING, SECOND: CHILDRENS_HOME}
ORDINARY = Child(
    id=CHILD,
    authority=COUNTY,
    external_ref="C1",
    born=date(2013, 5, 6),
    sex=Sex.FEMALE,
    ethnicity="WBRI",
    legal_status=LegalStatus.C2_FULL_CARE_ORDER,
    important_places=(ImportantPlace(PlaceKind.FAMILY_HOME, Place("NR3 1AA")),),
)


def a_placement(
    number: int,
    starts: date,
    ended: date | None = None,
    reason: EndReason | None = None,
    home: HomeId = HOME,
    code: str | None = None,
) -> Placement:
    """A placement of the ordinary child that has begun."""
    return Placement(
        id=PlacementId(UUID(int=number)),
        authority=COUNTY,
        external_ref=f"P{number}",
        child=CHILD,
        home=home,
        state=PlacementState.STARTED if ended is None else PlacementState.ENDED,
        starts=starts,
        ended=ended,
        end_reason=reason,
        statutory_code=code,
    )


def told(
    *placements: Placement, child: Child = ORDINARY, homes: dict[HomeId, Home] | None = None, as_of: date = END
) -> StatutoryReturn:
    """The return of 2025-26."""
    return statutory_return(YEAR, [child], {CHILD: placements}, homes or HOMES, as_of)


def test_a_child_who_moved_has_two_episodes_that_meet() -> None:
    moved = date(2025, 9, 1)
    found = told(
        a_placement(1, date(2024, 6, 1), moved, EndReason.CARER_ASKED_BEHAVIOUR), a_placement(2, moved, home=SECOND)
    )
    assert found.header == (
        {"CHILD": "C1", "SEX": "F", "DOB": "06/05/2013", "ETHNIC": "WBRI", "UPN": "", "MOTHER": "", "MC_DOB": ""},
    )
    first, second = found.episodes
    assert first == {
        "CHILD": "C1",
        "DECOM": "01/06/2024",
        "RNE": "S",
        "LS": "C2",
        "CIN": "",
        "PLACE": "U6",
        "PLACE_PROVIDER": "PR1",
        "DEC": "01/09/2025",
        "REC": "X1",
        "REASON_PLACE_CHANGE": "CREQB",
        "HOME_POST": "NR3 1AA",
        "PL_POST": "NR1 3JU",
        "URN": "",
    }
    assert (second["RNE"], second["PLACE"], second["PLACE_PROVIDER"], second["URN"]) == ("P", "K2", "PR4", "1234567")
    assert (second["DEC"], second["REC"], second["REASON_PLACE_CHANGE"]) == ("", "", "")
    assert found.unaccompanied == ()


def test_what_we_do_not_hold_is_left_blank_and_counted() -> None:
    found = told(a_placement(1, date(2024, 6, 1), date(2025, 9, 1), EndReason.PLANNED))
    assert found.episodes[0]["REC"] == ""
    assert found.left_blank == {
        "Episodes.CIN": 1,
        "Episodes.REC": 1,
        "Episodes.URN": 1,
        "Header.MOTHER": 1,
        "Header.UPN": 1,
    }


def test_only_episodes_of_the_year_are_told() -> None:
    before = a_placement(1, date(2023, 6, 1), date(2025, 3, 31), EndReason.PLANNED)
    after = a_placement(2, date(2026, 4, 1), home=SECOND)
    assert told(before, as_of=date(2026, 6, 1)).episodes == ()
    assert told(after, as_of=date(2026, 6, 1)).header == ()
    meets = told(before, a_placement(3, date(2025, 3, 31), home=SECOND), as_of=date(2026, 6, 1))
    assert [row["DECOM"] for row in meets.episodes] == ["31/03/2025"]
    assert meets.episodes[0]["RNE"] == "P"


def test_what_ends_after_the_year_or_is_not_known_yet_goes_on() -> None:
    later = a_placement(1, date(2025, 6, 1), date(2026, 5, 1), EndReason.PLANNED)
    assert told(later, as_of=date(2026, 6, 1)).episodes[0]["DEC"] == ""
    ended = a_placement(1, date(2025, 6, 1), date(2025, 8, 1), EndReason.PLANNED)
    assert told(ended, as_of=date(2025, 7, 1)).episodes[0]["DEC"] == ""
    assert told(ended, as_of=date(2025, 5, 1)).episodes == ()


def test_planned_placements_and_those_after_eighteen_are_not_told() -> None:
    planned = replace(a_placement(1, date(2025, 6, 1)), state=PlacementState.PLANNED)
    assert told(planned).episodes == ()
    grown = replace(ORDINARY, born=date(2007, 5, 6))
    assert told(a_placement(1, date(2025, 6, 1)), child=grown).episodes == ()


def test_who_comes_of_age_with_the_same_foster_carer_stays_put() -> None:
    grown = replace(ORDINARY, born=date(2007, 5, 6))
    (one,) = told(a_placement(1, date(2024, 6, 1)), child=grown).episodes
    assert (one["DEC"], one["REC"]) == ("06/05/2025", "E17")
    (elsewhere,) = told(a_placement(1, date(2024, 6, 1), home=SECOND), child=grown).episodes
    assert (elsewhere["DEC"], elsewhere["REC"]) == ("06/05/2025", "")


def test_custody_is_the_only_other_ending_that_we_know() -> None:
    (one,) = told(a_placement(1, date(2025, 6, 1), date(2025, 8, 1), EndReason.CUSTODY)).episodes
    assert one["REC"] == "E9"


def test_a_child_in_care_since_before_the_first_placement_did_not_start_with_it() -> None:
    since = replace(ORDINARY, in_care_since=date(2024, 1, 1))
    (one,) = told(a_placement(1, date(2025, 6, 1)), child=since).episodes
    assert one["RNE"] == "P"


def test_days_between_two_placements_are_bridged_only_for_who_stayed_in_care() -> None:
    first = a_placement(1, date(2025, 5, 1), date(2025, 6, 1), EndReason.PLANNED)
    second = a_placement(2, date(2025, 6, 10), home=SECOND)
    came_back = told(first, second).episodes
    assert [(row["DEC"], row["RNE"]) for row in came_back] == [("01/06/2025", "S"), ("", "S")]
    stayed = told(first, second, child=replace(ORDINARY, in_care_since=date(2025, 5, 1))).episodes
    assert [(row["DEC"], row["REC"], row["RNE"]) for row in stayed] == [("10/06/2025", "X1", "S"), ("", "", "P")]


def test_another_arrangement_in_the_same_home_is_no_move() -> None:
    day = date(2025, 6, 1)
    first, again = a_placement(1, date(2024, 5, 1), day, EndReason.PLANNED), a_placement(2, day)
    assert len(told(first, again).episodes) == 1
    long_term = told(first, replace(again, statutory_code="U4")).episodes
    assert [(row["PLACE"], row["RNE"]) for row in long_term] == [("U6", "S"), ("U4", "T")]


def test_nights_of_short_breaks_are_told_only_under_their_legal_status() -> None:
    away = {HOME: replace(HOMES[HOME], kind=HomeKind.FOSTERING_SHORT_BREAK)}
    assert told(a_placement(1, date(2025, 6, 1)), homes=away).episodes == ()
    breaks = replace(ORDINARY, legal_status=LegalStatus.V4_SHORT_BREAKS_AGREEMENT_RECORDED)
    (one,) = told(a_placement(1, date(2025, 6, 1)), child=breaks, homes=away).episodes
    assert (one["LS"], one["HOME_POST"], one["PL_POST"]) == ("V4", "", "")


def test_an_unaccompanied_child_s_status_ceases_at_eighteen_at_the_latest() -> None:
    alone = replace(ORDINARY, uasc=True, born=date(2008, 2, 29))
    (one,) = told(a_placement(1, date(2025, 6, 1)), child=alone).unaccompanied
    assert one["DUC"] == "01/03/2026"


def test_a_sector_of_a_postcode_is_not_told() -> None:
    rough = {HOME: replace(HOMES[HOME], place=Place("NR1 3"))}
    (one,) = told(a_placement(1, date(2025, 6, 1)), homes=rough).episodes
    assert one["PL_POST"] == ""


@pytest.mark.parametrize(
    ("own", "kind", "year", "code"),
    [
        (None, HomeKind.SUPPORTED_LODGINGS, 2023, "H5"),
        (None, HomeKind.SUPPORTED_LODGINGS, 2024, "K3"),
        ("H5", HomeKind.SUPPORTED_LODGINGS, 2025, "K3"),
        ("U4", HomeKind.FOSTERING_MAINSTREAM, 2025, "U4"),
        ("Z1", HomeKind.CHILDRENS_HOME, 2025, ""),
        ("Z12", HomeKind.CHILDRENS_HOME, 2024, "Z1"),
        (None, HomeKind.STAYING_PUT, 2025, None),
    ],
)
def test_a_code_is_one_of_the_year(own: str | None, kind: HomeKind, year: int, code: str | None) -> None:
    assert place_code(own, kind, CollectionYear(year)) == code


def test_every_kind_of_home_has_a_code_and_every_code_is_one_of_the_return() -> None:
    assert set(PLACE_OF_KIND) == set(HomeKind)
    codes = {code for code in PLACE_OF_KIND.values() if code is not None}
    assert codes <= set(PLACEMENTS.in_year(YEAR))
    for kind, code in PLACE_OF_KIND.items():
        if code is not None and kind.setting.value in {"fostering", "residential", "supported"}:
            assert placement_category(code).value == kind.setting.value, kind


def test_the_tables_lead_back_to_where_they_began() -> None:
    assert {END_OF_CHANGE[code]: code for code in CHANGE_OF_END.values()} == dict(CHANGE_OF_END)
    assert set(CHANGE_OF_END) == set(EndReason)
    assert set(PLACE_CHANGES.in_year(YEAR)) - set(END_OF_CHANGE) == {"PLACE"}
    assert all(PROVIDER_OF_SECTOR[sector] == code for code, sector in SECTOR_OF_PROVIDER.items())
    assert set(PROVIDER_OF_SECTOR.values()) <= set(PROVIDERS.in_year(YEAR))


def test_temporary_and_other_placements_name_no_provider_and_parents_are_one() -> None:
    assert provider_code("T1", Sector.PRIVATE) == ""
    assert provider_code("Z11", Sector.PRIVATE) == ""
    assert provider_code("P1", Sector.IN_HOUSE) == "PR0"
    assert provider_code("U6", Sector.VOLUNTARY) == "PR5"
