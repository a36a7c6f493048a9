"""The files about searches. Referrals carry the field names of the South West RCC data standard, version 3."""

from __future__ import annotations

from typing import Any, Final

from app.interchange.cells import clock, code, codes, day, known, moment, reference, text, whole, yes_no
from app.interchange.shared_columns import own_ref, place_columns, ref_to
from app.interchange.tables import Column, Table, column
from matching.codes import (
    AvoidReason,
    Communication,
    ExpectedLength,
    Known,
    LivingWith,
    OtherChildrenSex,
    Parent,
    PriceAddOn,
    Risk,
    RiskLevel,
    SearchKind,
    Setting,
    Skill,
    Staffing,
    Suitability,
    ViewAsked,
    Wanted,
)
from matching.referrals import ReferralState

_UNSAID: Final[dict[str, Any]] = {"blank": Known.UNKNOWN}

SUITABILITY: Final = {
    "suitability_fostering": Setting.FOSTERING,
    "suitability_residential": Setting.RESIDENTIAL,
    "suitability_supported": Setting.SUPPORTED,
}
"""Which setting each suitability column is about."""
RISKS: Final = {f"risk_{risk.value}": risk for risk in Risk}
"""Which risk each risk column is about."""

_SUITABLE = code(
    Suitability,
    {
        Suitability.PREFERRED: "Preferred",
        Suitability.SUITABLE: "Suitable but not preferred",
        Suitability.UNSUITABLE: "Unsuitable",
        Suitability.NOT_SPECIFIED: "Not specified",
    },
)
_RISK = code(
    RiskLevel,
    {
        RiskLevel.NO_KNOWN: "No known risk",
        RiskLevel.LOW: "Low risk",
        RiskLevel.HIGH: "High risk",
        RiskLevel.UNKNOWN: "Not specified",
    },
)
_WANTED = code(
    Wanted, {Wanted.REQUIRED: "Required", Wanted.NOT_REQUIRED: "Not required", Wanted.PREFERRED: "Preferred"}
)
_RISK_NAMES: Final = {
    Risk.SELF_HARM: "Risk to child: Self-harm",
    Risk.SEXUAL_EXPLOITATION: "Risk to child: Sexual exploitation",
    Risk.CRIMINAL_EXPLOITATION: "Risk to child: Criminal exploitation",
    Risk.DRUGS_AND_ALCOHOL: "Risk to child: Drug and alcohol use",
    Risk.EATING_DISORDER: "Risk to child: Eating disorder",
    Risk.GOING_MISSING: "Risk to child: Going missing",
    Risk.PHYSICAL_HARM_TO_OTHERS: "Risk to others or property: Physical harm",
    Risk.SEXUAL_HARM_TO_OTHERS: "Risk to others or property: Sexual harm",
    Risk.FIRE_SETTING: "Risk to others or property: Fire-setting",
    Risk.HARM_TO_ANIMALS: "Risk to others or property: Harm to animals",
    Risk.CRIMINAL_EXPLOITATION_OF_OTHERS: "Risk to others or property: Criminal exploitation",
}


def _unread(header: str, instead: str) -> Column:
    """A column of the standard that is accepted and not read, and what to do instead."""
    return Column(header=header, key=header, cell=text(4_000), says=f"Accepted and not read: {instead}", kept=False)


def _elsewhere(header: str, key: str, instead: str) -> Column:
    """A column of the standard whose facts are kept with the child: filled in, they must be there."""
    return column(header, text(4_000), instead, key=key)


_OF_THE_STANDARD = (
    column("Child ID", reference(), "The child who is referred; one row for each", key="child_ref", required=True),
    _unread("Local Identifier", "initials are personal data, and matching has no use for them"),
    column(
        "Is this a planned or emergency home search?",
        code(
            SearchKind,
            {SearchKind.PLANNED: "Planned", SearchKind.EMERGENCY: "Emergency", SearchKind.SAME_DAY: "Same day"}
            | {SearchKind.PACE: "PACE", SearchKind.REMAND: "Remand"},
        ),
        "How fast the search must end; the last three are ours",
        key="kind",
        required=True,
    ),
    column(
        "Latest date for placement to start by", day(), "First night a bed is wanted", key="wanted_by", required=True
    ),
    column(
        "Number of siblings to place with",
        whole(0, 12),
        "At most the other children of the same referral_ref; how each pair is to live is in sibling_pairs.csv",
        key="siblings",
    ),
    _unread("Preferred location for home search", "distances are worked out from important_places.csv"),
    _elsewhere(
        "Primary family location (postcode sector - e.g. GL71)",
        "form_family_home",
        "important_places.csv must then have the child's family-home, with its postcode or sector",
    ),
    column(
        "Is it recommended to find a home close to the primary family location?",
        known("Not specified"),
        "Blank: not specified",
        key="close_to_family",
        **_UNSAID,
    ),
    column(
        "Does child go to school currently?",
        known("Not specified", "Not applicable"),
        "Not applicable is read as No",
        key="in_school",
        **_UNSAID,
    ),
    _elsewhere(
        "School location (postcode sector - e.g. GL71)",
        "form_school",
        "important_places.csv must then have the child's school, with its postcode or sector",
    ),
    column(
        "Does the child need to continue to attend this school?",
        known("Not specified"),
        "Blank: not specified",
        key="keep_school",
        **_UNSAID,
    ),
    _unread(
        "Are there other location(s) of importance for the child that the child needs to visit regularly?",
        "give them in important_places.csv",
    ),
    _elsewhere(
        "Please specify which location",
        "form_other_place",
        "important_places.csv must then have a place of the child's besides family home and school",
    ),
    _unread("How often does the child need to go to other location of importance?", "give it in important_places.csv"),
    column(
        "Are there any locations to avoid?",
        known("Not specified"),
        "Yes needs a row in places_to_avoid.csv: a place nobody can find cannot be kept away from",
        key="any_to_avoid",
        **_UNSAID,
    ),
    column(
        "Location(s) to avoid (leave blank if not applicable)",
        text(4_000),
        "Filled in, it needs a row in places_to_avoid.csv, with a postcode and a radius",
        key="to_avoid",
    ),
    _unread("Communication, language and learning needs", "they are in children.csv and needs_findings.csv"),
    column(
        "Specific communication and language requirements",
        codes(Communication),
        "What is named must stand under communication in children.csv too",
        key="form_communication",
        blank=frozenset(),
    ),
    column(
        "Adaptation to the home",
        known("Not specified"),
        "Yes needs wheelchair, ground-floor or adaptation under access in children.csv",
        key="form_adaptation",
        **_UNSAID,
    ),
    column(
        "Cultural needs (e.g. place of worship)",
        _WANTED,
        "Blank: not required",
        key="culture",
        blank=Wanted.NOT_REQUIRED,
    ),
    column(
        "Who can the child be cared for alongside",
        code(
            LivingWith,
            {
                LivingWith.SOLO: "Solo placement recommended",
                LivingWith.WITH_OTHERS: "With other children recommended",
                LivingWith.ONLY_OLDER: "Only with other older children",
                LivingWith.ONLY_YOUNGER: "Only with other younger children",
                LivingWith.NO_PREFERENCE: "No preference",
            },
        ),
        "Blank: no preference",
        key="living_with",
        blank=LivingWith.NO_PREFERENCE,
    ),
    column("Can child live with pets/animals?", known("Don't know"), "Blank: don't know", key="pets", **_UNSAID),
    column("Foster care suitability", _SUITABLE, "Blank: not said", key="suitability_fostering"),
    column("Residential suitability", _SUITABLE, "Blank: not said", key="suitability_residential"),
    column("Supported home suitability", _SUITABLE, "Blank: not said", key="suitability_supported"),
    column(
        "Minimum adult support ratio",
        code(
            Staffing,
            {
                Staffing.ONE_TO_ONE: "1:1",
                Staffing.TWO_TO_ONE: "2:1",
                Staffing.MORE_THAN_TWO_TO_ONE: ">2:1",
                Staffing.STANDARD: "Standard ratio",
                Staffing.NOT_SPECIFIED: "Not specified",
                Staffing.NOT_APPLICABLE: "Not applicable",
            },
        ),
        "Blank: not specified",
        key="staffing",
        blank=Staffing.NOT_SPECIFIED,
    ),
    *(
        column(_RISK_NAMES[risk], _RISK, "Blank: not said, which is not the same as no known risk", key=key)
        for key, risk in RISKS.items()
    ),
    _unread("Risk to child: Other (please specify)", "no rule reads free text"),
    _unread("Risk to others or property: Other (please specify)", "no rule reads free text"),
    _unread("Was there any additional provision the home needed to provide to support the child?", "see add_ons"),
    _unread("Additional support (Please specify)", "see add_ons"),
    _unread("Name of officer filling referral form", "names of staff are not kept"),
    _unread("Date of referral form filling", "see opened"),
)

_OURS = (
    column("state", code(ReferralState), "Where the search stands; blank: open", blank=ReferralState.OPEN),
    column("opened", moment(), "When the search began; the longest waiting goes first when plans tie", required=True),
    column("wanted_time", clock(), "Time of day when urgent"),
    column("length", code(ExpectedLength), "How long the child is expected to stay", required=True),
    column("expected_nights", whole(1, 6_600), "Nights wanted; blank: no planned end"),
    column("nights_a_month", whole(1, 31), "For short breaks"),
    ref_to("sibling_group", "The group, when several children are referred together", required=False),
    column("school_year", whole(0, 13), "National Curriculum year, 0 for reception"),
    column(
        "other_children_sex",
        code(OtherChildrenSex),
        "Sex of the other children in the home; blank: no preference",
        blank=OtherChildrenSex.NO_PREFERENCE,
    ),
    column("religion", _WANTED, "Whether religion is to be matched; blank: not required", blank=Wanted.NOT_REQUIRED),
    column("language", _WANTED, "Whether language is to be matched; blank: not required", blank=Wanted.NOT_REQUIRED),
    column("skills", codes(Skill), "Skills the home must have besides those the needs call for", blank=frozenset()),
    column("add_ons", codes(PriceAddOn), "Support that will be bought with the place", blank=frozenset()),
    column("secure", yes_no(), "Whether secure accommodation is asked for; blank: no", blank=False),
    column("readiness_assessed", known(), "16-17: for supported accommodation", **_UNSAID),
    column("joint_housing_assessed", known(), "16-17 and homeless: with housing", **_UNSAID),
    column("homeless", yes_no(), "Blank: no", blank=False),
    column("parent", code(Parent), "Which parent is to live with the child"),
    column("baby_born", day(), "When the child referred is the parent: the baby's date of birth"),
    column("stability_plan_on", day(), "When the stability plan was made"),
    column("view_asked", code(ViewAsked), "Whether the child was asked; blank: not yet", blank=ViewAsked.NOT_YET),
    column("view_said", text(4_000), "What the child said", blank=""),
    column("view_places_wanted", text(4_000), "Places the child wants", blank=""),
    column("view_people_wanted", text(4_000), "People the child wants", blank=""),
    column("pre_visit_wanted", known(), "Whether the child wants to visit first", **_UNSAID),
)

REFERRALS = Table(
    "referrals",
    "One row for each child of each search for a home; brothers and sisters share a referral_ref",
    (own_ref("referral"), *_OF_THE_STANDARD, *_OURS),
    of="referral_ref",
)

_OF_ASK = (
    ref_to("referral", "A search in referrals.csv"),
    ref_to("child", "A child of that search"),
)

PLACES_TO_AVOID = Table(
    "places_to_avoid",
    "One row for each place no home may be near",
    (
        *_OF_ASK,
        *place_columns("the place"),
        column("radius_metres", whole(1, 500_000), "How far around it, in a straight line", required=True),
        column("reason", code(AvoidReason), "Why; blank: other", blank=AvoidReason.OTHER),
    ),
    of="referral_ref",
)

NEVER_WITH = Table(
    "never_with",
    "One row for each child whom a child who is referred must never live with",
    (*_OF_ASK, ref_to("other", "The other child", key="other")),
    of="referral_ref",
)
