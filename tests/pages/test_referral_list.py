"""Open searches are listed the most urgent first, with what waits for whom, and filters say what they hide."""

from __future__ import annotations

import pytest

from app.pages import wording
from matching.workflow.roles import Role
from tests.pages.conftest import SignedIn


def test_a_service_without_searches_says_that_nobody_waits(as_role: SignedIn) -> None:
    page = as_role(Role.PLACEMENTS).open("/referrals")
    assert page.heading == "Open searches"
    assert "no child waits for a home" in page.text


def test_the_most_urgent_search_comes_first_with_what_waits_for_whom(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/referrals")
    rows = [text for text, href in page.links if href.startswith("/referrals/R-")]
    assert len(rows) == 39
    first = page.text.index(rows[0])
    assert "PACE" in page.text[first : first + 40]
    assert "You: Search and make offers" in page.text
    assert "Social worker: Record the child's view" in page.text
    assert page.text.index("today") < page.text.index("tomorrow") < page.text.index("in 3 days")


def test_filters_show_fewer_and_say_what_they_hide(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    everything = browser.open("/referrals")
    assert any("for you" in text and href == "/referrals?waits=me" for text, href in everything.links)
    page = browser.open("/referrals?waits=me&kind=planned")
    shown = [text for text, href in page.links if href.startswith("/referrals/R-")]
    assert 0 < len(shown) < 39
    assert (
        f"{39 - len(shown)} other open searches are hidden by your filters (waits for: me; kind of search: planned)"
        in page.text
    )
    nothing = browser.open("/referrals?state=draft")
    assert "No open search fits your filters" in nothing.text
    assert "39 other open searches are hidden" in nothing.text


def test_a_filter_that_there_is_not_hides_nothing(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/referrals?state=nowhere&kind=odd&wanted=never&waits=nobody")
    assert "39 searches" in page.text
    assert "hidden" not in page.text


def test_a_referral_is_found_by_its_reference(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = next(text for text, href in browser.open("/referrals").links if href.startswith("/referrals/R-"))
    assert browser.open(f"/referrals?find={reference.lower()}").heading == f"Referral {reference}"
    missing = browser.open("/referrals?find=R-00000", status=404)
    assert missing.title.startswith("Error: ")
    assert "No referral of your authority has this reference" in missing.text


def test_who_may_not_read_referrals_is_told_who_may(as_role: SignedIn) -> None:
    page = as_role(Role.COMMISSIONER).open("/referrals", status=403)
    assert "Your role is commissioner" in page.text
    assert "social worker" in page.text


@pytest.mark.parametrize("name", [name for name in vars(wording) if name.isupper()])
def test_every_code_of_a_list_has_words_that_people_use(name: str) -> None:
    words = getattr(wording, name)
    assert words
    for code, said in words.items():
        assert said[:1].isupper() or said[:1].isdigit(), (name, code)
        assert "-" not in said or said[said.index("-") - 1].isalpha()
        assert "_" not in said
