"""Availability, as a specification."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from matching.codes import AvailabilityState, HomeKind, OnHoldReason
from matching.homes import Availability
from matching.values import HomeId
from tests.spec.building import Given
from tests.spec.ordinary import A_HOME, HOME, days
from tests.spec.rules.examples import BLOCKED, CHECK, DOES_NOT_APPLY, FLAGGED, MET, Example


def state(state: AvailabilityState, from_day: int | None = None, until: int | None = None) -> dict[str, object]:
    """A home in a state from and until some days from today."""
    ends = (None if from_day is None else days(from_day), None if until is None else days(until))
    return {"availability": Availability(state, OnHoldReason.ILLNESS if state is ON_HOLD else None, *ends)}


def confirmed(ago: int) -> dict[str, object]:
    """A home that somebody last confirmed so many days ago."""
    return {"availability": Availability(last_confirmed=days(-ago))}


ON_HOLD, CLOSING, FULL = AvailabilityState.ON_HOLD, AvailabilityState.CLOSING, AvailabilityState.FULL
ELSEWHERE = replace(A_HOME, id=HomeId(UUID(int=600)), external_ref="H600")
NEXT_WEEK = {"wanted_by": days(7)}
BRIEFLY = {"expected_nights": 5}
REVIEW = "Annual review of the carers"
CHECKS = "Disclosure and Barring Service checks of the household"

# one row for each example
# fmt: off
EXAMPLES = (
    Example("availability.matchable", "the home is available", Given(), MET, "Available"),
    Example("availability.matchable", "the home is on hold", Given(home=state(ON_HOLD, None, 10)), BLOCKED, "On hold (illness) until 20 June 2026"),
    Example("availability.matchable", "the home is on hold, nobody knows until when", Given(home=state(ON_HOLD)), BLOCKED, "On hold (illness), no date given"),
    Example("availability.matchable", "the hold ends before the first night", Given(home=state(ON_HOLD, None, 5), search=NEXT_WEEK), MET, "On hold (illness) until 15 June 2026"),
    Example("availability.matchable", "the hold begins after the first night", Given(home=state(ON_HOLD, 5, 10)), MET, "On hold (illness) from 15 June 2026 until 20 June 2026"),
    Example("availability.matchable", "the home says it is full", Given(home=state(FULL)), BLOCKED, "Full, no date given"),
    Example("availability.matchable", "the home closes before the stay ends", Given(home=state(CLOSING, None, 30)), BLOCKED, "Closing on 10 July 2026"),
    Example("availability.matchable", "the home closes after the stay ends", Given(home=state(CLOSING, None, 30), search=BRIEFLY), MET, "Closing on 10 July 2026"),
    Example("availability.matchable", "the home closes, nobody knows when", Given(home=state(CLOSING), search=BRIEFLY), BLOCKED, "Closing, no date given"),
    Example("availability.another-home", "the child comes from elsewhere", Given(), MET, "The child lives elsewhere"),
    Example("availability.another-home", "the child has to leave this very home", Given(lives_in=HOME), BLOCKED, "The child lives here now"),
    Example("availability.another-home", "the child has to leave another home", Given(lives_in=ELSEWHERE.id, other_homes=(ELSEWHERE,)), MET, "The child lives elsewhere"),
    Example("availability.fresh", "confirmed today", Given(), MET, "Confirmed today"),
    Example("availability.fresh", "confirmed a fortnight ago", Given(home=confirmed(14)), MET, "Last confirmed 14 days ago"),
    Example("availability.fresh", "confirmed three weeks ago", Given(home=confirmed(21)), FLAGGED, "Last confirmed 21 days ago"),
    Example("availability.fresh", "confirmed a week ago, where the authority asks for five days", Given(home=confirmed(7), parameters={"confirmed_within_days": 5}), FLAGGED, "Last confirmed 7 days ago"),
    Example("availability.fresh", "never confirmed", Given(home={"availability": Availability()}), CHECK, "Nobody has confirmed what the home can offer"),
    Example("availability.annual-review", "the review is in date", Given(), MET, f"{REVIEW}: due on 18 September 2026"),
    Example("availability.annual-review", "the review is overdue", Given(home={"annual_review_due": days(-9)}), FLAGGED, f"{REVIEW}: overdue since 1 June 2026"),
    Example("availability.annual-review", "nobody has recorded when it is due", Given(home={"annual_review_due": None}), CHECK, f"{REVIEW}: when due is not recorded"),
    Example("availability.annual-review", "a children's home has none", Given(home={"kind": HomeKind.CHILDRENS_HOME}), DOES_NOT_APPLY, f"{REVIEW}: due on 18 September 2026"),
    Example("availability.dbs", "the checks are in date", Given(), MET, f"{CHECKS}: due on 23 October 2027"),
    Example("availability.dbs", "the checks run out before the first night", Given(home={"dbs_due": days(3)}, search=NEXT_WEEK), FLAGGED, f"{CHECKS}: due on 13 June 2026, before the first night"),
    Example("availability.dbs", "nobody has recorded when they are due", Given(home={"dbs_due": None}), CHECK, f"{CHECKS}: when due is not recorded"),
    Example("availability.dbs", "a children's home: its staff are the provider's to check", Given(home={"kind": HomeKind.CHILDRENS_HOME, "dbs_due": None}), DOES_NOT_APPLY, f"{CHECKS}: when due is not recorded"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_availability(example: Example) -> None:
    example.check()
