"""The API's description: committed, up to date, complete, and with examples that are real."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.auth.access import MAY, OPEN
from app.settings import ROOT
from tests.api.service import application


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The description as it is now."""
    return application().openapi()


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation."""
    return [operation for path in described["paths"].values() for operation in path.values()]


def test_the_committed_description_is_the_one_there_is(described: dict[str, Any]) -> None:
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert committed == described, "run python3 dev.py docs"


def test_every_operation_says_what_it_is_for_and_which_problems_it_may_give(described: dict[str, Any]) -> None:
    assert len(operations(described)) > 50
    for operation in operations(described):
        assert operation["summary"], operation["operationId"]
        assert len(operation["description"]) > 10, operation["operationId"]
        if operation["operationId"] in OPEN:
            continue
        for status in ("401", "403", "422", "503"):
            assert "application/problem+json" in operation["responses"][status]["content"], operation["operationId"]


def test_every_operation_that_needs_a_key_says_for_which_roles(described: dict[str, Any]) -> None:
    for operation in operations(described):
        if operation["operationId"] in OPEN:
            assert "security" not in operation
        else:
            assert operation["security"] == [{"key": []}]
            assert all(role.value in operation["description"] for role in MAY[operation["operationId"]])


def test_every_body_has_an_example(described: dict[str, Any]) -> None:
    for operation in operations(described):
        for kind, body in operation.get("requestBody", {}).get("content", {}).items():
            if kind != "application/zip":
                assert "example" in json.dumps(body), operation["operationId"]


def test_a_body_takes_no_field_that_is_not_described(described: dict[str, Any]) -> None:
    given = {name: shape for name, shape in described["components"]["schemas"].items() if name.endswith("Given")}
    assert len(given) > 8
    assert [name for name, shape in given.items() if shape.get("additionalProperties") is not False] == []
