"""Everything that waits for somebody is in one list, the most urgent and oldest first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from matching.codes import SearchKind
from matching.placements import PlacementState
from matching.referrals import ChildView, ReferralState
from matching.values import OfferId, ReferralId
from matching.workflow.roles import Role
from matching.workflow.states import OfferState, SignOffState
from matching.workflow.waits import Afoot, Urgency, turn, urgency, waits
from tests.spec.workflow.examples import ANN, BEN, NOW, TODAY, asks, hold, offer, placement, referral, sign_off


def waiting(**afoot: Any) -> list[tuple[Role, str]]:
    return [(one.role, one.noun) for one in waits(Afoot(now=NOW, **afoot))]


def test_a_search_that_asks_nobody_waits_for_the_placements_team() -> None:
    assert waiting(referrals=(referral(),)) == [(Role.PLACEMENTS, "referral")]


def test_a_child_whose_view_is_not_recorded_waits_for_the_social_worker() -> None:
    unasked = referral(ANN, asks=(asks(ANN, view=ChildView()),))
    assert (Role.SOCIAL_WORKER, "referral") in waiting(referrals=(unasked,))


def test_an_offer_waits_for_the_home_until_it_has_expired() -> None:
    assert waiting(referrals=(referral(),), offers=(offer(),)) == [(Role.PROVIDER, "offer")]
    expired = offer(made_at=NOW - timedelta(days=2), answer_by=NOW)
    assert waiting(offers=(expired,)) == []


def test_a_search_with_a_willing_home_for_every_child_waits_to_be_decided() -> None:
    both = offer(OfferState.WILLING)
    assert waiting(referrals=(referral(),), offers=(both,)) == [(Role.TEAM_MANAGER, "referral")]


def test_a_search_with_a_willing_home_for_one_of_two_children_does_not() -> None:
    one = offer(OfferState.WILLING, id=OfferId(UUID(int=62)), children=(BEN,))
    assert waiting(referrals=(referral(),), offers=(one,)) == []


def test_a_hold_waits_until_it_runs_out() -> None:
    assert waiting(holds=(hold(),)) == [(Role.PLACEMENTS, "hold")]
    assert waiting(holds=(hold(held_until=NOW),)) == []


def test_a_sign_off_waits_for_the_role_it_was_asked_of() -> None:
    assert waiting(sign_offs=(sign_off(),)) == [(Role.NOMINATED_OFFICER, "sign-off")]
    assert waiting(sign_offs=(sign_off(SignOffState.AGREED),)) == []


def test_a_planned_placement_waits_for_the_child_to_move_in() -> None:
    planned = placement(state=PlacementState.PLANNED, starts=TODAY + timedelta(days=1))
    matched = referral(state=ReferralState.MATCHED)
    [wait] = waits(Afoot(now=NOW, referrals=(matched,), placements=(planned, placement())))
    assert (wait.role, wait.noun, wait.referral, wait.since) == (
        Role.SOCIAL_WORKER,
        "placement",
        matched.id,
        matched.opened,
    )
    assert waits(Afoot(now=NOW, placements=(planned,)))[0].referral is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(-1, Urgency.OVERDUE), (0, Urgency.OVERDUE), (3, Urgency.TODAY), (24, Urgency.THIS_WEEK), (24 * 8, Urgency.LATER)],
)
def test_urgency_is_how_soon_it_is_due(hours: int, expected: Urgency) -> None:
    assert urgency(NOW + timedelta(hours=hours), NOW) is expected


def test_what_is_never_due_is_least_urgent() -> None:
    assert urgency(None, NOW) is Urgency.LATER


def test_the_most_urgent_comes_first_then_the_kind_of_search_then_the_oldest() -> None:
    def search(number: int, days: int, kind: SearchKind = SearchKind.PLANNED, opened: int = 1) -> Any:
        return referral(
            id=ReferralId(UUID(int=300 + number)),
            kind=kind,
            wanted_by=TODAY + timedelta(days=days),
            opened=NOW - timedelta(days=opened),
        )

    searches = (
        search(1, 3),
        search(2, 3, opened=5),
        search(3, 3, SearchKind.SAME_DAY),
        search(4, -1),
        search(5, 90, SearchKind.PACE),
    )
    ordered = waits(Afoot(now=NOW, referrals=searches))
    assert [one.about.int - 300 for one in ordered] == [4, 3, 2, 1, 5]


def test_the_most_urgent_search_comes_first_and_then_the_oldest() -> None:
    soon, late = TODAY + timedelta(days=1), TODAY + timedelta(days=30)
    overdue = referral(wanted_by=TODAY - timedelta(days=1))
    pace = referral(wanted_by=soon, kind=SearchKind.PACE)
    older = referral(wanted_by=soon, kind=SearchKind.PLANNED, opened=NOW - timedelta(days=9))
    newer = referral(wanted_by=soon, kind=SearchKind.PLANNED, opened=NOW)
    later = referral(wanted_by=late, kind=SearchKind.PACE)
    in_turn = [overdue, pace, older, newer, later]
    mixed = [newer, later, overdue, older, pace]
    assert sorted(mixed, key=lambda one: turn(one, NOW)) == in_turn
