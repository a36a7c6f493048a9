"""The closed lists about searches: what is asked, what is decided and how a placement ends."""

from __future__ import annotations

from enum import StrEnum


class SearchKind(StrEnum):
    """How the search began, and so how fast it must end."""

    PLANNED = "planned"
    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    PACE = "pace"
    REMAND = "remand"

    @property
    def is_emergency(self) -> bool:
        """Whether regulation 23 (emergency outside the terms of approval) may be asked for."""
        return self is not SearchKind.PLANNED


class ExpectedLength(StrEnum):
    """How long the child is expected to stay."""

    NIGHT = "night"
    SHORT_TERM = "short-term"
    BRIDGING = "bridging"
    UNTIL_18 = "until-18"
    SHORT_BREAKS = "short-breaks"


class Wanted(StrEnum):
    """How firmly something is asked for."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_REQUIRED = "not-required"


class LivingWith(StrEnum):
    """Which other children the child may live with."""

    SOLO = "solo"
    WITH_OTHERS = "with-others"
    ONLY_OLDER = "only-older"
    ONLY_YOUNGER = "only-younger"
    NO_PREFERENCE = "no-preference"


class OtherChildrenSex(StrEnum):
    """The sex of the other children in the home."""

    SAME_ONLY = "same-only"
    OPPOSITE_ONLY = "opposite-only"
    NO_PREFERENCE = "no-preference"


class Suitability(StrEnum):
    """What the social worker says of a setting for this child."""

    PREFERRED = "preferred"
    SUITABLE = "suitable-not-preferred"
    UNSUITABLE = "unsuitable"
    NOT_SPECIFIED = "not-specified"


class Risk(StrEnum):
    """Risks to the child, then risks the child may be to others."""

    SELF_HARM = "self-harm"
    SEXUAL_EXPLOITATION = "sexual-exploitation"
    CRIMINAL_EXPLOITATION = "criminal-exploitation"
    DRUGS_AND_ALCOHOL = "drugs-and-alcohol"
    EATING_DISORDER = "eating-disorder"
    GOING_MISSING = "going-missing"
    PHYSICAL_HARM_TO_OTHERS = "physical-harm-to-others"
    SEXUAL_HARM_TO_OTHERS = "sexual-harm-to-others"
    FIRE_SETTING = "fire-setting"
    HARM_TO_ANIMALS = "harm-to-animals"
    CRIMINAL_EXPLOITATION_OF_OTHERS = "criminal-exploitation-of-others"


RISKS_TO_OTHERS = (
    Risk.PHYSICAL_HARM_TO_OTHERS,
    Risk.SEXUAL_HARM_TO_OTHERS,
    Risk.FIRE_SETTING,
    Risk.CRIMINAL_EXPLOITATION_OF_OTHERS,
)
"""Risks that weigh on who else lives in the home; harm to animals weighs on pets instead."""


class RiskLevel(StrEnum):
    """How high a risk is."""

    NO_KNOWN = "no-known"
    LOW = "low"
    HIGH = "high"
    UNKNOWN = "unknown"


class Parent(StrEnum):
    """Which parent is to live with the baby."""

    MOTHER = "mother"
    FATHER = "father"
    BOTH = "both"


class EndReason(StrEnum):
    """Why a placement ended."""

    PLANNED = "planned"
    CARER_ASKED_BEHAVIOUR = "carer-asks-behaviour"
    CARER_ASKED_OTHER = "carer-asks-other"
    CHILD_ASKED = "child-asks"
    ALLEGATION = "allegation"
    STANDARDS_OF_CARE = "standards-of-care"
    APPROVAL_REMOVED = "approval-removed"
    CLOSURE = "closure"
    LOCAL_AUTHORITY = "local-authority"
    CUSTODY = "custody"
    OTHER = "other"


BREAKDOWN_REASONS = frozenset(
    {
        EndReason.CARER_ASKED_BEHAVIOUR,
        EndReason.CARER_ASKED_OTHER,
        EndReason.CHILD_ASKED,
        EndReason.ALLEGATION,
        EndReason.STANDARDS_OF_CARE,
    }
)
"""The default set of reasons that count as a breakdown; an authority may hold its own."""


class ViewAsked(StrEnum):
    """Whether the child has been asked, and if not, why not."""

    ASKED = "asked"
    TOO_YOUNG = "not-asked-too-young"
    NOT_IN_CONTACT = "not-asked-not-in-contact"
    TOO_URGENT = "not-asked-too-urgent"
    DECLINED = "not-asked-child-declined"
    NOT_YET = "not-yet-asked"


class SignOffRole(StrEnum):
    """Who may agree to what the rules do not allow on their own."""

    TEAM_MANAGER = "team-manager"
    REGISTERED_MANAGER = "registered-manager"
    NOMINATED_OFFICER = "nominated-officer"
    FOSTERING_PANEL = "fostering-panel"
    RESOURCE_PANEL = "resource-panel"
    AREA_AUTHORITY = "area-authority"
    DIRECTOR = "director-of-childrens-services"
