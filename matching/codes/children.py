"""The closed lists about children: who they are, where they go, what they need."""

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


class LegalStatus(StrEnum):
    """Statutory LS codes."""

    C1_INTERIM_CARE_ORDER = "C1"
    C2_FULL_CARE_ORDER = "C2"
    D1_FREEING_ORDER = "D1"
    E1_PLACEMENT_ORDER = "E1"
    V2_SECTION_20 = "V2"
    V3_SHORT_BREAKS_EACH_RECORDED = "V3"
    V4_SHORT_BREAKS_AGREEMENT_RECORDED = "V4"
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


class NeedsBand(StrEnum):
    """How complex a child's needs are overall, from the profile's total."""

    UNIVERSAL = "universal"
    ADDITIONAL = "additional"
    HIGH = "high"
    COMPLEX = "complex"
