"""What is asked about a child: who, health, school, law, places, and the needs profile by the framework's own domains."""

from __future__ import annotations

from itertools import groupby

from app.pages.asking.fields import Field as Asked
from app.pages.asking.fields import Option, day_of, flag, line, one, pick, several, text
from app.pages.asking.questions import About, Question, Rows
from app.pages.wording import (
    ACCESS,
    AVOID_REASONS,
    CARE_PLANS,
    COMMUNICATION,
    DOL,
    ETHNICITIES,
    FREQUENCIES,
    HEALTH,
    KNOWN,
    LANGUAGES,
    LEGAL,
    PLACE_KINDS,
    RELIGIONS,
    SEXES,
)
from matching.needs import LEVEL_NAMES, Framework

WHO = Question(
    slug="about",
    title="Who is the child?",
    about=About.CHILD,
    fields=(
        line(
            "external_ref",
            "Number in your case system",
            hint="What your authority calls the child by, for example C001025. Never a name.",
            missing="Enter the child's number in your case system",
            name="number",
        ),
        day_of(
            "born",
            "Date of birth",
            hint="For example, 27 3 2016",
            missing="Enter the child's date of birth",
        ),
        one("sex", "Sex", SEXES, missing="Select the child's sex", hint="As in the statutory return."),
    ),
)
NAME = Question(
    slug="name",
    title="What is the name of {who}?",
    about=About.NAME,
    hint="Kept apart from everything else. Pages show the initials; the full name only to who asks for it, and each time is recorded.",
    fields=(
        line("given_name", "Given names", missing="Enter the given names, or leave all three empty"),
        line("family_name", "Family name", missing="Enter the family name, or leave all three empty"),
        line(
            "initials",
            "Initials",
            narrow=True,
            hint="For example, AB",
            missing="Enter the initials, or leave all three empty",
        ),
    ),
)
LAW = Question(
    slug="legal",
    title="What is the legal position of {who}?",
    about=About.CHILD,
    fields=(
        pick("legal_status", "Legal status", LEGAL),
        pick("care_plan", "Care plan", CARE_PLANS),
        day_of("in_care_since", "In care since", hint="Leave empty for a child who is not in care yet."),
        one("section_20_consent", "Is there consent under section 20?", KNOWN),
        one("delegated_authority", "Is there delegated authority?", KNOWN),
        one("deprivation_of_liberty", "Is there an order that allows depriving the child of liberty?", DOL),
        flag("uasc", "Unaccompanied, seeking asylum"),
    ),
)
HEALTH_AND_BODY = Question(
    slug="health",
    title="What must a home know of the health of {who}?",
    about=About.CHILD,
    fields=(
        several("health", "Conditions that matter to where the child lives", HEALTH, hint="Select all that apply."),
        one(
            "health_recorded",
            "Has somebody looked into this?",
            {"yes": "Yes, what is ticked above is all of it", "no": "No, nobody has recorded it yet"},
            truth=True,
            unsaid=False,
        ),
        one("disabled", "Is the child disabled?", KNOWN),
        several("access", "Getting about", ACCESS, hint="Select all that apply."),
    ),
)
SPEAKING = Question(
    slug="communication",
    title="How does {who} communicate?",
    about=About.CHILD,
    fields=(
        several("communication", "Support with communication", COMMUNICATION, hint="Select all that apply."),
        several("languages", "Languages the child speaks", LANGUAGES, hint="Select all that apply.", small=True),
    ),
)
BACKGROUND = Question(
    slug="background",
    title="What is the background of {who}?",
    about=About.CHILD,
    fields=(
        pick("ethnicity", "Ethnicity", ETHNICITIES),
        pick("religion", "Religion", RELIGIONS),
        one("send", "Does the child have special educational needs?", KNOWN),
        one("ehcp", "Is there an education, health and care plan?", KNOWN),
    ),
)
PLACES = Question(
    slug="places",
    title="Which places matter to {who}?",
    about=About.CHILD,
    hint="The family home, the school, where family time is, and anywhere else the child goes often. A postcode, or the first part and one digit (NR1 3) where the full one must not be held.",
    rows=Rows(
        path="important_places",
        one="Place",
        fields=(
            pick("kind", "What is there?", PLACE_KINDS, missing="Select what is there"),
            line("postcode", "Postcode", narrow=True, missing="Enter the postcode, for example NR1 3AB"),
            pick("frequency", "How often does the child go there?", FREQUENCIES),
        ),
    ),
)
_RADII = {
    805: "Half a mile",
    1_609: "1 mile",
    3_219: "2 miles",
    8_047: "5 miles",
    16_093: "10 miles",
    32_187: "20 miles",
}
AVOID = Question(
    slug="avoid",
    title="Which places must {who} stay away from?",
    about=About.ASK,
    hint="No home inside one of these circles will be proposed. Leave everything empty if there is no such place.",
    rows=Rows(
        path="avoid",
        one="Place to avoid",
        fields=(
            line("postcode", "Postcode", narrow=True, missing="Enter the postcode, for example NR1 3AB"),
            pick(
                "radius",
                "How far around it, in a straight line?",
                _RADII,
                missing="Select how far around it",
                other="{} metres",
                whole=True,
            ),
            pick("reason", "Why?", AVOID_REASONS),
        ),
    ),
)
MADE = Question(
    slug="profile",
    title="When was the needs profile of {who} made?",
    about=About.PROFILE,
    hint="Leave everything empty to make no new profile now.",
    fields=(
        day_of("made_on", "Made on", hint="For example, 2 9 2026", missing="Enter the day the profile was made"),
        line(
            "author",
            "Made by",
            hint="A role or staff reference, for example SW-055. Never a name.",
            missing="Enter who made the profile",
        ),
        day_of("review_due", "Review due", hint="About six months later.", missing="Enter when the review is due"),
    ),
)


def needs_questions(framework: Framework) -> tuple[Question, ...]:
    """The questions about needs: one page for the domains of each outcome."""
    grouped = groupby(framework.domains, key=lambda domain: domain.outcome)
    return tuple(
        Question(
            slug=f"needs-{at + 1}",
            title=f"{outcome[:1].upper()}{outcome[1:]}: what does {{who}} need?",
            about=About.PROFILE,
            fields=tuple(
                field for domain in domains for field in _domain(domain.code, domain.name, domain.descriptors)
            ),
        )
        for at, (outcome, domains) in enumerate(grouped)
    )


def _domain(code: str, name: str, descriptors: tuple[str, ...]) -> tuple[Asked, ...]:
    levels = {str(at): f"{at} {level}" for at, level in enumerate(LEVEL_NAMES)}
    hints = dict(zip(levels, descriptors, strict=True))
    return (
        one(
            f"findings/{code}/level",
            name,
            levels,
            hints=hints,
            whole=True,
            name=f"{code}-level",
            missing="Select the level, or clear the words below it",
        ),
        text(
            f"findings/{code}/strength",
            f"{name}: strengths",
            hint="What goes well, and what the child is good at.",
            name=f"{code}-strength",
        ),
        text(f"findings/{code}/childs_words", f"{name}: in the child's own words", name=f"{code}-words"),
        text(f"findings/{code}/evidence", f"{name}: what this rests on", name=f"{code}-evidence"),
    )


__all__ = [
    "AVOID",
    "BACKGROUND",
    "HEALTH_AND_BODY",
    "LAW",
    "MADE",
    "NAME",
    "PLACES",
    "SPEAKING",
    "WHO",
    "Option",
    "needs_questions",
]
