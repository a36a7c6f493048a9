"""The databases that tests are given: real ones of both kinds, empty when asked for, and nobody else's."""

from __future__ import annotations

import pytest
import sqlalchemy

from tests.databases import PostgresDatabases, SqliteDatabases


def test_an_empty_database_has_no_tables_and_takes_one(empty_database_url: str) -> None:
    engine = sqlalchemy.create_engine(empty_database_url)
    with engine.begin() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == []
        connection.execute(sqlalchemy.text("CREATE TABLE home (id INTEGER PRIMARY KEY)"))
    engine.dispose()


def test_every_test_has_a_database_of_its_own(databases: SqliteDatabases | PostgresDatabases) -> None:
    with databases.empty() as one, databases.empty() as other:
        assert one != other


@pytest.mark.postgresql
def test_postgresql_can_refuse_to_book_a_bed_twice(postgres_databases: PostgresDatabases) -> None:
    with postgres_databases.empty() as url:
        engine = sqlalchemy.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("CREATE EXTENSION btree_gist"))
            version = connection.execute(sqlalchemy.text("SHOW server_version_num")).scalar_one()
        engine.dispose()
    assert int(version) >= 150000


def test_a_migrated_database_has_every_table_and_no_rows(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.connect() as connection:
        tables = set(sqlalchemy.inspect(connection).get_table_names())
        kept = {"alembic_version"}
        rows = {
            name: connection.execute(
                sqlalchemy.select(sqlalchemy.func.count()).select_from(sqlalchemy.table(name))
            ).scalar_one()
            for name in tables - kept
        }
    engine.dispose()
    assert kept < tables
    assert {name: count for name, count in rows.items() if count} == {}
