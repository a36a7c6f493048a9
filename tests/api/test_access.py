"""Who may do what: every route needs a key with a role that the one table names, or is listed as open."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from app.auth.access import MAY, OPEN
from app.auth.keys import make_key
from app.pages.routes import page_routes
from matching.workflow.roles import Role
from tests.api.service import CAMBRIDGESHIRE, Service, act, application, found_authority
from tests.pages.test_frame import uses

ANYTHING = "00000000-0000-4000-8000-000000000000"


def routes() -> list[tuple[str, str, str]]:
    """Method, address and use case of every route of the API; those of pages have tests of their own."""
    pages = {route.name for route in page_routes()}
    return [
        (method, str(context.path), str(context.name))
        for context in iter_route_contexts(application().routes)
        if isinstance(context.original_route, APIRoute) and context.name not in pages
        for method in sorted(context.original_route.methods or ())
    ]


def test_the_inventory_sees_the_routes() -> None:
    assert len(routes()) > 50
    assert ("GET", "/api/v1/referrals/{id}/shortlist", "read_shortlist") in routes()


def test_every_route_is_in_the_table_of_roles_or_listed_as_open() -> None:
    named = [name for _, _, name in routes()]
    assert len(named) == len(set(named))
    assert set(named) - set(MAY) <= OPEN
    assert set(MAY) <= {*named, *(use for route in page_routes() for use in uses(route))}


def test_nobody_without_a_key_learns_anything_but_whether_the_service_is_up(sqlite_service: Service) -> None:
    for method, path, name in routes():
        answer = sqlite_service.client.request(method, path.replace("{id}", ANYTHING).replace("{home}", ANYTHING))
        expected = 200 if name in OPEN else 401
        assert answer.status_code == expected, (method, path, answer.text)
    assert sqlite_service.client.get("/api/v1/no-such-thing").status_code == 401


def test_every_role_is_let_in_or_turned_away_as_the_table_says(sqlite_service: Service) -> None:
    for method, path, name in routes():
        if name in OPEN:
            continue
        address = path.removeprefix("/api/v1").replace("{id}", ANYTHING).replace("{home}", ANYTHING)
        for role in sqlite_service.keys:
            answer = sqlite_service.call(method, address, role, json={}, headers={"If-Match": '"1"'})
            assert (answer.status_code == 403) is (role not in MAY[name]), (method, path, role, answer.text)


def test_a_key_of_the_wrong_role_is_told_which_roles_may(sqlite_service: Service) -> None:
    answer = sqlite_service.get("/children", Role.COMMISSIONER)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert "auditor" in answer.json()["detail"]
    assert "social-worker" in answer.json()["detail"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic YTpi", "bearer pm_"])
def test_a_key_that_does_not_work_is_answered_with_how_to_get_one(sqlite_service: Service, header: str) -> None:
    answer = sqlite_service.client.get("/api/v1/children", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "dev.py key" in answer.json()["detail"]


def test_a_revoked_key_stops_working_within_seconds(service: Service) -> None:
    keys = service.app.state.keys
    assert service.get("/rules").status_code == 200
    with service.store.writing(service.authority) as work:
        admin = next(key for key in work.api_keys.all() if key.role == "admin")
        work.api_keys.revoke(admin.id, act("revoke-key"))
    keys._timer = lambda: float("inf")  # the seconds have passed
    assert service.get("/rules").status_code == 401


def test_an_authority_sees_nothing_of_another(family: Service) -> None:
    other = found_authority(family.store, CAMBRIDGESHIRE, "Next door (synthetic)")
    key = make_key(family.store, family.clock, other, Role.ADMIN, "tests", act)
    mine = family.keys
    family.keys = {**mine, Role.ADMIN: key}
    for path in ("children", "homes", "referrals", "placements", "providers", "sibling-groups", "needs-profiles"):
        assert family.get(f"/{path}").json()["items"] == []
    for ref, path in (("CH-10412", "children"), ("FH-0291", "homes"), ("RF-5520", "referrals")):
        assert family.get(f"/{path}/{family.id(ref)}").status_code == 404
        assert family.patch(f"/{path}/{family.id(ref)}", {}).status_code == 404
    assert family.get(f"/referrals/{family.id('RF-5520')}/shortlist").status_code == 404
    assert family.get(f"/children/{family.id('CH-10412')}/identity").status_code == 403
