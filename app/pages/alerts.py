"""What runs out: temporary approvals, emergency beds, vacancies not confirmed, reviews, two breakdowns; by kind, then one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.visits import May, Visit
from app.pages.words import counted, day
from app.services.workflow import watching
from matching.workflow.timers import Lateness, Timer, TimerKind

router = APIRouter(include_in_schema=False)

_KINDS: Mapping[TimerKind, tuple[str, str]] = MappingProxyType(
    {
        TimerKind.STABILITY_PLAN: (
            "Two breakdowns: a stability plan is needed",
            "A child whose placements broke down twice needs a stability plan before the next one.",
        ),
        TimerKind.EMERGENCY_BED: (
            "Overstays in emergency beds",
            "A child in an emergency bed moves on within the days that the authority allows.",
        ),
        TimerKind.OUTSIDE_TERMS: (
            "Emergency placements outside the terms",
            "A placement outside the terms of approval is lawful for a few working days.",
        ),
        TimerKind.TEMPORARY_APPROVAL: (
            "Temporary approvals that end",
            "A connected person's temporary approval lasts 16 weeks and may be extended once, by 8.",
        ),
        TimerKind.PLACEMENT_REVIEW: ("Placements to review", "Placements begun here are reviewed as the law asks."),
        TimerKind.NEEDS_PROFILE_REVIEW: ("Needs profiles to review", "A profile is looked at again every six months."),
        TimerKind.VACANCY_NOT_CONFIRMED: (
            "Vacancies nobody has confirmed lately",
            "A home that has not said lately that it still has a bed may not have one.",
        ),
    }
)
"""What each kind is called, in the order in which it is shown, and why it matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One kind of alert, counted."""

    title: str
    href: str
    overdue: int
    soon: int
    """Due today or within two weeks."""
    says: str


def alert_lines(timers: Iterable[Timer]) -> tuple[AlertLine, ...]:
    """The kinds of which any runs out within two weeks or has, counted, in the order of the page of alerts."""
    found = []
    listed = tuple(timers)
    for kind, (title, _) in _KINDS.items():
        mine = [one.lateness for one in listed if one.kind is kind and one.lateness is not Lateness.RUNNING]
        if mine:
            late = sum(one is Lateness.OVERDUE for one in mine)
            soon = len(mine) - late
            parts = (f"{late} past their day" if late else "", f"{soon} within two weeks" if soon else "")
            says = ", ".join(filter(None, parts))
            found.append(AlertLine(title=title, href=f"/alerts#{kind.value}", overdue=late, soon=soon, says=says))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertShown:
    """One thing that runs out."""

    about: str
    href: str
    due: str
    tag: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertGroup:
    """Everything of one kind."""

    id: str
    title: str
    why: str
    says: str
    source: str
    alerts: tuple[AlertShown, ...]
    counted: str
    more: tuple[AlertShown, ...]
    """Those after the first ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsPage:
    """Everything that runs out."""

    template: ClassVar[str] = "alerts.html"
    title: str = "Alerts"
    as_of: str
    groups: tuple[AlertGroup, ...]


_FIRST = 10
_LATE: Mapping[Lateness, tuple[str, str]] = MappingProxyType(
    {
        Lateness.OVERDUE: ("Past its day", "red"),
        Lateness.DUE_TODAY: ("Today", "orange"),
        Lateness.SOON: ("Within two weeks", "blue"),
        Lateness.RUNNING: ("Running", "grey"),
    }
)


@router.get("/alerts", name="page_alerts")
def alerts(visit: Annotated[Visit, Depends(May("read_timers"))]) -> Response:
    """By kind, the longest overdue first."""
    today = visit.office.today()
    timers = watching.read_timers(visit.office, visit.caller, today)
    sees_homes = visit.may("list_homes")
    groups = (_group(kind, [one for one in timers if one.kind is kind], sees_homes=sees_homes) for kind in _KINDS)
    return visit.page(AlertsPage(as_of=day(today), groups=tuple(one for one in groups if one is not None)))


def _group(kind: TimerKind, timers: list[Timer], *, sees_homes: bool) -> AlertGroup | None:
    if not timers:
        return None
    title, why = _KINDS[kind]
    shown = tuple(_shown(one, sees_homes=sees_homes) for one in timers)
    return AlertGroup(
        id=kind.value,
        title=title,
        why=why,
        says=timers[0].says,
        source=timers[0].source,
        counted=counted(len(timers), "alert"),
        alerts=shown[:_FIRST],
        more=shown[_FIRST:],
    )


def _shown(timer: Timer, *, sees_homes: bool) -> AlertShown:
    tag, colour = _LATE[timer.lateness]
    return AlertShown(
        about=f"{timer.noun.capitalize()} {timer.reference}",
        href=f"/homes/{timer.reference}" if timer.noun == "home" and sees_homes else "",
        due=day(timer.due),
        tag=tag,
        colour=colour,
    )
