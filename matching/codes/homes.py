"""The closed lists about homes: kinds, who runs them, what they offer."""

from __future__ import annotations

from enum import StrEnum


class Setting(StrEnum):
    """What a home is registered as, in the broad sense that the suitability question uses."""

    FOSTERING = "fostering"
    RESIDENTIAL = "residential"
    SUPPORTED = "supported"
    SECURE = "secure"
    STAYING_PUT = "staying-put"


class HomeKind(StrEnum):
    """Every kind of home that a child in care, or leaving it, may live in."""

    FOSTERING_MAINSTREAM = "fostering-mainstream"
    FOSTERING_ENHANCED = "fostering-enhanced"
    FOSTERING_CONNECTED = "fostering-connected"
    FOSTERING_SHORT_BREAK = "fostering-short-break"
    FOSTERING_PARENT_AND_CHILD = "fostering-parent-and-child"
    FOSTERING_PACE = "fostering-pace"
    FOSTERING_EMERGENCY = "fostering-emergency"
    FOSTERING_REMAND = "fostering-remand"
    FOSTERING_MOCKINGBIRD_HUB = "fostering-mockingbird-hub"
    FOSTERING_MOCKINGBIRD_SATELLITE = "fostering-mockingbird-satellite"
    CHILDRENS_HOME = "childrens-home"
    CHILDRENS_HOME_WITH_EDUCATION = "childrens-home-with-education"
    CHILDRENS_HOME_SOLO_OR_DUAL = "childrens-home-solo-or-dual"
    CHILDRENS_HOME_EMERGENCY = "childrens-home-emergency"
    CHILDRENS_HOME_ASSESSMENT = "childrens-home-assessment"
    CHILDRENS_HOME_SHORT_BREAK = "childrens-home-short-break"
    RESIDENTIAL_SCHOOL_38_WEEK = "residential-school-38-week"
    RESIDENTIAL_SCHOOL_52_WEEK = "residential-school-52-week"
    RESIDENTIAL_PARENT_AND_CHILD = "residential-parent-and-child"
    TERM_TIME_BOARDING = "term-time-boarding"
    SECURE = "secure"
    SUPPORTED_SINGLE_OCCUPANCY = "supported-single-occupancy"
    SUPPORTED_SHARED_RINGFENCED = "supported-shared-ringfenced"
    SUPPORTED_SHARED_NON_RINGFENCED = "supported-shared-non-ringfenced"
    SUPPORTED_PRIVATE_RESIDENCE = "supported-private-residence"
    SUPPORTED_LODGINGS = "supported-lodgings"
    STAYING_PUT = "staying-put"

    @property
    def setting(self) -> Setting:
        """The broad setting that this kind belongs to."""
        return _SETTING_OF[self]


_SETTING_BY_PREFIX = {
    "fostering": Setting.FOSTERING,
    "childrens": Setting.RESIDENTIAL,
    "residential": Setting.RESIDENTIAL,
    "term": Setting.RESIDENTIAL,
    "secure": Setting.SECURE,
    "supported": Setting.SUPPORTED,
    "staying": Setting.STAYING_PUT,
}
_SETTING_OF = {kind: _SETTING_BY_PREFIX[kind.value.split("-", 1)[0]] for kind in HomeKind}


class Sector(StrEnum):
    """Who runs the home; the statutory PLACE_PROVIDER codes map onto these."""

    IN_HOUSE = "in-house"
    OTHER_AUTHORITY = "other-authority"
    INDEPENDENT_AGENCY = "independent-agency"
    PRIVATE = "private"
    VOLUNTARY = "voluntary"


class Contract(StrEnum):
    """Block: the bed is paid for whether used or not. Spot: paid for when used."""

    BLOCK = "block"
    SPOT = "spot"


class Ofsted(StrEnum):
    """Overall judgement at the last full inspection."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    INADEQUATE = "inadequate"
    NOT_YET_INSPECTED = "not-yet-inspected"


class CareType(StrEnum):
    """The types of care that terms of approval, or a bed, may be for."""

    SHORT_TERM = "short-term"
    LONG_TERM = "long-term"
    BRIDGING = "bridging"
    EMERGENCY = "emergency"
    SHORT_BREAKS = "short-breaks"
    PARENT_AND_CHILD = "parent-and-child"
    PACE = "pace"
    REMAND = "remand"
    UASC_ARRIVAL = "uasc-arrival"


class Staffing(StrEnum):
    """The least staffing ratio the child needs, in rising order."""

    NOT_APPLICABLE = "not-applicable"
    NOT_SPECIFIED = "not-specified"
    STANDARD = "standard"
    ONE_TO_ONE = "1:1"
    TWO_TO_ONE = "2:1"
    MORE_THAN_TWO_TO_ONE = "more-than-2:1"


class AvailabilityState(StrEnum):
    """Whether a home may be asked at all, apart from how many beds it has."""

    AVAILABLE = "available"
    ON_HOLD = "on-hold"
    FULL = "full"
    SUSPENDED = "suspended"
    CLOSING = "closing"


class OnHoldReason(StrEnum):
    """Why a home is on hold."""

    FAMILY_CIRCUMSTANCES = "family-circumstances"
    ILLNESS = "illness"
    NEEDS_OF_CHILD_IN_PLACEMENT = "needs-of-child-in-placement"
    ALLEGATION = "allegation"
    OTHER = "other"


class EffectiveBedsReason(StrEnum):
    """Why a home takes fewer children than it is registered for."""

    GROUP_DYNAMIC = "group-dynamic-risk-assessment"
    SINGLE_PLACEMENT = "single-placement-decision"
    STAFFING = "staffing"
    BUILDING_WORKS = "building-works"


class Skill(StrEnum):
    """Skills and training that a need may call for."""

    MOVING_AND_HANDLING = "moving-and-handling"
    EPILEPSY = "epilepsy"
    MEDICATION = "medication"
    GASTROSTOMY = "gastrostomy"
    TRACHEOSTOMY = "tracheostomy"
    OXYGEN = "oxygen"
    DIABETES = "diabetes"
    CONTINENCE = "continence"
    MAKATON = "makaton"
    BSL = "bsl"
    ESOL = "esol"
    AUTISM = "autism"
    LEARNING_DISABILITY = "learning-disability"
    ADHD = "adhd"
    FASD = "fasd"
    ATTACHMENT = "attachment"
    THERAPEUTIC_PARENTING = "therapeutic-parenting"
    TRAUMA_INFORMED = "trauma-informed"
    HARMFUL_SEXUAL_BEHAVIOUR = "harmful-sexual-behaviour"
    DE_ESCALATION = "de-escalation"
    EXPLOITATION = "exploitation"
    SELF_HARM = "self-harm"
    SUBSTANCE_MISUSE = "substance-misuse"
    EATING_DISORDER = "eating-disorder"
    FIRE_SETTING = "fire-setting"
    UASC = "uasc"
    PARENT_ASSESSMENT = "parent-assessment"
    NEWBORN_CARE = "newborn-care"
    MOVING_TO_INDEPENDENCE = "moving-to-independence"


class SkillLevel(StrEnum):
    """How well a skill is held; trainable means it could be had before a start."""

    TRAINABLE = "trainable"
    TRAINED = "trained"
    EXPERIENCED = "experienced"


class PriceAddOn(StrEnum):
    """What is paid for on top of the weekly base."""

    ONE_TO_ONE = "staffing-1:1"
    TWO_TO_ONE = "staffing-2:1"
    MORE_THAN_TWO_TO_ONE = "staffing-more-than-2:1"
    THERAPY = "therapy"
    EDUCATION = "education"
