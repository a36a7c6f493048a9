"""Made-up records for tests of storage: the least of each noun, with whatever a test wants different."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from db.acts import Act
from db.session import Store
from matching.authorities import Authority, Region
from matching.codes import ExpectedLength, HomeKind, NeedsBand, SearchKind, Sector, Sex, ViewAsked
from matching.homes import ApprovalTerms, Home, Prices, Provider, WeeklyPrice
from matching.needs import Domain, DomainFinding, Framework, NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Hold, Placement, PlacementState
from matching.places import Place
from matching.referrals import Asks, ChildView, Referral, ReferralState
from matching.values import (
    AgeRange,
    AuthorityCode,
    AuthorityId,
    ChildId,
    FrameworkId,
    HoldId,
    HomeId,
    Pence,
    Period,
    PlacementId,
    ProfileId,
    ProviderId,
    ReferralId,
    RegionId,
    SiblingGroupId,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def act(action: str = "test", at: datetime = NOW) -> Act:
    return Act(actor="key-1", role="placements", action=action, at=at, origin="test")


def an_authority(code: str = "E10000020", **more: Any) -> Authority:
    return Authority(id=AuthorityId(uuid4()), code=AuthorityCode(code), name="Somewhere", **more)


def a_region(**more: Any) -> Region:
    return Region(id=RegionId(uuid4()), external_ref=more.pop("external_ref", "east"), name="East", **more)


def a_framework(**more: Any) -> Framework:
    domain = Domain(
        code="health",
        name="Health",
        outcome="healthy",
        descriptors=("none", "some", "more", "much", "most"),
        weight=2,
        support={2: "a nurse visits"},
    )
    starts = {band: at * 2 for at, band in enumerate(NeedsBand)}
    chosen: dict[str, Any] = {
        "id": FrameworkId(uuid4()),
        "authority": None,
        "code": "default",
        "version": 1,
        "name": "Default",
        "domains": (domain,),
        "band_starts": starts,
    }
    return Framework(**chosen | more)


def a_child(authority: Authority, **more: Any) -> Child:
    chosen: dict[str, Any] = {
        "id": ChildId(uuid4()),
        "authority": authority.id,
        "external_ref": f"C{uuid4().hex[:8]}",
        "born": date(2014, 2, 28),
        "sex": Sex.FEMALE,
    }
    return Child(**chosen | more)


def a_profile(child: Child, framework: Framework, **more: Any) -> NeedsProfile:
    chosen: dict[str, Any] = {
        "id": ProfileId(uuid4()),
        "child": child.id,
        "external_ref": f"N{uuid4().hex[:8]}",
        "framework": framework.id,
        "made_on": date(2026, 6, 1),
        "author": "social worker 12",
        "review_due": date(2026, 12, 1),
        "findings": (DomainFinding("health", 2, "swims", "letter of May", "I like swimming"),),
    }
    return NeedsProfile(**chosen | more)


def a_provider(authority: Authority, **more: Any) -> Provider:
    chosen: dict[str, Any] = {
        "id": ProviderId(uuid4()),
        "authority": authority.id,
        "external_ref": f"P{uuid4().hex[:8]}",
        "name": "Some Fostering",
        "sector": Sector.INDEPENDENT_AGENCY,
    }
    return Provider(**chosen | more)


def a_home(provider: Provider, **more: Any) -> Home:
    terms = ApprovalTerms(period=Period(date(2020, 1, 1)), ages=AgeRange(0, 17), number=3)
    chosen: dict[str, Any] = {
        "id": HomeId(uuid4()),
        "authority": provider.authority,
        "external_ref": f"H{uuid4().hex[:8]}",
        "provider": provider.id,
        "sector": provider.sector,
        "kind": HomeKind.FOSTERING_MAINSTREAM,
        "place": Place("NR1 3"),
        "registered_beds": 1,
        "approvals": (terms,),
        "prices": Prices(base=(WeeklyPrice(AgeRange(0, 17), NeedsBand.UNIVERSAL, Pence(420_00)),)),
    }
    return Home(**chosen | more)


def a_referral(*children: Child, **more: Any) -> Referral:
    view = ChildView(asked=ViewAsked.ASKED, said="near my nan")
    chosen: dict[str, Any] = {
        "id": ReferralId(uuid4()),
        "authority": children[0].authority,
        "external_ref": f"S{uuid4().hex[:8]}",
        "state": ReferralState.OPEN,
        "kind": SearchKind.PLANNED,
        "opened": NOW,
        "wanted_by": TODAY,
        "length": ExpectedLength.SHORT_TERM,
        "asks": tuple(Asks(child=child.id, view=view) for child in children),
    }
    return Referral(**chosen | more)


def a_group(*children: Child, **more: Any) -> SiblingGroup:
    chosen: dict[str, Any] = {
        "id": SiblingGroupId(uuid4()),
        "authority": children[0].authority,
        "external_ref": f"G{uuid4().hex[:8]}",
        "members": tuple(child.id for child in children),
    }
    return SiblingGroup(**chosen | more)


def a_placement(child: Child, home: Home, **more: Any) -> Placement:
    chosen: dict[str, Any] = {
        "id": PlacementId(uuid4()),
        "authority": child.authority,
        "external_ref": f"L{uuid4().hex[:8]}",
        "child": child.id,
        "home": home.id,
        "state": PlacementState.STARTED,
        "starts": date(2026, 1, 10),
    }
    return Placement(**chosen | more)


def a_hold(referral: Referral, home: Home, **more: Any) -> Hold:
    chosen: dict[str, Any] = {
        "id": HoldId(uuid4()),
        "authority": referral.authority,
        "home": home.id,
        "referral": referral.id,
        "child": referral.asks[0].child,
        "first_night": TODAY,
        "last_morning": None,
        "held_until": datetime(2026, 11, 23, 16, 0, tzinfo=UTC),
    }
    return Hold(**chosen | more)


def recorded(store: Store, code: str = "E10000020", region: Region | None = None) -> Authority:
    """An authority on record, in a region when one is given."""
    authority = an_authority(code, region=None if region is None else region.id)
    with store.writing() as work:
        if region is not None and work.regions.find(region.external_ref) is None:
            work.regions.add(region, act())
        work.authorities.add(authority, act())
    return authority
