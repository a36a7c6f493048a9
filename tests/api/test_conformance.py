"""The API does what its description says: requests made up from it are answered as it promises."""

from __future__ import annotations

import json
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as known

from matching.workflow.roles import Role
from tests.api.service import Service, application, running

MOST_EXAMPLES = 4
CHECKS = [
    not_a_server_error,
    known.status_code_conformance,
    known.content_type_conformance,
    known.response_schema_conformance,
]


def _without_keys(described: dict[str, Any]) -> dict[str, Any]:
    """The description without its keys: every request is made with one, so that more than 401 is tried."""
    told: dict[str, Any] = json.loads(json.dumps(described))
    for path in told["paths"].values():
        for operation in path.values():
            operation.pop("security", None)
    return told


schema = schemathesis.openapi.from_dict(_without_keys(application().openapi()))
schema.app = application()
schema.config.phases.coverage.enabled = False  # hundreds of requests for each operation: for `schemathesis run`


@schemathesis.serializer("application/zip")
def _bytes(_: Any, value: Any) -> bytes:
    """Anything at all in the place of a zip."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def county(sqlite_databases: Any) -> Any:
    """One service for all the requests, with the examples on record."""
    with sqlite_databases.migrated() as url, running(url) as service:
        service.record_examples()
        yield service


@schema.parametrize()
@hypothesis.settings(
    max_examples=MOST_EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_the_api_does_what_its_description_says(case: schemathesis.Case[Any], county: Service) -> None:
    headers = {"Authorization": f"Bearer {county.keys[Role.ADMIN]}"}
    response = case.call(headers=headers)
    assert response.status_code != 401
    case.validate_response(response, checks=CHECKS)
