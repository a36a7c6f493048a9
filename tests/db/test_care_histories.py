"""Care histories as stored: what was written comes back, a newer return replaces its year, and years are joined."""

from __future__ import annotations

from datetime import date

import pytest

from db.session import Store
from matching.authorities import Authority
from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import CollectionYear, ReasonNewEpisode
from matching.errors import DomainError
from matching.geography import Point
from matching.histories import CareHistory, Episode, KeptPlace, pseudonym
from matching.values import AuthorityCode
from tests.db.examples import act, recorded

YEAR = CollectionYear(2024)
NORFOLK = AuthorityCode("E10000020")


def a_history(authority: Authority, number: str = "7", episodes: int = 2) -> CareHistory:
    """A child with every field of an episode given in the first of them, and the least in the rest."""
    full = Episode(
        begins=date(2024, 4, 5),
        ends=date(2024, 6, 1),
        reason_new=ReasonNewEpisode.STARTED,
        legal_status=LegalStatus.V2_SECTION_20,
        need="N1",
        placement="U6",
        provider="PR4",
        reason_ceased="X1",
        reason_place_change="CREQB",
        home=KeptPlace(Point(620_000, 310_000), NORFOLK),
        place=KeptPlace(Point(630_000, 320_000), None),
        urn="1234567",
    )
    least = [
        Episode(
            begins=date(2024, 6 + at, 1),
            ends=date(2024, 7 + at, 1) if at + 1 < episodes - 1 else None,
            reason_new=ReasonNewEpisode.PLACEMENT_AND_CARER,
            legal_status=LegalStatus.V2_SECTION_20,
            placement="K2",
        )
        for at in range(episodes - 1)
    ]
    return CareHistory(
        child=pseudonym(authority.id, number),
        sex=Sex.FEMALE,
        born=date(2012, 2, 29),
        ethnicity="WBRI",
        unaccompanied=True,
        unaccompanied_until=date(2030, 2, 28),
        episodes=(full, *least),
    )


def test_what_was_written_comes_back_whole(store: Store, authority: Authority) -> None:
    histories = sorted((a_history(authority, str(number)) for number in range(30)), key=lambda one: one.child)
    bare = CareHistory(child=pseudonym(authority.id, "x"), sex=Sex.UNKNOWN, born=date(2020, 1, 1))
    with store.writing(authority.id) as work:
        made = work.care_histories.put(YEAR, [*histories, bare], "a" * 64, {"children": 31}, act())
    with store.reading(authority.id) as work:
        assert work.care_histories.returns() == (made,)
        assert work.care_histories.read_year(YEAR) == tuple(sorted([*histories, bare], key=lambda one: one.child))
        assert work.care_histories.read_year(CollectionYear(2023)) == ()
        joined = work.care_histories.load()
        event = work.audit.events(noun_id=made.id)[0]
    assert [child.child for child in joined.children] == sorted(one.child for one in [*histories, bare])
    assert joined.years == (YEAR,)
    assert (event.noun, event.after) == ("care return", {"year": "2024-25", "sha256": "a" * 64, "children": 31})


def test_a_newer_return_replaces_its_year_and_leaves_other_years_alone(store: Store, authority: Authority) -> None:
    with store.writing(authority.id) as work:
        work.care_histories.put(CollectionYear(2023), [], "0" * 64, {}, act())
        work.care_histories.put(YEAR, [a_history(authority, "1"), a_history(authority, "2")], "a" * 64, {}, act())
        work.care_histories.put(YEAR, [a_history(authority, "2", episodes=1)], "b" * 64, {}, act())
    with store.reading(authority.id) as work:
        assert [(str(one.year), one.sha256[0]) for one in work.care_histories.returns()] == [
            ("2023-24", "0"),
            ("2024-25", "b"),
        ]
        assert work.care_histories.read_year(YEAR) == (a_history(authority, "2", episodes=1),)
        assert len(work.care_histories.load([YEAR]).years) == 1
        assert len(work.care_histories.load().years) == 2


def test_an_authority_sees_none_of_another_s(store: Store, authority: Authority) -> None:
    other = recorded(store, "E10000003")
    with store.writing(authority.id) as work:
        work.care_histories.put(YEAR, [a_history(authority)], "a" * 64, {}, act())
    with store.reading(other.id) as work:
        assert work.care_histories.returns() == ()
        with pytest.raises(DomainError, match="load903"):
            work.care_histories.load()
