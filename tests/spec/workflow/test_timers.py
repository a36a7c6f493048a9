"""Timers come from what is on record and the day: nothing has to have run for one to be late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from matching.codes import AvailabilityState, CareType, EndReason, HomeKind
from matching.homes import ApprovalTerms, Availability, Home
from matching.needs import NeedsProfile
from matching.placements import Placement, PlacementState
from matching.rules.model import Deadline
from matching.rules.parameters import Parameters
from matching.values import FrameworkId, HomeId, Period, PlacementId, ProfileId
from matching.workflow.timers import (
    Lateness,
    TimerKind,
    Watched,
    lateness,
    next_review,
    temporary_approval_ends,
    timers,
)
from tests.spec.workflow.examples import ANN, BEN, OAK, TODAY, home, placement, referral, sign_off

FRESH = Availability(last_confirmed=TODAY)
FIRST_OF_MARCH = date(2026, 3, 1)


def watched(**said: Any) -> Watched:
    said.setdefault("homes", (home(availability=FRESH),))
    return Watched(as_of=TODAY, parameters=Parameters(TODAY), **said)


def running(**said: Any) -> list[tuple[TimerKind, date, Lateness]]:
    return [(timer.kind, timer.due, timer.lateness) for timer in timers(watched(**said))]


def connected(until: date, *, extended: bool = False) -> Home:
    terms = ApprovalTerms(period=Period(FIRST_OF_MARCH), temporary_until=until, temporary_extended=extended)
    return home(kind=HomeKind.FOSTERING_CONNECTED, approvals=(terms,), availability=FRESH)


def test_nothing_runs_where_nothing_runs_out() -> None:
    assert running(placements=(placement(),)) == []


@pytest.mark.parametrize(
    ("until", "extended", "ends"),
    [
        (date(2026, 6, 21), False, date(2026, 6, 21)),  # 16 weeks from 1 March
        (date(2026, 12, 1), False, date(2026, 6, 21)),  # never longer than the law lets it last
        (date(2026, 12, 1), True, date(2026, 8, 16)),  # 8 weeks more, once
        (date(2026, 5, 1), False, date(2026, 5, 1)),
    ],
)
def test_temporary_approval_lasts_16_weeks_and_8_more_once(until: date, extended: bool, ends: date) -> None:
    lived_in = connected(until, extended=extended)
    assert temporary_approval_ends(lived_in.approvals[0], Parameters(TODAY)) == ends
    [(kind, due, _)] = running(homes=(lived_in,), placements=(placement(),))
    assert (kind, due) == (TimerKind.TEMPORARY_APPROVAL, ends)
    assert ("extended already" in timers(watched(homes=(lived_in,), placements=(placement(),)))[0].says) is extended


def test_temporary_approval_without_a_recorded_end_ends_by_law() -> None:
    terms = ApprovalTerms(period=Period(FIRST_OF_MARCH))
    assert temporary_approval_ends(terms, Parameters(TODAY)) == date(2026, 6, 21)


def test_temporary_approval_of_a_home_nobody_lives_in_runs_no_timer() -> None:
    assert running(homes=(connected(TODAY),)) == []


def test_an_emergency_outside_the_terms_runs_for_six_working_days() -> None:
    owed = sign_off(deadline=Deadline.SIX_WORKING_DAYS, first_night=TODAY)
    expected = [(TimerKind.OUTSIDE_TERMS, date(2026, 6, 18), Lateness.SOON)]
    assert running(placements=(placement(),), sign_offs=(owed,)) == expected
    assert running(placements=(placement(),), sign_offs=(replace(owed, child=None),)) == expected
    assert running(placements=(placement(child=BEN),), sign_offs=(owed,)) == []


@pytest.mark.parametrize(
    "there",
    [
        home(kind=HomeKind.FOSTERING_EMERGENCY, availability=FRESH),
        home(bed_types=frozenset({CareType.EMERGENCY}), availability=FRESH),
    ],
)
def test_an_emergency_bed_is_for_seven_days(there: Home) -> None:
    stayed = placement(starts=TODAY - timedelta(days=8))
    assert running(homes=(there,), placements=(stayed,)) == [
        (TimerKind.EMERGENCY_BED, TODAY - timedelta(days=1), Lateness.OVERDUE)
    ]


def test_a_placement_that_is_planned_or_over_or_elsewhere_runs_no_timer() -> None:
    emergency = home(kind=HomeKind.FOSTERING_EMERGENCY, availability=FRESH)
    ended = placement(state=PlacementState.ENDED, ended=TODAY, end_reason=EndReason.PLANNED)
    others = (placement(state=PlacementState.PLANNED), ended, placement(home=OAK))
    assert running(homes=(emergency,), placements=others) == []


def test_a_vacancy_not_confirmed_for_14_days_asks_to_be() -> None:
    stale = home(availability=Availability(last_confirmed=TODAY - timedelta(days=20)))
    never = home(availability=Availability())
    shut = home(availability=Availability(state=AvailabilityState.SUSPENDED))
    assert running(homes=(stale,)) == [(TimerKind.VACANCY_NOT_CONFIRMED, TODAY - timedelta(days=6), Lateness.OVERDUE)]
    assert running(homes=(never,)) == [(TimerKind.VACANCY_NOT_CONFIRMED, TODAY, Lateness.DUE_TODAY)]
    assert running(homes=(shut,)) == []


def test_a_needs_profile_is_reviewed_when_it_is_due() -> None:
    def profile(days: int) -> NeedsProfile:
        return NeedsProfile(
            id=ProfileId(UUID(int=5)),
            child=ANN,
            external_ref="N-1",
            framework=FrameworkId(UUID(int=6)),
            made_on=TODAY - timedelta(days=180),
            author="social-worker-3",
            review_due=TODAY + timedelta(days=days),
            findings=(),
        )

    known = {ANN: "C-1"}
    assert running(profiles={ANN: profile(3)}, references=known)[0][2] is Lateness.SOON
    assert running(profiles={ANN: profile(60)}, references=known) == []
    assert running(profiles={ANN: profile(3)}) == []


def test_a_placement_is_reviewed_after_20_working_days_then_3_months_then_every_6() -> None:
    first = next_review(TODAY, TODAY)
    assert first == date(2026, 7, 8)
    assert next_review(TODAY, first) == date(2026, 10, 8)
    assert next_review(TODAY, date(2026, 10, 8)) == date(2027, 4, 8)
    followed = placement()
    assert running(placements=(followed,), reviewed={followed.id: TODAY}) == [
        (TimerKind.PLACEMENT_REVIEW, first, Lateness.RUNNING)
    ]


def broken(number: int, why: EndReason = EndReason.CHILD_ASKED) -> Placement:
    day = TODAY - timedelta(days=100 * number)
    return placement(
        id=PlacementId(UUID(int=800 + number)), state=PlacementState.ENDED, starts=day, ended=day, end_reason=why
    )


def test_two_breakdowns_ask_for_a_stability_plan_before_the_next_placement() -> None:
    search = referral(ANN)
    twice = (broken(1), broken(2))
    assert [kind for kind, _, _ in running(placements=twice, waiting=(search,))] == [TimerKind.STABILITY_PLAN]
    assert running(placements=twice[:1], waiting=(search,)) == []
    assert running(placements=(twice[0], broken(3, EndReason.PLANNED)), waiting=(search,)) == []


def test_a_stability_plan_made_since_the_last_breakdown_is_enough() -> None:
    search = referral(ANN)
    since, before = (
        replace(search, asks=(replace(search.asks[0], stability_plan_on=TODAY - timedelta(days=days)),))
        for days in (50, 150)
    )
    twice = (broken(1), broken(2))
    assert running(placements=twice, waiting=(since,)) == []
    assert len(running(placements=twice, waiting=(before,))) == 1


def test_the_longest_overdue_comes_first() -> None:
    stale = [
        home(
            id=HomeId(UUID(int=d)),
            external_ref=f"H-{d}",
            availability=Availability(last_confirmed=TODAY - timedelta(d)),
        )
        for d in (20, 90)
    ]
    assert [timer.reference for timer in timers(watched(homes=stale))] == ["H-90", "H-20"]


def test_what_is_due_is_overdue_due_today_soon_or_running() -> None:
    days = (-1, 0, 14, 15)
    assert [lateness(TODAY + timedelta(days=day), TODAY) for day in days] == list(Lateness)
