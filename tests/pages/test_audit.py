"""Who saw and did what: newest first, by person, search, kind and day; and decisions, each with who made it."""

from __future__ import annotations

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service, running
from tests.pages import states
from tests.pages.browsing import Browser, reference_of
from tests.pages.conftest import SignedIn

AMINA = reference_of(Role.PLACEMENTS)


@pytest.fixture
def busy(county: Service, in_county: SignedIn) -> str:
    """A county in which somebody has looked and asked; gives the short reference of the search that was asked about."""
    path = states.a_sign_off_of_the_team_manager(county)
    in_county(Role.PLACEMENTS).open(path)
    referral = county.get(path).json()["referral"]
    return str(county.get(f"/referrals/{referral}").json()["reference"])


def test_an_auditor_sees_who_saw_and_who_did(busy: str, in_county: SignedIn) -> None:
    page = in_county(Role.AUDITOR).open("/audit")
    assert "Request sign off" in page.text
    assert f"{AMINA}\nPlacements" in page.text
    assert "Read sign off" in page.text
    assert f"/referrals/{busy}" in [href for _, href in page.links]


def test_looking_through_the_trail_leaves_an_event_too(county: Service, in_county: SignedIn) -> None:
    auditor = in_county(Role.AUDITOR)
    auditor.open("/audit")
    assert "Read audit" in auditor.open("/audit").text


def test_filters_show_only_what_fits_and_say_so(busy: str, in_county: SignedIn) -> None:
    auditor = in_county(Role.AUDITOR)
    hers = auditor.open(f"/audit?who={AMINA}")
    assert AMINA in hers.text
    assert reference_of(Role.AUDITOR) not in hers.text
    assert "Only what fits the filters is shown." in hers.text
    done = auditor.open("/audit?kind=did")
    assert "Saw" not in done.text.splitlines()
    about = auditor.open(f"/audit?search={busy.lower()}")
    assert "Request sign off" in about.text
    assert "Sign in" not in about.text
    assert "Nothing on record fits." in auditor.open("/audit?until=1999-01-01").text
    assert AMINA in auditor.open("/audit?since=2026-09-02&until=2026-09-02").text


def test_a_filter_that_cannot_be_says_what_would_be_right(in_county: SignedIn) -> None:
    auditor = in_county(Role.AUDITOR)
    unknown = auditor.open("/audit?search=R-NOBODY", status=422)
    assert ("No search has this reference. References look like R-7K3M9", "#search") in unknown.links
    for wrong in ("yesterday", "2026-02-30", "9999-99-99"):
        assert auditor.open(f"/audit?since={wrong}", status=422).title.startswith("Error: ")
    for odd in ("before=-1", "before=" + "9" * 40, "kind=x", "until=9999-12-31"):
        auditor.open(f"/audit?{odd}")


def test_older_events_follow_on_the_next_page_and_none_is_told_twice(in_county: SignedIn) -> None:
    auditor = in_county(Role.AUDITOR)
    for _ in range(30):
        auditor.open("/")
    first = auditor.open("/audit?kind=saw")
    older = auditor.open(first.link("Older events"))
    shown = [[one for one in page.ids if one.startswith("event-")] for page in (first, older)]
    assert len(shown[0]) == 50
    assert shown[1]
    assert not set(shown[0]) & set(shown[1])
    assert older.link("Newest") == "/audit?kind=saw"


def test_signing_in_and_out_is_on_record(in_county: SignedIn) -> None:
    placements = in_county(Role.PLACEMENTS)
    placements.send(action="/sign-out")
    page = in_county(Role.AUDITOR).open(f"/audit?who={AMINA}")
    assert "Sign in" in page.text
    assert "Sign out" in page.text


@pytest.mark.parametrize("role", [Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.COMMISSIONER, Role.DIRECTOR])
def test_the_trail_is_for_those_who_audit(as_role: SignedIn, role: Role) -> None:
    browser = as_role(role)
    assert "/audit" not in [href for _, href in browser.page.links]
    assert browser.open("/audit", status=403).heading == "This is not part of your role"


def test_without_a_decision_the_list_says_so(as_role: SignedIn) -> None:
    page = as_role(Role.AUDITOR).open("/decisions")
    assert "No decision has been made." in page.text
    assert page.link("Who saw and did what") == "/audit"


def test_the_trail_is_looked_through_alike_on_both_databases(database_url: str) -> None:
    with running(database_url) as service:
        browser = Browser(service)
        browser.sign_in(Role.AUDITOR)
        for path in ("/audit?kind=saw", "/audit?kind=did&since=2026-09-02&until=2026-09-02"):
            browser.open(path)
        assert "Sign in" in browser.page.text
        assert "Read audit" not in browser.page.text
