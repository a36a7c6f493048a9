"""States of the pages about referrals: what must have been typed or recorded before a picture of each is taken."""

from __future__ import annotations

from collections.abc import Callable

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser
from tests.pages.searches import page_of, whole_group
from tests.pages.test_making_referrals import Fields, answer, begun, day, with_child, with_search

LONG = "incomprehensibilities" * 12
WORDS = "I want to live near my nan, keep seeing my brother on Saturdays and not have to share a room again. " * 4


def somebody(service: Service, role: Role = Role.PLACEMENTS) -> Browser:
    """A browser signed in as the person who will look."""
    browser = Browser(service)
    browser.sign_in(role)
    return browser


def first_search(service: Service) -> str:
    """A search for brothers and sisters."""
    return page_of(whole_group, "")(service)


def below_first(below: str) -> Callable[[Service], str]:
    """A page below it."""
    return page_of(whole_group, below)


def needs_of_first(service: Service) -> str:
    """The needs of the first of its children."""
    page = somebody(service).open(first_search(service))
    return next(href for text, href in page.links if text.startswith("All needs profiles"))


def bare(service: Service) -> str:
    """A referral with nothing but long words: no needs, no places, no placement."""
    number = "C-" + LONG[:90]
    service.post("/children", {"external_ref": number, "born": "2012-01-01", "sex": "U"})
    identity = {"given_name": LONG[:190], "family_name": LONG[:190], "initials": "RE"}
    found = service.get("/children", params={"external_ref": number}).json()["items"][0]["id"]
    service.put(f"/children/{found}/identity", identity, None)
    ask = {"child": number, "view": {"asked": "asked", "said": WORDS + LONG, "places_wanted": LONG}}
    body = {"external_ref": LONG[:90], "kind": "pace", "wanted_by": "2026-08-30", "length": "night", "asks": [ask]}
    service.post("/referrals", body)
    made = service.get("/referrals", params={"external_ref": LONG[:90]}).json()["items"][0]
    return f"/referrals/{made['reference']}"


def needs_of_bare(service: Service) -> str:
    """The needs of a child without any profile."""
    page = somebody(service).open(bare(service))
    return next(href for text, href in page.links if text.startswith("All needs profiles"))


def ended(service: Service) -> str:
    """A search that was withdrawn."""
    service.post("/children", {"external_ref": "C-ENDED", "born": "2014-05-01", "sex": "M"})
    body = {"external_ref": "ENDED", "kind": "planned", "wanted_by": "2026-10-01", "length": "until-18"}
    service.post("/referrals", {**body, "asks": [{"child": "C-ENDED"}]})
    found = service.get("/referrals", params={"external_ref": "ENDED"}).json()["items"]
    here = f"/referrals/{found[0]['reference']}"
    browser = somebody(service)
    if "End this search" in browser.open(here).text:
        browser.open(f"{here}/end")
        browser.send({"reason": "withdraw/went-home"})
    return here


def beginning(service: Service) -> str:
    """A draft of which nothing is said yet."""
    return begun(somebody(service)) + "/children"


def half_done(below: str = "") -> Callable[[Service], str]:
    """A page below a draft for two siblings, of which some is answered, some wrong and some not answered."""

    def made(service: Service) -> str:
        browser = somebody(service)
        draft = begun(browser)
        one = with_child(browser, draft, "C-90001", "27 3 2016", "AB")
        with_child(browser, draft, "C-90002", "1 12 2020", "CD")
        answer(browser, f"{draft}/search/kind", {"kind": "emergency"})
        wrong: Fields = {**day("wanted-by", "31 9 2026"), "wanted-time": "half past five"}
        answer(browser, f"{draft}/search/when", wrong, status=422)
        places: Fields = {"0-kind": "school", "0-postcode": "nowhere", "1-kind": "family-home", "1-postcode": "NR3 1JU"}
        answer(browser, f"{one}/places", places, status=422)
        answer(browser, f"{one}/communication", {"communication": ["makaton"], "languages": ["en", "pl"]})
        return draft + below

    return made


def complete(below: str = "") -> Callable[[Service], str]:
    """A page below a draft that can be recorded."""

    def made(service: Service) -> str:
        browser = somebody(service)
        draft = begun(browser)
        one = with_child(browser, draft, "C-90003", "27 3 2009", "EF")
        with_search(browser, draft)
        answer(browser, f"{one}/homes", {"suitability-fostering": "preferred", "suitability-residential": "unsuitable"})
        answer(browser, f"{one}/health", {"health": ["respiratory"], "health-recorded": "yes", "disabled": "no"})
        needs: Fields = {"health-level": "3", "health-strength": WORDS, "health-words": "I like swimming."}
        made_on: Fields = {**day("made-on", "1 9 2026"), **day("review-due", "1 3 2027"), "author": "SW-204"}
        answer(browser, f"{one}/profile", made_on)
        answer(browser, f"{one}/needs-1", needs)
        return draft + below

    return made


def raced(service: Service) -> str:
    """Changes to a referral that somebody else has changed since."""
    here, browser = first_search(service), somebody(service)
    browser.open(here)
    draft = browser.send(action=f"{here}/change").address
    answer(browser, f"{draft}/search/kind", {"kind": "same-day"})
    listed = service.get("/referrals", params={"reference": here.rpartition("/")[2]}).json()["items"][0]
    body = service.get(f"/referrals/{listed['id']}").json()
    kind = "emergency" if body["kind"] != "emergency" else "remand"
    service.patch(f"/referrals/{body['id']}", {"kind": kind, "wanted_time": "17:30"}, body["version"])
    return f"{draft}/check"


def new_needs(below: str) -> Callable[[Service], str]:
    """A page below a draft of a new needs profile."""

    def made(service: Service) -> str:
        browser = somebody(service)
        needs = needs_of_first(service)
        browser.open(needs)
        draft = browser.send(action=f"{needs}/new").address
        answer(browser, f"{draft}/a/profile", {**day("made-on", "2 9 2026"), "author": "SW-1"}, status=422)
        answer(browser, f"{draft}/a/needs-1", {"health-level": "4", "health-strength": WORDS})
        return draft + below

    return made
