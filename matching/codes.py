"""The closed lists: every word that a field may hold, spelled as the field spells it."""

from __future__ import annotations

from enum import StrEnum


class Sex(StrEnum):
    """As in the statutory return from 2024-25: M, F, or U when not yet known."""

    MALE = "M"
    FEMALE = "F"
    UNKNOWN = "U"


class Known(StrEnum):
    """Yes, no, or nobody has said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


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
        prefix = self.value.split("-", 1)[0]
        return _SETTING_BY_PREFIX[prefix]


_SETTING_BY_PREFIX = {
    "fostering": Setting.FOSTERING,
    "childrens": Setting.RESIDENTIAL,
    "residential": Setting.RESIDENTIAL,
    "term": Setting.RESIDENTIAL,
    "secure": Setting.SECURE,
    "supported": Setting.SUPPORTED,
    "staying": Setting.STAYING_PUT,
}


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


class SiblingAssessed(StrEnum):
    """What an assessment of two siblings says about living together."""

    TOGETHER_REQUIRED = "together-required"
    TOGETHER_PREFERRED = "together-preferred"
    APART_REQUIRED = "apart-required"


class Frequency(StrEnum):
    """How often a child goes to an important place."""

    DAILY = "daily"
    FEW_TIMES_A_WEEK = "few-times-a-week"
    WEEKLY = "weekly"
    FORTNIGHTLY = "2-weekly"
    MONTHLY = "monthly"
    OTHER = "other"


class PlaceKind(StrEnum):
    """What an important place is to the child."""

    FAMILY_HOME = "family-home"
    SCHOOL = "school"
    FAMILY_TIME = "family-time"
    OTHER = "other"


class AvoidReason(StrEnum):
    """Why a place must be avoided."""

    EXPLOITATION = "exploitation"
    GANG = "gang"
    ALLEGED_ABUSER = "alleged-abuser"
    MISSING = "missing"
    OTHER = "other"


class Communication(StrEnum):
    """Support with communication."""

    ESOL = "esol"
    BSL = "bsl"
    MAKATON = "makaton"
    OTHER = "other"
    NONE = "none"


class Access(StrEnum):
    """What a home must have for a child to get about it."""

    WHEELCHAIR = "wheelchair"
    GROUND_FLOOR = "ground-floor"
    ADAPTATION = "adaptation"


class Health(StrEnum):
    """Conditions that rules about the home depend on."""

    RESPIRATORY = "respiratory"
    HEART = "heart"
    GLUE_EAR = "glue-ear"
    ALLERGY = "allergy"


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


class Staffing(StrEnum):
    """The least staffing ratio the child needs, in rising order."""

    NOT_APPLICABLE = "not-applicable"
    NOT_SPECIFIED = "not-specified"
    STANDARD = "standard"
    ONE_TO_ONE = "1:1"
    TWO_TO_ONE = "2:1"
    MORE_THAN_TWO_TO_ONE = "more-than-2:1"


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


class LegalStatus(StrEnum):
    """Statutory LS codes."""

    C1_INTERIM_CARE_ORDER = "C1"
    C2_FULL_CARE_ORDER = "C2"
    D1_FREEING_ORDER = "D1"
    E1_PLACEMENT_ORDER = "E1"
    V2_SECTION_20 = "V2"
    V3_SHORT_BREAKS_AGREEMENT = "V3"
    V4_SHORT_BREAK_SINGLE = "V4"
    L1_POLICE_PROTECTION = "L1"
    L2_EMERGENCY_PROTECTION = "L2"
    L3_CHILD_ASSESSMENT_ORDER = "L3"
    J1_REMAND = "J1"
    J2_PACE = "J2"
    J3_SENTENCED = "J3"


class CarePlan(StrEnum):
    """What the care plan is for."""

    RETURN_HOME = "return-home"
    KINSHIP = "kinship"
    LONG_TERM_FOSTERING = "long-term-fostering"
    ADOPTION = "adoption"
    RESIDENTIAL = "residential"
    INDEPENDENCE = "independence"
    ASSESSMENT = "assessment"
    NOT_SPECIFIED = "not-specified"


class DeprivationOfLiberty(StrEnum):
    """Whether a court has authorised depriving the child of liberty."""

    CURRENT = "current"
    PREVIOUS = "previous"
    NO = "no"


class Parent(StrEnum):
    """Which parent is to live with the baby."""

    MOTHER = "mother"
    FATHER = "father"
    BOTH = "both"


class Religion(StrEnum):
    """Religion, in the groups of the 2021 census."""

    NONE = "none"
    CHRISTIAN = "christian"
    BUDDHIST = "buddhist"
    HINDU = "hindu"
    JEWISH = "jewish"
    MUSLIM = "muslim"
    SIKH = "sikh"
    OTHER = "other"


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


class NeedsBand(StrEnum):
    """How complex a child's needs are overall, from the profile's total."""

    UNIVERSAL = "universal"
    ADDITIONAL = "additional"
    HIGH = "high"
    COMPLEX = "complex"


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
    AREA_AUTHORITY = "area-authority"
    DIRECTOR = "director-of-childrens-services"
