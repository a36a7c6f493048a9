"""Records are added, read, replaced and loaded in bulk, each by the authority it belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from db.errors import AlreadyExists, NotFound, Refused, Stale
from db.pages import Listing
from db.session import Store
from matching.authorities import Authority
from matching.codes import Known
from matching.people import Child, SiblingGroup
from tests.db.conftest import Scene
from tests.db.examples import (
    a_child,
    a_framework,
    a_group,
    a_home,
    a_profile,
    a_provider,
    a_referral,
    a_region,
    act,
    recorded,
)


def test_what_is_added_comes_back_with_version_one(store: Store, authority: Authority) -> None:
    child = a_child(authority)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
    with store.reading(authority.id) as work:
        stored = work.children.get(child.id)
    assert stored.value == child
    assert stored.version == 1


def test_a_reference_that_is_taken_names_what_has_it(store: Store, authority: Authority) -> None:
    child = a_child(authority, external_ref="C1")
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        with pytest.raises(AlreadyExists) as refused:
            work.children.add(a_child(authority, external_ref="C1"), act())
    assert refused.value.existing == child.id


def test_a_replacement_raises_the_version_and_a_stale_one_is_refused(store: Store, authority: Authority) -> None:
    child = a_child(authority)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        changed = work.children.replace(replace(child, disabled=Known.YES), act(), expected=1)
        assert (changed.version, changed.value.disabled) == (2, Known.YES)
        with pytest.raises(Stale) as refused:
            work.children.replace(child, act(), expected=1)
    assert refused.value.version == 2


def test_replacing_something_by_its_equal_changes_nothing(store: Store, authority: Authority) -> None:
    child = a_child(authority)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        assert work.children.replace(child, act()).version == 1
        assert work.audit.head.sequence == 1


def test_what_is_not_on_record_is_not_found(store: Store, authority: Authority) -> None:
    with store.reading(authority.id) as work, pytest.raises(NotFound):
        work.children.get(uuid4())


def test_an_authority_sees_nothing_of_another(store: Store, authority: Authority) -> None:
    other = recorded(store, "E06000012")
    child = a_child(authority)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
    with store.reading(other.id) as work:
        assert work.children.count() == 0
        assert work.children.page().items == ()
        with pytest.raises(NotFound):
            work.children.get(child.id)


def test_homes_that_a_region_shares_are_seen_and_not_written_by_its_other_authorities(store: Store) -> None:
    region = a_region()
    one, other, elsewhere = (
        recorded(store, "E10000020", region),
        recorded(store, "E06000012", region),
        recorded(store, "E06000023", a_region(external_ref="west")),
    )
    provider = a_provider(one)
    shared, kept = a_home(provider, region=region.id), a_home(provider)
    with store.writing(one.id) as work:
        work.providers.add(provider, act())
        work.homes.upsert_many([shared, kept], act())
    with store.writing(other.id) as work:
        assert [item.value for item in work.homes.page().items] == [shared]
        with pytest.raises(NotFound):
            work.homes.replace(replace(shared, solo_only=True), act())
    with store.reading(elsewhere.id) as work:
        assert work.homes.page().items == ()


def test_the_database_refuses_a_sibling_group_across_authorities(store: Store, authority: Authority) -> None:
    other = recorded(store, "E06000012")
    ours, theirs = a_child(authority), a_child(other)
    with store.writing(other.id) as work:
        work.children.add(theirs, act())
    with pytest.raises(Refused):
        record(store, ours, a_group(ours, theirs))
    with store.reading(authority.id) as work:
        assert work.children.count() == 0, "nothing of the refused unit of work is left"


def test_a_profile_keeps_its_words_apart_from_its_levels(store: Store, authority: Authority) -> None:
    framework, child = a_framework(), a_child(authority)
    profile = a_profile(child, framework)
    with store.writing() as work:
        work.frameworks.add(framework, act())
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        work.profiles.add(profile, act())
    with store.reading(authority.id) as work:
        assert work.profiles.get(profile.id).value == profile
        listed = work.profiles.page().items[0].value
        assert listed.levels == profile.levels
        assert listed.findings[0].childs_words == ""


def test_a_referral_has_a_short_reference_and_is_found_by_it(store: Store, scene: Scene) -> None:
    with store.reading(scene.authority.id) as work:
        stored = work.referrals.get(scene.referral.id)
        assert stored.value == scene.referral
        assert stored.reference is not None
        assert work.referrals.by_reference(stored.reference.lower()) == stored


def test_loading_twice_changes_nothing(store: Store, authority: Authority) -> None:
    children = [a_child(authority) for _ in range(30)]
    changed = [replace(children[0], uasc=True), *children[1:], a_child(authority)]
    with store.writing(authority.id) as work:
        first = work.children.upsert_many(children, act())
        events = work.audit.head.sequence
        second = work.children.upsert_many(children, act())
        assert work.audit.head.sequence == events == 1
        third = work.children.upsert_many(changed, act())
    assert (first.added, first.changed, first.unchanged) == (30, 0, 0)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 30)
    assert (third.added, third.changed, third.unchanged) == (1, 1, 29)
    with store.reading(authority.id) as work:
        assert work.children.get(children[0].id).version == 2
        assert work.children.get(children[1].id).version == 1


def test_loading_under_a_known_reference_with_another_id_is_refused(store: Store, authority: Authority) -> None:
    child = a_child(authority)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        with pytest.raises(AlreadyExists):
            work.children.upsert_many([a_child(authority, external_ref=child.external_ref)], act())


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["born", "external_ref", "created_at"])
def test_pages_give_everything_once_in_order(store: Store, authority: Authority, sort: str, descending: bool) -> None:
    children = [a_child(authority, external_ref=f"C{n}", born=a_day(n % 3)) for n in range(7)]
    with store.writing(authority.id) as work:
        work.children.upsert_many(children, act())
    seen: list[Any] = []
    after = None
    with store.reading(authority.id) as work:
        while True:
            page = work.children.page(Listing(sort=sort, descending=descending, after=after, limit=3))
            seen += page.items
            after = page.next
            if after is None:
                break
    assert {item.value.id for item in seen} == {child.id for child in children}
    assert len(seen) == 7
    keys = [getattr(item.value, sort, None) or item.created_at for item in seen]
    assert keys == sorted(keys, reverse=descending)


def a_day(n: int) -> date:
    return date(2015, 1, 1 + n)


def record(store: Store, child: Child, group: SiblingGroup) -> None:
    with store.writing(child.authority) as work:
        work.children.add(child, act())
        work.sibling_groups.add(group, act())


def test_lists_are_filtered(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id) as work:
        work.referrals.add(a_referral(scene.child, external_ref="urgent"), act())
        found = work.referrals.page(Listing(where={"external_ref": "urgent"})).items
        assert [item.value.external_ref for item in found] == ["urgent"]
        assert work.referrals.count({"state": ("open", "searching")}) == 3
        assert work.referrals.count({"wanted_by_to": scene.referral.wanted_by}) == 3
