"""What is shown of a choice: the ranks as they were, and every finding for the homes chosen with all who would go there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.codes import Ofsted
from matching.explanations import Verdict
from matching.homes import Prices
from matching.policy import PRESETS, Preset
from matching.pool import pool_of
from matching.shortlists import Shortlister
from matching.synthetic.pools import small_pool
from matching.values import AgeRange
from matching.workflow.decisions import ShownPlacing, ShownWay
from matching.workflow.showing import ranked_ways, shown, shown_homes
from matching.workflow.sign_offs import needed
from tests.spec.building import CHILD, HOME, SEARCH, Given, Other


def test_the_first_rank_is_shown_as_the_first_rank_with_its_findings() -> None:
    pool = Given().pool()
    shortlister = Shortlister(Assessor(pool, PRESETS[Preset.BALANCED]))
    ranked = shortlister.shortlist(SEARCH)
    seen = shown(ranked_ways(shortlister, SEARCH), shown_homes(pool, {CHILD: HOME}), None)
    assert seen.rank == 1
    assert seen.summary == ranked.summary
    [home] = seen.chosen
    assert home.verdict is Verdict.FITS
    assert home.points == ranked.entries[0].points
    assert home.weekly_pence == ranked.entries[0].weekly_pence
    assert {"approval.ages", "limit.beds", "hierarchy.connected-first"} <= {one.rule for one in home.findings}


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_the_ranks_that_are_shown_are_those_of_the_shortlist(seed: int) -> None:
    shortlister = Shortlister(Assessor(pool_of(small_pool(seed))))
    for referral in shortlister.pool.referrals:
        listed, ranked = shortlister.shortlist(referral.id, near=0), ranked_ways(shortlister, referral.id)
        assert ranked.summary == listed.summary
        assert ranked.ways == tuple(
            ShownWay(
                entry.rank,
                tuple(ShownPlacing(option.home, option.children) for option in entry.homes),
                entry.points,
                entry.sign_offs,
                entry.weekly_pence,
            )
            for entry in listed.entries
        )


def test_what_needs_a_sign_off_is_shown_to() -> None:
    [home] = shown_homes(Given(home={"ofsted": Ofsted.INADEQUATE}).pool(), {CHILD: HOME})
    assert home.verdict is Verdict.FITS_WITH_SIGN_OFFS
    assert [one.rule for one in needed(home.findings)] == ["quality.ofsted"]


def test_a_home_that_is_blocked_is_shown_to_be() -> None:
    [home] = shown_homes(Given(terms={"ages": AgeRange(0, 4)}).pool(), {CHILD: HOME})
    assert home.verdict in (Verdict.BLOCKED, Verdict.NEAR_MISS)


def test_children_who_would_live_together_are_shown_together() -> None:
    sister = Other(waits=True, assessed=None, age=11)
    pool = Given(others=(sister,), home={"registered_beds": 3, "bedrooms": 3}).pool()
    [home] = shown_homes(pool, {CHILD: HOME, sister.child.id: HOME})
    assert home.children == ("C1", "C91")
    assert {one.child for one in home.findings} == {None, "C1", "C91"}


def test_a_price_that_is_not_known_is_not_guessed() -> None:
    [home] = shown_homes(Given(home={"prices": Prices()}).pool(), {CHILD: HOME})
    assert home.weekly_pence is None
