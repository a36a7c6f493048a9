"""What each noun's repository answers besides: by reference, by child, by home, by provider, in its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from db.errors import AlreadyExists, NotFound, Stale, Unstorable
from db.repositories.children import Identity
from db.session import Store
from matching.authorities import Authority
from matching.codes import EndReason
from matching.errors import DomainError
from matching.placements import PlacementState
from matching.referrals import ReferralState
from matching.values import AuthorityCode, AuthorityId
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
    a_region,
    act,
    an_authority,
    recorded,
)


def test_what_is_on_record_is_found_by_its_reference(store: Store, scene: Scene) -> None:
    with store.reading(scene.authority.id) as work:
        found = work.children.find(scene.child.external_ref)
        assert found is not None
        assert found.value == scene.child
        assert work.children.find("nobody") is None
        refs = {child.external_ref: child.id for child in (scene.child, scene.other_child)}
        assert work.children.ids_by_ref() == refs
        assert work.children.ids_by_ref([scene.child.external_ref, "nobody"]) == {
            scene.child.external_ref: scene.child.id
        }
        assert work.children.many([]) == {}


def test_authorities_are_found_changed_and_never_recorded_twice(store: Store, authority: Authority) -> None:
    with store.writing() as work:
        with pytest.raises(AlreadyExists):
            work.authorities.add(an_authority(authority.code), act())
        assert work.authorities.by_code("E09000001") is None
        with pytest.raises(NotFound):
            work.authorities.get(uuid4())
    changed = replace(authority, adjoining=frozenset({AuthorityCode("E10000029")}))
    with store.writing(authority.id) as work:
        assert work.authorities.replace(changed, act(), expected=1).version == 2
        assert work.authorities.replace(changed, act()).version == 2
        with pytest.raises(Stale):
            work.authorities.replace(authority, act(), expected=1)
        with pytest.raises(NotFound):
            work.authorities.replace(replace(authority, id=AuthorityId(uuid4())), act())
        assert work.authorities.all() == (changed,)


def test_a_region_is_recorded_once(store: Store) -> None:
    region = a_region()
    with store.writing() as work:
        work.regions.add(region, act())
        with pytest.raises(AlreadyExists):
            work.regions.add(a_region(), act())
        assert work.regions.all() == (region,)
        assert work.regions.find("nowhere") is None


def test_a_framework_version_is_recorded_once_and_used_only_by_those_who_may(
    store: Store, authority: Authority
) -> None:
    other = recorded(store, "E06000012")
    own = a_framework(authority=authority.id, code="own")
    with store.writing() as work:
        everybodys = work.frameworks.add(a_framework(), act())
        with pytest.raises(AlreadyExists):
            work.frameworks.add(a_framework(), act())
    with store.writing(authority.id) as work:
        work.frameworks.add(own, act())
        assert work.frameworks.all() == (everybodys, own)
        assert work.frameworks.in_use() == everybodys
        assert work.frameworks.use(own.id, act()) == work.frameworks.in_use() == own
    with store.writing(other.id) as work:
        assert work.frameworks.all() == (everybodys,)
        with pytest.raises(NotFound):
            work.frameworks.use(own.id, act())


def test_only_what_policy_leaves_to_an_authority_may_be_set(store: Store, authority: Authority) -> None:
    with store.writing(authority.id) as work:
        assert work.policies.in_force().name == "balanced"
        assert work.policies.history() == ()
        with pytest.raises(DomainError, match="set by law"):
            work.parameters.set({"usual_fostering_limit": 4}, act())
        work.parameters.set({"confirmed_within_days": 21}, act())
        assert work.parameters.on(TODAY)["confirmed_within_days"] == 21


def test_names_are_kept_apart_and_recorded_together(store: Store, scene: Scene) -> None:
    one, other = (Identity(child.id, "Given", "Family", "GF") for child in (scene.child, scene.other_child))
    renamed = replace(one, given_name="Other")
    with store.writing(scene.authority.id) as work:
        with pytest.raises(NotFound):
            work.identities.read(scene.child.id, act())
        assert work.identities.record_many([one], act()).added == 1
        before = work.audit.head.sequence
        done = work.identities.record_many([renamed, other], act())
        assert (done.added, done.changed) == (1, 1)
        assert work.identities.record_many([renamed, other], act()).unchanged == 2
        assert work.audit.head.sequence == before + 1
        assert set(work.identities.read_many([scene.child.id, scene.other_child.id], act())) == {renamed, other}


def test_brothers_and_sisters_searches_and_profiles_are_found_by_child(store: Store, scene: Scene) -> None:
    framework = a_framework()
    group = a_group(scene.child, scene.other_child)
    old = a_profile(scene.child, framework, made_on=date(2026, 1, 1))
    with store.writing() as work:
        work.frameworks.add(framework, act())
    with store.writing(scene.authority.id) as work:
        work.sibling_groups.add(group, act())
        work.profiles.upsert_many([old, a_profile(scene.child, framework)], act())
        assert [item.value for item in work.sibling_groups.of_child(scene.other_child.id)] == [group]
        assert [item.value for item in work.referrals.of_child(scene.child.id)] == [scene.referral]
        assert [item.value for item in work.profiles.history(scene.child.id, as_of=date(2026, 2, 1))] == [old]


def test_a_referral_is_moved_without_touching_what_it_asks(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id) as work:
        stored = work.referrals.get(scene.referral.id)
        work.referrals.becomes(stored, ReferralState.OPEN, act())
        work.referrals.becomes(stored, ReferralState.SEARCHING, act())
        moved = work.referrals.get(scene.referral.id)
        assert (moved.value.state, moved.version) == (ReferralState.SEARCHING, 2)
        assert moved.value.asks == scene.referral.asks
        with pytest.raises(Stale):
            work.referrals.becomes(stored, ReferralState.MATCHED, act())
        assert work.referrals.by_reference("R-00000") is None


def test_placements_are_found_by_child_and_by_home(store: Store, scene: Scene) -> None:
    ended = {"state": PlacementState.ENDED, "ended": date(2026, 3, 1), "end_reason": EndReason.PLANNED}
    past = a_placement(scene.child, scene.home, starts=date(2025, 1, 1), **ended)
    present = a_placement(scene.child, scene.home, starts=date(2026, 3, 1))
    with store.writing(scene.authority.id) as work:
        work.placements.upsert_many([present, past], act())
        assert [item.value for item in work.placements.of_child(scene.child.id)] == [past, present]
        assert work.placements.of_children([scene.child.id, scene.other_child.id]) == (past, present)
        assert [item.value for item in work.placements.in_home(scene.home.id)] == [present]


def test_holds_are_found_by_home_and_by_referral(store: Store, scene: Scene) -> None:
    hold = a_hold(scene.referral, scene.home)
    with store.writing(scene.authority.id) as work:
        stored = work.holds.add(hold, act())
        assert work.holds.get(hold.id) == stored
        assert work.holds.current(NOW, home=scene.home.id) == (stored,)
        assert work.holds.current(NOW, referral=scene.other_referral.id) == ()
        assert work.holds.current(NOW + timedelta(days=1)) == ()


def test_homes_are_found_by_provider_and_by_the_children_their_terms_name(store: Store, scene: Scene) -> None:
    provider = a_provider(scene.authority)
    terms = replace(scene.home.approvals[0], named_children=frozenset({scene.child.id}))
    home = a_home(provider, approvals=(terms,))
    with store.writing(scene.authority.id) as work:
        work.providers.add(provider, act())
        work.homes.add(home, act())
        assert [item.value for item in work.homes.of_provider(provider.id)] == [home]
        assert work.homes.naming([scene.child.id]) == {home.id}
        assert work.homes.naming([scene.other_child.id]) == frozenset()


def test_what_no_column_can_hold_is_refused_plainly(postgres_url: str) -> None:
    store = Store(postgres_url)
    authority = recorded(store)
    for ref in ("x" * 101, "a\x00b"):
        with pytest.raises(Unstorable), store.writing(authority.id) as work:
            work.children.add(a_child(authority, external_ref=ref), act())
    store.close()
