"""The first page and the alerts: what waits for each role, tonight's beds with none in plain sight, and what runs out."""

from __future__ import annotations

from datetime import date

import pytest

from app.auth import sessions
from app.services.callers import Caller
from app.services.tonight import GROUPS, may_be_asked, read_tonight
from matching.codes import AvailabilityState, HomeKind
from matching.homes import Availability
from matching.workflow.roles import Role
from tests.api.service import Service
from tests.db.examples import a_home, a_provider, an_authority
from tests.pages.browsing import Browser, reference_of
from tests.pages.conftest import SignedIn


def test_a_placements_officer_sees_what_is_needed_tonight_and_where_to_go(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/")
    assert page.heading == "What waits for you"
    assert "Homes needed tonight" in page.text
    homes = [href for text, href in page.links if text.startswith("See homes")]
    assert homes
    assert all(href.endswith("/matches") and href.startswith("/referrals/R-") for href in homes)


def test_kinds_of_home_without_a_bed_tonight_are_in_plain_sight(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    service = browser.service
    cover = read_tonight(service.office, browser_caller(browser)).cover
    none = [one.kind for one in cover if not one.homes]
    assert none
    assert f"No bed tonight at all: {'; '.join(none)}." in browser.open("/").text


def test_the_table_of_beds_has_a_cell_below_each_heading(in_county: SignedIn) -> None:
    html = in_county(Role.PLACEMENTS).open("/").html
    table = html[html.index("pm-cover") : html.index("</table>", html.index("pm-cover"))]
    rows = [row.count("<th") + row.count("<td") for row in table.split("<tr")[1:]]
    assert len(rows) == 1 + len(GROUPS)
    assert set(rows) == {7}


def browser_caller(browser: Browser) -> Caller:
    """The caller that a browser's requests are made by."""
    return sessions.signed_in(browser.service.office, browser.client.cookies["session"]).caller("tests")


def test_tonight_counts_what_the_pool_counts(county: Service, in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    tonight = read_tonight(county.office, browser_caller(browser))
    pool = county.office.pools.ready(county.authority, county.office.today()).pool
    free = [at for at in range(len(pool.homes)) if pool.beds_free[at, 0] > 0]
    asked = {at for at in free if may_be_asked(pool.homes[at], pool.as_of)}
    emergency = GROUPS["Emergency foster family"]
    counted = next(one for one in tonight.cover if one.kind == "Emergency foster family")
    assert counted.homes == sum(pool.homes[at].kind in emergency for at in asked)
    assert [one.kind for one in tonight.cover] == list(GROUPS)
    waiting = {seeker.referral.id for seeker in pool.seekers if seeker.starts <= pool.as_of}
    assert {one.referral for one in tonight.needed} == waiting


def test_each_kind_of_home_for_tonight_is_told_once() -> None:
    kinds = [kind for group in GROUPS.values() for kind in group]
    assert len(kinds) == len(set(kinds))
    left_out = set(HomeKind) - set(kinds)
    assert {HomeKind.FOSTERING_CONNECTED, HomeKind.STAYING_PUT, HomeKind.SECURE} <= left_out


TODAY = date(2026, 9, 2)


@pytest.mark.parametrize(
    ("said", "may"),
    [
        (Availability(AvailabilityState.AVAILABLE), True),
        (Availability(AvailabilityState.FULL), False),
        (Availability(AvailabilityState.ON_HOLD, until=date(2026, 9, 1)), True),
        (Availability(AvailabilityState.ON_HOLD, until=date(2026, 9, 2)), False),
        (Availability(AvailabilityState.ON_HOLD, from_day=date(2026, 9, 3)), True),
        (Availability(AvailabilityState.CLOSING, until=date(2026, 9, 3)), True),
        (Availability(AvailabilityState.CLOSING, until=date(2026, 9, 2)), False),
        (Availability(AvailabilityState.CLOSING), False),
    ],
)
def test_a_home_may_be_asked_unless_what_it_says_keeps_it_from_tonight(said: Availability, may: bool) -> None:
    home = a_home(a_provider(an_authority()), availability=said)
    assert may_be_asked(home, TODAY) is may


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROVIDER])
def test_every_role_has_a_first_page_that_offers_only_what_it_may(in_county: SignedIn, role: Role) -> None:
    browser = in_county(role)
    page = browser.open("/")
    assert page.headings[0][0] == 1
    for _, href in page.links:
        if href.startswith("/") and not href.startswith("/referrals/"):
            assert browser.client.get(href).status_code == 200, href


def test_reading_the_first_page_leaves_the_events_of_what_was_shown(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    with browser.service.store.reading(browser.service.authority) as work:
        before = work.audit.head.sequence
    browser.open("/")
    with browser.service.store.reading(browser.service.authority) as work:
        events = work.audit.events(after=before)
    assert {event.action for event in events} == {"list-waiting", "list-needed-tonight", "list-timers"}
    assert {event.actor for event in events} == {reference_of(Role.PLACEMENTS)}


def test_an_empty_county_says_so(as_role: SignedIn) -> None:
    page = as_role(Role.PLACEMENTS).open("/")
    assert "No search needs a home tonight." in page.text
    assert "Nothing waits now." in page.text
    assert "Nothing runs out within two weeks." in page.text


def test_alerts_are_told_by_kind_with_the_longest_overdue_first(in_county: SignedIn) -> None:
    page = in_county(Role.TEAM_MANAGER).open("/alerts")
    assert ("Overstays in emergency beds", "#emergency-bed") in page.links
    assert "24 January 2023" in page.text
    assert "Vacancies nobody has confirmed lately" in page.text


def test_an_alert_about_a_home_leads_to_it(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open("/alerts")
    text, href = next((text, href) for text, href in page.links if text.startswith("Home H"))
    assert href == f"/homes/{text.removeprefix('Home ')}"
    assert browser.open(href).status == 200


def test_an_auditor_sees_what_waits_for_everybody_and_whose_turn_it_is(in_county: SignedIn) -> None:
    page = in_county(Role.AUDITOR).open("/")
    assert page.heading == "What waits for everybody"
    assert "Placements" in page.text
