"""A database that is locked or gone in the middle of a request: a plain answer, and nothing half written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import event

from app.api import examples
from tests.api.service import Service

CHILD = examples.CHILDREN[0]


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else keeps the database to themselves."""
    path = sqlalchemy.make_url(url).database
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(sqlite_service: Service) -> Service:
    """A service that waits for a lock only a moment."""

    @event.listens_for(sqlite_service.store.engine, "connect")
    def opened(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    sqlite_service.store.engine.dispose()
    return sqlite_service


def test_a_locked_database_is_told_with_when_to_try_again_and_nothing_is_written(impatient: Service) -> None:
    with locked(impatient.url):
        answer = impatient.post("/children", CHILD)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "try again" in answer.json()["detail"]
    assert impatient.get("/children").json()["items"] == []
    assert impatient.post("/children", CHILD).status_code == 201


def test_a_database_that_is_gone_is_told_and_the_service_says_that_it_is_not_ready(sqlite_service: Service) -> None:
    service = sqlite_service
    assert service.client.get("/health/ready").json() == {"status": "ok", "missing": []}
    path = Path(str(sqlalchemy.make_url(service.url).database))
    service.store.engine.dispose()
    path.rename(path.with_suffix(".away"))
    path.mkdir()  # so that no new file can be made in its place
    try:
        assert service.client.get("/health/live").status_code == 200
        ready = service.client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "unready")
        assert service.get("/rules").status_code == 503
    finally:
        path.rmdir()
        path.with_suffix(".away").rename(path)
    assert service.client.get("/api/v1/health/ready").status_code == 200


def test_a_database_without_the_newest_tables_is_not_ready(sqlite_service: Service) -> None:
    with sqlite_service.store.writing() as work:
        work.connection.exec_driver_sql("DELETE FROM alembic_version")
    answer = sqlite_service.client.get("/health/ready")
    assert answer.status_code == 503
    assert "migrate" in answer.json()["missing"][0]


def test_a_failure_in_the_middle_of_a_write_leaves_nothing_behind(
    family: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails each statement of one recording in turn: after every failure all is as it was."""

    def children() -> list[str]:
        return [item["external_ref"] for item in family.get("/children").json()["items"]]

    engine, failing = family.store.engine, {"at": 0}
    seen = {"now": 0}

    def fail(*_: object) -> None:
        seen["now"] += 1
        if seen["now"] == failing["at"]:
            raise sqlite3.OperationalError("disk I/O error")

    before = children()
    for at in range(1, 30):
        failing["at"], seen["now"] = at, 0
        event.listen(engine, "before_cursor_execute", fail)
        answer = family.post("/children", {**CHILD, "external_ref": "CH-NEW"}, headers={"Idempotency-Key": "k"})
        event.remove(engine, "before_cursor_execute", fail)
        if answer.status_code == 201:
            break
        assert answer.status_code in {500, 503}
        assert children() == before
    else:
        raise AssertionError("the recording never came to its end")
    assert at > 5
    assert children() == [*before, "CH-NEW"]


def test_the_audit_trail_still_holds_after_trouble(family: Service) -> None:
    family.post("/children", {**CHILD, "external_ref": "CH-7", "sex": "?"})
    family.post("/children", {**CHILD, "external_ref": "CH-7"})
    with family.store.reading(family.authority) as work:
        assert work.audit.verify() == ()
