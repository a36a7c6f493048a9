"""Offers: a home is asked, told what it needs to answer and no more, and answers; its refusals teach the next search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matching.codes import (
    Access,
    Communication,
    ExpectedLength,
    Health,
    Known,
    LivingWith,
    Risk,
    RiskLevel,
    SearchKind,
    Sex,
    Skill,
    Staffing,
)
from matching.errors import Faults
from matching.needs import NeedsProfile
from matching.people import Child
from matching.referrals import Asks, Referral
from matching.values import AuthorityId, ChildId, HomeId, OfferId, ProviderId, ReferralId
from matching.workflow.states import OfferState


class DeclineReason(StrEnum):
    """Why a home says no."""

    NO_BED = "no-bed"
    MIX_WITH_CHILDREN_THERE = "mix-with-children-there"
    NEEDS_BEYOND_US = "needs-beyond-us"
    RISK = "risk"
    AGE = "age"
    SEX = "sex"
    NUMBER_OF_CHILDREN = "number-of-children"
    STAFFING = "staffing"
    SKILLS_OR_TRAINING = "skills-or-training"
    SCHOOL_OR_DISTANCE = "school-or-distance"
    TOO_SHORT_NOTICE = "too-short-notice"
    TOO_LONG_A_STAY = "too-long-a-stay"
    CARERS_NOT_AVAILABLE = "carers-not-available"
    PETS = "pets"
    PRICE = "price"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAsSeen:
    """One child as a home that is asked may see the child: no name, no number, no date of birth and no address."""

    letter: str
    """A, B, ... within the offer."""
    age: int
    sex: Sex
    needs: Mapping[str, int]
    """Level by needs domain; empty when there is no profile."""
    communication: tuple[Communication, ...]
    access: tuple[Access, ...]
    health: tuple[Health, ...]
    skills: tuple[Skill, ...]
    risks: Mapping[Risk, RiskLevel]
    staffing: Staffing
    living_with: LivingWith
    pets: Known
    in_school: Known
    school_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """All that an offer shows to a home."""

    kind: SearchKind
    first_night: date
    last_morning: date | None
    length: ExpectedLength
    children: tuple[ChildAsSeen, ...]
    siblings_elsewhere: int
    """Brothers and sisters of the search who are not in this offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One home asked whether it would take these children from a night."""

    id: OfferId
    authority: AuthorityId
    referral: ReferralId
    home: HomeId
    provider: ProviderId
    children: tuple[ChildId, ...]
    enquiry: Enquiry
    state: OfferState
    made_at: datetime
    answer_by: datetime
    """Aware UTC; unanswered by then it has expired."""
    viewed_at: datetime | None = None
    answered_at: datetime | None = None
    declined_for: DeclineReason | None = None

    def __post_init__(self) -> None:
        faults = Faults()
        faults.unless(self.children, "children", "Nobody is named", "Name at least one child of the referral")
        faults.unless(
            self.answer_by > self.made_at, "answer_by", "The answer is wanted before it is asked", "Give a later time"
        )
        faults.unless(
            (self.state is OfferState.DECLINED) == (self.declined_for is not None),
            "declined_for",
            "A home that declines says why, and no other does",
            f"Give one of: {', '.join(DeclineReason)}",
        )
        faults.raise_if_any()

    def state_at(self, now: datetime) -> OfferState:
        """The state at a moment: an offer nobody answered in time has expired, whether or not anything noticed."""
        unanswered = self.state in (OfferState.MADE, OfferState.VIEWED)
        return OfferState.EXPIRED if unanswered and self.answer_by <= now else self.state


def enquiry(
    referral: Referral, children: Iterable[Child], profiles: Mapping[ChildId, NeedsProfile], named: tuple[ChildId, ...]
) -> Enquiry:
    """What a home is shown of a referral when it is asked about the children named."""
    by_id = {child.id: child for child in children}
    asks = {ask.child: ask for ask in referral.asks}
    seen = tuple(
        _as_seen(chr(ord("A") + at), by_id[child], asks[child], profiles.get(child), referral.wanted_by)
        for at, child in enumerate(named)
    )
    return Enquiry(
        kind=referral.kind,
        first_night=referral.wanted_by,
        last_morning=referral.until,
        length=referral.length,
        children=seen,
        siblings_elsewhere=len(referral.asks) - len(named),
    )


def _as_seen(letter: str, child: Child, asks: Asks, profile: NeedsProfile | None, day: date) -> ChildAsSeen:
    return ChildAsSeen(
        letter=letter,
        age=child.age_on(day),
        sex=child.sex,
        needs={} if profile is None else dict(profile.levels),
        communication=tuple(sorted(child.communication)),
        access=tuple(sorted(child.access)),
        health=tuple(sorted(child.health)),
        skills=tuple(sorted(asks.skills)),
        risks=dict(asks.risks),
        staffing=asks.staffing,
        living_with=asks.living_with,
        pets=asks.pets,
        in_school=asks.in_school,
        school_year=asks.school_year,
    )


@dataclass(frozen=True, slots=True)
class Taught:
    """How often a home gave one reason for declining, and when last."""

    home: HomeId
    reason: DeclineReason
    times: int
    last: datetime


def taught(offers: Iterable[Offer]) -> tuple[Taught, ...]:
    """What homes' refusals teach: by home and reason, the most frequent first."""
    times: Counter[tuple[HomeId, DeclineReason]] = Counter()
    last: dict[tuple[HomeId, DeclineReason], datetime] = {}
    for offer in offers:
        if offer.declined_for is not None and offer.answered_at is not None:
            key = (offer.home, offer.declined_for)
            times[key] += 1
            last[key] = max(offer.answered_at, last.get(key, offer.answered_at))
    found = [Taught(home, reason, count, last[home, reason]) for (home, reason), count in times.items()]
    return tuple(sorted(found, key=lambda one: (one.home, -one.times, one.reason)))
