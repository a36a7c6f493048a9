"""Identifiers and references of an invented authority: each follows from a number, so that they never change."""

from __future__ import annotations

from dataclasses import dataclass

from matching.synthetic.chance import invented_id
from matching.values import (
    AuthorityCode,
    AuthorityId,
    ChildId,
    HoldId,
    HomeId,
    PlacementId,
    ProfileId,
    ProviderId,
    ReferralId,
    RegionId,
    SiblingGroupId,
)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of one authority's records."""

    code: AuthorityCode

    @property
    def authority(self) -> AuthorityId:
        """The authority itself."""
        return AuthorityId(invented_id("authority", self.code))

    @property
    def region(self) -> RegionId:
        """Its region."""
        return RegionId(invented_id("region", self.code))

    def provider(self, name: str) -> ProviderId:
        """A provider, by name."""
        return ProviderId(invented_id(self.code, "provider", name))

    def home(self, number: int) -> HomeId:
        """A home, by number."""
        return HomeId(invented_id(self.code, "home", number))

    def home_ref(self, number: int) -> str:
        """What the authority calls a home."""
        return f"H{number + 1:05d}"

    def child(self, number: int) -> ChildId:
        """A child, by number."""
        return ChildId(invented_id(self.code, "child", number))

    def child_ref(self, number: int) -> str:
        """What the authority calls a child."""
        return f"C{number + 1:06d}"

    def group(self, number: int) -> SiblingGroupId:
        """A sibling group."""
        return SiblingGroupId(invented_id(self.code, "sibling-group", number))

    def profile(self, child: int, number: int) -> ProfileId:
        """A child's profile, the oldest numbered 0."""
        return ProfileId(invented_id(self.code, "profile", child, number))

    def placement(self, number: int) -> PlacementId:
        """A placement."""
        return PlacementId(invented_id(self.code, "placement", number))

    def referral(self, number: int) -> ReferralId:
        """A referral."""
        return ReferralId(invented_id(self.code, "referral", number))

    def hold(self, number: int) -> HoldId:
        """A hold."""
        return HoldId(invented_id(self.code, "hold", number))
