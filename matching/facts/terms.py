"""What a home is approved for, or its statement of purpose says, on the first night of each child's stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Fact
from matching.facts.columns import LONG_HENCE, UNSAID, BitSets, Kind, fact_of, table_of
from matching.homes import ApprovalTerms, Home, StatementOfPurpose
from matching.needs import HIGHEST_LEVEL, Domain
from matching.pool import Pool
from matching.values import Period, plus_days

T = TypeVar("T", ApprovalTerms, StatementOfPurpose)
Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TermsFacts:
    """Terms of approval in force on the first night: shape (1, m), or (n, m) where they change between children."""

    on_record: Answer
    youngest: Fact
    oldest: Fact
    sexes: Fact
    care_types: Fact
    named_only: Fact
    temporary_until: Fact
    """Days from the day of the pool to the last day of a temporary approval; 1,000,000 for a full approval."""
    temporary_from: Fact
    extended: Fact


@dataclass(frozen=True, slots=True)
class PurposeFacts:
    """The statement of purpose in force on the first night: shape (1, m), or (n, m) where it changes."""

    on_record: Answer
    youngest: Fact
    oldest: Fact
    sexes: Fact
    highest: tuple[Fact, ...]
    """By domain, the highest level of need it accepts; the highest there is where it sets no limit."""


class Dated(Generic[T]):
    """Columns of a dated record: as it stands on the earliest first night, and the homes where it changes later."""

    def __init__(
        self,
        pool: Pool,
        record: Callable[[Home, date], T | None],
        periods: Callable[[Home], Iterable[Period]],
        row: Callable[[T | None], Row],
        width: int,
    ) -> None:
        nights = sorted({seeker.stay.first for seeker in pool.seekers}) or [0]
        days = [plus_days(pool.as_of, night) for night in nights]
        rows = [row(record(home, days[0])) for home in pool.homes]
        self._table = table_of(rows, width)
        self._changes: list[tuple[int, int, Row]] = []
        """(first night, home, values) where the values differ from those on the earliest first night."""
        for at, home in enumerate(pool.homes):
            if any(_changes_within(period, days[0], days[-1]) for period in periods(home)):
                later = ((night, at, row(record(home, day))) for night, day in zip(nights, days, strict=True))
                self._changes.extend(change for change in later if change[2] != rows[at])

    def columns(self, kinds: Sequence[Kind], first_nights: NDArray[np.signedinteger]) -> list[Fact]:
        """Every column for children with these first nights, shape (n, 1)."""
        here = [change for change in self._changes if (first_nights == change[0]).any()]
        by_kind = zip(self._table, kinds, strict=True)
        return [
            fact_of(self._changed(values, at, here, first_nights), kind) for at, (values, kind) in enumerate(by_kind)
        ]

    def _changed(
        self,
        values: NDArray[np.int32],
        at: int,
        changes: list[tuple[int, int, Row]],
        nights: NDArray[np.signedinteger],
    ) -> NDArray[np.int32]:
        if not changes:
            return values[None, :]
        changed = np.broadcast_to(values, (len(nights), len(values))).copy()
        for night, home, row in changes:
            changed[nights[:, 0] == night, home] = row[at]
        return changed


def _changes_within(period: Period, first: date, last: date) -> bool:
    return first < period.starts <= last or (period.ends is not None and first <= period.ends < last)


KINDS: tuple[Kind, ...] = (np.int8, np.int8, np.int8, np.int8, np.int16, np.int8, np.int32, np.int32, np.int8)
"""How the columns of TermsFacts are held, in their order."""


class DatedTerms:
    """Terms of approval by first night."""

    def __init__(self, pool: Pool) -> None:
        sets = BitSets()

        def row(terms: ApprovalTerms | None) -> Row:
            if terms is None:
                return (0, *(UNSAID,) * 8)
            ages = (UNSAID, UNSAID) if terms.ages is None else (terms.ages.youngest, terms.ages.oldest)
            return (
                1,
                *ages,
                sets(terms.sexes),
                sets(terms.care_types) or UNSAID,
                int(terms.named_children_only),
                LONG_HENCE if terms.temporary_until is None else (terms.temporary_until - pool.as_of).days,
                (terms.period.starts - pool.as_of).days,
                int(terms.temporary_extended),
            )

        self._dated = Dated(
            pool, Home.approval_on, lambda home: (terms.period for terms in home.approvals), row, len(KINDS)
        )

    def on(self, first_nights: NDArray[np.signedinteger]) -> TermsFacts:
        """The columns for children with these first nights, shape (n, 1)."""
        found = self._dated.columns(KINDS, first_nights)
        return TermsFacts(found[0] > 0, *found[1:])


class DatedPurposes:
    """Statements of purpose by first night."""

    def __init__(self, pool: Pool, domains: tuple[Domain, ...]) -> None:
        sets = BitSets()

        def row(purpose: StatementOfPurpose | None) -> Row:
            if purpose is None:
                return (0, *(UNSAID,) * (3 + len(domains)))
            ages = (UNSAID, UNSAID) if purpose.ages is None else (purpose.ages.youngest, purpose.ages.oldest)
            limits = (purpose.highest_levels.get(domain.code, HIGHEST_LEVEL) for domain in domains)
            return (1, *ages, sets(purpose.sexes), *limits)

        self._kinds = (np.int8,) * (4 + len(domains))
        self._dated = Dated(
            pool, Home.purpose_on, lambda home: (one.period for one in home.purposes), row, len(self._kinds)
        )

    def on(self, first_nights: NDArray[np.signedinteger]) -> PurposeFacts:
        """The columns for children with these first nights, shape (n, 1)."""
        found = self._dated.columns(self._kinds, first_nights)
        return PurposeFacts(found[0] > 0, found[1], found[2], found[3], tuple(found[4:]))
