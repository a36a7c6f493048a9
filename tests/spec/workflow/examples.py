"""Invented children, homes and searches for the specification of the workflow; nobody real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from matching.codes import ExpectedLength, HomeKind, SearchKind, Sector, Sex, SignOffRole, Skill, ViewAsked
from matching.homes import Home
from matching.people import Child
from matching.placements import Hold, Placement, PlacementState
from matching.places import Place
from matching.referrals import Asks, ChildView, Referral, ReferralState
from matching.rules.model import Deadline
from matching.values import (
    AuthorityId,
    ChildId,
    HoldId,
    HomeId,
    OfferId,
    PlacementId,
    ProviderId,
    ReferralId,
    SiblingGroupId,
    SignOffId,
)
from matching.workflow.offers import Offer, enquiry
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import OfferState, SignOffState

COUNTY = AuthorityId(UUID(int=1))
TODAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
ANN, BEN = ChildId(UUID(int=11)), ChildId(UUID(int=12))
ELM, OAK = HomeId(UUID(int=21)), HomeId(UUID(int=22))
SEARCH = ReferralId(UUID(int=31))

CHILDREN = (
    Child(id=ANN, authority=COUNTY, external_ref="C-1", born=date(2017, 3, 2), sex=Sex.FEMALE),
    Child(id=BEN, authority=COUNTY, external_ref="C-2", born=date(2022, 6, 11), sex=Sex.MALE),
)


def asks(child: ChildId, **said: Any) -> Asks:
    """What is asked for one child, with the child's view on record."""
    said.setdefault("view", ChildView(ViewAsked.ASKED, said="With my brother"))
    return Asks(child=child, skills=frozenset({Skill.AUTISM}), **said)


def referral(*children: ChildId, **said: Any) -> Referral:
    """A search that is under way."""
    values: dict[str, Any] = {
        "id": SEARCH,
        "authority": COUNTY,
        "external_ref": "S-1",
        "state": ReferralState.OFFERED,
        "kind": SearchKind.PLANNED,
        "opened": NOW - timedelta(days=3),
        "wanted_by": TODAY + timedelta(days=5),
        "length": ExpectedLength.SHORT_TERM,
        "asks": tuple(asks(child) for child in children or (ANN, BEN)),
        "sibling_group": SiblingGroupId(UUID(int=41)),
    }
    return Referral(**(values | said))


def home(**said: Any) -> Home:
    """A fostering household."""
    values: dict[str, Any] = {
        "id": ELM,
        "authority": COUNTY,
        "external_ref": "H-1",
        "provider": ProviderId(UUID(int=51)),
        "sector": Sector.IN_HOUSE,
        "kind": HomeKind.FOSTERING_MAINSTREAM,
        "place": Place("NR1 1AA"),
    }
    return Home(**(values | said))


def offer(state: OfferState = OfferState.MADE, **said: Any) -> Offer:
    """An offer of both children to one home, to be answered by tomorrow."""
    search = referral()
    values: dict[str, Any] = {
        "id": OfferId(UUID(int=61)),
        "authority": COUNTY,
        "referral": SEARCH,
        "home": ELM,
        "provider": ProviderId(UUID(int=51)),
        "children": (ANN, BEN),
        "enquiry": enquiry(search, CHILDREN, {}, (ANN, BEN)),
        "state": state,
        "made_at": NOW - timedelta(hours=1),
        "answer_by": NOW + timedelta(days=1),
    }
    return Offer(**(values | said))


def sign_off(state: SignOffState = SignOffState.REQUESTED, **said: Any) -> SignOff:
    """The nominated officer asked about a home outside the area."""
    answered = state in (SignOffState.AGREED, SignOffState.REFUSED)
    values: dict[str, Any] = {
        "id": SignOffId(UUID(int=71)),
        "authority": COUNTY,
        "referral": SEARCH,
        "home": ELM,
        "child": ANN,
        "rule": "place.area",
        "says": "The home stands inside the authority's area",
        "facts": "12.0 miles from home, outside the area",
        "sources": ("Children Act 1989 s22C(9)",),
        "role": SignOffRole.NOMINATED_OFFICER,
        "deadline": Deadline.BEFORE_START,
        "first_night": TODAY + timedelta(days=5),
        "state": state,
        "requested_at": NOW - timedelta(hours=2),
        "answered_by": "staff-7" if answered else None,
        "reason": "Too far from school" if state is SignOffState.REFUSED else "",
    }
    return SignOff(**(values | said))


def placement(**said: Any) -> Placement:
    """A placement that started today."""
    values: dict[str, Any] = {
        "id": PlacementId(UUID(int=81)),
        "authority": COUNTY,
        "external_ref": "P-1",
        "child": ANN,
        "home": ELM,
        "state": PlacementState.STARTED,
        "starts": TODAY,
    }
    return Placement(**(values | said))


def hold(**said: Any) -> Hold:
    """A bed held for a day."""
    made = Hold(
        id=HoldId(UUID(int=91)),
        authority=COUNTY,
        home=ELM,
        referral=SEARCH,
        child=ANN,
        first_night=TODAY,
        last_morning=None,
        held_until=NOW + timedelta(hours=20),
    )
    return replace(made, **said)
