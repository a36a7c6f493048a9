"""Sampled days, homes that could be added, and whose need has outgrown the home."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from matching.assess import Assessor
from matching.codes import HomeKind
from matching.pool import pool_of
from matching.record_documents import digest
from matching.scenarios import AddHomes, apply
from matching.scenarios.days import sampled_day
from matching.scenarios.offers import WEEKLY, usual_offers
from matching.scenarios.rehoming import could_step_down, with_searches
from matching.scenarios.stepping import outgrown, stepping_down
from matching.shortlists import Shortlister
from matching.values import HomeId
from tests.spec.building import A_HOME, HOME, TERMS, Given, Other, at
from tests.spec.scenarios.drawn import small


def test_day_nought_is_today_and_other_days_have_as_many_children_and_the_same_homes() -> None:
    records = small(1)
    assert sampled_day(records, 0, 1) is records
    other, again, another = sampled_day(records, 1, 1), sampled_day(records, 1, 1), sampled_day(records, 2, 1)
    assert digest(other) == digest(again) != digest(another)
    assert other.homes == records.homes
    assert len(pool_of(other).seekers) == len(pool_of(records).seekers)
    assert not {one.child.id for one in pool_of(other).seekers} & {one.child.id for one in pool_of(records).seekers}


def test_the_usual_offers_can_all_be_added_and_have_a_cost() -> None:
    records = small(1)
    offers = usual_offers(records, 2)
    assert len({offer.name for offer in offers}) == len(offers)
    assert all(offer.weekly == WEEKLY[offer.adding.kind] * offer.adding.beds for offer in offers)
    more = apply(records, tuple(offer.adding for offer in offers))
    assert len(more.homes) == len(records.homes) + 2 * len(offers)


def test_homes_that_are_alike_differ_in_nothing_but_their_names() -> None:
    change = AddHomes(count=3, kind=HomeKind.FOSTERING_MAINSTREAM, alike=True)
    new = [home for home in apply(small(1), (change,)).homes if home.external_ref.startswith("new/")]
    assert len({replace(home, id=HOME, external_ref="x").external_ref for home in new}) == 1
    assert all(replace(home, id=HOME, external_ref="x") == replace(new[0], id=HOME, external_ref="x") for home in new)


def test_a_child_in_residential_care_is_matched_with_a_foster_home_that_has_a_bed() -> None:
    foster = replace(A_HOME, id=HomeId(UUID(int=99)), external_ref="H9", place=at(1), approvals=(TERMS,))
    living = Other(number=1, age=12, levels={"health": 2})
    records = Given(home={"kind": HomeKind.CHILDRENS_HOME}, others=(living,), other_homes=(foster,)).records()
    able = could_step_down(records)
    assert [child.external_ref for child, _ in able] == ["C91"]
    pool = pool_of(with_searches(records, [child for child, _ in able]))
    (one,) = stepping_down(Shortlister(Assessor(pool)), able)
    assert [match.home for match in one.matches] == ["H9"], "no residential home is proposed, and no home without a bed"
    assert one.matches[0].reasons
    assert one.matches[0].saving == (one.weekly or 0) - (one.matches[0].weekly or 0)


def test_a_placement_two_levels_short_is_listed_with_the_support_that_closes_it() -> None:
    low = dict.fromkeys(A_HOME.meets, 1)
    living = Other(number=1, age=12, levels={**dict.fromkeys(A_HOME.meets, 1), "behaviour": 3})
    (one,) = outgrown(Given(home={"meets": low}, others=(living,)).records())
    assert (one.child, one.home, one.levels_short) == ("C91", "H1", 2)
    assert one.shortfalls[0].domain == "behaviour"
    assert one.shortfalls[0].support
    assert outgrown(Given(others=(living,)).records()) == (), "where the home meets it, nothing is said"
