"""Whether a home can be asked: confirmed as it is, or changed, by those who keep its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.clashes import Clash, clash
from app.pages.homes.home_list import AVAILABILITY
from app.pages.matches.pictures import confirmed
from app.pages.typed import NOTHING_TYPED, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.words import capital, day, plain
from app.services.home_files import HomeFile, read_home_file
from app.services.workflow.vacancies import Said, say_vacancies
from db.errors import Stale
from matching.codes import AvailabilityState, OnHoldReason
from matching.errors import Invalid
from matching.homes import Availability

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityPage:
    """The form."""

    template: ClassVar[str] = "homes/availability.html"
    title: str
    href: str
    action: str
    confirmed: str
    version: int
    states: tuple[Answer, ...]
    reasons: tuple[Answer, ...]
    until: tuple[str, str, str]
    """Day, month and year as typed, or as they stand."""
    clash: Clash | None = None
    typed: Typed = NOTHING_TYPED


@router.post("/homes/{reference}/confirm", name="page_confirm_home")
def confirm(visit: Annotated[Visit, Depends(May("amend_home"))], reference: str) -> Response:
    """Confirms that it stands as it is on record, today."""
    found = read_home_file(visit.office, visit.caller, reference)
    return _say(visit, found, Said(home=found.home.value.id, expected=visit.sent.version), "home-confirmed")


@router.get("/homes/{reference}/availability", name="page_availability")
def availability(visit: Annotated[Visit, Depends(May("amend_home"))], reference: str) -> Response:
    """The form, as it stands on record."""
    return visit.page(_view(read_home_file(visit.office, visit.caller, reference)))


@router.post("/homes/{reference}/availability", name="page_change_availability")
def change(visit: Annotated[Visit, Depends(May("amend_home"))], reference: str) -> Response:
    """Changes it, and confirms it today."""
    found = read_home_file(visit.office, visit.caller, reference)
    reading = Reading(visit.sent)
    state = reading.choice("state", AvailabilityState, "Say whether the home can be asked")
    reason = reading.choice("reason", OnHoldReason)
    until = reading.day("until")
    if state is AvailabilityState.ON_HOLD and reason is None:
        reading.refuse("reason", "Say why the home is on hold")
    if state is AvailabilityState.CLOSING and until is None:
        reading.refuse("until", "Say on which day the home closes", "until-day")
    if until is not None and until < visit.office.today():
        reading.refuse("until", "This day has passed. Give today or a later day", "until-day")
    if reading.wrong or state is None:
        return visit.page(_view(found, reading.typed), 422)
    nights = found.home.value.availability.nights_of_week
    held = reason if state is AvailabilityState.ON_HOLD else None
    ends = None if state is AvailabilityState.AVAILABLE else until
    said = Availability(state=state, reason=held, until=ends, nights_of_week=nights)
    asked = Said(home=found.home.value.id, availability=said, expected=visit.sent.version)
    try:
        return _say(visit, found, asked, "home-changed")
    except Invalid as refused:
        return visit.page(_view(found, visit.sent.typed.told(refused, {"availability/until": "until"})), 422)
    except Stale:
        now = read_home_file(visit.office, visit.caller, reference)
        view = replace(_view(now, visit.sent.typed), clash=_clash(now, said))
        return visit.page(view, 412)


def _say(visit: Visit, found: HomeFile, said: Said, notice: str) -> Response:
    address = f"/homes/{found.home.value.external_ref}"
    reply = say_vacancies(
        visit.office, visit.caller, said, lambda _: visit.gone(address, said=notice), visit.sent.repeat
    )
    return answered(reply)


def _clash(found: HomeFile, yours: Availability) -> Clash:
    theirs = found.home.value.availability
    return clash(found.home.version, _told(yours), _told(theirs))


def _told(said: Availability) -> dict[str, str]:
    return {
        "Whether it can be asked": AVAILABILITY[said.state],
        "Why it is on hold": capital(plain(said.reason.value)) if said.reason else "no reason",
        "Until": day(said.until),
    }


def _view(found: HomeFile, typed: Typed = NOTHING_TYPED) -> AvailabilityPage:
    home = found.home.value
    said = home.availability
    state = typed.value("state", said.state.value)
    reason = typed.value("reason", said.reason.value if said.reason else "")
    return AvailabilityPage(
        title=f"Can home {home.external_ref} be asked?",
        href=f"/homes/{home.external_ref}",
        action=f"/homes/{home.external_ref}/availability",
        confirmed=confirmed(home, found.as_of),
        version=found.home.version,
        states=tuple(Answer(one.value, words, one.value == state) for one, words in AVAILABILITY.items()),
        reasons=(
            Answer("", "It is not on hold", not reason),
            *(Answer(one.value, capital(plain(one.value)), one.value == reason) for one in OnHoldReason),
        ),
        until=_until(typed, said.until),
        typed=typed,
    )


def _until(typed: Typed, until: date | None) -> tuple[str, str, str]:
    day_, month, year = (str(until.day), str(until.month), str(until.year)) if until else ("", "", "")
    return (
        typed.value("until-day", day_),
        typed.value("until-month", month),
        typed.value("until-year", year),
    )
