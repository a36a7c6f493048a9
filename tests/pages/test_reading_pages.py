"""Pages that are only read: the rule book with this authority's values, and what anybody may read."""

from __future__ import annotations

import gzip

import pytest

from app.pages.words import counted
from db.repositories.drafts import KEPT_FOR
from matching.rules.book import RULE_BOOK, TOPICS
from matching.rules.parameters import PARAMETERS
from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser
from tests.pages.conftest import SignedIn

OPEN_TO_ALL = ("/how-matching-works", "/accessibility", "/privacy")


def test_the_rule_book_tells_every_rule_where_links_lead_to(as_role: SignedIn) -> None:
    page = as_role(Role.SOCIAL_WORKER).open("/rules")
    assert {rule.id for rule in RULE_BOOK} <= set(page.ids)
    for rule in RULE_BOOK:
        assert f"{rule.says}." in page.text
        assert all(source.text in page.text for source in rule.sources)
    assert all(title in page.text for title in TOPICS.values())
    assert "not checked against its text" in page.text


def test_what_nobody_may_waive_and_who_must_agree_is_said(as_role: SignedIn) -> None:
    page = as_role(Role.COMMISSIONER).open("/rules")
    assert "the home is never proposed" in page.text
    assert "director of children's services must agree" in page.text


def test_the_rule_book_shows_this_authoritys_own_values(pages: Service, as_role: SignedIn) -> None:
    own = {"own": {"confirmed_within_days": 21}}
    answer = pages.call("PUT", "/parameters", json=own, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    page = as_role(Role.PLACEMENTS).open("/rules")
    assert "21 days" in page.text
    assert "This authority's own" in page.text
    assert all(one.says in page.text for one in PARAMETERS.values())


@pytest.mark.parametrize("path", OPEN_TO_ALL)
def test_anybody_may_read_what_is_for_everybody(pages: Service, path: str) -> None:
    page = Browser(pages).open(path)
    assert page.headings[0][0] == 1
    assert set(OPEN_TO_ALL) <= {href for _, href in page.links}


@pytest.mark.parametrize("path", OPEN_TO_ALL)
def test_whoever_is_signed_in_keeps_the_navigation_there(as_role: SignedIn, path: str) -> None:
    page = as_role(Role.PLACEMENTS).open(path)
    assert "Amina Yusuf" in page.text
    assert "/sign-offs" in [href for _, href in page.links]


def test_the_longest_page_is_light_when_packed(as_role: SignedIn) -> None:
    page = as_role(Role.PLACEMENTS).open("/rules")
    assert len(gzip.compress(page.html.encode(), 5)) < 50_000


def test_the_privacy_notice_says_how_long_a_draft_with_names_in_it_lives(pages: Service) -> None:
    assert f"not touched for {KEPT_FOR.days} days" in Browser(pages).open("/privacy").text


def test_the_rule_book_is_searched_by_words_in_any_order_large_or_small(as_role: SignedIn) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    page = browser.open("/rules?find=School")
    shown = {rule.id for rule in RULE_BOOK} & set(page.ids)
    assert "place.school" in shown
    assert len(shown) < len(RULE_BOOK) / 2
    assert f"{counted(len(shown), 'rule')} and" in page.text
    assert ("Show the whole rule book", "/rules") in page.links
    nothing = browser.open("/rules?find=%3Cscript%3E")
    assert "0 rules and 0 values speak of" in nothing.text
    assert "<script>" not in nothing.html
    assert not {rule.id for rule in RULE_BOOK} & set(nothing.ids)
