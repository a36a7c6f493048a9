"""A home that is asked sees what it needs to answer, and nothing that says who the child is."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from matching.errors import Invalid
from matching.needs import DomainFinding, NeedsProfile
from matching.values import FrameworkId, OfferId, ProfileId
from matching.workflow.offers import DeclineReason, enquiry, taught
from matching.workflow.states import OfferState
from tests.spec.workflow.examples import ANN, BEN, CHILDREN, ELM, NOW, OAK, TODAY, offer, referral

PROFILE = NeedsProfile(
    id=ProfileId(UUID(int=5)),
    child=ANN,
    external_ref="N-1",
    framework=FrameworkId(UUID(int=6)),
    made_on=TODAY,
    author="social-worker-3",
    review_due=TODAY + timedelta(days=180),
    findings=(DomainFinding("health", 2, evidence="Private words"),),
)


def test_a_home_sees_ages_needs_and_nights() -> None:
    seen = enquiry(referral(), CHILDREN, {ANN: PROFILE}, (ANN, BEN))
    assert [(child.letter, child.age, dict(child.needs)) for child in seen.children] == [
        ("A", 9, {"health": 2}),
        ("B", 4, {}),
    ]
    assert seen.first_night == date(2026, 6, 15)
    assert seen.siblings_elsewhere == 0


def test_a_home_is_told_that_there_are_siblings_who_are_not_offered_to_it() -> None:
    assert enquiry(referral(), CHILDREN, {}, (BEN,)).siblings_elsewhere == 1


def test_a_home_sees_no_identifier_no_reference_no_date_of_birth_and_no_words() -> None:
    seen = str(asdict(enquiry(referral(), CHILDREN, {ANN: PROFILE}, (ANN, BEN))))
    for secret in (str(ANN), str(ANN.int), "C-1", "2017", "S-1", "Private words", "With my brother", "social-worker"):
        assert secret not in seen


def test_an_offer_nobody_answered_in_time_has_expired_without_anybody_noticing() -> None:
    asked = offer()
    assert asked.state_at(asked.answer_by - timedelta(seconds=1)) is OfferState.MADE
    assert asked.state_at(asked.answer_by) is OfferState.EXPIRED
    assert replace(asked, state=OfferState.WILLING).state_at(asked.answer_by) is OfferState.WILLING


def test_a_home_that_declines_says_why_and_no_other_does() -> None:
    with pytest.raises(Invalid, match="A home that declines says why"):
        offer(OfferState.DECLINED)
    with pytest.raises(Invalid, match="A home that declines says why"):
        offer(OfferState.WILLING, declined_for=DeclineReason.PETS)


def test_an_offer_is_of_somebody_and_is_to_be_answered_later_than_it_is_made() -> None:
    with pytest.raises(Invalid, match="Nobody is named"):
        offer(children=())
    with pytest.raises(Invalid, match="wanted before it is asked"):
        offer(answer_by=NOW - timedelta(days=1))


def test_declines_teach_by_home_and_reason_the_most_frequent_first() -> None:
    said = [
        (ELM, DeclineReason.RISK, 9),
        (ELM, DeclineReason.PETS, 5),
        (ELM, DeclineReason.RISK, 2),
        (OAK, DeclineReason.AGE, 1),
    ]
    declined = [
        offer(
            OfferState.DECLINED,
            id=OfferId(UUID(int=100 + at)),
            home=home,
            declined_for=why,
            answered_at=NOW - timedelta(days=days),
        )
        for at, (home, why, days) in enumerate(said)
    ]
    lessons = taught([*declined, offer()])
    assert [(one.home, one.reason, one.times) for one in lessons] == [
        (ELM, DeclineReason.RISK, 2),
        (ELM, DeclineReason.PETS, 1),
        (OAK, DeclineReason.AGE, 1),
    ]
    assert lessons[0].last == NOW - timedelta(days=2)
