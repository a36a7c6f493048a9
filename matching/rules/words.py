"""The words reasons are made of: miles, money, days, codes and lists, as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import Enum
from typing import TypeVar

from matching.facts import Facts

E = TypeVar("E", bound=Enum)
Where = tuple[int, ...]
"""The place of one pairing: child row, home column."""


def miles(tenths: int) -> str:
    """Tenths of a mile as miles: '12.3 miles'."""
    return f"{tenths / 10:.1f} miles"


def pounds(pence: int) -> str:
    """Pence as pounds, with pence only where there are any: '£1,150'."""
    return f"£{pence / 100:,.2f}".removesuffix(".00")


def day(f: Facts, offset: int) -> str:
    """A day, counted from the day of the pool: '3 May 2026'."""
    found = f.parameters.as_of + timedelta(days=offset)
    return f"{found.day} {found:%B %Y}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: '1 day', '2 days'."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def word(member: Enum) -> str:
    """A code in words: 'going missing'."""
    return str(member.value).replace("-", " ")


def decoded(kind: type[E], at: int) -> E:
    """The code at a position of its list."""
    return tuple(kind)[at]


def words_in(kind: type[E], found: int, joined: str = "and") -> str:
    """A set of codes in words: 'autism, epilepsy and medication'."""
    return listed((word(member) for at, member in enumerate(kind) if found >> at & 1), joined)


def listed(words: Iterable[str], joined: str = "and") -> str:
    """A list in words: 'a, b and c'; 'none' when it is empty."""
    *most, last = list(words) or ["none"]
    return f"{', '.join(most)} {joined} {last}" if most else last


def ages(youngest: int, oldest: int) -> str:
    """A range of ages: '0-10'."""
    return f"{youngest}-{oldest}"
