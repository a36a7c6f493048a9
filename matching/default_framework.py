"""The default needs framework: twelve domains in pairs under six outcomes, in words of our own.

Its shape (domains, levels 0 to 4, strengths beside risks, review about every six months) is what public reports say of
such frameworks; no published form's text is used. An authority may take it as it stands or make its own version.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid5

from matching.codes import NeedsBand, Skill
from matching.needs import Domain, Framework
from matching.values import FrameworkId

_NAMESPACE = UUID("5f0c6f0e-51d5-5a86-9c39-3e1d6a6f7f10")

FLOURISH_OUTCOMES: Final = (
    "family-and-friends",
    "learning",
    "opportunity",
    "understood",
    "resilience",
    "individual",
    "safe-and-secure",
    "healthy",
)
"""The tags a domain may carry: the eight Flourish outcomes (shared design notes, section 5)."""

REVIEW_MONTHS: Final = 6
"""A profile is made anew about every six months."""

_Support = tuple[str, str, str]


def _domain(
    code: str,
    outcome: str,
    weight: int,
    tags: str,
    skills: Mapping[int, frozenset[Skill]],
    descriptors: tuple[str, str, str, str, str],
    support: _Support,
) -> Domain:
    """One domain; `support` says what would close the gap to levels 2, 3 and 4."""
    return Domain(
        code=code,
        name=code.replace("-", " ").capitalize(),
        outcome=outcome,
        descriptors=descriptors,
        weight=weight,
        skills=MappingProxyType(dict(skills)),
        support=MappingProxyType(dict(zip((2, 3, 4), support, strict=True))),
        tags=frozenset(tags.split()),
    )


_DOMAINS = (
    _domain(
        "health",
        "Being well",
        1,
        "healthy",
        {3: frozenset({Skill.MEDICATION})},
        (
            "In good health; registered with a GP and dentist and seen when due.",
            "The usual childhood illnesses and check-ups, which any carer would manage.",
            "A condition that is stable but needs a routine, such as inhalers, a diet or regular clinics.",
            "A condition that changes, with several clinics or daily medication that must not be missed.",
            "A serious or life-limiting condition, with nursing procedures or waking care at night.",
        ),
        (
            "A health plan explained by the nurse for children in care before the move",
            "Training in giving medicines, and a named nurse to ring",
            "A package from the health board: trained night care, equipment and regular nursing visits",
        ),
    ),
    _domain(
        "disability-and-self-care",
        "Being well",
        1,
        "healthy individual",
        {3: frozenset({Skill.LEARNING_DISABILITY}), 4: frozenset({Skill.MOVING_AND_HANDLING})},
        (
            "Washes, dresses, eats and moves about as others of the same age do.",
            "Needs reminding, and help now and then, as many children do.",
            "Needs help with some daily tasks, or small changes at home or school.",
            "Needs help with most daily tasks; a learning or physical disability shapes every day.",
            "Depends on others for all care, by day and often by night, with equipment or two people.",
        ),
        (
            "Advice from an occupational therapist and simple aids",
            "Disability training, and a few hours of help at home each week",
            "Adapted home, hoist and moving training, with a second pair of hands at set times",
        ),
    ),
    _domain(
        "emotional-wellbeing",
        "Feeling settled",
        2,
        "resilience understood",
        {3: frozenset({Skill.TRAUMA_INFORMED}), 4: frozenset({Skill.THERAPEUTIC_PARENTING})},
        (
            "Mostly content; shows a range of feelings and recovers from upsets.",
            "Ups and downs that fit what is happening, eased by a familiar adult.",
            "Often worried, low or cross, and needs an adult who notices and stays near.",
            "Distress on most days that gets in the way of sleep, school or friendships.",
            "Distress that overwhelms, with specialist treatment now or in the past year.",
        ),
        (
            "Regular consultation with the wellbeing team",
            "Training in trauma-informed care and monthly clinical consultation",
            "Weekly therapy, therapeutic parenting training and a plan for nights and crises",
        ),
    ),
    _domain(
        "behaviour",
        "Feeling settled",
        2,
        "understood resilience",
        {3: frozenset({Skill.DE_ESCALATION})},
        (
            "Gets on with the day and responds to ordinary boundaries.",
            "Tests limits as others of the same age do.",
            "Needs clear, steady boundaries and time to calm; outbursts are short.",
            "Frequent outbursts, damage or defiance that take planning and two adults at times.",
            "Behaviour that puts the placement at risk on most days, whatever has been tried.",
        ),
        (
            "A behaviour plan that school and home share",
            "De-escalation training, and a support worker at the hardest hours",
            "Extra adults by rota, on-call support at night and short breaks planned ahead",
        ),
    ),
    _domain(
        "relationships-and-attachment",
        "Belonging",
        2,
        "family-and-friends understood",
        {3: frozenset({Skill.ATTACHMENT}), 4: frozenset({Skill.THERAPEUTIC_PARENTING})},
        (
            "Trusts familiar adults, makes friends and is comforted.",
            "A little wary or clingy at first; settles within weeks.",
            "Finds trust hard; needs one or two patient adults and help with friendships.",
            "Pushes close adults away or clings to strangers; friendships do not last.",
            "Cannot yet bear closeness; earlier homes have ended over it.",
        ),
        (
            "Unhurried introductions, and the same visiting worker throughout",
            "Attachment training and supervision for the carers",
            "Therapy for child and carers together, and a slow plan agreed by all",
        ),
    ),
    _domain(
        "identity-and-culture",
        "Belonging",
        1,
        "individual understood",
        {},
        (
            "At ease with who they are; faith, language and culture are part of daily life.",
            "Curious about where they come from; the home can answer or find out.",
            "Needs active help with language, faith, heritage or life story.",
            "Confused, ashamed or cut off from family, faith or language, and it hurts.",
            "Rejects or hides who they are, or is a target for it, and it shapes every choice.",
        ),
        (
            "Life-story work, and foods, faith or language brought into the home",
            "A mentor who shares the child's background, and an interpreter where wanted",
            "Specialist identity work, with a worker who knows the community well",
        ),
    ),
    _domain(
        "family-time",
        "Family and learning",
        1,
        "family-and-friends",
        {},
        (
            "Sees family happily, without help.",
            "Family time happens with lifts and a friendly word.",
            "Family time must be arranged, and the child needs time to settle afterwards.",
            "Supervised or frequent family time that leaves the child upset, or lets the child down.",
            "Contact that is unsafe or disputed in court, several times a week or not at all.",
        ),
        (
            "Transport, and a steady timetable kept by one worker",
            "A supervisor for visits, and support for the carers on those days",
            "A family-time plan run by specialist workers, with the carers kept out of conflict",
        ),
    ),
    _domain(
        "education-and-learning",
        "Family and learning",
        1,
        "learning opportunity",
        {},
        (
            "Learning well and going to school, nursery or work gladly.",
            "Some catching up to do, with a school that manages it.",
            "Extra help in school; attendance needs a push at times.",
            "An education plan, part-time timetable or repeated suspensions.",
            "Out of school, or in a special school that few homes can reach.",
        ),
        (
            "The virtual school at each planning meeting, and help with homework",
            "Transport, a tutor, and cover at home on days without lessons",
            "Education arranged with the home, full time, from the first week",
        ),
    ),
    _domain(
        "risk-to-self",
        "Being safe",
        2,
        "safe-and-secure healthy",
        {3: frozenset({Skill.SELF_HARM})},
        (
            "Takes the risks that others of the same age take.",
            "Careless at times; listens when shown why it matters.",
            "Has hurt themselves, used substances or run off, rarely and not badly.",
            "Self-harm, substance use or going missing in the past three months, with a safety plan.",
            "Danger to life in the past three months; watched closely, by night too.",
        ),
        (
            "A safety plan that the child helped to write",
            "Self-harm training, locked storage and a rapid route to mental health services",
            "Waking nights and one-to-one time until risk has fallen, reviewed each week",
        ),
    ),
    _domain(
        "risk-from-others",
        "Being safe",
        2,
        "safe-and-secure",
        {3: frozenset({Skill.EXPLOITATION})},
        (
            "Nobody is known to mean the child harm.",
            "Needs the usual watchfulness, online and outdoors.",
            "Easily led, or bullied; needs help with friends, phones and money.",
            "People are known to exploit or threaten the child, or to try.",
            "In present danger from known people, who look for the child.",
        ),
        (
            "Agreed rules for phones and for coming home, and a trusted adult outside the home",
            "Exploitation training, and a worker from the exploitation team",
            "A home whose address is protected, away from known places, with police aware",
        ),
    ),
    _domain(
        "risk-to-others",
        "Living with others and growing up",
        3,
        "safe-and-secure resilience",
        {3: frozenset({Skill.DE_ESCALATION})},
        (
            "Kind to other children, adults and animals.",
            "The squabbles that any household knows.",
            "Has pushed, hit or threatened; an adult nearby prevents most of it.",
            "Has hurt others or set fires in the past year; not left alone with younger children.",
            "Serious harm to others is likely without constant watching.",
        ),
        (
            "A plan for who sleeps where and who is in the room",
            "De-escalation training, door alarms agreed with the child, and no younger children in the home",
            "A home for one child with two adults awake, and specialist treatment",
        ),
    ),
    _domain(
        "independence-and-life-skills",
        "Living with others and growing up",
        1,
        "opportunity individual",
        {},
        (
            "Does for themselves what others of the same age do.",
            "Learning at the usual pace, with encouragement.",
            "Behind for their age in money, cooking, travel or keeping appointments.",
            "Could not manage alone for a day without harm or great worry.",
            "Will need adults beside them well beyond eighteen.",
        ),
        (
            "A skills plan with one goal a month",
            "A key worker for several hours a week, and practice nights",
            "An early referral to adult services, and staff there by day and night",
        ),
    ),
)

DEFAULT_FRAMEWORK: Final = Framework(
    id=FrameworkId(uuid5(_NAMESPACE, "default-framework/1")),
    authority=None,
    code="default",
    version=1,
    name="Twelve domains under six outcomes",
    domains=_DOMAINS,
    band_starts=MappingProxyType(
        {NeedsBand.UNIVERSAL: 0, NeedsBand.ADDITIONAL: 20, NeedsBand.HIGH: 39, NeedsBand.COMPLEX: 58}
    ),
)
"""Version 1. The weights add to 19, so a level held in every domain totals 19, 38, 57 or 76.

Each band begins just above the level before it held throughout: a child at level 1 everywhere is universal.
"""
