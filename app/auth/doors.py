"""Doors: how somebody proves who they are to the pages. The rest of the service sees only the person that comes in.

A door says where the browser is sent to begin with, and who arrives when it comes back. Signing in with an authority's
own directory (OpenID Connect) is a further door: `begin` gives the address of the directory, `arrived` reads its answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.services.office import Office
from app.settings import BadSetting, Settings
from matching.errors import DomainError, Fault, Invalid
from matching.values import AuthorityId
from matching.workflow.roles import Role

CHOOSE = "/sign-in/choose"
"""Where the development door lets people choose who they are."""
_MADE_UP = "(synthetic)"
"""Ends the name of every authority nobody lives in."""


class NoDoor(DomainError):
    """Nobody can sign in to the pages of this installation."""

    def __init__(self) -> None:
        super().__init__(
            "Signing in to the pages is not set up here. To try them on made-up records, set SIGN_IN=development "
            "and start the service again, or run: python3 dev.py demo"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has proved who they are, in one role of one authority."""

    authority: AuthorityId
    authority_name: str
    reference: str
    """The staff reference, which audit events name."""
    name: str
    role: Role


class Door(Protocol):
    """One way of signing in."""

    def begin(self, back: str) -> str:
        """Where the browser is sent to sign in; `back` is the page that was asked for. Raises NoDoor."""

    def arrived(self, office: Office, said: Mapping[str, str]) -> Person:
        """Who came back, from what the browser brings with it. Raises Invalid, NoDoor."""


class ClosedDoor:
    """Lets nobody in: the pages are not used here."""

    def begin(self, back: str) -> str:  # noqa: ARG002 - every door is asked the same
        """Raises NoDoor."""
        raise NoDoor

    def arrived(self, office: Office, said: Mapping[str, str]) -> Person:  # noqa: ARG002 - every door is asked the same
        """Raises NoDoor."""
        raise NoDoor


class DevelopmentDoor:
    """Lets anybody be one of a few invented people, of authorities that are made up and of no other."""

    def begin(self, back: str) -> str:
        """Our own page, where a person is chosen."""
        return f"{CHOOSE}?back={back}"

    def arrived(self, office: Office, said: Mapping[str, str]) -> Person:
        """The person chosen. Raises Invalid."""
        chosen = said.get("person", "")
        for person in self.people(office):
            if f"{person.authority}/{person.reference}" == chosen:
                return person
        raise Invalid([Fault("person", "Nobody is chosen", "Choose who you are")])

    def people(self, office: Office) -> tuple[Person, ...]:
        """Who may be chosen: the same invented people in every made-up authority. Raises Busy."""
        with office.store.reading() as work:
            known = work.authorities.all()
        return tuple(
            Person(authority=one.id, authority_name=one.name, reference=reference, name=name, role=role)
            for one in known
            if one.name.endswith(_MADE_UP)
            for reference, name, role in INVENTED
        )


INVENTED = (
    ("staff-0101", "Amina Yusuf", Role.PLACEMENTS),
    ("staff-0102", "Gareth Pugh", Role.PLACEMENTS),
    ("staff-0201", "Rosa Lindqvist", Role.SOCIAL_WORKER),
    ("staff-0202", "Tom Okafor", Role.SOCIAL_WORKER),
    ("staff-0301", "Priya Nair", Role.TEAM_MANAGER),
    ("staff-0401", "Helen Marsh", Role.COMMISSIONER),
    ("staff-0501", "Daniel Adeyemi", Role.NOMINATED_OFFICER),
    ("staff-0502", "Ruth Castle", Role.DIRECTOR),
    ("staff-0503", "Owen Price", Role.REGISTERED_MANAGER),
    ("staff-0504", "Mei Chen", Role.FOSTERING_PANEL),
    ("staff-0505", "Sam Whitlock", Role.RESOURCE_PANEL),
    ("staff-0506", "Farah Siddiqui", Role.AREA_AUTHORITY),
    ("staff-0601", "Judith Bell", Role.AUDITOR),
    ("staff-0701", "Kwame Mensah", Role.ADMIN),
)
"""Staff reference, name and role of people nobody is."""


def door_of(settings: Settings) -> Door:
    """The door that the settings name. Raises BadSetting for one that may not stand open there."""
    if settings.sign_in == "none":
        return ClosedDoor()
    if settings.sign_in != "development":
        raise BadSetting("SIGN_IN is none or development. Change it in the environment or in .env.")
    if not settings.database_url.startswith("sqlite"):
        raise BadSetting(
            "SIGN_IN=development lets anybody be anybody, so it is refused on a server's database (DATABASE_URL). "
            "Set SIGN_IN=none there; use development with a SQLite file of made-up records."
        )
    return DevelopmentDoor()
