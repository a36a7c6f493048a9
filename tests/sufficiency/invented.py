"""Authorities with known rates, lived out child by child and day by day in plain Python: a second opinion on the engine."""

from __future__ import annotations

import random
from dataclasses import dataclass

from matching.sufficiency.grid import EIGHTEEN
from matching.sufficiency.stays import OPEN, Stays, from_rows

KINDS = ("fostering", "residential", "supported")
LEFT = len(KINDS)


@dataclass(frozen=True)
class Known:
    """The truth: chances a day, and where children go. Stays end three times as often in their first four weeks."""

    leaves: tuple[float, ...] = (1 / 600, 1 / 400, 1 / 500)
    """A day, by kind, once settled."""
    goes: tuple[tuple[float, ...], ...] = ((0.0, 0.15, 0.1, 0.75), (0.35, 0.0, 0.25, 0.4), (0.05, 0.05, 0.0, 0.9))
    """Where to, by kind; the last is out of care. Nobody under 16 goes to supported accommodation."""
    come: float = 0.45
    """Children a day."""
    unsettled: float = 3.0
    swing: float = 0.0
    """Variance of the number who come from quarter to quarter, relative to its mean, beyond chance."""


TRUTH = Known()


def lived(truth: Known, days: int, seed: int, first: int = 730_000, warm: int = 1_500) -> Stays:
    """What a history of so many days from an ordinal shows, after so many days that nobody wrote down."""
    chance = random.Random(seed)
    rows: list[tuple[int, int, int, int, int, int, int, bool]] = []
    child = 0
    factor = 1.0
    for day in range(-warm, days):
        if day % 91 == 0 and truth.swing:
            factor = chance.gammavariate(1 / truth.swing, truth.swing)
        for _ in range(_poisson(chance, truth.come * factor)):
            child += 1
            rows += _life(truth, chance, child, first + day, first + days)
    return from_rows([row for row in rows if row[5] > first])


def _life(
    truth: Known, chance: random.Random, child: int, came: int, until: int
) -> list[tuple[int, int, int, int, int, int, int, bool]]:
    """A child's stays until care ends or the telling does."""
    born = came - int(EIGHTEEN * chance.random() ** 0.8)
    kind, begins = 0 if chance.random() < 0.85 or came - born < 3_652 else 1, came
    rows: list[tuple[int, int, int, int, int, int, int, bool]] = []
    while True:
        ends = begins + 1 + int(_wait(truth, chance, kind))
        birthday = born + EIGHTEEN
        if min(ends, birthday) >= until:
            return [*rows, (child, born, kind, 0, begins, int(OPEN), -1, not rows)]
        if ends >= birthday:
            return [*rows, (child, born, kind, 0, begins, birthday, LEFT, not rows)] if birthday > begins else rows
        then = _goes(truth, chance, kind, (ends - born) / 365.25)
        rows.append((child, born, kind, 0, begins, ends, then, not rows))
        if then == LEFT:
            return rows
        kind, begins = then, ends


def _wait(truth: Known, chance: random.Random, kind: int) -> float:
    rate = truth.leaves[kind]
    soon = chance.expovariate(rate * truth.unsettled)
    return soon if soon < 28 else 28 + chance.expovariate(rate)


def _goes(truth: Known, chance: random.Random, kind: int, age: float) -> int:
    shares = list(truth.goes[kind])
    if age < 16:
        shares[2] = 0.0
    return chance.choices(range(LEFT + 1), shares)[0]


def _poisson(chance: random.Random, mean: float) -> int:
    count, left = 0, chance.expovariate(1)
    while left < mean:
        count += 1
        left += chance.expovariate(1)
    return count
