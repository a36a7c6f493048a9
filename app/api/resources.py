"""Each noun of the API: how it is filtered and sorted, and what the service adds to what is on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field as JsonField

from app.api import examples
from app.api.nouns import Resource
from app.bodies.kinds import Day, Moment, Reference, text
from app.services.callers import Caller
from app.services.children import CHILDREN
from app.services.needs import PROFILES, read_framework
from app.services.office import Office
from app.services.placements import PLACEMENTS
from app.services.referrals import REFERRALS
from app.services.siblings import SIBLING_GROUPS
from app.services.supply import HOMES, PROVIDERS
from db.mapping.shapes import Stored
from matching.codes import (
    AvailabilityState,
    CarePlan,
    HomeKind,
    LegalStatus,
    NeedsBand,
    Ofsted,
    SearchKind,
    Sector,
    Sex,
)
from matching.homes import Home, Provider
from matching.needs import NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Placement, PlacementState
from matching.referrals import Referral, ReferralState
from matching.workflow.roles import Role

_OWN_REF = (Reference, "external_ref")
_STAMPS = ("created_at", "updated_at")


def _child_more(stored: Stored[Child], office: Office, caller: Caller) -> dict[str, Any]:
    del caller
    return {"age": stored.value.age_on(office.today())}


_CHILDREN: Resource[Child] = Resource(
    noun=CHILDREN,
    kind=Child,
    one="child",
    many="children",
    path="children",
    examples=examples.CHILDREN,
    filters={
        "external_ref": _OWN_REF,
        "sex": (Sex, "sex"),
        "legal_status": (LegalStatus, "legal_status"),
        "care_plan": (CarePlan, "care_plan"),
        "uasc": (bool, "uasc"),
        "born_from": (Day, "born_from"),
        "born_to": (Day, "born_to"),
    },
    sorts=("external_ref", "born", *_STAMPS),
    also_shown={"age": (int, JsonField(description="In completed years, today."))},
    more=_child_more,
)
_SIBLING_GROUPS: Resource[SiblingGroup] = Resource(
    noun=SIBLING_GROUPS,
    kind=SiblingGroup,
    one="sibling_group",
    many="sibling_groups",
    path="sibling-groups",
    examples=examples.SIBLING_GROUPS,
    filters={"external_ref": _OWN_REF},
    sorts=("external_ref", *_STAMPS),
)


def _profile_more(stored: Stored[NeedsProfile], office: Office, caller: Caller) -> dict[str, Any]:
    profile = stored.value
    framework = read_framework(office, caller, profile.framework)
    return {
        "total": framework.total(profile.levels),
        "band": framework.band(profile.levels),
        "review_overdue": profile.review_due < office.today(),
    }


_PROFILES: Resource[NeedsProfile] = Resource(
    noun=PROFILES,
    kind=NeedsProfile,
    one="needs_profile",
    many="needs_profiles",
    path="needs-profiles",
    examples=examples.PROFILES,
    filters={
        "child": (UUID, "child_id"),
        "framework": (UUID, "framework_id"),
        "made_on_from": (Day, "made_on_from"),
        "made_on_to": (Day, "made_on_to"),
        "review_due_to": (Day, "review_due_to"),
    },
    sorts=("external_ref", "made_on", "review_due", *_STAMPS),
    also_shown={
        "total": (int, JsonField(description="The levels by the framework's weights.")),
        "band": (NeedsBand, JsonField(description="The highest band whose start the total reaches.")),
        "review_overdue": (bool, JsonField(description="Whether the review was due before today.")),
    },
    more=_profile_more,
)
_PROVIDERS: Resource[Provider] = Resource(
    noun=PROVIDERS,
    kind=Provider,
    one="provider",
    many="providers",
    path="providers",
    examples=examples.PROVIDERS,
    filters={"external_ref": _OWN_REF, "sector": (Sector, "sector"), "open_concern": (bool, "open_concern")},
    sorts=("external_ref", "name", *_STAMPS),
)

_SEE_WHERE = frozenset({Role.PLACEMENTS, Role.ADMIN})
"""Roles with a need of a home's address; the others see its postcode sector."""


def _home_more(stored: Stored[Home], office: Office, caller: Caller) -> dict[str, Any]:
    del office
    home = stored.value
    where = home.place.postcode if caller.role in _SEE_WHERE else _sector(home.place.postcode)
    return {
        "postcode": where,
        "area": home.place.authority,
        "beds": home.beds,
        "own": home.authority == caller.authority,
    }


def _sector(postcode: str) -> str:
    outward, _, inward = postcode.partition(" ")
    return f"{outward} {inward[:1]}"


_HOMES: Resource[Home] = Resource(
    noun=HOMES,
    kind=Home,
    one="home",
    many="homes",
    path="homes",
    examples=examples.HOMES,
    filters={
        "external_ref": _OWN_REF,
        "kind": (HomeKind, "kind"),
        "sector": (Sector, "sector"),
        "provider": (UUID, "provider_id"),
        "availability": (AvailabilityState, "availability"),
        "ofsted": (Ofsted, "ofsted"),
        "area": (text(9, 9, "^[EW][0-9]{8}$"), "area"),
        "last_confirmed_to": (Day, "last_confirmed_to"),
        "solo_only": (bool, "solo_only"),
    },
    sorts=("external_ref", "kind", "registered_beds", *_STAMPS),
    also_shown={
        "postcode": (str, JsonField(description="Its sector only, for roles without a need of the address.")),
        "area": (str | None, JsonField(description="The code of the authority in whose area it stands.")),
        "beds": (int, JsonField(description="Effective beds.")),
        "own": (bool, JsonField(description="False for a home that another authority of the region shares.")),
    },
    more=_home_more,
)
_PLACEMENTS: Resource[Placement] = Resource(
    noun=PLACEMENTS,
    kind=Placement,
    one="placement",
    many="placements",
    path="placements",
    examples=examples.PLACEMENTS,
    filters={
        "external_ref": _OWN_REF,
        "child": (UUID, "child_id"),
        "home": (UUID, "home_id"),
        "state": (PlacementState, "state"),
        "starts_from": (Day, "starts_from"),
        "starts_to": (Day, "starts_to"),
        "planned_end_to": (Day, "planned_end_to"),
    },
    sorts=("starts", "external_ref", *_STAMPS),
)


def _referral_fixed(body: Any, before: Referral | None, at: datetime) -> dict[str, Any]:
    return {
        "state": body.state or (before.state if before else ReferralState.OPEN),
        "opened": body.opened or (before.opened if before else at),
    }


def _referral_more(stored: Stored[Referral], office: Office, caller: Caller) -> dict[str, Any]:
    del office, caller
    until: date | None = stored.value.until
    return {"reference": stored.reference, "until": until}


_REFERRALS: Resource[Referral] = Resource(
    noun=REFERRALS,
    kind=Referral,
    one="referral",
    many="referrals",
    path="referrals",
    examples=examples.REFERRALS,
    filters={
        "external_ref": _OWN_REF,
        "reference": (text(12, 3), "reference"),
        "state": (ReferralState, "state"),
        "kind": (SearchKind, "kind"),
        "wanted_by_from": (Day, "wanted_by_from"),
        "wanted_by_to": (Day, "wanted_by_to"),
        "sibling_group": (UUID, "sibling_group_id"),
    },
    sorts=("wanted_by", "opened", "reference", "external_ref", *_STAMPS),
    replaced={
        "state": (
            ReferralState | None,
            JsonField(
                None, description="draft or open to begin with (open when left out); then by the moves there are."
            ),
        ),
        "opened": (
            Moment | None,
            JsonField(None, description="When the search began; now, when left out. The longest waiting go first."),
        ),
    },
    also_shown={
        "reference": (str | None, JsonField(description="The short reference that people say aloud, R-7K3M9.")),
        "until": (date | None, JsonField(description="The morning the stay is expected to end.")),
    },
    more=_referral_more,
    fixed=_referral_fixed,
)

RESOURCES: tuple[Resource[Any], ...] = (
    _CHILDREN,
    _SIBLING_GROUPS,
    _PROFILES,
    _PROVIDERS,
    _HOMES,
    _PLACEMENTS,
    _REFERRALS,
)
"""Every noun, in an order in which each can be recorded."""
