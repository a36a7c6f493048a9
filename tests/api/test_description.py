"""The API's description: committed, up to date, complete, and with examples that are real."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from typing import Any

import pytest

from app.api.documentation import HERE
from app.auth.access import MAY, OPEN
from app.settings import ROOT
from tests.api.service import Service, application

COPIED = {
    "swagger-ui-bundle.js.gz": "e6a898692f2d768e807c3ba4626068a69a2c5dd960dd6c76f3e4d3a3de180af2",
    "swagger-ui.css.gz": "5ed08757e53da3e026d6cbecc61fe5d43585c9560b302d534ad56692519a273d",
}
"""SHA-256 of the files of swagger-ui-dist 5.35.0, unpacked."""


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


def test_the_interactive_description_is_served_from_here_alone(sqlite_service: Service) -> None:
    page = sqlite_service.client.get("/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(sources) >= 4
    for source in sources:
        assert source.startswith("/")
        answer = sqlite_service.client.get(source)
        assert answer.status_code == 200
        assert len(answer.content) > 100


def test_the_copied_files_are_those_that_were_published() -> None:
    for name, sha256 in COPIED.items():
        content = gzip.decompress((HERE / name).read_bytes())
        assert hashlib.sha256(content).hexdigest() == sha256
