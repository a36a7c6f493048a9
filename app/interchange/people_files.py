"""The files about children, brothers and sisters, and what was found of their needs: their columns."""

from __future__ import annotations

from typing import Any, Final

from app.interchange.cells import code, codes, day, known, reference, text, whole, words, yes_no
from app.interchange.shared_columns import own_ref, place_columns, ref_to
from app.interchange.tables import Table, column
from matching.codes import (
    Access,
    CarePlan,
    Communication,
    DeprivationOfLiberty,
    Frequency,
    Health,
    Known,
    LegalStatus,
    PlaceKind,
    Religion,
    Sex,
    SiblingAssessed,
)

_UNSAID: Final[dict[str, Any]] = {"blank": Known.UNKNOWN}
_NONE: Final[dict[str, Any]] = {"blank": frozenset()}

CHILDREN = Table(
    "children",
    "One row for each child in care or coming into it. No name stands here: names are in identities.csv",
    (
        own_ref("child"),
        column("born", day(), "Date of birth", required=True),
        column("sex", code(Sex), "M, F, or U when not yet known", required=True),
        column("ethnicity", text(10), "Statutory ethnic code, as in WBRI"),
        column("religion", code(Religion), "Religion; blank: not recorded"),
        column("languages", words("two-letter language codes (ISO 639-1)"), "Languages the child speaks", **_NONE),
        column("communication", codes(Communication), "Support with communication", **_NONE),
        column("health", codes(Health), "Conditions that rules about the home depend on", **_NONE),
        column(
            "health_recorded",
            yes_no(),
            "no: nobody has recorded the child's health, so that nothing is known; blank: yes",
            blank=True,
        ),
        column("disabled", known(), "Whether the child is disabled", **_UNSAID),
        column("access", codes(Access), "What a home must have for the child to get about it", **_NONE),
        column("send", known(), "Special educational needs", **_UNSAID),
        column("ehcp", known(), "Education, health and care plan", **_UNSAID),
        column("uasc", yes_no(), "Unaccompanied and seeking asylum; blank: no", blank=False),
        column("legal_status", code(LegalStatus), "Statutory code"),
        column("care_plan", code(CarePlan), "What the care plan is for", blank=CarePlan.NOT_SPECIFIED),
        column(
            "deprivation_of_liberty",
            code(DeprivationOfLiberty),
            "Whether a court has authorised it; blank: no",
            blank=DeprivationOfLiberty.NO,
        ),
        column("section_20_consent", known(), "Whether it was given", **_UNSAID),
        column("delegated_authority", known(), "Whether it was given", **_UNSAID),
        column("in_care_since", day(), "First day in care"),
    ),
    of="child_ref",
)

_OF_CHILD = ref_to("child", "A row of children.csv")

IMPORTANT_PLACES = Table(
    "important_places",
    "One row for each place a child goes to: the family home, school, family time and others",
    (
        _OF_CHILD,
        column("kind", code(PlaceKind), "What the place is to the child", required=True),
        *place_columns("the place"),
        column("frequency", code(Frequency), "How often; blank: other", blank=Frequency.OTHER),
    ),
    of="child_ref",
)

IDENTITIES = Table(
    "identities",
    "One row for each child whose name is to be shown to those who need it. Matching never reads it",
    (
        ref_to("child", "A row of children.csv, or a child on record"),
        column("given_name", text(), "Given name", required=True),
        column("family_name", text(), "Family name", required=True),
        column("initials", text(10), "Initials, where the whole name need not be shown", required=True),
    ),
    of="child_ref",
)

SIBLING_GROUPS = Table(
    "sibling_groups",
    "One row for each member of a group of brothers and sisters who are looked after, wherever each lives",
    (
        own_ref("sibling_group"),
        ref_to("child", "A brother or sister"),
    ),
    of="sibling_group_ref",
)

SIBLING_PAIRS = Table(
    "sibling_pairs",
    "One row for each pair whose living together was assessed; any other pair is together-preferred (s22C(8)(c))",
    (
        ref_to("sibling_group", "A group of sibling_groups.csv"),
        ref_to("one", "One of the two children", key="one"),
        ref_to("other", "The other", key="other"),
        column("assessed", code(SiblingAssessed), "What was assessed", required=True),
        column("assessed_by", text(100), "Role or staff reference of who assessed it, never a name"),
        column("assessed_on", day(), "When"),
    ),
    of="sibling_group_ref",
)

NEEDS_PROFILES = Table(
    "needs_profiles",
    "One row for each needs profile of a child; the newest is in force and the older ones are its history",
    (
        own_ref("profile"),
        ref_to("child", "Whose profile it is"),
        column("framework", reference(), "Framework and version it was made with, as in default/1", required=True),
        column("made_on", day(), "Day it was made", required=True),
        column("author", text(100), "Role or staff reference, never a name", required=True),
        column("review_due", day(), "When it is due to be looked at again", required=True),
    ),
    of="profile_ref",
)

NEEDS_FINDINGS = Table(
    "needs_findings",
    "One row for each domain of a profile: its level, and the words that belong beside it",
    (
        ref_to("profile", "A row of needs_profiles.csv"),
        column("domain", reference(), "Code of the domain, as in health", required=True),
        column("level", whole(0, 4), "0 none, 1 universal, 2 additional, 3 high, 4 complex", required=True),
        column("strength", text(4_000), "What is going well", blank=""),
        column("evidence", text(4_000), "What the level rests on", blank=""),
        column("childs_words", text(4_000), "What the child said", blank=""),
    ),
    of="profile_ref",
)
