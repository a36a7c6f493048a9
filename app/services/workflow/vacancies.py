"""Use cases about what is vacant: confirmed or changed by a provider of its own homes, or by those who keep the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, as_expected, once
from app.services.workflow.errors import NotYourHome
from db.mapping.shapes import Stored
from matching.homes import Availability, EffectiveBeds, Home
from matching.workflow.roles import Role


def list_vacancies(office: Office, caller: Caller) -> tuple[Stored[Home], ...]:
    """The homes of the provider whose key it is, by reference."""
    with office.store.reading(caller.authority) as work:
        return () if caller.provider is None else work.homes.of_provider(caller.provider)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a home says of its own vacancies: nothing but that they stand as they are, or how they change."""

    home: UUID
    availability: Availability | None = None
    """None when it stands as it is."""
    effective: EffectiveBeds | None = None
    all_beds: bool = False
    """Whether every registered bed may be used again."""
    expected: int | None = None


def say_vacancies(
    office: Office, caller: Caller, said: Said, write: Callable[[Stored[Home]], Reply], repeat: Repeat | None
) -> Reply:
    """Confirms a home's vacancies today, as they are or as they are now said to be.

    Raises NotFound, NotYourHome, Stale, Invalid, and BedsPromised when fewer beds are left than are promised.
    """

    def do(doing: Doing) -> Stored[Home]:
        stored = as_expected(doing.work.homes.get(said.home), "home", said.expected)
        if caller.role is Role.PROVIDER and stored.value.provider != caller.provider:
            raise NotYourHome("home")
        changed = _changed(stored.value, said, doing)
        action = "confirm-vacancy" if said.availability is None else "change-vacancy"
        return doing.work.homes.replace(changed, doing.act(action))

    return once(office, caller, repeat, do, write)


def _changed(home: Home, said: Said, doing: Doing) -> Home:
    availability = replace(said.availability or home.availability, last_confirmed=doing.today)
    effective = None if said.all_beds else said.effective or home.effective
    return replace(home, availability=availability, effective=effective)
