"""How pages speak of children and of when things are due: initials and ages, never a name."""

from __future__ import annotations

from datetime import date

from app.pages.referrals.wording import SEXES
from app.pages.words import counted
from matching.codes import Sex
from matching.people import Child


def called(child: Child, initials: str | None) -> str:
    """What pages call a child: the initials, or the authority's own number where no name is on record."""
    return initials or child.external_ref


def aged(child: Child, today: date) -> str:
    """The child's age in words; in months for a baby."""
    years = child.age_on(today)
    if years >= 2:
        return f"aged {years}"
    months = (today.year - child.born.year) * 12 + today.month - child.born.month - (today.day < child.born.day)
    return "unborn" if child.born > today else f"aged {counted(months, 'month')}"


def described(child: Child, today: date) -> str:
    """Age and sex, as in "aged 9, male"."""
    sex = "sex not known yet" if child.sex is Sex.UNKNOWN else SEXES[child.sex].lower()
    return f"{aged(child, today)}, {sex}"


def listed(parts: tuple[str, ...] | list[str]) -> str:
    """One, two and three."""
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def how_soon(due: date, today: date) -> str:
    """How a day lies to today: 3 days ago, today, tomorrow, in 5 days, in 6 weeks."""
    days = (due - today).days
    if days < 0:
        return f"{counted(-days, 'day')} ago"
    if days < 2:
        return ("today", "tomorrow")[days]
    return f"in {days} days" if days <= 21 else f"in {days // 7} weeks"
