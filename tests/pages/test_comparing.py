"""Homes side by side, why or why not one, what it would cost the others, what would open one; and a bed tonight."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace

from matching.codes import AvailabilityState, CareType, HomeKind
from matching.homes import Availability
from matching.rules.book import RULES
from matching.workflow.roles import Role
from tests.api.service import act
from tests.pages.conftest import SignedIn
from tests.pages.searches import empty, first_homes, long, parted, search_like, searches, whole_group


def test_homes_stand_side_by_side_with_reasons_first_and_points_last(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    reference = search_like(browser.service, long)
    homes = first_homes(browser.service, reference, 4)
    page = browser.open(f"/referrals/{reference}/compare?" + "&".join(f"homes={home}" for home in homes))
    assert page.heading == f"Compare 4 homes for {reference}"
    questions = [words for words in page.text.splitlines() if words in ("Why it fits", "Declined before", "Ranked")]
    assert questions == ["Why it fits", "Declined before", "Ranked"]
    assert page.html.count('scope="col"') == 5
    assert all(page.html.count(f'<span class="pm-compare__whose">{home}</span>') > 10 for home in homes)


def test_a_home_for_some_of_the_children_is_compared_for_those(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    reference = search_like(browser.service, parted)
    shortlist = next(found for named, found in searches(browser.service) if named == reference)
    keys = [":".join((one.home, *one.children)) for one in shortlist.entries[0].homes][:2]
    page = browser.open(f"/referrals/{reference}/compare?homes={keys[0]}&homes={keys[1]}")
    assert "Can be proposed" in page.text
    assert f'value="{keys[0]}"' not in page.html, "a social worker asks no homes"


def test_fewer_than_two_homes_cannot_be_compared_and_more_than_four_are_cut_with_a_word(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = search_like(browser.service, long)
    homes = first_homes(browser.service, reference, 5)
    page = browser.open(f"/referrals/{reference}/compare?homes={homes[0]}", status=422)
    assert "Choose at least two homes" in page.text
    page = browser.open(f"/referrals/{reference}/compare?homes={','.join(homes)}")
    assert "You chose 5. The first 4 are shown." in page.text
    browser.open(f"/referrals/{reference}/compare?homes=NONE&homes=NOWHERE", status=404)


def test_why_not_this_home_names_the_rule_that_stands_against_it(in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    reference = search_like(browser.service, long)
    ready = browser.service.office.pools.ready(browser.service.authority, browser.service.office.today())
    secure = next(home.external_ref for home in ready.pool.homes if home.kind.value == "secure")
    page = browser.open(f"/referrals/{reference}/why-not?home={secure.lower()}")
    assert page.heading == f"Why not {secure} for {reference}"
    assert "Why it cannot be proposed" in page.text
    assert RULES["setting.secure"].says in page.text
    assert "Ask this home" not in page.text


def test_a_home_is_found_by_its_provider_s_name_too(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    reference = search_like(browser.service, long)
    page = browser.open(f"/referrals/{reference}/why-not?home=meadowlark")
    assert page.heading == "Why not this home?"
    assert "Meadowlark" in page.text
    assert any("/homes/H" in href for _, href in page.links)
    assert "No home that this authority may see" in browser.open(f"/referrals/{reference}/why-not?home=zzzz").text


def test_the_price_to_the_rest_says_who_would_move(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = search_like(browser.service, whole_group)
    home = first_homes(browser.service, reference, 1)[0]
    page = browser.open(f"/referrals/{reference}/homes/{home}/price")
    assert page.heading == f"What {home} would cost the other children"
    assert "Nothing here is decided." in page.text
    assert "plan" in page.text


def test_openings_offer_lawful_changes_only(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(f"/referrals/{search_like(browser.service, empty)}/openings")
    assert "Not met today: " in page.text
    changes = [line for line in page.text.splitlines() if line.startswith("Not met today: ")]
    openable = {rule.says for rule in RULES.values() if rule.remedy is not None}
    assert changes
    assert all(line.removeprefix("Not met today: ").rstrip(".") in openable for line in changes)


def test_a_bed_tonight_is_found_with_what_is_known(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open("/tonight?age=12&sex=F&kind=emergency")
    assert "can take the child tonight" in page.text
    assert page.text.count("Beds free tonight") > 3
    assert "Emergency: a girl of 12." in page.text
    page = browser.send(action="/tonight/referral")
    assert "/drafts/" in page.address
    assert "A referral is begun with what you said." in page.text


def test_a_bed_that_nobody_has_is_said_not_to_be_there(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    with browser.service.store.writing(browser.service.authority) as work:
        for home in browser.service.office.pools.ready(
            browser.service.authority, browser.service.office.today()
        ).pool.homes:
            if home.kind is HomeKind.FOSTERING_PACE or CareType.PACE in home.bed_types:
                work.homes.replace(replace(home, availability=Availability(AvailabilityState.FULL)), act())
    page = browser.open("/tonight?age=14&sex=M&kind=pace")
    assert "No home can take the child tonight" in page.text
    assert "Nearest, and what would open them" in page.text


def test_what_is_missing_for_tonight_is_named_field_by_field(in_county: SignedIn) -> None:
    page = in_county(Role.SOCIAL_WORKER).open("/tonight?age=x&kind=castle", status=422)
    assert "Give the child's age in whole years, 0 to 17" in page.text
    assert "Choose the child's sex, or that it is not known" in page.text
    assert "Choose the kind of bed" in page.text


def test_these_pages_are_small_and_come_fast(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = search_like(browser.service, whole_group)
    homes = "&homes=".join(first_homes(browser.service, reference, 3))
    paths = (
        "/tonight?age=12&sex=F&kind=emergency",
        f"/referrals/{reference}/compare?homes={homes}",
        f"/referrals/{reference}/homes/{homes.split('&')[0]}",
    )
    for path in paths:
        took = []
        for _ in range(5):
            began = time.process_time()
            page = browser.open(path)
            took.append(time.process_time() - began)
        assert len(gzip.compress(page.html.encode())) < 50_000
        assert sorted(took)[3] < 0.2  # half of it is reading the page again in the test
