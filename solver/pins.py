"""Pins that no plan could keep, told before any plan is made: a home that those pinned to it can never share."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np

from matching.candidates import Worth, intake_arrays
from matching.plan import Wishes
from solver.wishes import ANYWHERE, Fixed, blocked, fixed_by


def check_pins(worth: Worth, wishes: Wishes) -> None:
    """Raises PinnedPairingBlocked when the rules let no intake of a home have all who are pinned to it.

    Their brothers and sisters may move in with them; children of other families never make an intake allowed that is
    not allowed without them. Raises UnknownPairing when a wish names a stranger to the pool.
    """
    if not wishes.pinned:
        return
    fixed = fixed_by(worth, wishes)
    for home in np.unique(fixed.home_of[fixed.must]):
        if not _may_be(worth, fixed, int(home)):
            raise blocked(worth, fixed)


def _may_be(worth: Worth, fixed: Fixed, home: int) -> bool:
    here = np.flatnonzero(fixed.home_of == home)
    kin = np.isin(worth.families, worth.families[here]) & (fixed.home_of == ANYWHERE)
    free = [int(kid) for kid in np.flatnonzero(kin) if kid * fixed.homes + home not in fixed.forbidden]
    more = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    intakes = [(home, tuple(sorted((*(int(kid) for kid in here), *some)))) for some in more]
    return bool(worth.gains(*intake_arrays(intakes)).feasible.any())
