"""The files about providers and homes: their columns, and the way between rows and domain objects."""

from __future__ import annotations

from typing import Any, Final

from app.interchange.cells import (
    code,
    codes,
    day,
    known,
    levels,
    nights,
    pounds,
    reference,
    text,
    whole,
    words,
    yes_no,
)
from app.interchange.shared_columns import age_columns, own_ref, period_columns, place_columns, ref_to, sexes
from app.interchange.tables import Table, column
from matching.codes import (
    Access,
    AvailabilityState,
    CareType,
    Contract,
    EffectiveBedsReason,
    HomeKind,
    Known,
    NeedsBand,
    Ofsted,
    OnHoldReason,
    PriceAddOn,
    Religion,
    Sector,
    Sex,
    Skill,
    SkillLevel,
    Staffing,
)

_UNSAID: Final[dict[str, Any]] = {"blank": Known.UNKNOWN}
_NONE: Final[dict[str, Any]] = {"blank": frozenset()}

PROVIDERS = Table(
    "providers",
    "One row for each organisation that runs homes; the authority itself is one, in-house",
    (
        own_ref("provider"),
        column("name", text(), "Name of the organisation", required=True),
        column("sector", code(Sector), "Who runs it", required=True),
        column("framework_tier", whole(1, 99), "Tier in a framework contract"),
        column("open_concern", yes_no(), "Whether a concern about the provider is open; blank: no", blank=False),
    ),
    of="provider_ref",
)

HOMES = Table(
    "homes",
    "One row for each home of any kind. Vacancies are worked out from beds, placements and holds: never written here",
    (
        own_ref("home"),
        ref_to("provider", "Who runs the home: a row of providers.csv, or a provider on record"),
        column("sector", code(Sector), "Who runs the home", required=True),
        column("kind", code(HomeKind), "What kind of home it is", required=True),
        *place_columns("the home"),
        column("shared", yes_no(), "Whether the other authorities of the region may use it; blank: no", blank=False),
        column("urn", text(20), "Ofsted's unique reference number"),
        column("registered", known(), "Whether it is registered with Ofsted, or approved", **_UNSAID),
        column("ofsted", code(Ofsted), "Judgement at the last full inspection", blank=Ofsted.NOT_YET_INSPECTED),
        column("ofsted_on", day(), "Day of that inspection"),
        column("provider_concern", yes_no(), "Whether a concern about this home is open; blank: no", blank=False),
        *age_columns("the carers prefer", prefix="preferred_"),
        sexes("the carers prefer", "preferred_sexes"),
        column("registered_beds", whole(1, 60), "Beds it is registered or approved for", required=True),
        column("effective_beds", whole(0, 60), "Beds a dated decision leaves of them; blank: all"),
        column("effective_reason", code(EffectiveBedsReason), "Why; needed with effective_beds"),
        column("effective_review_on", day(), "When that is looked at again; needed with effective_beds"),
        column("bedrooms", whole(0, 60), "Bedrooms for children"),
        column("bedrooms_may_share", yes_no(), "Whether sharing is agreed and assessed; blank: no", blank=False),
        column("solo_only", yes_no(), "Whether it takes one child with no other; blank: no", blank=False),
        column(
            "availability",
            code(AvailabilityState),
            "Whether it may be asked at all, apart from its beds; blank: available",
            blank=AvailabilityState.AVAILABLE,
        ),
        column("availability_reason", code(OnHoldReason), "Why it is on hold"),
        column("availability_from", day(), "First day of that; blank: already"),
        column("availability_until", day(), "Last day of that, when known"),
        column("last_confirmed", day(), "When somebody last confirmed that it may be asked"),
        column(
            "nights_of_week",
            nights(),
            "Nights on which short breaks are offered; blank: every night",
            blank=frozenset(range(7)),
        ),
        column("smokers", known(), "Whether anybody smokes or vapes there", **_UNSAID),
        column("pets", known(), "Whether there are pets", **_UNSAID),
        column("languages", words("two-letter language codes (ISO 639-1)"), "Languages spoken there", **_NONE),
        column("religion", code(Religion), "Religion of the household"),
        column("religions_supported", codes(Religion), "Religions it actively supports", **_NONE),
        column("ethnicities", words("statutory ethnic codes, as in WBRI"), "Of the household", **_NONE),
        column("ethnicities_supported", words("statutory ethnic codes"), "That it actively supports", **_NONE),
        column("drives", known(), "Whether somebody there drives", **_UNSAID),
        column("access", codes(Access), "What it has for a child to get about", **_NONE),
        column("staffing", code(Staffing), "Staffing ratio; blank: standard", blank=Staffing.STANDARD),
        column("bed_types", codes(CareType), "Kinds of bed kept for a purpose", **_NONE),
        column("impact_assessed_on", day(), "When the impact of one more child was last assessed"),
        column("contract", code(Contract), "Block or spot; blank: spot", blank=Contract.SPOT),
        column("base_year", whole(2000, 2199), "Year whose money prices are in; blank: 2026", blank=2026),
        column("notice_days", whole(0, 365), "Days of notice; blank: 28", blank=28),
        column("annual_review_due", day(), "When the annual review is due"),
        column("dbs_due", day(), "When the disclosure check is due"),
    ),
    of="home_ref",
)

_OF_HOME = ref_to("home", "A row of homes.csv")

APPROVALS = Table(
    "approvals",
    "One row for each set of a fostering household's terms of approval; those begun last are in force",
    (
        _OF_HOME,
        *period_columns("the terms are"),
        *age_columns("approved for"),
        sexes("approved for"),
        column("number", whole(0, 60), "Children approved for"),
        column("care_types", codes(CareType), "Types of care; blank: the terms do not say, and rules ask", **_NONE),
        column("named_children_only", yes_no(), "Whether only named children may come; blank: no", blank=False),
        column("temporary_until", day(), "End of a connected person's temporary approval; blank: full approval"),
        column("temporary_extended", yes_no(), "Whether that was extended once; blank: no", blank=False),
    ),
    of="home_ref",
)

APPROVAL_CHILDREN = Table(
    "approval_children",
    "One row for each child whom terms of approval, or an exemption from the usual fostering limit, name",
    (
        _OF_HOME,
        column("approval", whole(1, 99), "Which row of approvals.csv for that home, counted from 1", required=True),
        ref_to("child", "The child who is named"),
        column("exempt", yes_no(), "yes: named in an exemption; blank or no: named in the terms", blank=False),
    ),
    of="home_ref",
)

PURPOSES = Table(
    "purposes",
    "One row for each statement of purpose of a children's home or supported accommodation",
    (
        _OF_HOME,
        *period_columns("the statement is"),
        *age_columns("it is for"),
        sexes("it is for"),
        column("number", whole(0, 60), "Children it is for"),
        column(
            "highest_levels", levels(), "Highest level of need it accepts; a domain left out is not limited", blank={}
        ),
    ),
    of="home_ref",
)

HOME_SKILLS = Table(
    "home_skills",
    "One row for each skill somebody in a home has, or could have before a start",
    (
        _OF_HOME,
        column("skill", code(Skill), "The skill", required=True),
        column("level", code(SkillLevel), "How well it is held", required=True),
        column("since", day(), "Since when"),
        column("weeks_to_train", whole(0, 104), "For a trainable skill: weeks of notice it takes"),
    ),
    of="home_ref",
)

HOME_MEETS = Table(
    "home_meets",
    "One row for each needs domain and the level a home can meet; a domain without a row is unknown",
    (
        _OF_HOME,
        column("domain", reference(), "Code of the needs domain, as in health", required=True),
        column("level", whole(0, 4), "Highest level it can meet", required=True),
    ),
    of="home_ref",
)

PRICES = Table(
    "prices",
    "One row for each weekly base price, by ages and band of need; of those that apply the first counts",
    (
        _OF_HOME,
        *age_columns("it is for", required=True),
        column("band", code(NeedsBand), "Band of need", required=True),
        column("weekly", pounds(), "Price of a week", required=True),
    ),
    of="home_ref",
)

PRICE_ADD_ONS = Table(
    "price_add_ons",
    "One row for each thing paid for on top of the base price",
    (
        _OF_HOME,
        column("add_on", code(PriceAddOn), "What for", required=True),
        column("weekly", pounds(), "Price of a week", required=True),
    ),
    of="home_ref",
)

OWN_CHILDREN = Table(
    "own_children",
    "One row for each child of a household's own, by age and sex only",
    (
        _OF_HOME,
        column("age", whole(0, 40), "Age in years", required=True),
        column("sex", code(Sex), "Sex", required=True),
    ),
    of="home_ref",
)

HOME_PARTS = (
    APPROVALS,
    APPROVAL_CHILDREN,
    PURPOSES,
    HOME_SKILLS,
    HOME_MEETS,
    PRICES,
    PRICE_ADD_ONS,
    OWN_CHILDREN,
)
