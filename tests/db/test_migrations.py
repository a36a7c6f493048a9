"""Migrations make what the code expects, on both databases, also when data is there or two processes start at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import inspect, select, text

from db import migrate
from db.engines import for_migrations
from db.errors import Busy
from db.session import Store
from db.tables import metadata
from db.tables.placements import bed_bookings
from db.types import Code
from matching.codes import Known
from matching.placements import Placement, PlacementState
from tests.db.examples import a_child, a_home, a_placement, a_provider, act, recorded

SHARED = {"alembic_version", "audit_heads", "regions", "authorities", "workers"}
"""Tables whose rows belong to no one authority, or are one."""


def test_a_new_database_is_brought_to_the_newest_tables_and_stays_there(empty_database_url: str) -> None:
    assert migrate.current(empty_database_url) is None
    migrate.upgrade(empty_database_url)
    migrate.upgrade(empty_database_url)
    assert migrate.current(empty_database_url) == migrate.head()


def test_the_code_and_the_migrated_database_do_not_differ(database_url: str) -> None:
    migrate.check(database_url)


def test_every_row_but_those_of_the_service_itself_belongs_to_an_authority() -> None:
    without = {table.name for table in metadata.sorted_tables if "authority_id" not in table.c}
    assert len(metadata.sorted_tables) > 30
    assert without <= SHARED
    may_be_null = {
        table.name for table in metadata.sorted_tables if table.name not in without and table.c.authority_id.nullable
    }
    assert may_be_null == {"frameworks"}, "the default framework is everybody's"


def test_the_guards_are_there_after_every_migration(database_url: str) -> None:
    with for_migrations(database_url) as connection:
        if connection.dialect.name == "sqlite":
            found = {
                row.name for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            }
            wanted = {
                "audit_events_no_update",
                "audit_events_no_delete",
                "bed_bookings_one_stay_insert",
                "bed_bookings_one_stay_update",
                "bed_bookings_within_beds_insert",
                "bed_bookings_within_beds_update",
                "homes_keep_promised_beds",
            }
        else:
            triggers = text("SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal")
            excludes = text("SELECT conname AS name FROM pg_constraint WHERE contype = 'x'")
            found = {row.name for query in (triggers, excludes) for row in connection.execute(query)}
            wanted = {
                "audit_events_no_change",
                "audit_events_no_truncate",
                "bed_bookings_within_beds",
                "ex_bed_bookings_one_stay",
                "homes_keep_promised_beds",
            }
    assert found == wanted


def test_every_closed_list_is_checked_word_for_word(database_url: str) -> None:
    looked_at = 0
    with for_migrations(database_url) as connection:
        looking = inspect(connection)
        for table in metadata.sorted_tables:
            checks = {check["name"]: check["sqltext"] for check in looking.get_check_constraints(table.name)}
            for column in table.c:
                if isinstance(column.type, Code):
                    said = str(checks[f"ck_{table.name}_{column.name}"])
                    assert _words(said) == {code.value for code in column.type.codes}, f"{table.name}.{column.name}"
                    looked_at += 1
    assert looked_at > 40


def _words(check: str) -> set[str]:
    return set(check.split("'")[1::2])


def test_two_processes_that_migrate_at_once_both_end_well(empty_database_url: str) -> None:
    failed: list[BaseException] = []
    together = threading.Barrier(2)

    def run() -> None:
        together.wait()
        try:
            migrate.upgrade(empty_database_url)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert migrate.current(empty_database_url) == migrate.head()


def test_a_migration_that_fails_leaves_nothing_behind(empty_database_url: str) -> None:
    with pytest.raises(ZeroDivisionError):
        migrate_and_fail(empty_database_url)
    assert migrate.current(empty_database_url) is None


def migrate_and_fail(url: str) -> None:
    with for_migrations(url) as connection:
        migrate.run(connection, "0003")
        raise ZeroDivisionError


def test_migrations_go_down_and_up_again(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    with for_migrations(empty_database_url) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)


def test_a_database_with_records_in_it_is_brought_forward_with_all_of_them(empty_database_url: str) -> None:
    """From the revision where children first could be stored, whatever comes after."""
    migrate.upgrade(empty_database_url, "0002")
    one = UUID(int=1)
    with for_migrations(empty_database_url) as connection:
        shown = one.hex if connection.dialect.name == "sqlite" else str(one)
        for statement in AS_OF_0002:
            connection.execute(text(statement), {"one": shown})
    migrate.upgrade(empty_database_url)
    store = Store(empty_database_url)
    with store.writing() as work:
        authority = work.authorities.all()[0]
    with store.writing(authority.id) as work:
        child = work.children.page().items[0].value
        assert child.external_ref == "C1"
        work.children.replace(replace(child, send=Known.YES), act())
        work.children.add(a_child(authority), act())
    store.close()


def test_a_child_who_stayed_beyond_a_planned_end_gets_a_bed_again_where_one_is_free(empty_database_url: str) -> None:
    """Storage once took the bed away on the planned morning, so such children are on record without one."""
    migrate.upgrade(empty_database_url)
    store = Store(empty_database_url)
    stays, promised = with_children_overdue(store)
    migrate.downgrade(empty_database_url, "0012")
    with for_migrations(empty_database_url) as connection:
        overdue = [stay.id.hex if store.is_sqlite else str(stay.id) for stay in stays.values()]
        for stay in overdue:
            connection.execute(text("DELETE FROM bed_bookings WHERE placement_id = :stay"), {"stay": stay})
    before = booked(store)
    migrate.upgrade(empty_database_url)
    after = booked(store)
    assert after[stays["alone"].id] == (1, None), "until further notice"
    assert after[stays["beside"].id] == (2, None), "the first bed is promised from a later night"
    assert stays["crowded"].id not in after, "where no bed is free nothing is changed"
    assert {stay: bed for stay, bed in after.items() if stay in before} == before
    assert set(before) == promised
    store.close()


def with_children_overdue(store: Store) -> tuple[dict[str, Placement], set[UUID]]:
    """Three children who stay on, each in a home of its own; and the stays promised to others in two of the homes."""
    authority = recorded(store)
    provider = a_provider(authority)
    homes = {name: a_home(provider, registered_beds=1 + (name == "beside")) for name in ("alone", "beside", "crowded")}
    children = [a_child(authority) for _ in range(5)]
    stays = {
        name: a_placement(child, homes[name], starts=date(2026, 1, 10), planned_end=date(2026, 3, 1))
        for name, child in zip(homes, children, strict=False)
    }
    others = [
        a_placement(children[3], homes["beside"], state=PlacementState.PLANNED, starts=date(2027, 3, 1)),
        a_placement(children[4], homes["crowded"], starts=date(2026, 3, 1)),
    ]
    with store.writing(authority.id) as work:
        work.providers.add(provider, act())
        work.homes.upsert_many(homes.values(), act())
        work.children.upsert_many(children, act())
        work.placements.upsert_many([*stays.values(), *others], act("move-in", datetime(2026, 1, 10, tzinfo=UTC)))
    return stays, {stay.id for stay in others}


def booked(store: Store) -> dict[UUID, tuple[int, date | None]]:
    """Bed and last morning of every stay that has one."""
    with store.reading() as work:
        return {row.id: (row.bed_no, row.last_morning) for row in work.connection.execute(select(bed_bookings))}


STAMPS = "1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'"
AS_OF_0002 = (
    "INSERT INTO audit_heads (authority_id, sequence, hash) VALUES (:one, 0, '0')",
    f"""INSERT INTO authorities (id, code, name, adjoining, parameters, version, created_at, updated_at)
        VALUES (:one, 'E10000020', 'Somewhere', '[]', '{{}}', {STAMPS})""",
    f"""INSERT INTO children (id, authority_id, external_ref, born, sex, languages, communication, health,
          health_recorded, disabled, access, send, ehcp, uasc, care_plan, deprivation_of_liberty, section_20_consent,
          delegated_authority, version, created_at, updated_at)
        VALUES (:one, :one, 'C1', '2015-01-01', 'F', '[]', '[]', '[]', true, 'unknown', '[]', 'unknown', 'unknown',
          false, 'not-specified', 'no', 'unknown', 'unknown', {STAMPS})""",
)


def test_a_database_that_cannot_be_reached_is_busy(tmp_path: object) -> None:
    with pytest.raises(Busy):
        migrate.upgrade(f"sqlite:///{tmp_path}/no/such/directory/x.db")


def test_records_outlive_the_process_that_wrote_them(database_url: str) -> None:
    first = Store(database_url)
    authority = recorded(first)
    first.close()
    second = Store(database_url)
    with second.reading() as work:
        assert work.authorities.all() == (authority,)
    second.close()
