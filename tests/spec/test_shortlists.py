"""A shortlist: ranked ways with reasons, what nearly fits, and why nothing does."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.baselines import first_come_first_served, in_house_first
from matching.candidates import Worth, candidates_of, intake_arrays
from matching.codes import Sector, Sex, SiblingAssessed
from matching.explanations import Verdict
from matching.facts.living import Indices
from matching.homes import Home
from matching.plan import Intake, Plan, Wishes, faults, levels_of, plan_of
from matching.pool import Pool, pool_of
from matching.shortlist_answers import Shortlist
from matching.shortlists import NotWaiting, Shortlister
from matching.synthetic.pools import small_pool
from matching.values import AgeRange, HomeId, ReferralId
from tests.spec.building import A_HOME, CHILD, HOME, SEARCH, TERMS, Given, Other, at


def another(number: int, **changes: object) -> Home:
    """A home like the ordinary one, two miles further off for each number."""
    facts = {"id": HomeId(UUID(int=500 + number)), "external_ref": f"H{number}", "place": at(2 + 2 * number)}
    return replace(A_HOME, **{"approvals": (TERMS,), **facts, **changes})  # type: ignore[arg-type]


def shortlist(made: Given) -> Shortlist:
    return Shortlister(Assessor(made.pool())).shortlist(SEARCH)


def homes(found: Shortlist) -> list[list[str]]:
    return [[option.home for option in entry.homes] for entry in found.entries]


def test_the_nearer_of_two_homes_alike_comes_first() -> None:
    found = shortlist(Given(other_homes=(another(2),)))
    assert homes(found) == [["H1"], ["H2"]]
    assert [entry.rank for entry in found.entries] == [1, 2]
    assert found.entries[0].verdict is Verdict.FITS
    assert found.summary == "The best 2 ways to place the child, of 2 homes looked at."


def test_the_lines_of_the_points_add_up_and_are_told_in_the_units_people_use() -> None:
    [entry] = shortlist(Given()).entries
    [option] = entry.homes
    assert sum(line.points for line in option.points) == entry.points
    assert all(line.units * line.points_each == line.points for line in option.points)
    words = {line.measure: line.says for line in option.points}
    assert words["home-distance"] == "2.0 miles from the family home, straight line"
    assert words["cost"] == "£800 a week, to the £10 below"
    assert entry.weekly_pence == 800_00


def test_a_home_that_needs_a_sign_off_says_whose_and_by_when_and_comes_after_one_that_needs_none() -> None:
    concern = another(0, provider_concern=True)
    found = shortlist(Given(other_homes=(concern,)))
    assert homes(found) == [["H1"], ["H0"]]
    assert found.entries[1].verdict is Verdict.FITS_WITH_SIGN_OFFS
    [needed] = found.entries[1].homes[0].sign_offs
    assert needed.rule == "quality.provider-concern"
    assert needed.role
    assert needed.deadline


def test_a_home_one_rule_away_is_a_near_miss_with_what_would_open_it() -> None:
    found = shortlist(Given(terms={"ages": AgeRange(0, 8)}))
    assert found.entries == ()
    [near] = found.near_misses
    assert near.verdict is Verdict.NEAR_MISS
    assert near.findings[0].rule == "approval.ages"
    assert near.findings[0].reason == "Aged 9; approved for 0-8"
    assert near.findings[0].remedy
    assert found.summary.startswith("Nothing fits: none of 1 homes")


def test_a_safety_rule_is_never_offered_as_something_to_open() -> None:
    never = Given(asks={"never_with": frozenset({Other().child.id})}, others=(Other(),))
    found = shortlist(never)
    assert found.near_misses == ()
    assert [(count.rule, count.homes, count.alone) for count in found.blocked] == [("limit.never-together", 1, 1)]


def test_a_home_with_a_missing_fact_that_could_block_is_to_be_checked_and_not_proposed() -> None:
    found = shortlist(Given(terms={"ages": None}))
    assert found.entries == ()
    [check] = found.to_check
    assert check.verdict is Verdict.TO_CHECK
    assert [finding.rule for finding in check.findings if finding.standing == "check-first"] == ["approval.ages"]


def test_brothers_and_sisters_together_come_before_any_split_and_a_split_says_who_is_parted() -> None:
    both = Given(others=(Other(waits=True, assessed=None, age=8),), other_homes=(another(2, registered_beds=1),))
    found = shortlist(both)
    assert homes(found)[0] == ["H1"]
    assert found.entries[0].parted == ()
    split, _ = [entry for entry in found.entries if len(entry.homes) > 1]
    assert sorted(option.home for option in split.homes) == ["H1", "H2"]
    assert split.parted == (("C1", "C91"),)


def test_siblings_who_must_live_together_are_never_split() -> None:
    required = Other(waits=True, assessed=SiblingAssessed.TOGETHER_REQUIRED, age=8)
    found = shortlist(
        Given(others=(required,), home={"registered_beds": 1}, other_homes=(another(2, registered_beds=1),))
    )
    assert found.entries == ()
    assert (
        "siblings.together" in {finding.rule for miss in found.near_misses for finding in miss.findings}
        or found.blocked
    )


def test_siblings_who_must_live_apart_never_share_a_home() -> None:
    apart = Other(waits=True, assessed=SiblingAssessed.APART_REQUIRED, age=8)
    found = shortlist(Given(others=(apart,), other_homes=(another(2),)))
    full = [ways for entry, ways in zip(found.entries, homes(found), strict=True) if not entry.left_out]
    assert sorted(map(sorted, full)) == [["H1", "H2"], ["H1", "H2"]]


def test_a_way_that_leaves_somebody_out_comes_last_and_says_whom() -> None:
    both = Given(others=(Other(waits=True, assessed=None, age=8),), home={"registered_beds": 1})
    found = shortlist(both)
    assert {entry.left_out for entry in found.entries} == {("C1",), ("C91",)}
    assert found.summary.startswith("No way places all the children; the best leaves out")


def test_every_home_can_be_asked_why_or_why_not() -> None:
    made = Given(other_homes=(another(2, approvals=(replace(TERMS, sexes=frozenset({Sex.MALE})),)),))
    asked = Shortlister(Assessor(made.pool()))
    fits, blocked = asked.why(SEARCH, 0), asked.why(SEARCH, 1)
    assert fits.verdict is Verdict.FITS
    assert fits.summary == "This home can be proposed."
    assert blocked.verdict is Verdict.NEAR_MISS
    assert blocked.summary.startswith("One rule away: A girl; approved for boys only")
    assert {finding.rule for finding in fits.findings} == {finding.rule for finding in blocked.findings}


def test_a_referral_that_does_not_wait_has_no_shortlist() -> None:
    with pytest.raises(NotWaiting):
        Shortlister(Assessor(Given().pool())).shortlist(ReferralId(UUID(int=999)))


def test_a_child_nobody_can_take_is_told_so_with_what_is_most_often_in_the_way() -> None:
    found = shortlist(Given(other_homes=(), home={"registered_beds": 1}, others=(Other(),)))
    assert found.entries == ()
    assert found.blocked[0].rule == "limit.beds"
    assert "(limit.beds)" in found.summary


@settings(max_examples=25)
@given(st.integers(0, 400))
def test_the_first_rank_is_the_least_of_all_ways_of_placing_a_child_alone(seed: int) -> None:
    pool = pool_of(small_pool(seed))
    asked = Shortlister(Assessor(pool))
    for referral in pool.referrals:
        if len(referral.asks) > 1 or referral.asks[0].child not in pool.seeker_index:
            continue
        row = pool.seeker_index[referral.asks[0].child]
        alone = [
            (levels.parted, levels.gravity, levels.points)
            for home in range(len(pool.homes))
            if asked.worth.gains(*_one(row, home)).feasible[0]
            for levels in [levels_of(asked.worth, [(home, (row,))])]
        ]
        found = asked.shortlist(referral.id, most=3).entries
        assert bool(found) == bool(alone)
        if found:
            assert found[0].points == min(alone)[2]


def _one(row: int, home: int) -> tuple[Indices, Indices]:
    return intake_arrays([(home, (row,))])


def worth_of(pool: Pool) -> Worth:
    assessor = Assessor(pool)
    return Worth(assessor, candidates_of(assessor))


@settings(max_examples=25)
@given(st.integers(0, 400))
def test_what_would_have_been_done_without_a_plan_breaks_no_rule_either(seed: int) -> None:
    pool = pool_of(small_pool(seed))
    worth = worth_of(pool)
    for plan in (first_come_first_served(worth), in_house_first(worth)):
        assert faults(pool, plan, worth.policy) == ()


def test_in_house_first_passes_over_a_nearer_agency_home() -> None:
    made = Given(other_homes=(another(9, sector=Sector.IN_HOUSE),))
    worth = worth_of(made.pool())
    assert first_come_first_served(worth).home_of[CHILD] == HOME
    assert in_house_first(worth).home_of[CHILD] == another(9).id


def test_faults_names_what_is_wrong_with_a_plan() -> None:
    made = Given(other_homes=(another(2, approvals=(replace(TERMS, ages=AgeRange(0, 5)),)),))
    pool = made.pool()
    worth = worth_of(pool)
    good = plan_of(worth, [(0, (0,))])
    wrong_home = Plan((Intake(another(2).id, (CHILD,)),), good.levels)
    twice = Plan((Intake(HOME, (CHILD,)), Intake(another(2).id, (CHILD,))), good.levels)
    policy = worth.policy
    assert faults(pool, good, policy) == ()
    assert [fault.what for fault in faults(pool, wrong_home, policy)] == ["A rule does not allow this intake"]
    assert [fault.what for fault in faults(pool, twice, policy)] == ["A child is proposed twice"]
    assert faults(pool, replace(good, levels=plan_of(worth, []).levels), policy)[0].what.startswith("The plan says")
    assert faults(pool, Plan((Intake(HOME, ()),), good.levels), policy)[0].what == "An intake of nobody"
    strangers = Plan((Intake(HomeId(UUID(int=1)), (CHILD,)),), good.levels)
    assert faults(pool, strangers, policy)[0].what == "A home or child is not in the pool"
    again = Plan((Intake(HOME, (CHILD,)), Intake(HOME, (CHILD,))), good.levels)
    assert {fault.what for fault in faults(pool, again, policy)} == {
        "A child is proposed twice",
        "A home has two intakes",
    }
    pair = frozenset({(CHILD, HOME)})
    assert faults(pool, good, policy, Wishes(forbidden=pair))[0].what == "A forbidden pairing is proposed"
    none = plan_of(worth, [])
    assert faults(pool, none, policy, Wishes(pinned=pair))[0].what == "A pinned pairing is not proposed"
