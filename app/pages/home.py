"""The first page: what waits for whoever is signed in, what is needed tonight, which beds there are, and what runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.alerts import AlertLine, alert_lines
from app.pages.visits import May, Visit
from app.pages.waiting import WaitingGroup, waiting_groups
from app.pages.wording import SHORT_KINDS
from app.pages.words import counted, day
from app.services.known_by import known_by
from app.services.tonight import AGES, Cover, Tonight, read_tonight
from app.services.workflow import watching
from matching.workflow.roles import Role
from matching.workflow.waits import Urgency, Wait

router = APIRouter(include_in_schema=False)

_FOR_ALL = frozenset({Role.ADMIN, Role.AUDITOR, Role.COMMISSIONER})
"""Roles for which little waits of their own; they see what waits for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that says at a glance how today is."""

    number: int
    says: str
    href: str
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededShown:
    """One search that needs a home tonight."""

    reference: str
    href: str
    whom: str
    kind: str
    wanted: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverCell:
    """Homes of one kind for one range of ages."""

    says: str
    """Empty where the law lets no home of the kind take children of these ages."""
    none: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """Homes of one kind."""

    kind: str
    cells: tuple[CoverCell, ...]
    none: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What waits for me, and what tonight looks like."""

    template: ClassVar[str] = "home.html"
    title: str
    today: str
    figures: tuple[Figure, ...]
    groups: tuple[WaitingGroup, ...]
    sees_tonight: bool = False
    finds_beds: bool = False
    """Whether this person may look for a bed for somebody who is not on record yet."""
    needed: tuple[NeededShown, ...] = ()
    sees_cover: bool = False
    ages: tuple[str, ...] = ()
    cover: tuple[CoverRow, ...] = ()
    uncovered: tuple[str, ...] = ()
    sees_alerts: bool = False
    alerts: tuple[AlertLine, ...] = field(default=())


@router.get("/", name="page_home")
def home(visit: Annotated[Visit, Depends(May("read_waiting"))]) -> Response:
    """What waits, the most urgent first."""
    everybodys = visit.role in _FOR_ALL
    waits = watching.read_waiting(visit.office, visit.caller, everybodys=everybodys)
    names = known_by(
        visit.office,
        visit.caller,
        referrals=[one.referral for one in waits],
        placements=[one.about for one in waits if one.noun == "placement"],
    )
    tonight = read_tonight(visit.office, visit.caller) if visit.may("list_referrals") else None
    alerts = _alerts(visit)
    cover = tonight.cover if tonight is not None and visit.may("list_homes") else ()
    uncovered = tuple(one.kind for one in cover if not one.homes)
    return visit.page(
        HomePage(
            title="What waits for everybody" if everybodys else "What waits for you",
            today=day(visit.office.today()),
            figures=_figures(waits, tonight, alerts, uncovered),
            groups=waiting_groups(waits, names, visit.office.today(), everybodys=everybodys),
            sees_tonight=tonight is not None,
            finds_beds=visit.may("read_shortlist"),
            needed=() if tonight is None else _needed(tonight),
            sees_cover=bool(cover),
            ages=tuple(f"{one.youngest} to {one.oldest}" for one in AGES),
            cover=tuple(map(_row, cover)),
            uncovered=uncovered,
            sees_alerts=visit.may("read_timers"),
            alerts=alerts,
        )
    )


def _alerts(visit: Visit) -> tuple[AlertLine, ...]:
    if not visit.may("read_timers"):
        return ()
    return alert_lines(watching.read_timers(visit.office, visit.caller, visit.office.today()))


def _figures(
    waits: Sequence[Wait], tonight: Tonight | None, alerts: Sequence[AlertLine], uncovered: Sequence[str]
) -> tuple[Figure, ...]:
    late = sum(one.urgency is Urgency.OVERDUE for one in waits)
    today = sum(one.urgency is Urgency.TODAY for one in waits)
    found = [
        Figure(number=late, says="overdue", href="#waiting", urgent=late > 0),
        Figure(number=today, says="due today", href="#waiting", urgent=False),
    ]
    if tonight is not None:
        needed = len(tonight.needed)
        says = "search needs a home tonight" if needed == 1 else "searches need a home tonight"
        found.append(Figure(number=needed, says=says, href="#tonight", urgent=needed > 0))
        says = "kind of home without a bed tonight" if len(uncovered) == 1 else "kinds of home without a bed tonight"
        found.append(Figure(number=len(uncovered), says=says, href="#beds", urgent=bool(uncovered)))
    overdue = sum(one.overdue for one in alerts)
    if alerts:
        found.append(Figure(number=overdue, says="alerts past their day", href="#alerts", urgent=overdue > 0))
    return tuple(found)


# --- tonight -----------------------------------------------------------------------------------------


def _needed(tonight: Tonight) -> tuple[NeededShown, ...]:
    return tuple(
        NeededShown(
            reference=tonight.names[one.referral],
            href=f"/referrals/{tonight.names[one.referral]}",
            whom=_whom(one.ages),
            kind=SHORT_KINDS[one.kind],
            wanted=_wanted(one.wanted_by, tonight.as_of),
            late=one.wanted_by < tonight.as_of,
        )
        for one in tonight.needed
    )


def _whom(ages: Sequence[int]) -> str:
    said = [str(age) if age else "under 1" for age in ages]
    listed = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    return f"{counted(len(ages), 'child', 'children')} aged {listed}"


def _wanted(by: date, today: date) -> str:
    if by == today:
        return "tonight"
    days = (today - by).days
    return f"since {day(by)}, {counted(days, 'night')} ago"


def _row(cover: Cover) -> CoverRow:
    cells = [_cell(homes) for homes in cover.by_age]
    totals = (CoverCell(says=str(count) if count else "None", none=not count) for count in (cover.homes, cover.beds))
    return CoverRow(kind=cover.kind, cells=(*cells, *totals), none=not cover.homes)


def _cell(homes: int | None) -> CoverCell:
    if homes is None:
        return CoverCell(says="", none=False)
    return CoverCell(says=str(homes) if homes else "None", none=not homes)
