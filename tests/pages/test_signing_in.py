"""Signing in: a choice of invented people, a session on the server, and typing that outlives it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.auth.doors import INVENTED, DevelopmentDoor, door_of
from app.auth.sessions import hash_of
from app.main import create_app
from app.settings import BadSetting, Settings
from matching.workflow.roles import Role
from tests.api.service import CAMBRIDGESHIRE, Service, found_authority, running
from tests.pages.browsing import Browser, reference_of
from tests.pages.conftest import SignedIn


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(pages: Service) -> None:
    browser = Browser(pages)
    asked = browser.open("/")
    assert asked.heading == "Choose who you are"
    home = browser.send({"person": f"{pages.authority}/staff-0101"})
    assert home.address == "/"
    assert "Amina Yusuf, Placements" in home.text


def test_the_cookie_is_opaque_and_only_its_hash_is_kept(pages: Service) -> None:
    browser = Browser(pages)
    browser.sign_in(Role.PLACEMENTS)
    secret = browser.client.cookies["session"]
    assert len(secret) >= 43
    with pages.store.reading() as work:
        kept = work.sessions.by_sha256(hash_of(secret))
    assert kept is not None
    assert secret not in repr(kept)
    assert "Amina" not in secret


def test_cookies_are_for_us_alone(pages: Service) -> None:
    Browser(pages)._ready()
    client = TestClient(pages.app, base_url="https://placements.example", follow_redirects=False)
    choose = client.get("/sign-in/choose")
    cookie = choose.headers["set-cookie"]
    assert cookie.startswith("__Host-start=")
    for needed in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert needed.lower() in cookie.lower()


def test_everybody_but_a_provider_can_be_tried_out() -> None:
    assert {role for _, _, role in INVENTED} == set(Role) - {Role.PROVIDER}


def test_nobody_chosen_is_said_above_the_form(pages: Service) -> None:
    browser = Browser(pages)
    browser.open("/sign-in")
    again = browser.send({}, status=422)
    assert again.title.startswith("Error: ")
    assert ("Choose who you are", "#person") in again.links


def test_signing_out_leaves_nothing_of_the_session(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    secret = browser.client.cookies["session"]
    out = browser.send(action="/sign-out")
    assert out.heading == "You are signed out"
    with browser.service.store.reading() as work:
        assert work.sessions.by_sha256(hash_of(secret)) is None
    browser.client.cookies.set("session", secret)
    assert browser.open("/").heading == "Choose who you are"


@pytest.mark.parametrize(
    ("steps", "minutes", "still"), [(1, 59, True), (1, 61, False), (14, 50, True), (15, 50, False)]
)
def test_a_session_ends_when_idle_and_after_a_shift(as_role: SignedIn, steps: int, minutes: int, still: bool) -> None:
    browser = as_role(Role.PLACEMENTS)
    for _ in range(steps):
        browser.service.clock.move(minutes=minutes)
        browser.open("/")
    assert (browser.page.heading != "Choose who you are") is still


def test_a_form_from_elsewhere_is_refused(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    for token in ("", "0" * 80, "ü" * 80):
        refused = browser.post("/kept-form/throw-away", {"form_token": [token]}, status=403)
        assert refused.heading == "This form cannot be taken"
        assert "did not come from a page that you opened" in refused.text
    other = as_role(Role.PLACEMENTS)
    theirs = dict(other.page.form("/sign-out").fields)["form_token"]
    browser.post("/kept-form/throw-away", {"form_token": [theirs]}, status=403)


def test_a_form_of_the_door_from_elsewhere_signs_nobody_in(pages: Service) -> None:
    browser = Browser(pages)
    browser.open("/sign-in")
    chosen = {"person": [f"{pages.authority}/staff-0101"], "form_token": ["0" * 80]}
    browser.post("/sign-in/choose", chosen, status=403)
    assert browser.open("/").heading == "Choose who you are"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/x?y=1", "x"])
def test_signing_in_never_leads_elsewhere(pages: Service, back: str) -> None:
    browser = Browser(pages)
    browser.sign_in(Role.PLACEMENTS, back)
    assert browser.page.address == "/"


def test_what_is_typed_into_an_ended_session_is_offered_again_and_sent_on(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    token = dict(browser.page.form("/sign-out").fields)["form_token"]
    browser.service.clock.move(hours=2)
    asked = browser.post("/kept-form/throw-away", {"form_token": [token], "reason": ["Words & <words>"], "once": ["a"]})
    assert "What you typed is kept" in asked.text
    kept = browser.send({"person": f"{browser.service.authority}/{reference_of(Role.PLACEMENTS)}"})
    assert kept.heading == "What you typed is still here"
    form = kept.form("/kept-form/send")
    assert ("reason", "Words & <words>") in form.fields
    assert ("once", "a") in form.fields
    assert browser.send(action="/kept-form/send").address.startswith("/?said=thrown-away")
    assert browser.open("/kept-form").address == "/"


def test_nobody_else_is_offered_what_somebody_typed(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    token = dict(browser.page.form("/sign-out").fields)["form_token"]
    browser.service.clock.move(hours=2)
    browser.post("/kept-form/throw-away", {"form_token": [token], "reason": ["Words"]})
    browser.send({"person": f"{browser.service.authority}/{reference_of(Role.AUDITOR)}"})
    assert browser.page.address == "/"


def test_a_form_without_the_token_of_the_ended_session_is_not_kept(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    browser.service.clock.move(hours=2)
    asked = browser.post("/kept-form/throw-away", {"form_token": ["0" * 80], "reason": ["Words"]})
    assert "What you typed is kept" not in asked.text


def test_the_development_door_stays_shut_on_a_servers_database() -> None:
    open_door = Settings(database_url="sqlite:///x.db", sign_in="development")
    assert isinstance(door_of(open_door), DevelopmentDoor)
    with pytest.raises(BadSetting, match="lets anybody be anybody"):
        create_app(Settings(database_url="postgresql://u@h/n", sign_in="development"))
    with pytest.raises(BadSetting, match="SIGN_IN is none or development"):
        door_of(Settings(sign_in="oidc"))


def test_by_default_nobody_signs_in_and_the_page_says_how(pages: Service) -> None:
    browser = Browser(pages)
    browser._ready()
    pages.app.state.door = door_of(Settings())
    answer = browser.client.get("/", follow_redirects=True)
    assert answer.status_code == 403
    assert "SIGN_IN=development" in answer.text
    assert browser.client.get("/sign-in/choose").status_code == 403


def test_the_development_door_opens_no_real_authority(pages: Service) -> None:
    found_authority(pages.store, CAMBRIDGESHIRE, "Next door")
    people = DevelopmentDoor().people(pages.office)
    assert {person.authority_name for person in people} == {"County (synthetic)"}
    browser = Browser(pages)
    browser.open("/sign-in")
    assert "Next door" not in browser.page.text


def test_sessions_and_what_was_typed_are_kept_alike_on_both_databases(database_url: str) -> None:
    with running(database_url) as service:
        browser = Browser(service)
        browser.sign_in(Role.PLACEMENTS)
        token = dict(browser.page.form("/sign-out").fields)["form_token"]
        service.clock.move(hours=2)
        browser.post("/kept-form/throw-away", {"form_token": [token], "reason": ["Zoë's words"]})
        browser.send({"person": f"{service.authority}/{reference_of(Role.PLACEMENTS)}"})
        assert ("reason", "Zoë's words") in browser.page.form("/kept-form/send").fields
        browser.send(action="/kept-form/throw-away")
        browser.send(action="/sign-out")
        with service.store.reading(service.authority) as work:
            actions = [event.action for event in work.audit.events(limit=1_000)]
    assert [action for action in actions if action.startswith("sign-")] == ["sign-in", "sign-in", "sign-out"]


def test_sessions_that_ended_long_ago_are_forgotten(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    old = hash_of(browser.client.cookies["session"])
    browser.service.clock.move(days=3)
    as_role(Role.AUDITOR)
    with browser.service.store.reading() as work:
        assert work.sessions.by_sha256(old) is None
