"""Every write leaves an event in a chain that shows whether anybody has changed, removed or reordered one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.audit import Tampering
from db.engines import for_migrations
from db.repositories.children import Identity
from db.session import Store
from matching.authorities import Authority
from matching.codes import Health
from matching.referrals import ReferralState
from tests.db.conftest import Scene
from tests.db.examples import a_child, act, recorded


def test_a_change_tells_codes_before_and_after_and_of_the_rest_only_that_it_changed(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id) as work:
        ask = replace(scene.referral.asks[0], view=replace(scene.referral.asks[0].view, said="a secret"))
        changed = replace(scene.referral, state=ReferralState.SEARCHING, asks=(ask,), wanted_time="22:15")
        work.referrals.replace(changed, act("begin-search"))
    with store.reading(scene.authority.id) as work:
        event = work.audit.events(noun_id=scene.referral.id)[-1]
    assert (event.actor, event.role, event.action, event.noun) == ("key-1", "placements", "begin-search", "referral")
    assert event.before == {"state": "open"}
    assert event.after == {"state": "searching", "also_changed": ["child_views", "wanted_time"]}


def test_no_special_category_fact_of_a_child_is_kept_for_ever(store: Store, authority: Authority) -> None:
    child = a_child(authority)
    with store.writing(authority.id) as work:
        work.children.add(child, act())
        work.children.replace(replace(child, health=frozenset({Health.HEART})), act())
        events = work.audit.head.sequence
    with store.reading(authority.id) as work:
        told = json.dumps([[event.before, event.after] for event in work.audit.events()])
    assert events == 2
    assert "heart" not in told
    assert str(child.born) not in told
    assert "health" in told


def test_reading_who_a_child_is_leaves_an_event_and_needs_a_writing_unit(store: Store, scene: Scene) -> None:
    name = Identity(scene.child.id, "Given", "Family", "GF")
    with store.writing(scene.authority.id) as work:
        work.identities.record(name, act())
        work.identities.record(name, act())
        before = work.audit.head.sequence
        assert work.identities.read(scene.child.id, act("show-child")) == name
        assert work.audit.head.sequence == before + 1


def test_a_refused_unit_of_work_leaves_no_event(store: Store, authority: Authority) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail(store, authority)
    with store.reading(authority.id) as work:
        assert work.audit.events() == ()
        assert work.audit.verify() == ()


def add_and_fail(store: Store, authority: Authority) -> None:
    with store.writing(authority.id) as work:
        work.children.add(a_child(authority), act())
        raise ZeroDivisionError


def test_authorities_have_chains_of_their_own(store: Store, authority: Authority) -> None:
    other = recorded(store, "E06000012")
    with store.writing(authority.id) as work:
        work.children.add(a_child(authority), act())
    with store.reading(authority.id) as work:
        assert work.audit.head.sequence == 1
    with store.reading(other.id) as work:
        assert work.audit.head.sequence == 0
    with store.reading() as work:
        assert [event.noun for event in work.audit.events()] == ["authority", "authority"]
        assert work.audit.verify() == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"]
)
def test_the_database_refuses_to_change_or_remove_an_event(store: Store, scene: Scene, statement: str) -> None:
    if statement.startswith("TRUNCATE") and store.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(Exception, match="never changed or removed"), store.writing() as work:
        work.connection.execute(text(statement))


TAMPERINGS = {
    Tampering.CHANGED: "UPDATE audit_events SET actor = 'somebody else' WHERE sequence = 2 AND {mine}",
    Tampering.REMOVED: "DELETE FROM audit_events WHERE sequence = 2 AND {mine}",
    Tampering.REORDERED: (
        "UPDATE audit_events SET sequence = CASE sequence WHEN 1 THEN -2 ELSE -1 END WHERE sequence < 3 AND {mine};"
        "UPDATE audit_events SET sequence = -sequence WHERE sequence < 0 AND {mine}"
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_behind_the_databases_back_is_found(
    store: Store, scene: Scene, database_url: str, what: Tampering
) -> None:
    tamper(database_url, scene, TAMPERINGS[what])
    with store.reading(scene.authority.id) as work:
        found = work.audit.verify()
    assert found
    assert 1 <= found[0].sequence <= 2


def test_the_end_of_a_chain_cannot_be_cut_off(store: Store, scene: Scene, database_url: str) -> None:
    with store.reading(scene.authority.id) as work:
        head = work.audit.head
        assert work.audit.verify(head) == ()
    tamper(database_url, scene, f"DELETE FROM audit_events WHERE sequence = {head.sequence} AND {{mine}}")
    with store.reading(scene.authority.id) as work:
        assert [found.what for found in work.audit.verify()] == [Tampering.REMOVED]


def test_a_chain_cut_short_with_its_head_is_found_by_the_head_that_was_exported(
    store: Store, scene: Scene, database_url: str
) -> None:
    with store.reading(scene.authority.id) as work:
        head, last = work.audit.head, work.audit.events()[-2]
    tamper(
        database_url,
        scene,
        f"DELETE FROM audit_events WHERE sequence = {head.sequence} AND {{mine}};"
        f"UPDATE audit_heads SET sequence = {last.sequence}, hash = '{last.hash}' WHERE {{mine}}",
    )
    with store.reading(scene.authority.id) as work:
        assert work.audit.verify() == (), "by itself the chain looks whole"
        assert [found.sequence for found in work.audit.verify(head)] == [head.sequence]


def tamper(url: str, scene: Scene, statements: str) -> None:
    """Does what somebody with the database in their hands could do: takes the guards off first."""
    with for_migrations(url) as connection:
        if connection.dialect.name == "sqlite":
            mine = f"authority_id = '{scene.authority.id.hex}'"
            for name in ("audit_events_no_update", "audit_events_no_delete"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            mine = f"authority_id = '{scene.authority.id}'"
            connection.execute(text("ALTER TABLE audit_events DISABLE TRIGGER USER"))
        for statement in statements.split(";"):
            connection.execute(text(statement.format(mine=mine)))


def test_events_are_read_on_from_a_sequence_number(store: Store, scene: Scene) -> None:
    with store.reading(scene.authority.id) as work:
        first = work.audit.events(limit=2)
        rest = work.audit.events(after=first[-1].sequence)
    assert [event.sequence for event in (*first, *rest)] == list(range(1, len(first) + len(rest) + 1))


def test_a_database_error_that_means_a_bug_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(DBAPIError), store.reading() as work:
        work.connection.execute(text("SELECT nothing FROM nowhere"))
