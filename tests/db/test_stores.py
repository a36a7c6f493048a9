"""A unit of work happens whole or not at all, waits its turn, and says plainly when the database cannot serve it."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from db import engines
from db.errors import Busy, NotFound, Refused, Stale, UnknownDatabase, UnknownList
from db.pages import Listing
from db.repositories.access import Answer, ApiKey, Import
from db.repositories.match_runs import MatchRun, RunProposal, RunStatus
from db.session import Store
from matching.authorities import Authority
from matching.values import AuthorityId, MatchRunId, ProviderId
from tests.db.conftest import Scene
from tests.db.examples import NOW, TODAY, a_child, a_provider, act, recorded


def test_a_reading_unit_can_write_nothing(store: Store, scene: Scene) -> None:
    with pytest.raises(DBAPIError), store.reading(scene.authority.id) as work:
        work.children.add(a_child(scene.authority), act())
    with store.writing(scene.authority.id) as work:
        work.children.add(a_child(scene.authority), act())


@pytest.mark.parametrize("url", ["banana", "mysql://user:secret@host/name", "postgresql://user:secret@host:port/name"])
def test_an_address_of_no_database_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="postgresql://USER") as told:
        Store(url)
    assert "secret" not in str(told.value)
    with pytest.raises(UnknownDatabase), engines.for_migrations(url):
        pass


def test_an_error_of_the_database_repeats_nothing_that_was_to_be_stored(store: Store) -> None:
    with pytest.raises(DBAPIError) as told, store.writing() as work:
        work.connection.execute(text("select nothing from nowhere where name = :name"), {"name": "Somebody"})
    assert "Somebody" not in str(told.value)


def test_an_authority_there_is_not_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound), store.writing(AuthorityId(uuid4())):
        pass


def test_writers_take_turns_and_lose_nothing(store: Store, authority: Authority) -> None:
    together = threading.Barrier(8)
    came: Counter[str] = Counter()

    def write() -> None:
        together.wait()
        for _ in range(5):
            with store.writing(authority.id) as work:
                work.children.add(a_child(authority), act())
            came["written"] += 1

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came["written"] == 40
    with store.reading(authority.id) as work:
        assert work.children.count() == 40
        assert work.audit.head.sequence == 40
        assert work.audit.verify() == ()


def test_a_writer_whose_turn_does_not_come_is_told_the_database_is_busy(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 1)
    first, second = Store(database_url), Store(database_url)  # as two processes have
    authority = recorded(first)
    with first.writing(authority.id), pytest.raises(Busy), second.writing(authority.id):
        pass
    with second.writing(authority.id) as work:
        work.children.add(a_child(authority), act())
    first.close()
    second.close()


def test_a_database_that_has_gone_is_busy_and_serves_again_when_it_is_back(postgres_url: str) -> None:
    store = Store(postgres_url)
    authority = recorded(store)
    with pytest.raises(Busy):
        write_while_connections_are_ended(store, postgres_url, authority)
    with store.writing(authority.id) as work:
        assert work.children.count() == 0
        work.children.add(a_child(authority), act())
    store.close()


def write_while_connections_are_ended(store: Store, url: str, authority: Authority) -> None:
    all_but_this = "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    killer = create_engine(url, isolation_level="AUTOCOMMIT")
    with store.writing(authority.id) as work:
        with killer.connect() as connection:
            connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity {all_but_this}"))
        killer.dispose()
        work.children.add(a_child(authority), act())


def test_a_file_that_cannot_be_opened_is_busy(tmp_path: object) -> None:
    with pytest.raises(Busy):
        Store(f"sqlite:///{tmp_path}/no/such/directory/x.db").check()


def test_a_store_that_answers_is_checked_in_silence(store: Store) -> None:
    store.check()


@pytest.mark.parametrize(
    "asked",
    [
        Listing(sort="nothing"),
        Listing(where={"nothing": 1}),
        Listing(limit=0),
        Listing(after="bm90aGluZw"),
        Listing(after="*"),
    ],
)
def test_a_list_asked_for_in_a_way_it_cannot_be_given_says_so(
    store: Store, authority: Authority, asked: Listing
) -> None:
    with store.reading(authority.id) as work, pytest.raises(UnknownList):
        work.children.page(asked)


def test_a_list_does_not_go_on_in_another_order(store: Store, scene: Scene) -> None:
    with store.reading(scene.authority.id) as work:
        after = work.children.page(Listing(sort="born", limit=1)).next
        with pytest.raises(UnknownList):
            work.children.page(Listing(sort="born", descending=True, after=after))


def a_key(authority: Authority, **more: Any) -> ApiKey:
    digest = sha256(uuid4().bytes).hexdigest()
    chosen: dict[str, Any] = {"id": uuid4(), "authority": authority.id, "sha256": digest, "role": "admin"}
    return ApiKey(**chosen | {"name": "case tool", "created_at": NOW} | more)


def test_a_key_is_found_by_its_hash_until_it_is_revoked(store: Store, authority: Authority) -> None:
    provider = a_provider(authority)
    key = a_key(authority, provider=provider.id)
    with store.writing(authority.id) as work:
        work.providers.add(provider, act())
        work.api_keys.add(key, act())
        work.api_keys.used(key.id, NOW)
    with store.reading() as work:
        assert work.api_keys.by_sha256(key.sha256) == replace(key, last_used_at=NOW)
    with store.writing(authority.id) as work:
        work.api_keys.revoke(key.id, act())
        with pytest.raises(NotFound):
            work.api_keys.revoke(key.id, act())
        assert [one.revoked_at for one in work.api_keys.all()] == [NOW]
    with store.reading() as work:
        assert work.api_keys.by_sha256(key.sha256) is None


def test_a_key_for_a_provider_there_is_not_is_refused(store: Store, authority: Authority) -> None:
    with pytest.raises(Refused), store.writing(authority.id) as work:
        work.api_keys.add(a_key(authority, provider=ProviderId(uuid4())), act())


def test_an_answer_is_kept_for_the_caller_it_was_given_to_until_it_expires(store: Store, authority: Authority) -> None:
    answer = Answer(
        caller="key-1",
        route="POST /api/v1/children",
        key="k",
        request_sha256="0" * 64,
        status=201,
        headers={"Location": "/api/v1/children/1"},
        body=b"{}",
        expires_at=NOW + timedelta(hours=24),
    )
    asked = (answer.route, answer.key)
    with store.writing(authority.id) as work:
        assert work.idempotency.claim(answer, NOW) is None
        work.idempotency.keep(answer, NOW)
    with store.writing(authority.id) as work:
        assert work.idempotency.claim(answer, NOW) == answer
        assert work.idempotency.find("key-1", *asked, NOW) == answer
        assert work.idempotency.find("key-2", *asked, NOW) is None
        assert work.idempotency.find("key-1", *asked, answer.expires_at) is None
        later = replace(answer, status=200, expires_at=answer.expires_at + timedelta(hours=24))
        assert work.idempotency.claim(later, answer.expires_at) is None
        work.idempotency.keep(later, answer.expires_at)
    with store.reading(authority.id) as work:
        assert work.idempotency.find("key-1", *asked, answer.expires_at) == later


def test_imports_are_listed_newest_first(store: Store, authority: Authority) -> None:
    first = Import(id=uuid4(), sha256="0" * 64, counts={"children": 2}, created_at=NOW)
    second = replace(first, id=uuid4(), created_at=NOW + timedelta(hours=1))
    with store.writing(authority.id) as work:
        for imported in (first, second):
            work.imports.record(imported, act())
        assert work.imports.recent() == (second, first)


def a_run(**more: Any) -> MatchRun:
    chosen: dict[str, Any] = {
        "id": MatchRunId(uuid4()),
        "status": RunStatus.RUNNING,
        "as_of": TODAY,
        "requested_by": "key-1",
        "versions": {"service": "0.1.0"},
    }
    return MatchRun(**chosen | more)


def test_a_run_is_recorded_then_finished_with_its_proposals_and_document(store: Store, scene: Scene) -> None:
    run = a_run()
    proposal = RunProposal(
        referral=scene.referral.id,
        child=scene.child.id,
        home=scene.home.id,
        points=12,
        facts={"sign-offs": ["director"]},
    )
    document = b'{"format": 1}' * 1_000
    with store.writing(scene.authority.id) as work:
        added = work.match_runs.add(run, act())
        assert (added.version, added.reference and added.reference[:2]) == (1, "M-")
    with store.writing(scene.authority.id) as work:
        done = replace(run, status=RunStatus.FINISHED, pool_digest="d" * 64, totals={"placed": 1}, finished_at=NOW)
        stored = work.match_runs.replace(done, act(), expected=1, proposals=[proposal], document=document)
        with pytest.raises(Stale):
            work.match_runs.replace(done, act(), expected=1)
    with store.reading(scene.authority.id) as work:
        assert work.match_runs.get(run.id) == stored
        assert stored == replace(done, version=2, reference=added.reference, created_at=NOW)
        assert work.match_runs.proposals(run.id) == (proposal,)
        assert work.match_runs.document(run.id) == document
        assert work.match_runs.page().items == (stored,)
        assert work.match_runs.page(Listing(where={"status": "failed"})).items == ()
        with pytest.raises(NotFound):
            work.match_runs.document(UUID(int=1))


def test_another_authority_sees_no_run(store: Store, scene: Scene) -> None:
    other = recorded(store, "E06000012")
    run = a_run()
    with store.writing(scene.authority.id) as work:
        work.match_runs.add(run, act(), document=b"{}")
    with store.reading(other.id) as work:
        assert work.match_runs.page().items == ()
        for look in (work.match_runs.get, work.match_runs.document):
            with pytest.raises(NotFound):
                look(run.id)
