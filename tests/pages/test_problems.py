"""What went wrong, as a page: the API's status, plain words, what can be done, and nothing of the inside."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException

from app import problem_details
from app.auth.errors import NotForThisRole
from app.pages import problems
from app.problem_details import STATUS
from app.telemetry import Requests
from db.errors import Busy, NotFound, Stale
from matching.errors import Fault, Invalid
from matching.workflow.roles import Role
from matching.workflow.transitions import IllegalMove
from tests.api.service import Service
from tests.pages.conftest import SignedIn

ID = UUID(int=7)


ERRORS: dict[str, Exception] = {
    "move": IllegalMove("sign-off", "agreed", "agree", ["withdraw"]),
    "stale": Stale("referral", ID, 3),
    "not-found": NotFound("home", "SECRET-REF"),
    "role": NotForThisRole("auditor", ["admin", "social-worker"]),
    "invalid": Invalid([Fault("because", "There is no reason", "Say why")]),
    "busy": Busy(),
    "bug": RuntimeError("postgresql://user:password@host"),
    "large": HTTPException(413),
    "method": HTTPException(405),
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.state.page_addresses = frozenset({"/"})

    @app.get("/fails/{name}")
    @app.get("/api/v1/fails/{name}")
    def fails(name: str) -> None:
        raise ERRORS[name]

    @app.get("/counts/{number}")
    def counts(request: Request, number: int) -> None:
        """Only to be asked for wrongly."""

    problem_details.install(app)
    problems.install(app)
    app.add_middleware(Requests)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("move", 409, "What can be done with it now:"),
        ("stale", 412, "Nothing of yours was saved"),
        ("not-found", 404, "not for your authority"),
        ("role", 403, "Your role is auditor. This can be done by: admin, social worker."),
        ("invalid", 422, "There is no reason. Say why."),
        ("busy", 503, "sending the same form twice does no harm"),
        ("bug", 500, "Nothing was half saved"),
        ("large", 413, "larger than can be read"),
        ("method", 405, "only answers when a form is sent"),
    ],
)
def test_each_error_is_a_page_in_plain_words(client: TestClient, name: str, status: int, says: str) -> None:
    answer = client.get(f"/fails/{name}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert says in answer.text
    for inside in ("SECRET-REF", "password", "Traceback", "RuntimeError", "/because"):
        assert inside not in answer.text


def test_a_fault_of_ours_is_told_with_the_reference_that_the_log_has(client: TestClient) -> None:
    answer = client.get("/fails/bug", headers={"X-Request-ID": "the-request-1"})
    assert "the-request-1" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_whoever_finds_it_busy_is_told_when_to_come_again(client: TestClient) -> None:
    assert client.get("/fails/busy").headers["retry-after"] == "2"


def test_an_address_that_cannot_be_is_not_found(client: TestClient) -> None:
    assert client.get("/counts/many").status_code == 404


def test_the_api_keeps_its_own_words(client: TestClient) -> None:
    for name in ("stale", "bug", "large"):
        assert client.get(f"/api/v1/fails/{name}").headers["content-type"] == "application/problem+json"


def test_every_status_that_there_is_has_a_title_for_people() -> None:
    by_nobody = {401, 415, 428}  # sign in instead; of the API alone
    assert set(STATUS.values()) - by_nobody <= set(problems._TITLES)


def test_a_role_that_may_not_is_told_who_may_and_keeps_its_navigation(as_role: SignedIn, pages: Service) -> None:
    browser = as_role(Role.COMMISSIONER)
    if "/referrals" in pages.app.state.page_addresses:
        page = browser.open("/referrals", status=403)
        assert page.heading == "This is not part of your role"
        assert "Your role is commissioner" in page.text
        assert "/referrals" not in [href for _, href in page.links]
    assert "/" in [href for _, href in browser.page.links]
