"""Chance that belongs to a child, not to the order things are worked out in.

Every child of every replicate has one 64-bit key. What happens at the child's n-th turning point comes of the key and n
alone (splitmix64: Steele, Lea and Flood 2014), so that two scenarios give the same child the same luck: the difference
between them is the scenario and nothing else (common random numbers).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_STRIDE: Final = 0x9E3779B97F4A7C15
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S40 = (np.uint64(shift) for shift in (27, 30, 31, 40))
_LOW: Final = np.uint64(0xFFFFFF)
_UNIT: Final = np.float32(2**-24)


def turns(keys: NDArray[np.uint64], turn: int) -> NDArray[np.uint64]:
    """64 random bits for each key at one turn; the same for the same key and turn, whatever else there is."""
    bits = keys + np.uint64(turn * _STRIDE & 0xFFFFFFFFFFFFFFFF)
    bits ^= bits >> _S30
    bits *= _FIRST
    bits ^= bits >> _S27
    bits *= _SECOND
    bits ^= bits >> _S31
    return bits


def waits(bits: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Exponential waits of mean 1, from the upper 24 bits; never 0."""
    share = (bits >> _S40).astype(np.float32)
    share += np.float32(0.5)
    share *= _UNIT
    np.log(share, out=share)
    return np.negative(share, out=share)


def shares(bits: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Uniform on [0, 1), from the lower 24 bits, so independent of the waits."""
    return (bits & _LOW).astype(np.float32) * _UNIT
