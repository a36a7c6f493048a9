"""What holds for every page: headers, roles, errors in plain words, assets."""

from __future__ import annotations

import hashlib

import pytest

from app.auth.access import MAY
from app.pages import assets
from app.pages.navigation import MAIN, Group, beside_links, main_links
from app.pages.routes import OPEN, page_routes
from app.pages.visits import May
from app.settings import Settings
from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser
from tests.pages.conftest import SignedIn

MOST_BYTES = 190_000


def uses(route: object) -> list[str]:
    """The use cases that a route of a page asks for."""
    return [one.call.use_case for one in route.dependant.dependencies if isinstance(one.call, May)]  # type: ignore[attr-defined]


def test_every_page_asks_who_comes_or_is_listed_as_open() -> None:
    assert len(page_routes()) > 5
    assert {route.name for route in page_routes() if not uses(route)} == OPEN
    names = [route.name for route in page_routes()]
    assert len(names) == len(set(names))
    assert all(name.startswith("page_") for name in names)


def test_every_page_may_be_kept_by_nobody_and_runs_nothing_of_others(as_role: SignedIn) -> None:
    page = as_role(Role.PLACEMENTS).open("/")
    assert page.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["content-encoding"] == "gzip"
    for inline in ("<style", "style=", "onclick=", "<script>"):
        assert inline not in page.html


def test_an_address_without_a_page_says_so_in_words(as_role: SignedIn, pages: Service) -> None:
    page = as_role(Role.PLACEMENTS).open("/no-such-page", status=404)
    assert page.heading == "Page not found"
    assert "Amina" not in page.text
    assert Browser(pages).open("/no-such-page", status=404).heading == "Page not found"


def test_the_api_still_answers_in_json(pages: Service) -> None:
    for path in ("/api/v1/no-such-thing", "/api/v1/children"):
        assert pages.client.get(path).headers["content-type"] == "application/problem+json"


def test_assets_are_kept_for_ever_under_an_address_of_their_own(pages: Service) -> None:
    browser = Browser(pages)
    for name, content in assets.contents().items():
        for way in ("br", "gzip", "identity"):
            answer = browser.client.get(assets.address(name), headers={"Accept-Encoding": way})
            assert answer.content == content
            assert answer.headers["cache-control"] == assets.FOR_EVER
    old = browser.client.get("/assets/0000/pages.css")
    assert old.status_code == 200
    assert old.headers["cache-control"] == "no-store"
    assert browser.client.get(f"/assets/{assets.fingerprint()}/SHA256SUMS").status_code == 404


def test_all_assets_together_are_light() -> None:
    assert 100_000 < sum(map(len, assets.contents().values())) <= MOST_BYTES


def test_what_others_wrote_is_what_its_checksums_say() -> None:
    lines = (assets.HERE / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == {"govuk.css", "govuk.js"}
    for name, digest in sums.items():
        assert hashlib.sha256((assets.HERE / name).read_bytes()).hexdigest() == digest


def test_no_asset_is_the_crown_or_its_typeface() -> None:
    for name, content in assets.contents().items():
        text = content.decode()
        assert "GDS Transport" not in text, name
        assert "url(" not in text, name
        assert "crest" not in text, name


@pytest.mark.parametrize("role", list(Role))
def test_nobody_has_more_than_seven_places_to_choose_from_and_each_page_is_in_reach(pages: Service, role: Role) -> None:
    there = pages.app.state.page_addresses
    links = main_links(role, "/", there)
    assert 1 <= len(links) <= 7
    reached = {link.href for main in links for link in (main, *beside_links(role, main.href, there))}
    may = [entry for one in MAIN for entry in (one.entries if isinstance(one, Group) else (one,))]
    assert reached == {entry.href for entry in may if role in MAY[entry.use_case]}


def test_a_page_of_a_group_shows_its_neighbours_and_which_of_them_it_is(as_role: SignedIn) -> None:
    page = as_role(Role.AUDITOR).open("/decisions")
    neighbours = {("Sign-offs", "/sign-offs"), ("Decisions made", "/decisions"), ("Audit", "/audit")}
    assert neighbours <= set(page.links)
    assert 'href="/decisions" aria-current="page"' in page.html
    assert "Pages that belong together" not in as_role(Role.FOSTERING_PANEL).open("/sign-offs").html


def test_the_rule_book_is_at_the_foot_for_those_who_may_read_it(as_role: SignedIn, pages: Service) -> None:
    assert ("Rule book", "/rules") in as_role(Role.SOCIAL_WORKER).open("/").links
    assert ("Rule book", "/rules") not in Browser(pages).open("/privacy").links


def test_a_page_is_there_for_who_asks_only_whether_it_is(as_role: SignedIn, pages: Service) -> None:
    browser = as_role(Role.PLACEMENTS)
    for path in ("/", "/rules", "/privacy"):
        answer = browser.client.head(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
    assert Browser(pages).client.head("/", follow_redirects=False).status_code == 303


def test_too_much_sent_to_a_page_is_told_in_a_page_and_to_the_api_in_json(pages: Service) -> None:
    much = b"a=" + b"b" * Settings().most_body_bytes
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    page = Browser(pages).client.post("/sign-out", content=much, headers=form)
    assert (page.status_code, page.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "larger than can be read here" in page.text
    told = pages.call("POST", "/homes", content=much, headers={"Content-Type": "application/json"})
    assert (told.status_code, told.headers["content-type"]) == (413, "application/problem+json")
