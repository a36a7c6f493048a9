"""A request is compared with the routes that begin with its first word, and with no others."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.testclient import TestClient
from starlette.types import Scope

from app.sections import Section, sections


def routed(root_path: str = "") -> TestClient:
    """A client of an application of two routers."""
    near, far = APIRouter(), APIRouter()
    for router, path in ((near, "/homes/{id}"), (far, "/homes/{id}/beds"), (near, "/offers"), (far, "/{word}/any")):
        router.add_api_route(path, lambda path=path: path, name=path)
    app = FastAPI()
    for section in sections((near, far), "/api"):
        app.include_router(section, prefix="/api")
    return TestClient(app, root_path=root_path)


def test_routes_of_one_first_word_are_found_whichever_router_they_came_from() -> None:
    client = routed()
    assert client.get("/api/homes/7").json() == "/homes/{id}"
    assert client.get("/api/homes/7/beds").json() == "/homes/{id}/beds"
    assert client.get("/api/offers").json() == "/offers"


def test_routes_below_another_word_are_not_asked() -> None:
    class Watched(APIRoute):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            raise AssertionError("this route was asked")

    app = FastAPI()
    app.include_router(Section("/offers", [Watched("/offers/{id}", lambda: None)]))
    assert TestClient(app).get("/homes/7").status_code == 404


def test_an_address_that_begins_with_a_parameter_is_found_too() -> None:
    assert routed().get("/api/anything/any").json() == "/{word}/any"


def test_a_path_that_a_proxy_puts_in_front_changes_nothing() -> None:
    assert routed("/behind").get("/behind/api/homes/7").json() == "/homes/{id}"


def test_what_is_nowhere_is_not_found_and_what_cannot_be_done_is_said() -> None:
    client = routed()
    assert client.get("/api/nowhere").status_code == 404
    assert client.post("/api/offers").status_code == 405
