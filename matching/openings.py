"""What would lawfully open a home that a rule keeps from a child: the home's record as it would be once that is done.

Only for rules that say themselves what opens them, and only where that is a change of the home: nothing here waives a
safety rule, and nothing changes what is asked for the child.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from matching.answers import bits
from matching.codes import AvailabilityState, CareType, OnHoldReason, SkillLevel
from matching.facts import asked
from matching.homes import ApprovalTerms, Availability, Home, SkillHeld, StatementOfPurpose
from matching.pool import Seeker
from matching.rules.book import RULES
from matching.values import AgeRange, age_on

Opened = Callable[[Home, Seeker], Home | None]
MOST_BEDS = 60
"""The most beds that a home on record may have."""


def opened(rule: str, home: Home, seeker: Seeker) -> Home | None:
    """The home once a rule no longer keeps the child from it; None where no change of the home would do that lawfully.

    Whether the change suffices is for the rules to say: ask them again.
    """
    change = _CHANGES.get(rule)
    return None if change is None or RULES[rule].remedy is None else change(home, seeker)


def _of_terms(change: Callable[[ApprovalTerms, Seeker], ApprovalTerms]) -> Opened:
    """A change of the terms of approval in force on the child's first night."""

    def change_home(home: Home, seeker: Seeker) -> Home | None:
        terms = home.approval_on(seeker.starts)
        if terms is None:
            return None
        changed = change(terms, seeker)
        return replace(home, approvals=tuple(changed if one is terms else one for one in home.approvals))

    return change_home


def _of_purpose(change: Callable[[StatementOfPurpose, Seeker], StatementOfPurpose]) -> Opened:
    """A change of the statement of purpose in force on the child's first night."""

    def change_home(home: Home, seeker: Seeker) -> Home | None:
        purpose = home.purpose_on(seeker.starts)
        if purpose is None:
            return None
        changed = change(purpose, seeker)
        return replace(home, purposes=tuple(changed if one is purpose else one for one in home.purposes))

    return change_home


def _ages(ages: AgeRange | None, seeker: Seeker) -> AgeRange | None:
    if ages is None:
        return None
    age = age_on(seeker.child.born, seeker.starts)
    return AgeRange(min(ages.youngest, age), max(ages.oldest, age))


def _more(number: int | None) -> int | None:
    return None if number is None else number + 1


def _needs(purpose: StatementOfPurpose, seeker: Seeker) -> StatementOfPurpose:
    levels = {} if seeker.profile is None else seeker.profile.levels
    highest = {domain: max(most, levels.get(domain) or 0) for domain, most in purpose.highest_levels.items()}
    return replace(purpose, highest_levels=MappingProxyType(highest))


def _one_more_bed(home: Home, seeker: Seeker) -> Home | None:
    """One bed more: of those that a dated decision keeps empty, or else a new one with a room of its own."""
    del seeker
    if home.effective is not None and home.effective.beds < home.registered_beds:
        return replace(home, effective=replace(home.effective, beds=home.effective.beds + 1))
    if home.registered_beds >= MOST_BEDS:
        return None
    return replace(home, registered_beds=home.registered_beds + 1, bedrooms=_more(home.bedrooms))


def _available(home: Home, seeker: Seeker) -> Home | None:
    """Available again: never while an allegation is looked into, nor a home that is suspended or closes."""
    del seeker
    now = home.availability
    if now.state is AvailabilityState.AVAILABLE:
        return home
    if now.state not in (AvailabilityState.ON_HOLD, AvailabilityState.FULL) or now.reason is OnHoldReason.ALLEGATION:
        return None
    return replace(
        home, availability=Availability(last_confirmed=now.last_confirmed, nights_of_week=now.nights_of_week)
    )


def _every_night(home: Home, seeker: Seeker) -> Home:
    del seeker
    return replace(home, availability=replace(home.availability, nights_of_week=frozenset(range(7))))


def _trained(home: Home, seeker: Seeker) -> Home:
    missing = sorted(seeker.asks.skills - home.skills_held)
    kept = tuple(one for one in home.skills if one.skill not in missing)
    return replace(home, skills=(*kept, *(SkillHeld(skill, SkillLevel.TRAINED) for skill in missing)))


def _no_longer_temporary(terms: ApprovalTerms, seeker: Seeker) -> ApprovalTerms:
    del seeker
    return replace(terms, temporary_until=None)


def _care(seeker: Seeker) -> CareType:
    """The first of the types of care that would do."""
    wanted = asked.care(seeker)
    return next(care for care in CareType if wanted & bits((care,)))


def _offering(care: CareType) -> Opened:
    return lambda home, _: replace(home, bed_types=home.bed_types | {care})


_CHANGES: Mapping[str, Opened] = MappingProxyType(
    {
        "approval.ages": _of_terms(lambda terms, one: replace(terms, ages=_ages(terms.ages, one))),
        "approval.sex": _of_terms(lambda terms, one: replace(terms, sexes=terms.sexes | {one.child.sex})),
        "approval.care-types": _of_terms(lambda terms, one: replace(terms, care_types=terms.care_types | {_care(one)})),
        "approval.named-children": _of_terms(
            lambda terms, one: replace(terms, named_children=terms.named_children | {one.child.id})
        ),
        "approval.number": _of_terms(lambda terms, _: replace(terms, number=_more(terms.number))),
        "approval.connected-temporary": _of_terms(_no_longer_temporary),
        "limit.usual-fostering": _of_terms(
            lambda terms, one: replace(terms, exempt_children=terms.exempt_children | {one.child.id})
        ),
        "purpose.ages": _of_purpose(lambda purpose, one: replace(purpose, ages=_ages(purpose.ages, one))),
        "purpose.sex": _of_purpose(lambda purpose, one: replace(purpose, sexes=purpose.sexes | {one.child.sex})),
        "purpose.needs": _of_purpose(_needs),
        "purpose.number": _of_purpose(lambda purpose, _: replace(purpose, number=_more(purpose.number))),
        "limit.beds": _one_more_bed,
        "availability.matchable": _available,
        "bed.short-break-nights": _every_night,
        **{f"bed.{care.value}": _offering(care) for care in CareType},
        "needs.skills": _trained,
        "needs.access": lambda home, one: replace(home, access=home.access | one.child.access),
        "needs.staffing": lambda home, one: replace(home, staffing=one.asks.staffing),
    }
)
