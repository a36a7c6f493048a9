"""What the pages of one referral share: its file, how its children and homes are called, and refusals in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from app.pages.naming import kind, listed, role, sex_and_age
from app.pages.typed import FieldError, Typed
from app.pages.visits import Visit
from app.pages.words import capital, day, moment
from app.problem_details import status_of
from app.services.case_files import CaseFile, ChildFile, read_case_file
from db.errors import BedTaken, InTheWay
from matching.errors import DomainError, Invalid
from matching.values import ChildId, HomeId
from matching.workflow.decisions import CannotDecide
from matching.workflow.sign_offs import SignOffMissing


@dataclass(frozen=True, slots=True)
class Case:
    """One referral's file, with what its children and homes are called."""

    reference: str
    file: CaseFile
    now: datetime

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"

    @property
    def many(self) -> bool:
        """Whether there is more than one child, so that each must be named."""
        return len(self.file.children) > 1

    def child(self, id_: ChildId) -> str:
        """A child by initials and reference, with sex and age."""
        found = next((one for one in self.file.children if one.child.value.id == id_), None)
        return "another child" if found is None else named(found, self.file)

    def children(self, ids: Iterable[ChildId]) -> str:
        """Children in words."""
        return listed(self.child(one) for one in ids)

    def home(self, id_: HomeId) -> str:
        """A home by reference and kind."""
        home = self.file.homes.get(id_)
        return "a home of another authority" if home is None else f"{home.external_ref}, {kind(home.kind.value)}"

    def home_ref(self, id_: HomeId) -> str:
        """A home by reference."""
        home = self.file.homes.get(id_)
        return "" if home is None else home.external_ref


def case_of(visit: Visit, reference: str) -> Case:
    """The file of a referral, read once for the page; leaves an audit event. Raises NotFound."""
    return Case(reference, read_case_file(visit.office, visit.caller, reference), visit.office.clock())


def named(one: ChildFile, file: CaseFile) -> str:
    """A child of a file as these pages name one."""
    child = one.child.value
    known = f"{one.initials or ''} {child.external_ref}".strip()
    return f"{known} ({sex_and_age(child, file.referral.value.wanted_by)})"


# --- what was chosen, as forms send it -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A home and the children it is for, by their references; all of the referral's children when none is named."""

    home: str
    children: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """As it stands in a form."""
        return ":".join((self.home, *self.children))


def key_of(written: str) -> Key:
    """A key as a form sends it."""
    home, *children = written.split(":")
    return Key(home, tuple(children))


def keys_of(written: Iterable[str]) -> tuple[Key, ...]:
    """Keys of several fields, each of which may hold several with commas between them; each once."""
    return tuple(dict.fromkeys(key_of(one) for several in written for one in several.split(",") if one))


def chosen_ids(
    keys: Iterable[Key], children: Mapping[str, ChildId], homes: Mapping[str, HomeId]
) -> dict[ChildId, HomeId]:
    """Home by child, of keys whose homes and children are known; a child of two keys goes to the last."""
    found = {}
    for key in keys:
        for child in key.children or tuple(children):
            if child in children and key.home in homes:
                found[children[child]] = homes[key.home]
    return found


# --- refusals --------------------------------------------------------------------------------------


def refused(typed: Typed, error: DomainError, field: str, names: Mapping[str, str] | None = None) -> tuple[Typed, int]:
    """What was typed with why it was refused, and the status of the answer."""
    fields = names or {}
    if isinstance(error, Invalid | CannotDecide):
        found = tuple(
            FieldError(fields.get(at.field, field), f"{at.wrong}. {at.remedy}") for at in dict.fromkeys(error.faults)
        )
    else:
        found = (FieldError(field, in_words(error)),)
    return Typed(typed.fields, (*typed.errors, *found)), status_of(type(error))


def in_words(error: DomainError) -> str:
    """A refusal as somebody reads it who must act now."""
    if isinstance(error, BedTaken):
        said = "; ".join(_in_the_way(stay) for stay in error.in_the_way) or "somebody else took it at this moment"
        return f"No bed of this home is free for every night: {said}. Choose another home, or other nights"
    if isinstance(error, SignOffMissing):
        said = "; ".join(f"{capital(role(one.role.value))}: {one.facts} ({one.state.value})" for one in error.missing)
        return f"These sign-offs must be agreed first. {said}"
    return str(error)


def _in_the_way(stay: InTheWay) -> str:
    until = "with no end planned" if stay.last_morning is None else f"until {day(stay.last_morning)}"
    nights = f"from {day(stay.first_night)} {until}"
    if stay.held_until is None:
        return f"a child has the bed {nights}"
    return f"held until {moment(stay.held_until)} by another referral, {nights}"


_HERE = ZoneInfo("Europe/London")


def as_moment(on: date, at: time) -> datetime:
    """A day and a time of day in England as a moment."""
    return datetime.combine(on, at, _HERE).astimezone(UTC)
