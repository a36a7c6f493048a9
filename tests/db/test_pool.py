"""The pool is everything a match run reads, as at a day, in a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from db.errors import NotFound
from db.kept import Kept
from db.mapping.people import CHILDREN
from db.session import Store, Work
from matching.authorities import Authority
from matching.codes import EndReason, PlaceKind
from matching.needs import DomainFinding
from matching.placements import PlacementState
from matching.places import ImportantPlace, Place
from matching.policy import PRESETS, Preset
from matching.records import Records
from matching.referrals import ReferralState
from tests.db.conftest import Scene
from tests.db.examples import (
    NOW,
    TODAY,
    a_child,
    a_framework,
    a_group,
    a_hold,
    a_home,
    a_placement,
    a_profile,
    a_provider,
    a_referral,
    a_region,
    act,
    recorded,
)


@pytest.fixture
def framework(store: Store) -> object:
    made = a_framework()
    with store.writing() as work:
        work.frameworks.add(made, act())
    return made


def load(store: Store, authority: Authority, as_of: date = TODAY) -> Records:
    with store.reading(authority.id) as work:
        return work.pool.load(as_of, NOW)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def statements(database_url: str, authority: Authority) -> tuple[int, Records]:
    """How many it takes a store that has read nothing before."""
    fresh = Store(database_url)
    with counted(fresh) as said:
        records = load(fresh, authority)
    fresh.close()
    return len(said), records


@pytest.mark.usefixtures("framework")
def test_the_number_of_statements_does_not_grow_with_what_is_on_record(
    store: Store, scene: Scene, database_url: str
) -> None:
    provider = a_provider(scene.authority)
    homes = [a_home(provider, registered_beds=3) for _ in range(40)]
    children = [a_child(scene.authority) for _ in range(60)]
    placements = [a_placement(child, home) for child, home in zip(children[:40], homes, strict=True)]
    with store.writing(scene.authority.id) as work:
        work.providers.add(provider, act())
        work.homes.upsert_many(homes, act())
        work.children.upsert_many(children, act())
        work.placements.add(placements[0], act())
    few, _ = statements(database_url, scene.authority)
    with store.writing(scene.authority.id) as work:
        work.placements.upsert_many(placements, act())
        work.referrals.upsert_many([a_referral(child) for child in children[40:]], act())
    many, records = statements(database_url, scene.authority)
    assert (len(records.homes), len(records.children), len(records.placements)) == (41, 62, 40)
    assert many == few < 40


@pytest.mark.usefixtures("framework")
def test_what_was_read_before_is_read_again_by_versions_alone_and_shows_every_change(
    store: Store, scene: Scene
) -> None:
    before = load(store, scene.authority)
    with counted(store) as said:
        again = load(store, scene.authority)
    assert again == before
    assert not [one for one in said if "home_skills" in one or "important_places" in one]
    place = ImportantPlace(PlaceKind.SCHOOL, Place("NR1 3"))
    child = replace(scene.child, important_places=(place,))
    home = replace(scene.home, approvals=())
    with store.writing(scene.authority.id) as work:
        work.children.replace(child, act())
        work.homes.replace(home, act())
    after = load(store, scene.authority)
    assert set(after.children) == {child, scene.other_child}
    assert after.homes == (home,)
    assert after.referrals == before.referrals


@pytest.mark.usefixtures("framework")
def test_what_was_never_committed_is_never_remembered(store: Store, scene: Scene) -> None:
    before = load(store, scene.authority)
    with pytest.raises(ZeroDivisionError):
        change_look_and_fail(store, scene)
    with store.writing(scene.authority.id) as work:
        work.homes.replace(replace(scene.home, urn="SC2"), act())
    assert load(store, scene.authority).homes[0].urn == "SC2"
    assert before.homes[0].urn is None


def change_look_and_fail(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id) as work:
        work.homes.replace(replace(scene.home, urn="SC1"), act())
        assert work.pool.load(TODAY, NOW).homes[0].urn == "SC1"
        raise ZeroDivisionError


def test_memory_lets_go_of_what_is_too_much(store: Store, scene: Scene) -> None:
    kept = Kept(most=1)
    with store.reading(scene.authority.id) as work:
        for child in (scene.child, scene.other_child):
            assert kept.values(work.connection, [(CHILDREN, [child.id])]) == [(child,)]
        (both,) = kept.values(work.connection, [(CHILDREN, [scene.child.id, scene.other_child.id])])
    assert set(both) == {scene.child, scene.other_child}


@pytest.mark.usefixtures("framework")
def test_what_is_loaded_is_what_was_recorded_without_peoples_words(store: Store, scene: Scene) -> None:
    records = load(store, scene.authority)
    assert records.authority == scene.authority
    assert records.homes == (scene.home,)
    assert set(records.children) == {scene.child, scene.other_child}
    assert records.policy == PRESETS[Preset.BALANCED]
    loaded = next(referral for referral in records.referrals if referral.id == scene.referral.id)
    ask = scene.referral.asks[0]
    assert ask.view.said
    assert loaded == replace(scene.referral, asks=(replace(ask, view=replace(ask.view, said="")),))


@pytest.mark.usefixtures("framework")
def test_children_are_those_who_wait_live_in_a_home_or_are_brothers_and_sisters(store: Store, scene: Scene) -> None:
    living, sibling, gone = (a_child(scene.authority) for _ in range(3))
    over = a_placement(gone, scene.home, state=PlacementState.ENDED, ended=TODAY, end_reason=EndReason.PLANNED)
    with store.writing(scene.authority.id) as work:
        work.children.upsert_many([living, sibling, gone], act())
        work.placements.upsert_many([over, a_placement(living, scene.home)], act())
        work.sibling_groups.add(a_group(scene.child, sibling), act())
    records = load(store, scene.authority)
    assert {child.id for child in records.children} == {scene.child.id, scene.other_child.id, living.id, sibling.id}
    assert [group.members for group in records.sibling_groups] == [(scene.child.id, sibling.id)]


@pytest.mark.usefixtures("framework")
def test_a_child_who_waits_comes_with_the_past_and_others_without_it(store: Store, scene: Scene) -> None:
    gone = a_child(scene.authority)
    ended = {"state": PlacementState.ENDED, "ended": date(2026, 3, 1), "end_reason": EndReason.PLANNED}
    own, others = a_placement(scene.child, scene.home, **ended), a_placement(gone, scene.home, **ended)
    with store.writing(scene.authority.id) as work:
        work.children.add(gone, act())
        work.placements.upsert_many([own, others], act())
    assert load(store, scene.authority).placements == (own,)
    then = load(store, scene.authority, date(2026, 2, 1))
    assert set(then.placements) == {own, others}, "both lived there on that day"


@pytest.mark.usefixtures("framework")
@pytest.mark.parametrize("state", ReferralState)
def test_only_referrals_that_wait_are_in_the_pool(store: Store, scene: Scene, state: ReferralState) -> None:
    with store.writing(scene.authority.id) as work:
        work.referrals.replace(replace(scene.referral, state=state), act())
    waiting = {referral.id for referral in load(store, scene.authority).referrals}
    assert (scene.referral.id in waiting) == state.is_waiting


@pytest.mark.usefixtures("framework")
def test_holds_are_in_the_pool_until_they_run_out_or_are_released(store: Store, scene: Scene) -> None:
    hold = a_hold(scene.referral, scene.home)
    with store.writing(scene.authority.id) as work:
        work.holds.add(hold, act())
    with store.reading(scene.authority.id) as work:
        assert work.pool.load(TODAY, NOW).holds == (hold,)
        assert work.pool.load(TODAY, hold.held_until).holds == ()
    with store.writing(scene.authority.id) as work:
        work.holds.release(hold.id, act())
    assert load(store, scene.authority).holds == ()


def test_the_profile_in_force_is_the_newest_made_by_the_day_with_the_framework_it_was_made_with(
    store: Store, scene: Scene
) -> None:
    old, new = a_framework(version=1), a_framework(version=2)
    before = a_profile(scene.child, old, made_on=date(2026, 1, 1))
    after = a_profile(scene.child, new, made_on=date(2026, 9, 1))
    with store.writing() as work:
        work.frameworks.add(old, act())
        work.frameworks.add(new, act())
    with store.writing(scene.authority.id) as work:
        work.profiles.upsert_many([after, before], act())
        assert [item.value for item in work.profiles.history(scene.child.id)] == [after, before]
    records = load(store, scene.authority)
    assert records.framework == new
    assert records.profiles[scene.child.id].id == after.id
    assert records.profiles[scene.child.id].findings == (DomainFinding("health", 2),)
    then = load(store, scene.authority, date(2026, 8, 31))
    assert then.profiles[scene.child.id].id == before.id
    assert dict(then.older_frameworks) == {old.id: old}


def test_without_any_framework_there_is_no_pool(store: Store, scene: Scene) -> None:
    with pytest.raises(NotFound):
        load(store, scene.authority)


def test_an_authority_uses_what_it_has_decided(store: Store, scene: Scene) -> None:
    everybodys, own = a_framework(), a_framework(authority=scene.authority.id, code="own")
    with store.writing() as work:
        work.frameworks.add(everybodys, act())
    with store.writing(scene.authority.id) as work:
        work.frameworks.add(own, act())
        work.frameworks.use(own.id, act())
        work.parameters.set({"confirmed_within_days": 7}, act())
        work.policies.adopt(PRESETS[Preset.CHILD_FIRST], act())
        adopted = work.policies.adopt(PRESETS[Preset.COST_AWARE], act())
        assert [policy.version for policy in work.policies.history()] == [2, 1]
    records = load(store, scene.authority)
    assert records.framework == own
    assert records.parameters["confirmed_within_days"] == 7
    assert records.policy == adopted == replace(PRESETS[Preset.COST_AWARE], version=2)


@pytest.mark.usefixtures("framework")
def test_a_shared_home_comes_with_whoever_lives_in_it(store: Store) -> None:
    region = a_region()
    one, other = recorded(store, "E10000020", region), recorded(store, "E06000012", region)
    provider = a_provider(one)
    shared, kept = a_home(provider, region=region.id, registered_beds=2), a_home(provider)
    ours, theirs = a_child(one), a_child(other)
    with store.writing(one.id) as work:
        work.providers.add(provider, act())
        work.homes.upsert_many([shared, kept], act())
        work.children.add(ours, act())
        work.placements.add(a_placement(ours, shared), act())
    with store.writing(other.id) as work:
        work.children.add(theirs, act())
        work.placements.add(a_placement(theirs, shared), act())
        with pytest.raises(NotFound):
            work.placements.add(a_placement(theirs, kept), act())
    for authority in (one, other):
        records = load(store, authority)
        assert shared in records.homes
        assert set(records.children) == {ours, theirs}
        assert len(records.placements) == 2
    assert kept not in load(store, other).homes


def versions(store: Store, *authorities: Authority) -> list[object]:
    found: list[object] = []
    for authority in authorities:
        with store.reading(authority.id) as work:
            found.append(work.pool.version())
    return found


def test_the_pools_version_rises_once_for_each_unit_of_work_that_changes_what_matching_reads(store: Store) -> None:
    region = a_region()
    one, other = recorded(store, "E10000020", region), recorded(store, "E06000012", region)
    alone = recorded(store, "E06000023")
    before = versions(store, one, other, alone)
    with store.writing(one.id) as work:
        work.children.upsert_many([a_child(one), a_child(one)], act())
    after = versions(store, one, other, alone)
    assert [was != now for was, now in zip(before, after, strict=True)] == [True, True, False]
    with store.writing(one.id) as work:
        work.audit.append(act("look"), "child", None)
    assert versions(store, one, other, alone) == after
    with store.reading(one.id) as work:
        assert work.pool.version().own == 1


def test_a_reading_sees_one_moment_whatever_is_written_meanwhile(store: Store, scene: Scene) -> None:
    with store.reading(scene.authority.id) as reading:
        assert count(reading) == 2
        with store.writing(scene.authority.id) as work:
            work.children.add(a_child(scene.authority), act())
        assert count(reading) == 2
    with store.reading(scene.authority.id) as reading:
        assert count(reading) == 3


def count(work: Work) -> int:
    return work.children.count()


@pytest.mark.usefixtures("framework")
def test_a_placement_that_is_planned_is_in_the_pool_until_the_morning_it_ends(store: Store, scene: Scene) -> None:
    end = TODAY + timedelta(days=5)
    placement = a_placement(scene.child, scene.home, state=PlacementState.PLANNED, starts=TODAY, planned_end=end)
    with store.writing(scene.authority.id) as work:
        work.referrals.replace(replace(scene.referral, state=ReferralState.PLACED), act())
        work.placements.add(placement, act())
    assert load(store, scene.authority, end - timedelta(days=1)).placements == (placement,)
    assert load(store, scene.authority, end).placements == ()
