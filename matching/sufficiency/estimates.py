"""Estimates from a history: each rate from as far back as the past has foretold what followed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from matching.errors import Fault, Invalid
from matching.sufficiency.evidence import evidence
from matching.sufficiency.grid import Grid
from matching.sufficiency.rates import PRIOR_STAYS, Rates, rates_from
from matching.sufficiency.recency import memory_of_coming, memory_of_leaving
from matching.sufficiency.stays import Stays

LEAST_DAYS = 180
"""Less history than this says too little of anything."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """Rates, and from how many days of history they come."""

    rates: Rates
    coming_days: int
    """Days before the day looked from that say who comes into care."""
    leaving_days: int
    """Days that say how soon stays end and where children go."""


def estimates(
    grid: Grid, known: Stays, known_from: date, day: date, window_days: int | None = None, prior: float = PRIOR_STAYS
) -> Estimates:
    """Rates as known on the morning of a day; `window_days` overrides how far back is looked.

    Raises Invalid when less than LEAST_DAYS of history come before the day.
    """
    first, until = known_from.toordinal(), day.toordinal()
    if until - first < LEAST_DAYS:
        wrong = f"Only {max(0, until - first)} days of history come before this day"
        raise Invalid([Fault("from", wrong, f"Give a day at least {LEAST_DAYS} days after {known_from}")])
    come_days = min(until - first, window_days or memory_of_coming(known, first, until))
    leave_days = min(until - first, window_days or memory_of_leaving(known, first, until))
    come = rates_from(evidence(grid, known, until - come_days, until), prior)
    leave = rates_from(evidence(grid, known, until - leave_days, until), prior)
    seen = replace(
        leave, came=come.came, days=come.days, swing=come.swing, season=come.season, ages=come.ages, areas=come.areas
    )
    return Estimates(seen, come_days, leave_days)
