"""Routes about what waits for whom, what runs out, and what homes say of their own vacancies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response

from app.api import answers
from app.api.workflow.told import Listed, reply
from app.bodies.shapes import Given, nested
from app.dependencies import AsOfHere, CallerHere, ExpectedHere, ExpectedIfSaid, IdHere, OfficeHere, RepeatHere
from app.services.workflow import vacancies, watching
from app.services.workflow.vacancies import Said
from db.mapping.shapes import Stored
from matching.codes import HomeKind
from matching.homes import Availability, EffectiveBeds, Home
from matching.workflow.timers import Timer
from matching.workflow.waits import Wait

router = APIRouter(tags=["waiting"])


@router.get(
    "/waiting",
    name="read_waiting",
    summary="What waits for me",
    responses={**answers.shows(Listed[Wait]), **answers.problems()},
)
def read_waiting(
    office: OfficeHere,
    caller: CallerHere,
    everybodys: Annotated[bool, Query(description="What waits for anybody, for the roles that may see it.")] = False,  # noqa: FBT002
) -> Response:
    """The most urgent and the oldest first. A provider's key sees what waits at its own homes. Leaves an audit event."""
    return answers.json(Listed(watching.read_waiting(office, caller, everybodys=everybodys)))


@router.get(
    "/timers",
    name="read_timers",
    summary="What runs out, and when",
    responses={**answers.shows(Listed[Timer]), **answers.problems()},
)
def read_timers(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """Computed from what is on record and the day: temporary approvals, emergencies outside the terms, emergency beds,
    vacancies not confirmed, reviews that are due, stability plans. The longest overdue first. Leaves an audit event.
    """
    return answers.json(Listed(watching.read_timers(office, caller, as_of)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyShown:
    """One of the provider's own homes: its beds, and whether it may be asked."""

    home: UUID
    external_ref: str
    kind: HomeKind
    registered_beds: int
    effective_beds: int
    availability: Availability
    version: int


def _vacancy(stored: Stored[Home]) -> VacancyShown:
    home = stored.value
    return VacancyShown(
        home=home.id,
        external_ref=home.external_ref,
        kind=home.kind,
        registered_beds=home.registered_beds,
        effective_beds=home.beds,
        availability=home.availability,
        version=stored.version,
    )


@router.get(
    "/vacancies",
    name="list_vacancies",
    summary="The provider's own homes, and what each says of its vacancies",
    responses={**answers.shows(Listed[VacancyShown]), **answers.problems()},
)
def list_vacancies(office: OfficeHere, caller: CallerHere) -> Response:
    """By reference."""
    return answers.json(Listed(tuple(_vacancy(one) for one in vacancies.list_vacancies(office, caller))))


_SAID: dict[int | str, Any] = {**answers.shows(VacancyShown, with_etag=True), **answers.problems(404, 409, 412)}


@router.post(
    "/vacancies/{id}/confirm", name="confirm_vacancy", summary="Confirm that nothing has changed", responses=_SAID
)
def confirm_vacancy(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
) -> Response:
    """As of today."""
    said = Said(home=id, expected=seen)
    return answers.sent(vacancies.say_vacancies(office, caller, said, lambda one: reply(_vacancy(one)), repeat))


class VacancyGiven(Given):
    """What the home now says of itself."""

    availability: nested(Availability)  # type: ignore[valid-type]  # made while running
    effective: nested(EffectiveBeds) | None = None  # type: ignore[valid-type]
    """Fewer beds than are registered, why, and until when; null for all of them."""


@router.put(
    "/vacancies/{id}",
    name="change_vacancy",
    summary="Change what a home says of its vacancies",
    responses={**_SAID, **answers.problems(404, 409, 412, 428)},
)
def change_vacancy(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    expected: ExpectedHere,
    body: Annotated[
        VacancyGiven,
        Body(examples=[{"availability": {"state": "on-hold", "reason": "illness", "until": "2026-09-20"}}]),
    ],
) -> Response:
    """Confirmed as of today. Fewer beds than are promised are refused with 409, naming what stands in the way."""
    said = Said(
        home=id,
        availability=_made(Availability, body.availability),
        effective=None if body.effective is None else _made(EffectiveBeds, body.effective),
        all_beds=body.effective is None,
        expected=expected,
    )
    return answers.sent(vacancies.say_vacancies(office, caller, said, lambda one: reply(_vacancy(one)), None))


def _made(kind: Any, body: Any) -> Any:
    said = {name: getattr(body, name) for name in kind.__dataclass_fields__}
    return kind(**{name: frozenset(one) if isinstance(one, list) else one for name, one in said.items()})
