"""Measures by month: each on children whose story is known, and on the made-up county's published totals."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matching.codes import LegalStatus
from matching.codes.ssda903 import ReasonNewEpisode
from matching.geography import Point
from matching.histories import CareHistory, Episode, KeptPlace
from matching.sufficiency.measures.book import BY_ID, MEASURES, tell, value_of
from matching.sufficiency.measures.lines import Source, lines_of_records, lines_of_returns
from matching.sufficiency.measures.model import Measured, Month, Value, months_until
from matching.values import AuthorityCode
from tests.spec.authority_counts import AS_OF, norfolk
from tests.spec.sufficiency.invented_histories import a_child, a_history

OWN, OTHER = AuthorityCode("E10000020"), AuthorityCode("E10000029")
JUNE = Month(date(2024, 6, 1), date(2024, 6, 30), whole=True)


def told(measure: str, *children: CareHistory, month: Month = JUNE, **other: object) -> Value:
    """One measure in June 2024 over some children's returns of 2022-23 to 2024-25."""
    history = a_history(*children)
    measured = Measured(
        source=Source.RETURNS,
        as_of=date(2025, 3, 31),
        area=OWN,
        lines=lines_of_returns(history, OWN),
        known_from=history.known_from,
        known_until=history.known_until,
    )
    return value_of(BY_ID[measure], replace(measured, **other), month)  # type: ignore[arg-type]


BORN = date(2012, 3, 1)
LONG = a_child(1, BORN, ("U4", date(2021, 1, 1), None))
CAME = a_child(2, date(2021, 5, 1), ("U6", date(2024, 6, 10), None))
LEFT = a_child(3, BORN, ("U6", date(2023, 1, 1), date(2024, 6, 20)))
ADULT = a_child(4, date(2006, 6, 15), ("K3", date(2022, 6, 1), date(2024, 6, 15)))
MOVED = a_child(
    5,
    BORN,
    ("U6", date(2023, 8, 1), date(2023, 11, 1)),
    ("K2", date(2023, 11, 1), date(2024, 6, 5)),
    ("U6", date(2024, 6, 5), None),
)
BREAKS = a_child(6, BORN, ("U6", date(2023, 1, 1), None), legal="V4")


def test_children_on_the_last_night_without_short_breaks_and_adults() -> None:
    assert told("children.looked-after", LONG, CAME, LEFT, ADULT, MOVED, BREAKS).number == 3


def test_who_came_and_left_in_the_month() -> None:
    everybody = (LONG, CAME, LEFT, ADULT, MOVED)
    assert told("children.started", *everybody).number == 1
    assert told("children.started-under-5", *everybody).number == 1
    assert told("children.ceased", *everybody).number == 2


def test_the_rate_needs_how_many_children_live_in_the_area() -> None:
    without = told("children.rate", LONG, CAME)
    assert without.number is None
    assert "population" in (without.note or "")
    assert told("children.rate", LONG, CAME, population=4_000) == Value(number=5.0, count=2, of=4_000)


def test_mean_time_in_care_counts_from_the_present_time_in_care() -> None:
    again = a_child(7, BORN, ("U6", date(2020, 1, 1), date(2021, 1, 1)), ("U6", date(2024, 6, 20), None))
    assert told("children.days-in-care", again).number == 10


def test_three_placements_are_carer_moves_and_not_episodes() -> None:
    episodes = tuple(
        Episode(
            begins=date(2023, 7 + at, 1),
            ends=date(2023, 8 + at, 1) if at < 4 else None,
            reason_new=ReasonNewEpisode("S" if at == 0 else "L"),
            legal_status=LegalStatus.C2_FULL_CARE_ORDER,
            need="N1",
            placement="U6",
        )
        for at in range(5)
    )
    papers = replace(LONG, episodes=episodes)
    assert told("stability.three-or-more", papers, MOVED) == Value(number=50.0, count=1, of=2)
    assert told("stability.moves", papers, MOVED).number == 1


def test_breakdowns_come_from_the_reason_of_the_change() -> None:
    first, *others = MOVED.episodes
    broke = replace(MOVED, episodes=(replace(first, reason_place_change="CREQB"), *others))
    planned = replace(MOVED, episodes=(replace(first, reason_place_change="CARPL"), *others))
    assert told("stability.unplanned", broke, planned) == Value(number=16.7, count=1, of=6)
    twice = replace(broke, episodes=(broke.episodes[0], replace(others[0], reason_place_change="ALLEG"), others[1]))
    assert told("stability.two-breakdowns", twice, planned).number == 1


def test_two_years_in_one_home_of_those_two_and_a_half_years_in_care() -> None:
    adopted = a_child(8, BORN, ("U6", date(2021, 1, 1), date(2024, 5, 1)), ("A5", date(2024, 5, 1), None))
    moved = a_child(9, BORN, ("U6", date(2021, 1, 1), date(2024, 5, 1)), ("U6", date(2024, 5, 1), None))
    assert told("stability.two-years", LONG, adopted, moved, CAME) == Value(number=66.7, count=2, of=3)


def test_moves_from_residential_to_foster_care() -> None:
    assert told("stability.stepped-down", MOVED, LONG).number == 1


def test_distance_and_area_are_told_apart() -> None:
    def placed(number: int, metres: int, area: AuthorityCode | None) -> CareHistory:
        child = a_child(number, BORN, ("U6", date(2023, 1, 1), None))
        home = KeptPlace(Point(600_000, 300_000), OWN)
        place = KeptPlace(Point(600_000 + metres, 300_000), area)
        return replace(child, episodes=(replace(child.episodes[0], home=home, place=place),))

    children = (placed(1, 33_000, OWN), placed(2, 5_000, OTHER), placed(3, 40_000, OTHER), placed(4, 1_000, OWN), LONG)
    one_out = "1 child whose distance is not known is left out"
    assert told("place.distant", *children) == Value(number=50.0, count=2, of=4, note=one_out)
    assert told("place.out-of-area", *children).count == 2
    assert told("place.distant-and-out-of-area", *children).count == 1
    assert told("place.distant", placed(1, 32_186, OWN)).count == 0  # 20.0 miles are not more than 20
    assert told("place.distant", placed(1, 32_270, OWN)).count == 1  # 20.1


def test_kinds_of_care_and_own_carers() -> None:
    agency = a_child(7, BORN, ("U4", date(2023, 1, 1), None))
    agency = replace(agency, episodes=(replace(agency.episodes[0], provider="PR4"),))
    relative = a_child(8, BORN, ("U1", date(2023, 1, 1), None))
    residential = a_child(9, BORN, ("K2", date(2023, 1, 1), None))
    children = (LONG, agency, relative, residential)
    assert told("care.family-based", *children) == Value(number=75.0, count=3, of=4)
    assert told("care.residential", *children) == Value(number=25.0, count=1, of=4)
    assert told("care.in-house", *children) == Value(number=50.0, count=1, of=2)


def test_a_measure_that_cannot_be_told_says_why_and_is_never_nought() -> None:
    for measure in ("siblings.apart", "carers.households", "beds.pace-tonight"):
        value = told(measure, LONG)
        assert (value.number, value.note) == (None, "Statutory returns do not tell it: ask of our own placements")
    assert told("education.days-without-school", LONG).number is None
    assert "Attendance is not recorded" in (told("education.days-without-school", LONG).note or "")
    early = Month(date(2021, 6, 1), date(2021, 6, 30), whole=True)
    assert "begins with 2022-04-01" in (told("children.looked-after", LONG, month=early).note or "")
    late = Month(date(2025, 6, 1), date(2025, 6, 30), whole=True)
    assert "ends with 2025-03-31" in (told("children.looked-after", LONG, month=late).note or "")
    soon = Month(date(2022, 6, 1), date(2022, 6, 30), whole=True)
    assert told("stability.three-or-more", LONG, month=soon).number is None
    assert told("children.looked-after", LONG, month=soon).number == 1


def test_without_anybody_there_is_no_per_cent() -> None:
    assert told("care.residential") == Value(of=0, count=0, note="Nobody to count")


def test_months_end_with_the_day_looked_from() -> None:
    months = months_until(date(2026, 2, 10), 3)
    assert [(one.first, one.last, one.whole) for one in months] == [
        (date(2025, 12, 1), date(2025, 12, 31), True),
        (date(2026, 1, 1), date(2026, 1, 31), True),
        (date(2026, 2, 1), date(2026, 2, 10), False),
    ]
    assert months[0].year_before == date(2025, 1, 1)


def test_every_measure_has_a_definition_a_meaning_and_an_id_of_its_own() -> None:
    assert len(BY_ID) == len(MEASURES) >= 30
    for measure in MEASURES:
        assert re.fullmatch(r"[a-z]+\.[a-z0-9-]+", measure.id)
        assert measure.says.endswith(".")
        assert measure.statutory.split()[0].rstrip(":.;,") in {"Statutory", "Local", "The"}


def test_measures_md_tells_every_measure_as_it_is() -> None:
    shown = (Path(__file__).resolve().parents[3] / "docs" / "measures.md").read_text()
    for measure in MEASURES:
        assert f"| `{measure.id}` | {measure.name}. {measure.says} |" in shown, measure.id
        assert f"| {measure.statutory} |" in shown, measure.id


@pytest.fixture(scope="module")
def county() -> Measured:
    made = norfolk(1).authority
    return Measured(
        source=Source.PLACEMENTS,
        as_of=AS_OF,
        area=made.authority.code,
        lines=lines_of_records(made.children, made.placements, made.homes, made.authority.code),
        known_from=date(2024, 1, 1),
        known_until=AS_OF,
        children={child.id: child for child in made.children},
        groups=made.sibling_groups,
        homes=made.homes,
        placements=made.placements,
    )


@pytest.mark.parametrize(
    ("measure", "least", "most"),
    [
        ("children.looked-after", 1_034, 1_037),  # 1,115 less those who live in no home on record
        ("children.unaccompanied", 79, 79),
        ("stability.three-or-more", 9.4, 11.2),
        ("stability.unplanned", 2.5, 3.3),
        ("carers.households", 396, 398),
        ("carers.staying-put", 71, 71),
        ("care.in-house", 50.0, 52.0),
        ("siblings.apart", 33.0, 39.0),
        ("beds.pace-tonight", 1, 1),
    ],
)
def test_the_county_s_measures_are_as_published(county: Measured, measure: str, least: float, most: float) -> None:
    month = months_until(AS_OF, 1)[0]
    value = value_of(BY_ID[measure], county, month)
    assert value.number is not None
    assert least <= value.number <= most, value


def test_a_household_without_terms_offers_no_bed_nights(county: Measured) -> None:
    month = months_until(AS_OF, 1)[0]
    bare = replace(county, homes=tuple(replace(home, approvals=()) for home in county.homes))
    assert value_of(BY_ID["beds.fostering-available"], bare, month).number == 0
    assert value_of(BY_ID["beds.fostering-used"], bare, month).number is None


def test_what_can_be_offered_is_told_for_today_alone(county: Measured) -> None:
    earlier = months_until(AS_OF, 2)[0]
    value = value_of(BY_ID["beds.emergency-tonight"], county, earlier)
    assert (value.number, value.note) == (
        None,
        "What could be offered is kept for today alone: earlier months cannot be told",
    )


def test_every_measure_is_told_for_every_month(county: Measured) -> None:
    found = list(tell(county, months_until(AS_OF, 2)))
    assert [one.measure.id for one in found] == [measure.id for measure in MEASURES]
    for one in found:
        for month in one.months:
            assert (month.value.number is not None) or month.value.note
