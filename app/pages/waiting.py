"""What waits for somebody, as the first page shows it: by urgency, and each thing to do once with everything it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from app.pages.wording import ROLES, SHORT_KINDS
from app.pages.words import counted, day, moment, short_day
from app.services.known_by import KnownBy
from matching.workflow.roles import Role
from matching.workflow.waits import Urgency, Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, with where it is done."""

    name: str
    href: str
    """Empty where there is no page to do it."""
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do, and everything it waits for."""

    what: str
    whose: str
    """The role whose turn it is; empty where it is the reader's."""
    count: str
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGroup:
    """What is equally urgent."""

    title: str
    colour: str
    tasks: tuple[Task, ...]
    open: bool
    """Whether it is in plain sight; else behind a line that says how much it is."""

    @property
    def size(self) -> int:
        """How many things wait."""
        return sum(len(task.waiting) for task in self.tasks)


_TITLES: Mapping[Urgency, tuple[str, str]] = MappingProxyType(
    {
        Urgency.OVERDUE: ("Overdue", "red"),
        Urgency.TODAY: ("Today", "orange"),
        Urgency.THIS_WEEK: ("This week", "blue"),
        Urgency.LATER: ("Later", "grey"),
    }
)
_NEAR = 60
"""Days within which a weekday says more than a year."""


def waiting_groups(waits: Sequence[Wait], names: KnownBy, today: date, *, everybodys: bool) -> tuple[WaitingGroup, ...]:
    """What waits, given the most urgent first; `everybodys` says whose turn each is."""
    found: list[WaitingGroup] = []
    for urgency, ones in groupby(waits, key=lambda one: one.urgency):
        title, colour = _TITLES[urgency]
        tasks = _tasks(tuple(ones), names, today, everybodys=everybodys)
        group = WaitingGroup(title=title, colour=colour, tasks=tasks, open=urgency is not Urgency.LATER or not found)
        found.append(group)
    return tuple(found)


def _tasks(waits: Sequence[Wait], names: KnownBy, today: date, *, everybodys: bool) -> tuple[Task, ...]:
    """Each thing to do once, in the order of the most urgent of what it waits for."""
    alike: dict[tuple[Role, str], list[Wait]] = {}
    for one in waits:
        alike.setdefault((one.role, one.what), []).append(one)
    return tuple(
        Task(
            what=what,
            whose=ROLES[role] if everybodys else "",
            count=counted(len(ones), ones[0].noun if ones[0].noun != "referral" else "search", _plural(ones[0].noun)),
            waiting=tuple(_waiting(one, names, today) for one in ones),
        )
        for (role, what), ones in alike.items()
    )


def _plural(noun: str) -> str:
    return "searches" if noun == "referral" else f"{noun}s"


def _waiting(one: Wait, names: KnownBy, today: date) -> Waiting:
    name, href = _named(one, names)
    kind = SHORT_KINDS[one.kind] if one.kind else ""
    return Waiting(
        name=name or "Not named here",
        href=href,
        about=", ".join(filter(None, (kind, _due(one, today)))),
    )


def _named(one: Wait, names: KnownBy) -> tuple[str, str]:
    """What something that waits is about, and where it is done."""
    stay = names.placements.get(one.about)
    if stay is not None:
        href = f"/referrals/{stay.referral}/decision" if stay.referral else f"/homes/{stay.home}" if stay.home else ""
        return f"Child {stay.child}, home {stay.home}", href
    name = names.referrals.get(one.referral, "") if one.referral else ""
    return name, f"/sign-offs/{one.about}" if one.noun == "sign-off" else f"/referrals/{name}" if name else ""


def _due(one: Wait, today: date) -> str:
    if one.due is None:
        return ""
    if one.due.hour != 23 or one.due.minute != 59:
        return f"by {moment(one.due)}"
    due = one.due.date()
    return f"by {short_day(due) if abs((due - today).days) < _NEAR else day(due)}"
