"""What is asked about a search: how urgent, for how long, what a home must be for each child, and who lives with whom."""

from __future__ import annotations

from app.pages.asking.fields import Kind, day_of, flag, line, one, pick, several, whole
from app.pages.asking.questions import About, Question
from app.pages.wording import (
    ADD_ONS,
    KINDS,
    KNOWN,
    LENGTHS,
    LIVING_WITH,
    OTHER_SEX,
    PARENTS,
    RISK_LEVELS,
    RISKS,
    SETTINGS,
    SIBLINGS,
    SKILLS,
    STAFFING,
    SUITABLE,
    WANTED,
)
from matching.codes import RISKS_TO_OTHERS, Risk, Setting

KIND = Question(
    slug="kind",
    title="What kind of search is this?",
    about=About.SEARCH,
    fields=(one("kind", "Kind of search", KINDS, missing="Select the kind of search"),),
)
WHEN = Question(
    slug="when",
    title="When is a home wanted?",
    about=About.SEARCH,
    fields=(
        day_of(
            "wanted_by", "First night", hint="For example, 27 9 2026", missing="Enter the first night a home is wanted"
        ),
        line("wanted_time", "Time, if it is urgent", hint="On the 24-hour clock, for example 17:30", narrow=True),
    ),
)
HOW_LONG = Question(
    slug="length",
    title="How long is the stay expected to be?",
    about=About.SEARCH,
    fields=(
        one("length", "Expected length", LENGTHS, missing="Select how long the stay is expected to be"),
        whole(
            "expected_nights", "Number of nights, if it is known", hint="Leave empty for a stay without a planned end."
        ),
        whole("nights_a_month", "For short breaks: nights a month"),
    ),
)
REFERENCE = Question(
    slug="reference",
    title="Has this referral a reference of your own?",
    about=About.SEARCH,
    fields=(
        line(
            "external_ref",
            "Your own reference",
            hint="From your case system. Leave empty to be given one. Never a name.",
            name="own-reference",
        ),
    ),
)
SETTINGS_SUIT = Question(
    slug="homes",
    title="Which kinds of home suit {who}?",
    about=About.ASK,
    fields=(
        *(
            one(f"suitability/{setting.value}", SETTINGS[setting], SUITABLE)
            for setting in (Setting.FOSTERING, Setting.RESIDENTIAL, Setting.SUPPORTED)
        ),
        flag("secure", "A secure home is asked for"),
    ),
)
SCHOOL = Question(
    slug="school",
    title="What about school and being near family?",
    about=About.ASK,
    fields=(
        one("in_school", "Is {who} in school?", KNOWN),
        pick(
            "school_year",
            "School year",
            {"0": "Reception", **{str(year): f"Year {year}" for year in range(1, 14)}},
            whole=True,
        ),
        one("keep_school", "Must {who} keep this school?", KNOWN),
        one("close_to_family", "Should the home be close to family?", KNOWN),
    ),
)
MATTERS = Question(
    slug="matched",
    title="What must the home match or support?",
    about=About.ASK,
    fields=(
        one("culture", "Culture", WANTED),
        one("religion", "Religion", WANTED, name="faith"),
        one("language", "Language", WANTED),
    ),
)
LIVING = Question(
    slug="living-with",
    title="Whom can {who} live with?",
    about=About.ASK,
    fields=(
        one("living_with", "Other children in the home", LIVING_WITH),
        one("other_children_sex", "Sex of the other children", OTHER_SEX),
        one("pets", "Can {who} live with pets?", KNOWN),
        line(
            "never_with",
            "Children never to live with",
            kind=Kind.LINES,
            hint="The number of each child in your case system, one to a line.",
        ),
    ),
)
SUPPORT = Question(
    slug="staffing",
    title="What staffing and skills does {who} need?",
    about=About.ASK,
    fields=(
        one("staffing", "Least staffing", STAFFING),
        several(
            "skills",
            "Skills the home must have",
            SKILLS,
            hint="Besides those that the needs profile calls for.",
            small=True,
        ),
        several("add_ons", "Support that will be bought with the place", ADD_ONS),
    ),
)
_OTHERS = (*RISKS_TO_OTHERS, Risk.HARM_TO_ANIMALS)
RISKS_TO_CHILD = Question(
    slug="risks",
    title="What are the risks to {who}?",
    about=About.ASK,
    hint="A risk that nobody answers is shown as not known, which is not the same as no known risk.",
    fields=tuple(
        one(f"risks/{risk.value}", RISKS[risk], RISK_LEVELS, small=True) for risk in Risk if risk not in _OTHERS
    ),
)
RISKS_FOR_OTHERS = Question(
    slug="risks-to-others",
    title="What risk may {who} be to others?",
    about=About.ASK,
    hint="Homes are told the level, and nothing else.",
    fields=tuple(one(f"risks/{risk.value}", RISKS[risk], RISK_LEVELS, small=True) for risk in Risk if risk in _OTHERS),
)
OLDER = Question(
    slug="older",
    title="Is {who} ready for more independence?",
    about=About.ASK,
    hint="For 16 and 17 year olds.",
    fields=(
        one("readiness_assessed", "Has readiness for supported accommodation been assessed?", KNOWN),
        flag("homeless", "Homeless now"),
        one("joint_housing_assessed", "If homeless: has the joint assessment with housing been done?", KNOWN),
    ),
)
BABY = Question(
    slug="parent",
    title="Is a parent to live with their baby?",
    about=About.ASK,
    hint="Leave everything empty if not.",
    fields=(
        one("parent", "Which parent is to live with the child?", PARENTS),
        day_of("baby_born", "If {who} is the parent: the baby's date of birth", hint="For example, 27 3 2026"),
    ),
)
STABILITY = Question(
    slug="stability",
    title="Is there a stability plan for {who}?",
    about=About.ASK,
    hint="Needed before the next placement once two have broken down.",
    fields=(day_of("stability_plan_on", "Made on", hint="Leave empty if there is none."),),
)
PAIR = Question(
    slug="together",
    title="Should {who} live together?",
    about=About.PAIR,
    hint="A pair without an assessment is taken as together if they can.",
    fields=(
        one(
            "assessed",
            "What the assessment says",
            SIBLINGS,
            missing="Select what the assessment says, or clear who made it and when",
        ),
        line("assessed_by", "Assessed by", hint="A role or staff reference, for example SW-055. Never a name."),
        day_of("assessed_on", "Assessed on", hint="For example, 27 3 2026"),
    ),
)
