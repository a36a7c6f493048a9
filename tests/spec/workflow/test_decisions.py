"""A named person decides, with the child's view on record, and gives a reason where the choice needs one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from matching.codes import ViewAsked
from matching.errors import Invalid
from matching.explanations import Finding, Verdict
from matching.referrals import ChildView
from matching.values import DecisionId, RecommendationId
from matching.workflow.decisions import (
    CannotDecide,
    Decision,
    ReasonNeeded,
    Recommendation,
    Shown,
    ShownHome,
    ShownPlacing,
    ShownWay,
    checked_view,
    reasons_needed,
    refuse_unless_decidable,
)
from matching.workflow.roles import Role
from tests.spec.workflow.examples import ANN, BEN, COUNTY, ELM, NOW, OAK, SEARCH, TODAY

BOTH = ("C-1", "C-2")
WAYS = (
    ShownWay(1, (ShownPlacing("H-1", BOTH),), 120, 0, 42_000),
    ShownWay(2, (ShownPlacing("H-1", ("C-1",)), ShownPlacing("H-2", ("C-2",))), 90, 1, 80_000),
)


def at(home: str, *children: str, verdict: Verdict = Verdict.FITS, connected: str = "not-applicable") -> ShownHome:
    passed = Finding("hierarchy.connected-first", "Connected first", connected, "-", None, None, None, None, ())
    return ShownHome(home, children, verdict, (passed,), 120, 42_000)


def shown(*chosen: ShownHome) -> Shown:
    return Shown(as_of=TODAY, run=None, summary="2 ways", ways=WAYS, chosen=chosen or (at("H-1", *BOTH),))


def decision(**said: Any) -> Decision:
    values: dict[str, Any] = {
        "id": DecisionId(UUID(int=1)),
        "authority": COUNTY,
        "referral": SEARCH,
        "chosen": {ANN: ELM, BEN: ELM},
        "decided_by": "staff-4",
        "role": Role.TEAM_MANAGER,
        "at": NOW,
        "reasons": {},
        "views": {ANN: ViewAsked.ASKED, BEN: ViewAsked.TOO_YOUNG},
        "recommendation": None,
        "shown": shown(),
    }
    return Decision(**(values | said))


WILLING = {ANN: frozenset({ELM}), BEN: frozenset({ELM})}


def faults(made: Decision, willing: Any = WILLING) -> set[str]:
    with pytest.raises(CannotDecide) as refused:
        refuse_unless_decidable(made, (ANN, BEN), willing)
    return {fault.field for fault in refused.value.faults}


def test_the_first_rank_for_children_with_views_in_a_willing_home_may_be_decided() -> None:
    refuse_unless_decidable(decision(), (ANN, BEN), WILLING)
    assert decision().shown.rank == 1
    assert reasons_needed(shown()) == frozenset()


def test_a_decision_is_refused_without_the_childs_view_or_why_it_could_not_be_had() -> None:
    assert faults(decision(views={ANN: ViewAsked.NOT_YET, BEN: ViewAsked.TOO_YOUNG})) == {"child_view"}
    assert faults(decision(views={ANN: ViewAsked.ASKED})) == {"child_view"}


def test_a_decision_is_a_named_persons() -> None:
    assert faults(decision(decided_by=" ")) == {"decided_by"}


def test_every_child_needs_a_home_and_every_home_has_said_yes() -> None:
    assert faults(decision(chosen={ANN: ELM})) == {"chosen"}
    assert faults(decision(), {}) == {"chosen"}
    assert faults(decision(), {ANN: frozenset({OAK}), BEN: frozenset({ELM})}) == {"chosen"}


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.NEAR_MISS, Verdict.TO_CHECK])
def test_a_home_that_may_not_be_proposed_cannot_be_decided_for(verdict: Verdict) -> None:
    assert faults(decision(shown=shown(at("H-1", *BOTH, verdict=verdict)))) == {"chosen"}


def test_other_than_the_first_rank_splitting_siblings_and_passing_over_a_connected_carer_need_a_reason() -> None:
    second = shown(at("H-2", "C-2", connected="scored"), at("H-1", "C-1"))
    assert second.rank == 2
    made = decision(chosen={ANN: ELM, BEN: OAK}, shown=second)
    willing = {ANN: frozenset({ELM}), BEN: frozenset({OAK})}
    assert faults(made, willing) == {f"reasons/{why}" for why in ReasonNeeded}
    said = replace(made, reasons=dict.fromkeys(ReasonNeeded, "As agreed at the meeting"))
    refuse_unless_decidable(said, (ANN, BEN), willing)


def test_a_choice_that_was_not_among_the_ways_shown_has_no_rank_and_needs_a_reason() -> None:
    elsewhere = shown(at("H-9", *BOTH))
    assert elsewhere.rank is None
    assert reasons_needed(elsewhere) == {ReasonNeeded.OTHER_THAN_FIRST}


def test_every_fault_is_named_at_once() -> None:
    made = decision(decided_by="", views={}, chosen={}, shown=shown(at("H-9", *BOTH)))
    assert faults(made) == {"decided_by", "child_view", "chosen", "reasons/other-than-first-rank"}


def test_a_recommendation_names_homes_a_person_and_a_reason() -> None:
    with pytest.raises(Invalid) as refused:
        Recommendation(
            id=RecommendationId(UUID(int=2)), authority=COUNTY, referral=SEARCH, chosen={}, reason="", by=" ", at=NOW
        )
    assert [fault.field for fault in refused.value.faults] == ["chosen", "by", "reason"]


def test_a_view_says_what_the_child_said_or_why_the_child_was_not_asked() -> None:
    for good in (
        ChildView(ViewAsked.ASKED, said="Near nan"),
        ChildView(ViewAsked.ASKED, people_wanted="Nan"),
        ChildView(ViewAsked.TOO_YOUNG),
    ):
        assert checked_view(good) is good
    with pytest.raises(Invalid, match="nothing is recorded"):
        checked_view(ChildView(ViewAsked.ASKED, said=" "))
    with pytest.raises(Invalid, match="Whether the child was asked is not said"):
        checked_view(ChildView())
