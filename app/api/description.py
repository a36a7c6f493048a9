"""The API's own description (OpenAPI): what it says of itself, and what every operation has in common."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from app.auth.access import MAY
from app.problem_details import MEDIA_TYPE, TITLES, Problem

ABOUT: dict[str, Any] = {
    "title": "Placement matching",
    "version": "1",
    "summary": "Finds homes for children in care: reasoned shortlists, and one joint plan for all who wait.",
    "description": """
Referrals and homes go in; for each referral a ranked shortlist with reasons comes out, and for all referrals together
one plan that is proved to be the best there is, or says how far it may be from it. Software proposes; named people decide.

* **Keys.** Every call needs a key: `Authorization: Bearer KEY`. A key belongs to one authority and has one role; what
  each operation is for is said with it.
* **Naming things.** A field that refers to something takes its id or the authority's own reference (`external_ref`).
* **Sending again.** Recording the same under the same `external_ref` changes nothing. Any POST may carry an
  `Idempotency-Key`: the same request with the same key is done once and answered alike for 24 hours.
* **Changing.** PUT and PATCH need `If-Match` with the ETag that was read, so that nobody's change is lost.
* **Lists** come in pages: give `next` as `after`.
* **Errors** are `application/problem+json` (RFC 9457); `errors` names each field by JSON Pointer and what would be right.
  Nothing that was sent is repeated in them.
* **Unknown is not yes.** A missing fact is shown as something to check, never as permission.
* **Dates** are days in England; moments carry their offset. Money is whole pence; distances are straight lines.
""".strip(),
    "license_info": {"name": "MIT", "identifier": "MIT"},
    "openapi_url": "/openapi.json",
    "docs_url": None,
    "redoc_url": None,
    "openapi_tags": [
        {"name": "children", "description": "Children, without names; who a child is stands apart, and is audited."},
        {"name": "sibling-groups", "description": "Brothers and sisters, and each pair's assessment."},
        {"name": "needs-profiles", "description": "What a child needs, domain by domain, with its history."},
        {"name": "needs", "description": "Frameworks of need, versioned."},
        {"name": "providers", "description": "Who runs homes."},
        {"name": "homes", "description": "Where children may live."},
        {"name": "placements", "description": "Who lives where, from when until when."},
        {"name": "referrals", "description": "Searches for a home, and the homes ranked for each."},
        {"name": "offers", "description": "Homes are asked, and answer; beds are held for a while."},
        {"name": "sign-offs", "description": "What the rules ask somebody to agree to."},
        {"name": "decisions", "description": "The child's view, what is recommended, and what a named person decides."},
        {"name": "waiting", "description": "What waits for whom, what runs out, and what homes say of themselves."},
        {"name": "events", "description": "What has happened, as a feed and as signed webhooks."},
        {"name": "match-runs", "description": "The joint plan for all who wait."},
        {"name": "rules", "description": "The rule book."},
        {"name": "policies", "description": "What an authority has decided: weights and its own values."},
        {"name": "statutory-returns", "description": "The return on children looked after (SSDA903)."},
        {"name": "health", "description": "Whether the service is up."},
    ],
}
SECURITY = {"key": {"type": "http", "scheme": "bearer", "description": "A key made by `python3 dev.py key ROLE`."}}


def install(app: FastAPI) -> None:
    """Makes the application describe itself so."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's own way of changing it


def described(app: FastAPI) -> dict[str, Any]:
    """The description: FastAPI's, with the shape of problems, keys and roles, and without its own 422."""
    told = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        license_info=app.license_info,
    )
    schemas = told["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    problem = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    told["components"]["securitySchemes"] = SECURITY
    for operations in told["paths"].values():
        for operation in operations.values():
            _say_who(operation)
            if "requestBody" in operation:
                operation["responses"].update({str(status): told for status, told in _OF_A_BODY.items()})
    return told


_OF_A_BODY = {
    status: {
        "description": TITLES[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 413, 415)
}
"""What every request with a body may be answered with."""


def _say_who(operation: dict[str, Any]) -> None:
    roles = MAY.get(operation["operationId"])
    if roles is None:
        return
    operation["security"] = [{"key": []}]
    who = ", ".join(sorted(role.value for role in roles))
    operation["description"] = f"{operation.get('description', '')}\n\nFor the roles: {who}.".strip()
