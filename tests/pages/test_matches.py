"""Proposed matches: reasons before ranks, nothing without its reason, filters that say what they hide."""

from __future__ import annotations

import gzip
import re
import time

from matching.workflow.roles import Role
from tests.pages.browsing import Seen
from tests.pages.conftest import SignedIn
from tests.pages.searches import empty, long, parted, search_like, whole_group

MOST_BYTES = 50_000
P95_SECONDS = 0.1


def sections(page: Seen) -> list[str]:
    """The words of each way, from its heading to the next."""
    return page.html.split('<article class="pm-way"')[1:]


def test_a_way_says_why_it_fits_and_what_it_lacks_before_its_rank_and_points(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    page = browser.open(f"/referrals/{search_like(browser.service, whole_group)}/matches")
    ways = sections(page)
    assert len(ways) == 6
    for way in ways:
        places = [way.index(words) for words in ("Why it fits", "What it lacks", "How way", "Fewer points are better")]
        assert places == sorted(places)
        assert re.search(r"£[\d,]+ a week", way)
        assert re.search(r"[\d.]+ miles", way)
        assert "Confirmed" in way
        assert "Pen picture" in way
    assert "Software proposes; a named person decides." in page.text
    assert "straight lines" in page.text


def test_brothers_and_sisters_are_said_to_be_together_or_who_is_parted_from_whom(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    together = browser.open(f"/referrals/{search_like(browser.service, whole_group)}/matches")
    assert "Both together" in together.text or "together" in together.text
    apart = browser.open(f"/referrals/{search_like(browser.service, parted)}/matches")
    assert re.search(r"Parts \S+ from \S+", apart.text)
    assert "No home can take all the children together." in apart.text


def test_a_child_s_own_words_stand_on_the_page_and_are_weighed_by_nobody(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    page = browser.open(f"/referrals/{search_like(browser.service, whole_group)}/matches")
    assert "What the children say" in page.text
    assert "No program weighs a child's own words." in page.text


def test_an_empty_list_says_what_would_open_a_home_and_offers_no_safety_rule(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(f"/referrals/{search_like(browser.service, empty)}/matches")
    assert page.heading == "No home can be proposed yet"
    assert "What would open it: " in page.text
    assert "Rules that keep children safe are not on this list" in page.text
    assert page.link("Work out what would place them").endswith("/openings")
    assert not sections(page)


def test_filters_say_how_many_they_hide_and_what(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = search_like(browser.service, long)
    everything = browser.open(f"/referrals/{reference}/matches?show=all")
    assert len(sections(everything)) == 40
    few = browser.open(
        f"/referrals/{reference}/matches?within=5&sign-offs=none&setting=fostering&fresh=yes&together=yes"
    )
    hidden = [int(number) for number in re.findall(r"(\d+) ways? hidden: ", few.text)]
    assert hidden
    assert "Only the 40 best ways are worked out" in few.text
    assert all(0 < number <= 40 for number in hidden)
    left = re.search(r"(\d+) of 40 shown", few.text)
    assert left is not None
    assert 40 - sum(hidden) <= int(left[1]) <= 40 - max(hidden)
    assert few.link("Show all 40 again").startswith(f"/referrals/{reference}/matches")


def test_a_filter_that_cannot_be_read_narrows_nothing(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(f"/referrals/{search_like(browser.service, long)}/matches?within=far&setting=castle&show=x")
    assert "hidden" not in page.text
    assert len(sections(page)) == 6


def test_the_map_has_a_title_a_description_and_the_same_in_a_table(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(f"/referrals/{search_like(browser.service, long)}/matches")
    assert re.search(r'<svg[^>]*role="img" aria-labelledby="options-map-title options-map-says"', page.html)
    assert '<title id="options-map-title">Where the' in page.html
    assert "no address can be read off" in page.text
    assert "The map as a table" in page.text


def test_no_address_or_postcode_of_a_home_is_on_the_page(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(f"/referrals/{search_like(browser.service, long)}/matches?show=all")
    assert not re.search(r"\b(NR|PE|IP)\d{1,2} ?\d[A-Z]{2}\b", page.html)


def test_who_may_not_read_children_s_records_reads_no_matches(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    page = browser.open(f"/referrals/{search_like(browser.service, long)}/matches", status=403)
    assert "Your role is commissioner" in page.text


def test_only_who_may_ask_homes_is_offered_to(in_county: SignedIn) -> None:
    worker = in_county(Role.SOCIAL_WORKER)
    reference = search_like(worker.service, long)
    assert "Ask these homes" not in worker.open(f"/referrals/{reference}/matches").html
    assert "Ask these homes" in in_county(Role.PLACEMENTS).open(f"/referrals/{reference}/matches").html


def test_a_referral_there_is_not_is_not_found(in_county: SignedIn) -> None:
    assert in_county(Role.PLACEMENTS).open("/referrals/R-NONE/matches", status=404).heading == "Page not found"


def test_reading_the_page_leaves_one_audit_event(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = search_like(browser.service, long)
    with browser.service.store.reading(browser.service.authority) as work:
        before = work.audit.head.sequence
    browser.open(f"/referrals/{reference}/matches")
    with browser.service.store.reading(browser.service.authority) as work:
        assert work.audit.head.sequence == before + 1


def test_the_page_is_small_and_comes_fast_on_the_full_county(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    references = [search_like(browser.service, like) for like in (long, whole_group, parted, empty)]
    took = []
    for path in [f"/referrals/{one}/matches" for one in references] * 5:
        began = time.process_time()
        page = browser.open(path)
        took.append(time.process_time() - began)
        assert len(gzip.compress(page.html.encode())) < MOST_BYTES
    everything = browser.open(f"/referrals/{references[0]}/matches?show=all")
    assert len(gzip.compress(everything.html.encode())) < MOST_BYTES
    assert sorted(took)[int(len(took) * 0.95)] < P95_SECONDS * 2  # reading the page again in the test costs as much
