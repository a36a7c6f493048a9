"""Whatever the domain allows goes into rows and comes back the same, through the columns of a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, create_engine, delete, insert, select

from db.mapping.authorities import policy_definition, policy_of
from db.mapping.homes import HOMES, PROVIDERS
from db.mapping.needs import PROFILES, framework_of, framework_row
from db.mapping.people import CHILDREN, SIBLING_GROUPS
from db.mapping.placements import HOLDS, PLACEMENTS
from db.mapping.referrals import REFERRALS
from db.mapping.shapes import Shape
from db.mapping.workflow import DECISIONS, OFFERS, RECOMMENDATIONS, SIGN_OFFS
from db.rows import add, change, load, values
from db.tables.authorities import policies
from db.tables.needs import frameworks
from tests.db import invented, invented_workflow

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
OWN = {"authority_id": UUID(int=1)}

NOUNS: dict[str, tuple[Shape[Any], st.SearchStrategy[Any]]] = {
    "children": (CHILDREN, invented.CHILDREN),
    "sibling groups": (SIBLING_GROUPS, invented.sibling_groups()),
    "profiles": (PROFILES, invented.profiles()),
    "providers": (PROVIDERS, invented.PROVIDERS),
    "homes": (HOMES, invented.HOMES),
    "referrals": (REFERRALS, invented.REFERRALS),
    "placements": (PLACEMENTS, invented.placements()),
    "holds": (HOLDS, invented.holds()),
    "offers": (OFFERS, invented_workflow.offers()),
    "sign-offs": (SIGN_OFFS, invented_workflow.sign_offs()),
    "recommendations": (RECOMMENDATIONS, invented_workflow.RECOMMENDATIONS),
    "decisions": (DECISIONS, invented_workflow.decisions()),
}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A connection on which nothing needs to refer to anything: rows alone are compared here."""
    engine = create_engine(database_url)
    with engine.connect() as opened:
        if engine.dialect.name == "postgresql":
            opened.exec_driver_sql("SET session_replication_role = replica")
            opened.commit()
        yield opened
    engine.dispose()


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_stored_comes_back_the_same(connection: Connection, noun: str) -> None:
    shape, strategy = NOUNS[noun]

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
    )
    @given(strategy, strategy)
    def round_trip(value: Any, later: Any) -> None:
        connection.rollback()
        row = shape.row(value)
        extra = [{"reference": "R-23456"}] if "reference" in shape.table.c else []
        add(connection, shape, [value], OWN, AT, extra)
        stored = load(connection, shape, shape.table.c.id == row["id"])[row["id"]]
        assert stored.value == value
        assert (stored.version, stored.created_at, stored.updated_at) == (1, AT, AT)
        later = replace(later, id=value.id)
        change(connection, shape, [(stored, later)], OWN, AT)
        assert load(connection, shape, shape.table.c.id == row["id"])[row["id"]].value == later
        assert values(connection, shape, [row["id"]]) == tuple(
            item.value for item in load(connection, shape, shape.table.c.id == row["id"], words=False).values()
        )

    round_trip()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(framework=invented.FRAMEWORKS)
def test_a_framework_comes_back_the_same(connection: Connection, framework: Any) -> None:
    assert framework_of(_written(connection, frameworks, {**framework_row(framework), "created_at": AT})) == framework


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(policy=invented.POLICIES)
def test_a_policy_comes_back_the_same(connection: Connection, policy: Any) -> None:
    row = {
        "id": UUID(int=1),
        **OWN,
        "name": policy.name,
        "policy_version": policy.version,
        "definition": policy_definition(policy),
        "created_at": AT,
    }
    assert policy_of(_written(connection, policies, row)) == policy


def _written(connection: Connection, table: Table, row: dict[str, Any]) -> Any:
    connection.execute(delete(table))
    connection.execute(insert(table).values(row))
    return connection.execute(select(table)).one()
