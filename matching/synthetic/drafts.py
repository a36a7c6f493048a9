"""Children, families and homes while an authority is being made: what is decided step by step, before it is final."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matching.codes import Access, AvailabilityState, CareType, EndReason, HomeKind, OnHoldReason, Sector, Sex
from matching.places import Place
from matching.synthetic.figures import PlacementType
from matching.values import AgeRange


@dataclass(eq=False, slots=True)
class Family:
    """Brothers and sisters, or one child: where home is, and what they are called."""

    number: int
    surname: str
    home: Place
    locality: str
    members: list[DraftChild] = field(default_factory=list)
    schools: tuple[Place, Place] | None = None
    """A primary and a secondary school near home."""


@dataclass(eq=False, slots=True)
class Stay:
    """One placement of a draft child."""

    home: DraftHome
    starts: date
    ended: date | None = None
    reason: EndReason | None = None
    planned_end: date | None = None
    planned: bool = False
    """Whether it has still to start."""


@dataclass(eq=False, slots=True)
class DraftChild:
    """One child, from the placement table to the record."""

    number: int
    kind: PlacementType | None
    """The row of the placement table; None for somebody not in care today."""
    age: int
    born: date
    sex: Sex = Sex.UNKNOWN
    uasc: bool = False
    family: Family | None = None
    severity: float = 1.0
    access: frozenset[Access] = frozenset()
    disabled: bool = False
    language: str = "en"
    home: DraftHome | None = None
    since: date | None = None
    left: date | None = None
    """When the child ceased to be looked after."""
    short_break: bool = False
    """Whether the child lives at home and is on a short break: not counted in care."""
    stays: list[Stay] = field(default_factory=list)
    """Oldest first; the last is the present or planned one."""


@dataclass(eq=False, slots=True)
class DraftHome:
    """One home, from a list of who lives there to the record."""

    number: int
    kind: HomeKind
    sector: Sector
    provider: str
    place: Place
    locality: str
    beds: int
    name: str = ""
    residents: list[DraftChild] = field(default_factory=list)
    staying_put: int = 0
    """Over-18s who stay put and take a bed."""
    effective: int | None = None
    """Beds that may be used, when a dated decision has lowered them."""
    state: AvailabilityState = AvailabilityState.AVAILABLE
    reason: OnHoldReason | None = None
    ages: AgeRange | None = None
    bed_types: frozenset[CareType] = frozenset()
    named: list[DraftChild] = field(default_factory=list)
    """Children a connected person's approval names besides those who live there."""
    temporary: bool = False
    """Whether a connected person is approved for a time only, while being assessed."""
    reserved: int = 0
    """Free beds kept for a planned placement or a hold."""
    solo: bool = False
    very_high_cost: bool = False
    past: list[Stay] = field(default_factory=list)

    @property
    def free(self) -> int:
        """Beds nobody sleeps in, whether or not they can be offered."""
        return self.beds - len(self.residents) - self.staying_put
