"""A home: what it is approved for, who lives there, which nights are free, what it has answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.facts import Fact
from app.pages.homes.home_list import AVAILABILITY
from app.pages.homes.nights import Week, calendar
from app.pages.matches.pictures import animals, confirmed, known
from app.pages.naming import kind, listed, one_of_age, sector
from app.pages.visits import May, Visit
from app.pages.wording import BANDS, DECLINED, OFFER_STATES, SKILLS, language
from app.pages.words import capital, counted, day, moment, plain, pounds
from app.services.home_files import CALENDAR, HomeFile, read_home_file
from matching.codes import AvailabilityState, SkillLevel
from matching.homes import Home
from matching.pool import NIGHTS_AHEAD, Resident
from matching.workflow.offers import Offer

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Living:
    """Somebody who lives there or is promised a bed."""

    who: str
    age: str
    stay: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One offer made to the home."""

    made: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Price:
    """One line of what a week costs."""

    who: str
    weekly: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """A home."""

    template: ClassVar[str] = "homes/one.html"
    title: str
    caption: str
    href: str
    state: str
    asked_about: bool
    confirmed: str
    own: bool
    may_change: bool
    version: int
    weeks: tuple[Week, ...]
    occupancy: str
    terms: tuple[Fact, ...]
    household: tuple[Fact, ...]
    living: tuple[Living, ...]
    held: tuple[str, ...]
    asked: tuple[Asked, ...]
    prices: tuple[Price, ...]
    price_notes: str
    nights: int = CALENDAR


@router.get("/homes/{reference}", name="page_home_of_reference")
def one_home(visit: Annotated[Visit, Depends(May("read_home"))], reference: str) -> Response:
    """One home; leaves an audit event."""
    return visit.page(page_of(visit, read_home_file(visit.office, visit.caller, reference)))


def page_of(visit: Visit, found: HomeFile) -> HomePage:
    """The page of a home."""
    home = found.home.value
    return HomePage(
        title=f"Home {home.external_ref}",
        caption=f"{capital(kind(home.kind.value))}, {sector(home.sector.value)}",
        href=f"/homes/{home.external_ref}",
        state=_state(home),
        asked_about=home.availability.state is AvailabilityState.AVAILABLE,
        confirmed=confirmed(home, found.as_of),
        own=found.own,
        may_change=found.own and visit.may("amend_home"),
        version=found.home.version,
        weeks=calendar(found.as_of, found.free),
        occupancy=_occupancy(found),
        terms=tuple(_terms(found)),
        household=tuple(_household(home)),
        living=tuple(_living(one, found.as_of, told=visit.may("read_child")) for one in found.residents),
        held=tuple(f"A bed is held until {moment(one.held_until)}" for one in found.holds),
        asked=tuple(_asked(one.value) for one in found.offers),
        prices=tuple(
            Price(f"Ages {one.ages.youngest} to {one.ages.oldest}, {BANDS[one.band].lower()} needs", pounds(one.weekly))
            for one in home.prices.base
        ),
        price_notes=_price_notes(home),
    )


def _state(home: Home) -> str:
    said = home.availability
    parts = [AVAILABILITY[said.state]]
    if said.reason is not None:
        parts.append(plain(said.reason.value))
    if said.from_day is not None:
        parts.append(f"from {day(said.from_day)}")
    if said.until is not None:
        parts.append(f"until {day(said.until)}")
    return ", ".join(parts)


def _occupancy(found: HomeFile) -> str:
    """How many bed-nights of the calendar are taken, of those that can be used."""
    beds = found.home.value.beds
    nights = [free for free in found.free if free is not None]
    usable = beds * len(nights)
    if not usable:
        return f"Not available on any of the next {len(found.free)} nights."
    taken = sum(min(beds, beds - free) for free in nights)
    return (
        f"{taken} of {usable} bed-nights are taken ({round(100 * taken / usable)} %), as far as stays are known today."
    )


def _terms(found: HomeFile) -> Iterator[Fact]:
    home, today = found.home.value, found.as_of
    terms, purpose = home.approval_on(today), home.purpose_on(today)
    yield Fact("Provider", "not on record" if found.provider is None else found.provider.name)
    yield Fact("Ofsted", f"{plain(home.ofsted)}{f', {day(home.ofsted_on)}' if home.ofsted_on else ''}")
    if terms is not None:
        yield Fact("Approved for ages", f"{terms.ages.youngest} to {terms.ages.oldest}" if terms.ages else "not said")
        yield Fact("Approved for", listed(sorted(plain(one) for one in terms.sexes)))
        yield Fact("Children at most", str(terms.number or "not said"))
        yield Fact("Types of care", listed((plain(one) for one in sorted(terms.care_types)), "not said"))
        if terms.named_children_only:
            yield Fact("Named children only", "yes")
        if terms.temporary_until is not None:
            yield Fact("Temporary approval until", day(terms.temporary_until))
    if purpose is not None:
        ages = purpose.ages
        yield Fact("Statement of purpose, ages", f"{ages.youngest} to {ages.oldest}" if ages else "not said")
        yield Fact("Statement of purpose, children at most", str(purpose.number or "not said"))
    if terms is None and purpose is None:
        yield Fact("Approval", "no terms in force are on record: nothing can be proposed here")
    yield Fact("Beds", _beds(home))
    yield Fact("Lives with no other child", "yes" if home.solo_only else "no")
    yield Fact("Annual review due", day(home.annual_review_due))


def _beds(home: Home) -> str:
    registered = f"{home.registered_beds} registered"
    if home.effective is None:
        return registered
    reason = plain(home.effective.reason.value)
    return f"{registered}, {home.effective.beds} in use ({reason}, review on {day(home.effective.review_on)})"


def _household(home: Home) -> Iterator[Fact]:
    there = home.household
    own = [one_of_age(one.sex, one.age) for one in there.own_children]
    held = [SKILLS[one.skill] for one in home.skills if one.level is not SkillLevel.TRAINABLE]
    yield Fact("Children of the household", listed(own, "none recorded"))
    yield Fact("Languages", listed((language(code) for code in sorted(there.languages)), "not recorded"))
    yield Fact("Smoking or vaping", capital(known(there.smokers, "somebody smokes or vapes", "nobody smokes or vapes")))
    yield Fact("Animals", capital(animals(home)))
    yield Fact("Skills", listed(held, "none recorded"))
    yield Fact("Access", listed((plain(one) for one in sorted(home.access)), "none recorded"))


def _living(one: Resident, today: date, *, told: bool) -> Living:
    ends = "no end planned" if one.stay.end >= NIGHTS_AHEAD else f"until {_on(today, one.stay.end)}"
    begins = "now" if one.stay.first == 0 else f"from {_on(today, one.stay.first)}"
    age = one.child.age_on(today)
    return Living(one.child.external_ref if told else "A child", str(age or "under 1"), f"{begins}, {ends}")


def _on(today: date, nights: int) -> str:
    return day(date.fromordinal(today.toordinal() + nights))


def _asked(offer: Offer) -> Asked:
    why = DECLINED[offer.declined_for] if offer.declined_for else ""
    return Asked(day(offer.made_at.date()), OFFER_STATES[offer.state], why)


def _price_notes(home: Home) -> str:
    notice = counted(home.prices.notice_days, "day")
    return (
        f"{capital(plain(home.prices.contract.value))} contract, {notice} of notice, prices of {home.prices.base_year}."
    )
