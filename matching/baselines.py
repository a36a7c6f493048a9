"""What would have been done without a joint plan: each referral in turn takes the home that is best for it alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.arrangements import Arrangement, best_arrangements
from matching.candidates import Worth
from matching.codes import Sector
from matching.plan import Plan, plan_of


def first_come_first_served(worth: Worth) -> Plan:
    """Each referral, in the order they opened, takes what is best for it of what is left, from every sector."""
    return _one_at_a_time(worth, [None])


def in_house_first(worth: Worth) -> Plan:
    """As first come, first served, but other sectors are asked only for those whom no in-house home could take."""
    own = np.array(
        [at for at, home in enumerate(worth.pool.homes) if home.sector is Sector.IN_HOUSE],
        dtype=np.int64,
    )
    return _one_at_a_time(worth, [own, None])


def _one_at_a_time(worth: Worth, waves: Sequence[NDArray[np.int64] | None]) -> Plan:
    """Each referral asks the waves of homes in turn (None: every home) until its children have a place."""
    joined: dict[int, tuple[int, ...]] = {}
    for children in _by_opening(worth):
        waiting = children
        for homes in waves:
            if waiting:
                best = best_arrangements(worth, waiting, 1, joined, homes)
                waiting = _join(joined, waiting, best[0] if best else None)
    return plan_of(worth, joined.items())


def _join(joined: dict[int, tuple[int, ...]], waiting: tuple[int, ...], chosen: Arrangement | None) -> tuple[int, ...]:
    """Moves in those with a place; gives back those who still wait."""
    for home, moving_in in chosen.placings if chosen else ():
        joined[home] = tuple(sorted((*joined.get(home, ()), *moving_in)))
        waiting = tuple(child for child in waiting if child not in moving_in)
    return waiting


def _by_opening(worth: Worth) -> list[tuple[int, ...]]:
    """The children (rows) of each referral, in the order the referrals opened."""
    rows: dict[str, list[int]] = {}
    opened = {}
    for at, seeker in enumerate(worth.pool.seekers):
        rows.setdefault(seeker.referral.external_ref, []).append(at)
        opened[seeker.referral.external_ref] = seeker.referral.opened
    return [tuple(rows[reference]) for reference in sorted(rows, key=lambda reference: (opened[reference], reference))]
