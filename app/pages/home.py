"""The first page: what waits for whoever is signed in, what is needed tonight, which beds there are, and what runs out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.alerts import AlertLine, alert_lines
from app.pages.referrals.wording import ROLES, SHORT_KINDS
from app.pages.visits import May, Visit
from app.pages.words import counted, day, moment
from app.services.known_by import KnownBy, known_by
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
class Waiting:
    """One thing that waits, with where to do it."""

    id: str
    what: str
    href: str
    about: str
    tag: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGroup:
    """What is equally urgent."""

    title: str
    waiting: tuple[Waiting, ...]
    open: bool
    """Whether it is in plain sight; else behind a line that says how much it is."""


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
            groups=_groups(waits, names, everybodys=everybodys),
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


# --- what waits --------------------------------------------------------------------------------------

_TITLES: Mapping[Urgency, tuple[str, str]] = MappingProxyType(
    {
        Urgency.OVERDUE: ("Overdue", "red"),
        Urgency.TODAY: ("Today", "orange"),
        Urgency.THIS_WEEK: ("This week", "blue"),
        Urgency.LATER: ("Later", "grey"),
    }
)


def _groups(waits: Sequence[Wait], names: KnownBy, *, everybodys: bool) -> tuple[WaitingGroup, ...]:
    found = []
    for urgency, ones in groupby(waits, key=lambda one: one.urgency):
        shown = tuple(_waiting(one, names, everybodys=everybodys) for one in ones)
        is_open = urgency is not Urgency.LATER or len(waits) == len(shown)
        found.append(WaitingGroup(title=_TITLES[urgency][0], waiting=shown, open=is_open))
    return tuple(found)


def _waiting(one: Wait, names: KnownBy, *, everybodys: bool) -> Waiting:
    name, href = _named(one, names)
    kind = SHORT_KINDS[one.kind] if one.kind else ""
    due = f"due {_due(one)}" if one.due else ""
    whose = ROLES[one.role] if everybodys else ""
    tag, colour = _TITLES[one.urgency]
    return Waiting(
        id=f"{one.noun}-{one.about}",
        what=f"{name}: {one.what[:1].lower()}{one.what[1:]}" if name else one.what,
        href=href,
        about=", ".join(filter(None, (whose, kind, due))),
        tag=tag,
        colour=colour,
    )


def _named(one: Wait, names: KnownBy) -> tuple[str, str]:
    """What something that waits is about, and where it is done."""
    stay = names.placements.get(one.about)
    if stay is not None:
        href = f"/referrals/{stay.referral}/decision" if stay.referral else f"/homes/{stay.home}" if stay.home else ""
        return f"Child {stay.child}, home {stay.home}", href
    name = names.referrals.get(one.referral, "") if one.referral else ""
    return name, f"/sign-offs/{one.about}" if one.noun == "sign-off" else f"/referrals/{name}" if name else ""


def _due(one: Wait) -> str:
    assert one.due is not None, "it is due"
    whole_day = one.due.hour == 23 and one.due.minute == 59
    return day(one.due.date()) if whole_day else moment(one.due)


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
