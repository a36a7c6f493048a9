"""The synthetic authorities: every record is valid, who waits is as described, and any process makes the same."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from matching.assess import Assessor
from matching.codes import (
    ExpectedLength,
    HomeKind,
    SearchKind,
    Setting,
    SiblingAssessed,
)
from matching.pool import pool_of
from matching.records import Records
from matching.referrals import Asks, Referral, ReferralState
from matching.synthetic import (
    PlacementType,
    norfolk_like,
    records_of,
)
from matching.values import ChildId, HomeId, ReferralId
from tests.spec.authority_counts import AS_OF, Counts, digest, gazetteer, norfolk, of_name

NOW = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 9, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
WITHOUT_A_HOME = {PlacementType.OTHER, PlacementType.PLACED_FOR_ADOPTION, PlacementType.WITH_PARENTS}


@pytest.fixture(scope="module", params=["norfolk-1", "norfolk-2026", "north-east-lincolnshire-1"])
def either(request: pytest.FixtureRequest) -> Counts:
    return of_name(request.param)


# --- both: who waits ------------------------------------------------------------------------------


def test_thirty_to_sixty_children_wait_about_a_third_with_brothers_or_sisters(either: Counts) -> None:
    waiting = [referral for referral in either.authority.referrals if referral.state.is_waiting]
    children = sum(len(referral.asks) for referral in waiting)
    together = sum(len(referral.asks) for referral in waiting if len(referral.asks) > 1)
    assert 30 <= children <= 60
    assert 0.25 <= together / children <= 0.4


def test_most_searches_are_planned_and_some_are_urgent(either: Counts) -> None:
    kinds = Counter(referral.kind.value for referral in either.authority.referrals)
    assert kinds["planned"] > 0.7 * kinds.total()
    assert kinds["same-day"] >= 1
    assert kinds["emergency"] >= 1
    assert kinds["pace"] == 1


def test_a_child_who_waits_and_lives_in_a_home_leaves_it_on_the_first_night_wanted(either: Counts) -> None:
    waiting = {child: referral.wanted_by for referral in either.authority.referrals for child in referral.children}
    moving = [placement for placement in either.present if placement.child in waiting]
    assert len(moving) >= 8
    assert all(placement.planned_end == waiting[placement.child] for placement in moving)


def test_a_bed_or_two_are_held_while_people_decide_and_no_night_is_promised_twice(either: Counts) -> None:
    assert 1 <= len(either.authority.holds) <= 2
    waiting = {child: referral.id for referral in either.authority.referrals for child in referral.children}
    for hold in either.authority.holds:
        assert waiting[hold.child] == hold.referral
        assert either.free_tonight(either.homes[hold.home]) >= 1
        assert hold.held_until.date() > AS_OF


def test_the_stories_vary_what_is_asked(either: Counts) -> None:
    asks = [ask for referral in either.authority.referrals for ask in referral.asks]
    assert any(ask.avoid for ask in asks)
    assert any(ask.never_with for ask in asks)
    assert any(ask.parent is not None for ask in asks)
    assert any(either.children[ask.child].uasc for ask in asks)
    assert {ask.view.asked.value for ask in asks} >= {"asked", "not-asked-too-urgent"}
    named = {child for home in either.homes.values() for terms in home.approvals for child in terms.named_children}
    assert any(ask.child in named for ask in asks)


# --- both: validity -------------------------------------------------------------------------------


def test_nobody_sleeps_in_two_homes_on_one_night(either: Counts) -> None:
    for placements in either.by_child.values():
        ordered = sorted(placements, key=lambda placement: placement.starts)
        for earlier, later in itertools.pairwise(ordered):
            assert earlier.until is not None
            assert earlier.until <= later.starts


def test_no_home_has_ever_been_over_its_beds(either: Counts) -> None:
    assert [home.external_ref for home in either.homes.values() if either.most_at_once(home) > home.beds] == []


def test_whoever_lives_in_a_home_is_within_its_approval_or_purpose(either: Counts) -> None:
    for home in either.homes.values():
        terms = home.approval_on(AS_OF) or home.purpose_on(AS_OF)
        assert terms is not None, home.external_ref
        assert terms.ages is not None
        children = [child for child in either.living_in(home) if child.age_on(AS_OF) < 18]
        assert all(child.age_on(AS_OF) in terms.ages for child in children), home.external_ref
        assert all(child.sex in terms.sexes for child in children), home.external_ref
        assert terms.number is not None
        assert len(children) <= terms.number, home.external_ref


def test_no_household_is_over_the_usual_limit_unless_all_are_siblings(either: Counts) -> None:
    """Children Act 1989 s63(12) and Schedule 7."""
    group_of = {child: group.id for group in either.authority.sibling_groups for child in group.members}
    for home in either.homes.values():
        if home.kind.setting is Setting.FOSTERING:
            children = [child for child in either.living_in(home) if child.age_on(AS_OF) < 18]
            if len(children) > 3:
                assert len({group_of.get(child.id) for child in children}) == 1
            assert len(children) <= 4


def test_connected_carers_care_for_the_children_they_are_named_for(either: Counts) -> None:
    for home in either.homes.values():
        if home.kind is HomeKind.FOSTERING_CONNECTED:
            (terms,) = home.approvals
            assert terms.named_children_only
            assert {child.id for child in either.living_in(home)} <= terms.named_children


def test_nobody_under_sixteen_lives_in_supported_accommodation(either: Counts) -> None:
    """Care Planning Regulations 2010 reg 27A."""
    for home in either.homes.values():
        if home.kind.setting is Setting.SUPPORTED:
            assert all(child.age_on(AS_OF) >= 16 for child in either.living_in(home))


def test_a_home_for_one_child_has_one_child(either: Counts) -> None:
    assert all(len(either.living_in(home)) <= 1 for home in either.homes.values() if home.solo_only)


def test_siblings_assessed_to_live_apart_do(either: Counts) -> None:
    for group in either.authority.sibling_groups:
        for pair in group.pairs:
            if pair.assessed is SiblingAssessed.APART_REQUIRED:
                homes = (either.home_of.get(pair.one), either.home_of.get(pair.other))
                assert homes == (None, None) or homes[0] != homes[1]


def test_everybody_in_care_lives_in_one_of_the_homes_unless_placed_where_there_is_none(either: Counts) -> None:
    for child, kind in either.authority.placed_as.items():
        assert (child in either.home_of) or kind in WITHOUT_A_HOME, either.children[child].external_ref


def test_the_kind_of_home_agrees_with_the_placement_table(either: Counts) -> None:
    settings = {
        PlacementType.AGENCY_FOSTERING: Setting.FOSTERING,
        PlacementType.OWN_FOSTERING: Setting.FOSTERING,
        PlacementType.RELATIVE_OR_FRIEND: Setting.FOSTERING,
        PlacementType.SEMI_INDEPENDENT: Setting.SUPPORTED,
        PlacementType.RESIDENTIAL: Setting.RESIDENTIAL,
        PlacementType.OTHER: Setting.SECURE,
    }
    for child, kind in either.authority.placed_as.items():
        if child in either.home_of:
            assert either.homes[either.home_of[child]].kind.setting is settings[kind]


def test_every_home_and_important_place_has_a_point_and_an_authority(either: Counts) -> None:
    for home in either.homes.values():
        assert home.place.point is not None
        assert home.place.authority is not None
    places = [place for child in either.children.values() for place in child.important_places]
    assert all(place.place.point is not None for place in places)


def test_some_homes_stand_next_door_and_some_are_distant(either: Counts) -> None:
    own, adjoining = either.authority.authority.code, either.authority.authority.adjoining
    where = Counter(
        "own" if home.place.authority == own else "adjoining" if home.place.authority in adjoining else "distant"
        for home in either.homes.values()
    )
    assert where["own"] > 0.7 * where.total()
    assert where["adjoining"] >= 12
    assert where["distant"] >= 8


def test_references_are_unique(either: Counts) -> None:
    authority = either.authority
    for records in (
        authority.homes,
        authority.children,
        authority.placements,
        authority.referrals,
        authority.sibling_groups,
        authority.providers,
        authority.profiles,
    ):
        references = [record.external_ref for record in records]
        assert len(set(references)) == len(references)


def test_profiles_come_about_every_half_year_and_the_last_is_not_in_the_future(either: Counts) -> None:
    by_child: dict[ChildId, list[date]] = {}
    for profile in either.authority.profiles:
        by_child.setdefault(profile.child, []).append(profile.made_on)
    assert max(len(days) for days in by_child.values()) == 3
    for child, days in by_child.items():
        assert days == sorted(days)
        assert days[-1] <= AS_OF
        assert days[0] >= either.children[child].born
        gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
        assert all(170 <= gap <= 200 for gap in gaps)


def test_some_vacancies_were_confirmed_long_ago(either: Counts) -> None:
    confirmed = [home.availability.last_confirmed for home in either.homes.values()]
    stale = sum(day is not None and (AS_OF - day).days > 14 for day in confirmed)
    assert 0.1 <= stale / len(confirmed) <= 0.3


def test_the_rule_book_blocks_nearly_nobody_from_where_they_live(either: Counts) -> None:
    """One child of each home, asked for again as if new there. Secure homes apart, and homes that are on hold now."""
    one_each = {home: child for child, home in either.home_of.items() if child in either.authority.placed_as}
    assessor = Assessor(pool_of(_as_if_new(either, one_each)))
    pool, blocked = assessor.pool, Counter[str]()
    homes = np.array([pool.home_index[either.home_of[seeker.child.id]] for seeker in pool.seekers])
    for rows in assessor.chunks():
        for rule, where in (*assessor.pairings(rows).blocked_by(), *assessor.alone(rows).blocked_by()):
            everywhere = np.broadcast_to(where, (rows.stop - rows.start, len(pool.homes)))
            blocked[rule.id] += int(everywhere[np.arange(len(everywhere)), homes[rows]].sum())
    there_already = {"availability.matchable", "setting.secure"}
    assert sum(count for rule, count in blocked.items() if rule not in there_already) <= len(one_each) / 100, blocked


# --- both: repeatable, fast, and about nobody -----------------------------------------------------


def test_every_name_is_a_word_put_together_and_kept_apart_from_the_children(either: Counts) -> None:
    assert set(either.authority.names) == set(either.children)
    brothers = either.authority.sibling_groups[0].members
    assert len({either.authority.names[child][1] for child in brothers}) == 1


def test_another_process_with_another_hash_seed_makes_the_same_authority() -> None:
    assert _digest_elsewhere("1") == digest(norfolk(1).authority)


@pytest.mark.slow("it writes out two whole counties")
def test_another_seed_makes_another_authority() -> None:
    assert digest(norfolk(1).authority) != digest(norfolk(2026).authority)


@pytest.mark.slow("it makes a whole county: 1.3 s on a quiet machine")
def test_a_county_is_made_in_under_three_seconds_of_processor_time() -> None:
    began = time.process_time()
    norfolk_like(AS_OF, 5, gazetteer())
    assert time.process_time() - began < 3


def test_a_matcher_can_read_it_without_a_database(either: Counts) -> None:
    records = records_of(either.authority, AS_OF, NOW)
    known = {child.id for child in records.children}
    assert all(placement.child in known for placement in records.placements)
    assert all(member in known for group in records.sibling_groups for member in group.members)
    assert all(child in known for referral in records.referrals for child in referral.children)
    assert set(records.profiles) <= known
    assert len(records.homes) == len(either.homes)
    assert not set(either.authority.left_care) & known


def _digest_elsewhere(seed: str) -> str:
    code = f"from tests.spec.authority_counts import digest, norfolk; print(digest(norfolk({seed}).authority))"
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    return said.stdout.strip()


def _as_if_new(counts: Counts, living: dict[HomeId, ChildId]) -> Records:
    """The records with a search for each of these children, and their own placements taken out."""
    authority, leaving = counts.authority, set(living.values())
    searches = tuple(
        Referral(
            id=ReferralId(child),
            authority=authority.authority.id,
            external_ref=counts.children[child].external_ref,
            state=ReferralState.OPEN,
            kind=SearchKind.PLANNED,
            opened=NOW,
            wanted_by=AS_OF,
            length=ExpectedLength.UNTIL_18,
            asks=(Asks(child=child),),
        )
        for child in sorted(leaving)
    )
    return replace(
        records_of(authority, AS_OF, NOW),
        children=authority.children,
        sibling_groups=authority.sibling_groups,
        referrals=searches,
        holds=(),
        placements=tuple(p for p in authority.placements if p.child not in leaving),
    )
