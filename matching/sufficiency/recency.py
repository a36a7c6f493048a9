"""How far back to look: as far as the past has foretold what followed it, quarter by quarter, and no farther.

Each length of memory is judged by what it would have said of each quarter that is known (the predictive probability of the
count, Poisson with a Gamma rate: prequential, Dawid 1984). The longest is taken unless a shorter one is clearly better.
"""

from __future__ import annotations

from math import lgamma, log

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.stays import OPEN, Stays

MEMORIES = (182, 365, 730, 1_461)
"""Days of memory that are weighed against one another."""
CLEARLY = 2.0
"""Natural logarithm of how much likelier the shorter memory must make what happened: about seven times."""
_QUARTER = 91
_LATEST = 8
"""Quarters that are judged: the last two years."""


def memory_of_coming(stays: Stays, known_from: int, until: int) -> int:
    """Days of memory for how many children come into care. Ordinals; stays are known up to `until`."""
    days = stays.begins[stays.came & (stays.begins >= known_from) & (stays.begins < until)]
    return _best(days, np.ones(until - known_from), known_from, until)


def memory_of_leaving(stays: Stays, known_from: int, until: int) -> int:
    """Days of memory for how soon stays end, for as many as there are of them on each night."""
    days = stays.ends[(stays.ends != OPEN) & (stays.ends >= known_from) & (stays.ends < until)]
    inside = np.clip(stays.begins, known_from, until) - known_from
    outside = np.clip(stays.ends, known_from, until) - known_from
    length = until - known_from
    changes = np.bincount(inside, minlength=length + 1) - np.bincount(outside, minlength=length + 1)
    return _best(days, np.cumsum(changes)[:length].astype(float), known_from, until)


def _best(days: NDArray[np.int32], exposure: NDArray[np.float64], known_from: int, until: int) -> int:
    """The longest memory that no other clearly beats."""
    events = np.bincount(days - known_from, minlength=until - known_from)[: until - known_from]
    seen, lived = (np.concatenate([[0.0], np.cumsum(column)]) for column in (events, exposure))
    scores = {memory: _score(seen, lived, memory) for memory in MEMORIES}
    best = max(scores.values())
    return max(memory for memory, score in scores.items() if score >= best - CLEARLY)


def _score(seen: NDArray[np.float64], lived: NDArray[np.float64], memory: int) -> float:
    """Log of the predictive probability of the latest quarters, each told from the memory before it."""
    length, score = seen.size - 1, 0.0
    for back in range(min(_LATEST, length // _QUARTER - 2), 0, -1):
        at = length - back * _QUARTER
        first = max(0, at - memory)
        shape, rate = seen[at] - seen[first] + 0.5, max(lived[at] - lived[first], 1.0)
        count, over = seen[at + _QUARTER] - seen[at], lived[at + _QUARTER] - lived[at]
        score += _log_probability(float(count), float(shape), float(rate), float(max(over, 1e-9)))
    return score


def _log_probability(count: float, shape: float, rate: float, over: float) -> float:
    """Of a Poisson count whose rate is Gamma: negative binomial."""
    counted = lgamma(shape + count) - lgamma(shape) - lgamma(count + 1)
    return counted + shape * log(rate / (rate + over)) + count * log(over / (rate + over))
