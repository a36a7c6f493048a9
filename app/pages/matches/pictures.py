"""The pen picture of a home: who lives there, what they can do, what is known and when it was confirmed. No address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.pages.facts import Fact
from app.pages.naming import listed, one_of_age
from app.pages.wording import DECLINED, RELIGIONS, SKILLS, language
from app.pages.words import capital, counted, day, plain
from matching.codes import Known, SkillLevel
from matching.homes import Home, Provider
from matching.pool import Pool
from matching.workflow.offers import Taught


def picture(pool: Pool, column: int, provider: Provider | None, first_night: date) -> tuple[Fact, ...]:
    """The carers' household, or the home, in the fields of its record."""
    home = pool.homes[column]
    return tuple(
        Fact(name, capital(says))
        for name, says in (
            ("Provider", "not on record" if provider is None else provider.name),
            ("Ofsted", _ofsted(home)),
            ("Who lives there", living_there(pool, column, first_night)),
            *_household(home),
            ("Skills", _skills(home)),
            ("Access", listed((plain(one) for one in sorted(home.access)), "none recorded")),
            ("Beds", _beds(home)),
        )
    )


def _household(home: Home) -> Iterator[tuple[str, str]]:
    there = home.household
    yield "Languages", listed((language(code) for code in sorted(there.languages)), "not recorded")
    yield "Religion", RELIGIONS[there.religion] if there.religion else "not recorded"
    if there.religions_supported:
        yield "Religions actively supported", listed(RELIGIONS[one] for one in sorted(there.religions_supported))
    yield "Smoking or vaping", known(there.smokers, "somebody smokes or vapes", "nobody smokes or vapes")
    yield "Animals", animals(home)
    yield "Drives", known(there.drives, "yes", "no")


def known(said: Known, yes: str, no: str) -> str:
    """Yes or no in words; what nobody has said is to be asked, and never taken as no."""
    return {Known.YES: yes, Known.NO: no}.get(said, "not recorded: ask")


def animals(home: Home) -> str:
    """Whether there are animals."""
    return known(home.household.pets, "there are animals", "no animals")


def living_there(pool: Pool, column: int, first_night: date) -> str:
    """Who is there on the first night: children placed, and the household's own, by sex and age alone."""
    night = max(0, (first_night - pool.as_of).days)
    placed = [
        one_of_age(one.child.sex, one.child.age_on(first_night))
        for one in pool.residents[column]
        if one.stay.first <= night < one.stay.end
    ]
    own = [one_of_age(one.sex, one.age) for one in pool.homes[column].household.own_children]
    found = [listed(placed) + " placed there"] if placed else []
    found += [listed(own) + " of the household's own"] if own else []
    return "; ".join(found) or "no other child on the first night"


def _skills(home: Home) -> str:
    held = [SKILLS[one.skill] for one in home.skills if one.level is not SkillLevel.TRAINABLE]
    could = [SKILLS[one.skill] for one in home.skills if one.level is SkillLevel.TRAINABLE]
    found = [listed(held)] if held else []
    found += [f"could be trained before the start: {listed(could)}"] if could else []
    return "; ".join(found) or "none recorded"


def _ofsted(home: Home) -> str:
    when = f", {day(home.ofsted_on)}" if home.ofsted_on else ""
    return f"{plain(home.ofsted)}{when}"


def _beds(home: Home) -> str:
    registered = counted(home.registered_beds, "registered bed")
    if home.effective is None:
        return registered
    why = f"{plain(home.effective.reason)}, review on {day(home.effective.review_on)}"
    return f"{registered}; {home.effective.beds} in use ({why})"


def confirmed(home: Home, as_of: date) -> str:
    """When somebody last confirmed that the home can be asked."""
    when = home.availability.last_confirmed
    if when is None:
        return "Nobody has confirmed it: ring first"
    days = (as_of - when).days
    if days <= 0:
        return "Confirmed today"
    return f"Confirmed {day(when)}, {counted(days, 'day')} ago"


def declined(taught: Taught) -> str:
    """How often a home gave one reason for declining."""
    times = "once" if taught.times == 1 else f"{taught.times} times"
    return f"{DECLINED[taught.reason]}: {times}, last on {day(taught.last.date())}"
