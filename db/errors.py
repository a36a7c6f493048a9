"""What storage may refuse, each written for the person who must act, and how database errors become one of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from matching.errors import DomainError


class NotFound(DomainError):
    """Nothing of that kind has that id, or it is not this authority's to see."""

    def __init__(self, noun: str, wanted: UUID | str) -> None:
        self.noun = noun
        self.wanted = str(wanted)
        super().__init__(f"There is no {noun} {wanted} on record for this authority. Look the {noun} up in its list.")


class AlreadyExists(DomainError):
    """The authority's own reference is taken; `existing` is the id of what has it, when that is known."""

    def __init__(self, noun: str, external_ref: str, existing: UUID | None = None) -> None:
        self.noun = noun
        self.external_ref = external_ref
        self.existing = existing
        super().__init__(
            f"There is already a {noun} with the reference {external_ref!r}. Change that one, or give another reference."
        )


class Stale(DomainError):
    """Somebody changed it since it was read; `version` is the one now."""

    def __init__(self, noun: str, wanted: UUID, version: int) -> None:
        self.noun = noun
        self.wanted = wanted
        self.version = version
        super().__init__(f"This {noun} was changed since you read it. Read it again and repeat your change.")


class Busy(DomainError):
    """The database is locked, slow or gone. Nothing was written: the same request may be sent again."""

    def __init__(self) -> None:
        super().__init__("The database is busy or cannot be reached. Nothing was written; try again in a moment.")


class Collided(Busy):
    """Two units of work waited for one another, and this one was ended. Done again at once, it will go well."""


class UnknownDatabase(DomainError):
    """An address names no kind of database that is known here."""

    def __init__(self) -> None:
        super().__init__(
            "DATABASE_URL is not the address of a database that is known here. "
            "Give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
        )


class Refused(DomainError):
    """The database would not have it: it refers to something not on record, or to another authority's."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(
            "This refers to something that is not on record for this authority, or breaks a rule of the records "
            f"({constraint}). Record what it refers to first."
        )


class Unstorable(DomainError):
    """A value that columns cannot hold: too long, too large, or with a character that text cannot have."""

    def __init__(self) -> None:
        super().__init__(
            "Something is too long, too large or holds a character that cannot be stored. "
            "Shorten it, and leave out control characters."
        )


class UnknownList(DomainError):
    """A list was asked for in a way it cannot be given: an unknown filter, order or place to go on from."""


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A stay that has a bed: whose reservation it is, from when to when, and until when it is kept if it is a hold."""

    stay: UUID
    is_hold: bool
    first_night: date
    last_morning: date | None
    held_until: datetime | None
    own: bool
    """Whether it is the same authority's: another's is told of by its nights only."""

    def __str__(self) -> str:
        until = "until further notice" if self.last_morning is None else f"until {self.last_morning}"
        nights = f"from {self.first_night} {until}"
        if self.held_until is None:
            return f"taken {nights}"
        return f"held until {self.held_until:%Y-%m-%d %H:%M} UTC by another search, {nights}"


class BedTaken(DomainError):
    """No bed of the home is free for every night of the stay; what stands in the way is named."""

    def __init__(self, home: UUID, beds: int, in_the_way: tuple[InTheWay, ...]) -> None:
        self.home = home
        self.beds = beds
        self.in_the_way = in_the_way
        said = "; ".join(str(stay) for stay in in_the_way) or "another request took it at this moment"
        super().__init__(
            f"No bed of this home (beds: {beds}) is free for every night asked for: {said}. "
            "Choose other nights or another home."
        )


class BedsTaken(DomainError):
    """Several placements that were loaded together found no bed; each is named by its reference, with its reason."""

    def __init__(self, refused: Mapping[str, BedTaken]) -> None:
        self.refused = refused
        super().__init__("; ".join(f"placement {ref!r}: {error}" for ref, error in refused.items()))


class BedsPromised(DomainError):
    """The home cannot have so few beds: more are promised on some night."""

    def __init__(self, home: UUID, beds: int, in_the_way: tuple[InTheWay, ...]) -> None:
        self.home = home
        self.beds = beds
        self.in_the_way = in_the_way
        said = "; ".join(str(stay) for stay in in_the_way)
        super().__init__(
            f"This home cannot be lowered to {beds} beds, for more are promised: {said}. "
            "End, move or release what stands in the way first."
        )


class HoldGone(DomainError):
    """The hold was released, used or has expired."""

    def __init__(self, hold: UUID) -> None:
        self.hold = hold
        super().__init__("This hold is no more: it was released or used, or its time ran out. Make a new one.")


BED_TAKEN = "bed-taken"
BEDS_PROMISED = "beds-promised"
"""What the databases' own guards say; migration 0004 makes them."""

_SQLITE_PASSES = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY_DBMOVED,
)
_RETRYABLE = ("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "08")
"""PostgreSQL: serialisation, deadlock, lock or statement timeout, shut down, too many connections, connection lost."""
_COLLISIONS = ("40001", "40P01")


def is_bed_taken(error: DBAPIError) -> bool:
    """Whether the database refused a second stay in one bed on one night, or a bed the home does not have."""
    return BED_TAKEN in str(error.orig) or "ex_bed_bookings" in str(error.orig)


def translated(error: Exception) -> DomainError | None:
    """The domain error that a database error means; None when it is a bug."""
    if isinstance(error, PoolTimeout):
        return Busy()
    if isinstance(error, IntegrityError):
        return _broken(error)
    if isinstance(error, DataError | OverflowError):
        return Unstorable()
    if not isinstance(error, DBAPIError) or not _passes(error):
        return None
    return Collided() if getattr(error.orig, "sqlstate", None) in _COLLISIONS else Busy()


def _passes(error: DBAPIError) -> bool:
    """Whether it may go well another time; "no such column" will not."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code in _SQLITE_PASSES or code & 0xFF in _SQLITE_PASSES
    state = getattr(error.orig, "sqlstate", None)
    lost = isinstance(error, OperationalError | InterfaceError) and state is None
    return lost or error.connection_invalidated or (state or "").startswith(_RETRYABLE)


def _broken(error: IntegrityError) -> DomainError:
    said = str(error.orig)
    if is_bed_taken(error):
        return BedTaken(UUID(int=0), 0, ())
    if BEDS_PROMISED in said:
        return BedsPromised(UUID(int=0), 0, ())
    diagnosis = getattr(error.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or said.splitlines()[0]
    return Refused(name)


@contextmanager
def speaking_plainly() -> Iterator[None]:
    """Turns what the database says into a domain error; what is a bug stays as it is."""
    try:
        yield
    except (DBAPIError, PoolTimeout, OverflowError) as error:
        known = translated(error)
        if known is None:
            raise
        raise known from error
