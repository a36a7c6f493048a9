"""Ages, ranges, periods and what is refused about people, homes and placements, in words a person can act on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import EndReason, SiblingAssessed
from matching.errors import DomainError, Invalid
from matching.people import SiblingGroup, SiblingPair
from matching.placements import Placement, PlacementState, started_on
from matching.values import AgeRange, AuthorityId, ChildId, HomeId, Period, PlacementId, SiblingGroupId, age_on, nights

ONE, TWO, THREE = (ChildId(UUID(int=number)) for number in (1, 2, 3))
AUTHORITY = AuthorityId(UUID(int=9))


def test_a_birthday_on_29_february_is_kept_on_1_march_in_other_years() -> None:
    assert age_on(date(2016, 2, 29), date(2026, 2, 28)) == 9
    assert age_on(date(2016, 2, 29), date(2026, 3, 1)) == 10


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 20_000))
def test_age_never_falls_as_days_pass(born: date, later: int) -> None:
    day = date.fromordinal(born.toordinal() + later)
    assert age_on(born, day) <= age_on(born, date.fromordinal(day.toordinal() + 1))


def test_an_age_range_upside_down_is_refused_with_the_remedy() -> None:
    with pytest.raises(DomainError, match="younger age first"):
        AgeRange(12, 5)
    assert 5 in AgeRange(5, 12)
    assert 13 not in AgeRange(5, 12)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(DomainError, match="on or after the start"):
        Period(date(2026, 2, 1), date(2026, 1, 1))
    assert date(2030, 1, 1) in Period(date(2026, 1, 1))
    assert date(2026, 1, 2) not in Period(date(2026, 1, 1), date(2026, 1, 1))


def test_nights_are_never_negative() -> None:
    assert nights(date(2026, 1, 1), date(2026, 1, 8)) == 7
    assert nights(date(2026, 1, 8), date(2026, 1, 1)) == 0


def placement(**changes: object) -> Placement:
    given_facts: dict[str, object] = {
        "id": PlacementId(UUID(int=5)),
        "authority": AUTHORITY,
        "external_ref": "P1",
        "child": ONE,
        "home": HomeId(UUID(int=6)),
        "state": PlacementState.STARTED,
        "starts": date(2026, 1, 1),
    }
    return Placement(**{**given_facts, **changes})  # type: ignore[arg-type]


def test_a_placement_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Invalid, match="on or after the start"):
        placement(state=PlacementState.ENDED, ended=date(2025, 12, 31), end_reason=EndReason.PLANNED)
    with pytest.raises(Invalid, match="planned end"):
        placement(planned_end=date(2025, 12, 31))
    with pytest.raises(Invalid, match="state 'ended'"):
        placement(ended=date(2026, 1, 31))


def test_a_bed_is_taken_from_the_first_night_until_the_morning_it_ends() -> None:
    stay = placement(planned_end=date(2026, 1, 3))
    taken = [stay.takes(date(2026, 1, day)) for day in (1, 2, 3)]
    assert taken == [True, True, False]
    assert not placement(state=PlacementState.CANCELLED).takes(date(2026, 1, 1))


def test_the_newest_started_placement_is_where_a_child_lives() -> None:
    older, newer = placement(), placement(external_ref="P2", starts=date(2026, 2, 1))
    assert started_on([newer, older], ONE, date(2026, 3, 1)) is newer
    assert started_on([newer, older], ONE, date(2026, 1, 5)) is older
    assert started_on([newer, older], TWO, date(2026, 3, 1)) is None


def group(*pairs: SiblingPair, members: tuple[ChildId, ...] = (ONE, TWO, THREE)) -> SiblingGroup:
    return SiblingGroup(
        id=SiblingGroupId(UUID(int=8)), authority=AUTHORITY, external_ref="S1", members=members, pairs=pairs
    )


def test_siblings_nobody_assessed_are_together_preferred() -> None:
    apart = SiblingPair(TWO, THREE, SiblingAssessed.APART_REQUIRED)
    assert [pair.assessed for pair in group(apart).every_pair()] == [
        SiblingAssessed.TOGETHER_PREFERRED,
        SiblingAssessed.TOGETHER_PREFERRED,
        SiblingAssessed.APART_REQUIRED,
    ]


@pytest.mark.parametrize(
    ("pairs", "members"),
    [
        ((), (ONE,)),
        ((), (ONE, ONE)),
        ((SiblingPair(ONE, ONE, SiblingAssessed.TOGETHER_REQUIRED),), (ONE, TWO)),
        ((SiblingPair(ONE, THREE, SiblingAssessed.TOGETHER_REQUIRED),), (ONE, TWO)),
        (
            (
                SiblingPair(ONE, TWO, SiblingAssessed.TOGETHER_REQUIRED),
                SiblingPair(TWO, ONE, SiblingAssessed.APART_REQUIRED),
            ),
            (ONE, TWO),
        ),
    ],
)
def test_a_sibling_group_that_cannot_be_is_refused(
    pairs: tuple[SiblingPair, ...], members: tuple[ChildId, ...]
) -> None:
    with pytest.raises(DomainError):
        group(*pairs, members=members)
