"""Care histories and the codes of the statutory return, as measures and forecasts count them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import (
    ENDINGS,
    FIRST_YEAR,
    LAST_YEAR,
    PLACEMENTS,
    CollectionYear,
    PlacementCategory,
    ReasonNewEpisode,
    placement_category,
)
from matching.errors import DomainError, Invalid
from matching.geography import Point
from matching.histories import (
    AuthorityHistory,
    CareHistory,
    Episode,
    KeptPlace,
    join_years,
    pseudonym,
    without_overlaps,
)
from matching.values import AuthorityId

AUTHORITY = AuthorityId(UUID(int=1))
ALL_YEARS = [CollectionYear(starts) for starts in range(FIRST_YEAR, LAST_YEAR + 1)]


def an_episode(
    begins: date = date(2024, 5, 1),
    ends: date | None = None,
    reason_new: ReasonNewEpisode = ReasonNewEpisode.STARTED,
    legal_status: LegalStatus = LegalStatus.C2_FULL_CARE_ORDER,
    placement: str = "U6",
) -> Episode:
    """An episode with nothing remarkable about it but what is said."""
    return Episode(
        begins=begins, ends=ends, reason_new=reason_new, legal_status=legal_status, need="N1", placement=placement
    )


@pytest.mark.parametrize("text", ["2025-26", "2025/26", "2025-2026", " 2025-26 "])
def test_a_collection_year_is_read_as_people_write_it(text: str) -> None:
    year = CollectionYear.parse(text)
    assert (str(year), year.first_day, year.last_day) == ("2025-26", date(2025, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize("text", ["2025", "2025-27", "25-26", "", "2025-26-27", "1999-00", "2030-31"])
def test_what_is_no_collection_year_is_refused_in_words(text: str) -> None:
    with pytest.raises(DomainError, match="2025-26"):
        CollectionYear.parse(text)


def test_a_day_lies_in_the_year_that_began_on_the_first_of_april_before_it() -> None:
    assert CollectionYear.holding(date(2025, 3, 31)) == CollectionYear(2024)
    assert CollectionYear.holding(date(2025, 4, 1)) == CollectionYear(2025)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("H5", "2016-17", "2023-24"),
        ("P2", "2016-17", "2023-24"),
        ("K3", "2024-25", "2026-27"),
        ("Z1", "2016-17", "2024-25"),
        ("Z11", "2025-26", "2026-27"),
        ("Z14", "2025-26", "2026-27"),
        ("U4", "2016-17", "2026-27"),
    ],
)
def test_a_placement_code_is_good_for_the_years_that_have_it(code: str, first: str, last: str) -> None:
    having = [str(year) for year in ALL_YEARS if code in PLACEMENTS.in_year(year)]
    assert (having[0], having[-1]) == (first, last)


def test_every_placement_code_has_one_category_in_every_year_that_has_it() -> None:
    for year in ALL_YEARS:
        by_category = dict.fromkeys(PlacementCategory, 0)
        for code in PLACEMENTS.in_year(year):
            by_category[placement_category(code, year)] += 1
        assert all(by_category.values()), year
        assert by_category[PlacementCategory.FOSTERING] == 6


def test_a_code_outside_its_years_has_no_category_there() -> None:
    assert placement_category("H5") is PlacementCategory.SUPPORTED
    with pytest.raises(DomainError, match="not a code"):
        placement_category("H5", CollectionYear(2024))
    with pytest.raises(DomainError, match="not a code"):
        placement_category("Q9")


def test_only_a_start_or_a_change_of_carer_is_a_move() -> None:
    moves = [reason.value for reason in ReasonNewEpisode if an_episode(reason_new=reason).is_carer_move]
    assert sorted(moves) == ["B", "P", "S"]


def test_a_child_sleeps_in_an_episode_until_the_night_before_it_ceased() -> None:
    first = an_episode(date(2024, 5, 1), date(2024, 6, 1))
    second = an_episode(date(2024, 6, 1), reason_new=ReasonNewEpisode.PLACEMENT_AND_CARER, placement="K2")
    history = CareHistory(
        child=pseudonym(AUTHORITY, "1"), sex=Sex.FEMALE, born=date(2012, 6, 1), episodes=(first, second)
    )
    assert history.episode_on(date(2024, 4, 30)) is None
    assert history.episode_on(date(2024, 5, 31)) is first
    assert history.episode_on(date(2024, 6, 1)) is second
    assert history.age_on(date(2024, 5, 31)) == 11
    assert history.carer_moves == (first, second)
    assert second.category is PlacementCategory.RESIDENTIAL


def test_short_breaks_are_told_apart() -> None:
    short = [status.value for status in LegalStatus if an_episode(legal_status=status).is_short_break]
    assert short == ["V3", "V4"]


def test_an_episode_cannot_cease_before_it_begins() -> None:
    with pytest.raises(Invalid, match="ceased before it began"):
        an_episode(date(2024, 5, 2), date(2024, 5, 1))


def test_the_distance_is_the_return_s_own() -> None:
    home, place = KeptPlace(Point(0, 0), None), KeptPlace(Point(16_093, 0), None)
    apart = Episode(
        begins=date(2024, 5, 1),
        reason_new=ReasonNewEpisode.STARTED,
        legal_status=LegalStatus.V2_SECTION_20,
        placement="U6",
        home=home,
        place=place,
    )
    assert apart.miles == 10.0
    assert an_episode().miles is None


def test_a_pseudonym_is_the_same_every_year_and_differs_between_authorities() -> None:
    assert pseudonym(AUTHORITY, "12") == pseudonym(AUTHORITY, "12")
    assert pseudonym(AUTHORITY, "12") != pseudonym(AuthorityId(UUID(int=2)), "12")
    assert "12" not in str(pseudonym(AUTHORITY, "12")).split("-")


def test_what_is_known_runs_from_the_first_year_to_the_last() -> None:
    history = AuthorityHistory(authority=AUTHORITY, years=(CollectionYear(2021), CollectionYear(2023)), children=())
    assert (history.known_from, history.known_until) == (date(2021, 4, 1), date(2024, 3, 31))


def test_every_code_has_words() -> None:
    assert all(words for year in ALL_YEARS for words in {**PLACEMENTS.in_year(year), **ENDINGS.in_year(year)}.values())
    assert ENDINGS["X1"].says.startswith("Episode ceases")
    assert "X1" in ENDINGS
    assert "H6" not in PLACEMENTS


def a_child(number: str, *episodes: Episode, sex: Sex = Sex.MALE) -> CareHistory:
    """A child with a history."""
    return CareHistory(child=pseudonym(AUTHORITY, number), sex=sex, born=date(2012, 6, 1), episodes=episodes)


def test_the_newer_return_has_the_last_word_on_an_episode_and_on_the_child() -> None:
    going_on = an_episode(date(2023, 5, 1))
    ended = replace(going_on, ends=date(2024, 9, 1), reason_ceased="E4A")
    joined = join_years(
        AUTHORITY,
        {
            CollectionYear(2024): [a_child("1", ended, sex=Sex.FEMALE)],
            CollectionYear(2023): [a_child("1", going_on)],
        },
    )
    assert joined.years == (CollectionYear(2023), CollectionYear(2024))
    assert [child.episodes for child in joined.children] == [(ended,)]
    assert joined.children[0].sex is Sex.FEMALE
    assert joined.without_ending == 0


def test_who_is_told_of_no_more_left_on_the_last_day_for_no_known_reason() -> None:
    going_on = an_episode(date(2022, 5, 1))
    joined = join_years(AUTHORITY, {CollectionYear(2022): [a_child("1", going_on)], CollectionYear(2023): []})
    assert joined.children[0].episodes == (replace(going_on, ends=date(2023, 4, 1)),)
    assert joined.without_ending == 1


def test_who_goes_on_at_the_end_of_the_last_year_goes_on() -> None:
    going_on = an_episode(date(2022, 5, 1))
    joined = join_years(AUTHORITY, {CollectionYear(2022): [a_child("1", going_on)]})
    assert joined.children[0].episodes == (going_on,)


def test_a_child_whose_next_return_leaves_an_old_episode_out_is_not_in_two_places() -> None:
    old, new = an_episode(date(2022, 5, 1)), an_episode(date(2023, 8, 1), placement="K2")
    joined = join_years(
        AUTHORITY, {CollectionYear(2022): [a_child("1", old)], CollectionYear(2023): [a_child("1", new)]}
    )
    assert joined.children[0].episodes == (replace(old, ends=date(2023, 4, 1)), new)


def test_an_episode_that_overlaps_the_next_ends_when_it_begins() -> None:
    first, second = an_episode(date(2024, 5, 1)), an_episode(date(2024, 6, 1))
    assert without_overlaps((first, second)) == (replace(first, ends=date(2024, 6, 1)), second)
    assert without_overlaps(()) == ()


def test_no_return_at_all_says_how_to_load_one() -> None:
    with pytest.raises(DomainError, match="load903"):
        join_years(AUTHORITY, {})
