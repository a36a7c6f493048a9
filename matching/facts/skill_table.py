"""Which home has which skill, and how long it would take where it has not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.answers import Bools, Fact, position
from matching.codes import Skill, SkillLevel
from matching.homes import Home

NEVER = 32_000
"""Weeks for a skill that is neither there nor to be had in a time anybody has given."""


class SkillTable:
    """Weeks until each home has each skill, shape (skills, m): 0 for a skill that is there."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self._weeks: NDArray[np.int16] = np.full((len(Skill), len(homes)), NEVER, dtype=np.int16)
        cells = [
            (position(held.skill), at, 0 if held.level is not SkillLevel.TRAINABLE else held.weeks_to_train)
            for at, home in enumerate(homes)
            for held in home.skills
        ]
        timed = np.array([cell for cell in cells if cell[2] is not None], dtype=np.int32)
        if len(timed):
            np.minimum.at(self._weeks, (timed[:, 0], timed[:, 1]), timed[:, 2].astype(np.int16))

    def held(self) -> Fact:
        """The skills each home has today, as a set: shape (1, m)."""
        places = np.arange(len(Skill), dtype=np.int32)[:, None]
        found: NDArray[np.int32] = np.sum((self._weeks == 0) * (1 << places), axis=0, keepdims=True, dtype=np.int32)
        return Fact(found)

    def ready(self, wanted: frozenset[Skill], weeks: int) -> Bools:
        """Which homes would have every one of the skills so many weeks from now, shape (m,)."""
        rows = sorted(position(skill) for skill in wanted)
        return np.asarray((self._weeks[rows] <= weeks).all(axis=0))
