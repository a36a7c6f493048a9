"""What a home is approved for, or its statement of purpose says, on the first night of each child's stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        on_record: Callable[[Home], Sequence[T]],
        in_force: Callable[[Home, date], T | None],
        row: Callable[[T | None], Row],
    ) -> None:
        """`on_record` gives all the records of a home, `in_force` the one that holds on a day, `row` its values."""
        nights = sorted({seeker.stay.first for seeker in pool.seekers}) or [0]
        days = [plus_days(pool.as_of, night) for night in nights]
        nothing = row(None)
        some = {at: home for at, home in enumerate(pool.homes) if on_record(home)}
        rows = {at: row(in_force(home, days[0])) for at, home in some.items()}
        self._table = np.repeat(np.array(nothing, dtype=np.int32)[:, None], len(pool.homes), axis=1)
        self._table[:, list(rows)] = table_of(list(rows.values()), len(nothing))
        self._changes: list[tuple[int, int, Row]] = []
        """(first night, home, values) where the values differ from those on the earliest first night."""
        for at, home in some.items():
            if any(_changes_within(one.period, days[0], days[-1]) for one in on_record(home)):
                later = ((night, at, row(in_force(home, day))) for night, day in zip(nights, days, strict=True))
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

        self._dated = Dated(pool, lambda home: home.approvals, Home.approval_on, row)

    def on(self, first_nights: NDArray[np.signedinteger]) -> TermsFacts:
        """The columns for children with these first nights, shape (n, 1)."""
        found = self._dated.columns(KINDS, first_nights)
        return TermsFacts(found[0] > 0, *found[1:])


class DatedPurposes:
    """Statements of purpose by first night."""

    def __init__(self, pool: Pool, domains: tuple[Domain, ...]) -> None:
        sets, codes = BitSets(), tuple(domain.code for domain in domains)

        def row(purpose: StatementOfPurpose | None) -> Row:
            if purpose is None:
                return (0, *(UNSAID,) * (3 + len(domains)))
            ages = (UNSAID, UNSAID) if purpose.ages is None else (purpose.ages.youngest, purpose.ages.oldest)
            limit = purpose.highest_levels.get
            return (1, *ages, sets(purpose.sexes), *[limit(code, HIGHEST_LEVEL) for code in codes])

        self._kinds = (np.int8,) * (4 + len(domains))
        self._dated = Dated(pool, lambda home: home.purposes, Home.purpose_on, row)

    def on(self, first_nights: NDArray[np.signedinteger]) -> PurposeFacts:
        """The columns for children with these first nights, shape (n, 1)."""
        found = self._dated.columns(self._kinds, first_nights)
        return PurposeFacts(found[0] > 0, found[1], found[2], found[3], tuple(found[4:]))
