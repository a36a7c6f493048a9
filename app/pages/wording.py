"""The words of the closed lists as pages say them: every code of a list has its words, and a test says so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from app.pages.words import capital, plain
from matching.codes import (
    Access,
    AvoidReason,
    CarePlan,
    Communication,
    DeprivationOfLiberty,
    EndReason,
    ExpectedLength,
    Frequency,
    Health,
    Known,
    LegalStatus,
    LivingWith,
    NeedsBand,
    OtherChildrenSex,
    Parent,
    PlaceKind,
    PriceAddOn,
    Religion,
    Risk,
    RiskLevel,
    SearchKind,
    Setting,
    Sex,
    SiblingAssessed,
    Skill,
    Staffing,
    Suitability,
    ViewAsked,
    Wanted,
)
from matching.placements import PlacementState
from matching.referrals import ReferralState
from matching.workflow.endings import SearchEnd
from matching.workflow.offers import DeclineReason
from matching.workflow.roles import Role
from matching.workflow.states import OfferState, SignOffState

Word = TypeVar("Word", bound=StrEnum)


def words_for(codes: type[Word], **own: str) -> Mapping[Word, str]:
    """The words of each code: its own where given by the code's name, otherwise the code itself as words."""
    assert set(own) <= {code.name for code in codes}, f"{codes.__name__} has no such codes: {sorted(own)}"
    return MappingProxyType({code: own.get(code.name) or capital(plain(code.value)) for code in codes})


SEXES = words_for(Sex, MALE="Male", FEMALE="Female", UNKNOWN="Not known yet")
KNOWN = words_for(Known, UNKNOWN="Not known")
SIBLINGS = words_for(
    SiblingAssessed,
    TOGETHER_REQUIRED="They must live together",
    TOGETHER_PREFERRED="They should live together if they can",
    APART_REQUIRED="They must live apart",
)
FREQUENCIES = words_for(
    Frequency, FEW_TIMES_A_WEEK="A few times a week", FORTNIGHTLY="Every two weeks", OTHER="Some other rhythm"
)
PLACE_KINDS = words_for(PlaceKind, OTHER="Other important place", FAMILY_TIME="Family time")
AVOID_REASONS = words_for(
    AvoidReason,
    GANG="Gang",
    ALLEGED_ABUSER="Somebody alleged to have harmed the child",
    MISSING="Goes there when missing",
)
COMMUNICATION = words_for(
    Communication,
    ESOL="Is learning English (ESOL)",
    BSL="British Sign Language",
    MAKATON="Makaton or Signalong",
    OTHER="Other support with communication",
    NONE="No support needed",
)
ACCESS = words_for(
    Access, WHEELCHAIR="Uses a wheelchair", GROUND_FLOOR="Needs the ground floor", ADAPTATION="Needs an adapted home"
)
HEALTH = words_for(
    Health,
    RESPIRATORY="A respiratory condition, such as asthma",
    HEART="A heart condition",
    ALLERGY="An allergy to animals",
)
LEGAL = words_for(
    LegalStatus,
    C1_INTERIM_CARE_ORDER="C1 Interim care order",
    C2_FULL_CARE_ORDER="C2 Full care order",
    D1_FREEING_ORDER="D1 Freeing order",
    E1_PLACEMENT_ORDER="E1 Placement order",
    V2_SECTION_20="V2 Accommodated under section 20, a single period",
    V3_SHORT_BREAKS_EACH_RECORDED="V3 An agreed series of short breaks, each stay recorded",
    V4_SHORT_BREAKS_AGREEMENT_RECORDED="V4 An agreed series of short breaks, the agreement recorded",
    L1_POLICE_PROTECTION="L1 Police protection",
    L2_EMERGENCY_PROTECTION="L2 Emergency protection order",
    L3_CHILD_ASSESSMENT_ORDER="L3 Child assessment order",
    J1_REMAND="J1 Remanded to local authority care",
    J2_PACE="J2 Detained, accommodated under PACE",
    J3_SENTENCED="J3 Sentenced to a youth rehabilitation order with residence",
)
CARE_PLANS = words_for(CarePlan, NOT_SPECIFIED="Not decided yet", KINSHIP="Kinship care")
DOL = words_for(DeprivationOfLiberty, CURRENT="Yes, an order is in force", PREVIOUS="There was one before", NO="No")
RELIGIONS = words_for(Religion, NONE="No religion", OTHER="Another religion")
BANDS = words_for(NeedsBand)
KINDS = words_for(SearchKind, SAME_DAY="Same day", PACE="PACE (police bail refused)", REMAND="Remand")
SHORT_KINDS = words_for(SearchKind, SAME_DAY="Same day", PACE="PACE")
LENGTHS = words_for(
    ExpectedLength,
    NIGHT="One night",
    SHORT_TERM="Short term",
    BRIDGING="Bridging, until a longer home begins",
    UNTIL_18="Until 18",
    SHORT_BREAKS="Short breaks, some nights each month",
)
WANTED = words_for(Wanted)
LIVING_WITH = words_for(
    LivingWith,
    SOLO="No other children",
    WITH_OTHERS="With other children",
    ONLY_OLDER="Only older children",
    ONLY_YOUNGER="Only younger children",
)
OTHER_SEX = words_for(OtherChildrenSex, SAME_ONLY="The same sex only", OPPOSITE_ONLY="The opposite sex only")
SUITABLE = words_for(Suitability, SUITABLE="Suitable, not preferred", NOT_SPECIFIED="Not said")
SETTINGS = words_for(
    Setting,
    FOSTERING="Fostering",
    RESIDENTIAL="Residential",
    SUPPORTED="Supported accommodation",
    SECURE="Secure",
    STAYING_PUT="Staying put",
)
STAFFING = words_for(
    Staffing,
    NOT_APPLICABLE="Not applicable",
    NOT_SPECIFIED="Not said",
    STANDARD="Standard staffing",
    ONE_TO_ONE="One to one",
    TWO_TO_ONE="Two to one",
    MORE_THAN_TWO_TO_ONE="More than two to one",
)
ADD_ONS = words_for(
    PriceAddOn,
    ONE_TO_ONE="Staffing, one to one",
    TWO_TO_ONE="Staffing, two to one",
    MORE_THAN_TWO_TO_ONE="Staffing, more than two to one",
)
SKILLS = words_for(
    Skill,
    BSL="British Sign Language",
    ESOL="English for speakers of other languages (ESOL)",
    ADHD="ADHD",
    FASD="Fetal alcohol spectrum disorder (FASD)",
    DE_ESCALATION="De-escalation",
    UASC="Unaccompanied asylum-seeking children",
    MAKATON="Makaton or Signalong",
    TRAUMA_INFORMED="Trauma-informed care",
)
RISKS = words_for(
    Risk,
    CRIMINAL_EXPLOITATION_OF_OTHERS="Criminal exploitation of others",
)
RISK_LEVELS = words_for(RiskLevel, NO_KNOWN="No known risk", UNKNOWN="Not known")
PARENTS = words_for(Parent, BOTH="Both parents")
END_REASONS = words_for(
    EndReason,
    PLANNED="As planned",
    CARER_ASKED_BEHAVIOUR="The carer asked, because of behaviour",
    CARER_ASKED_OTHER="The carer asked, for another reason",
    CHILD_ASKED="The child asked",
    STANDARDS_OF_CARE="Standards of care",
    CLOSURE="The home closed",
    LOCAL_AUTHORITY="The authority decided",
)
VIEWS = words_for(
    ViewAsked,
    ASKED="Asked",
    TOO_YOUNG="Not asked: too young",
    NOT_IN_CONTACT="Not asked: not in contact",
    TOO_URGENT="Not asked: too urgent",
    DECLINED="Not asked: the child did not want to say",
    NOT_YET="Not asked yet",
)
STATES = words_for(ReferralState)
PLACEMENT_STATES = words_for(PlacementState)
OFFER_STATES = words_for(OfferState, MADE="Asked, not read yet", VIEWED="Read, not answered yet")
SIGN_OFF_STATES = words_for(SignOffState, REQUESTED="Waits for an answer")
SEARCH_ENDS = words_for(
    SearchEnd,
    STAYS="The child stays where the child lives",
    CHANGED="Another search is needed instead",
    TAKEN_OVER="Another authority took over",
    FOUND_ELSEWHERE="A home was found outside this service",
    OTHER="Another reason",
)
DECLINED = words_for(DeclineReason)
ROLES = words_for(
    Role,
    PLACEMENTS="Placements team",
    SOCIAL_WORKER="Social worker",
    PROVIDER="The home",
    DIRECTOR="Director of children's services",
    AREA_AUTHORITY="The authority where the home is",
)

ETHNICITIES: Mapping[str, str] = MappingProxyType(
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Any other White background",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "BCRB": "Caribbean",
        "BAFR": "African",
        "BOTH": "Any other Black background",
        "CHNE": "Chinese",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused to say",
        "NOBT": "Information not yet obtained",
    }
)
"""The statutory return's ethnic codes (SSDA903)."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "sq": "Albanian",
        "am": "Amharic",
        "ar": "Arabic",
        "bn": "Bengali",
        "bg": "Bulgarian",
        "zh": "Chinese",
        "fa": "Farsi or Dari",
        "fr": "French",
        "de": "German",
        "gu": "Gujarati",
        "it": "Italian",
        "ku": "Kurdish",
        "lv": "Latvian",
        "lt": "Lithuanian",
        "ps": "Pashto",
        "pl": "Polish",
        "pt": "Portuguese",
        "pa": "Punjabi",
        "ro": "Romanian",
        "ru": "Russian",
        "so": "Somali",
        "es": "Spanish",
        "ti": "Tigrinya",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "ur": "Urdu",
        "vi": "Vietnamese",
    }
)
"""Languages that are asked about by name (ISO 639-1); others on record are shown by their code."""


def language(code: str) -> str:
    """A language by its name, or by its code when it is none that is asked about by name."""
    return LANGUAGES.get(code, code)
