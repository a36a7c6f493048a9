"""A plan made anew after something changed, keeping what was already shown to people where that does no harm."""

from __future__ import annotations

from matching.candidates import Worth
from matching.plan import Plan, Wishes


def still_possible(worth: Worth, shown: Plan) -> Wishes:
    """The pairings shown of children who still wait and of homes still on record, as pins."""
    pool = worth.pool
    return Wishes(
        frozenset(
            (child, home)
            for child, home in shown.home_of.items()
            if child in pool.seeker_index and home in pool.home_index
        )
    )
