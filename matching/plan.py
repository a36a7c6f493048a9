"""A plan: which homes are proposed to all who wait, what that comes to, and the check that nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from matching.assess import Assessor
from matching.facts.living import NO_CHILD
from matching.values import ChildId, HomeId


@dataclass(frozen=True, slots=True, order=True)
class Intake:
    """Children proposed to move into one home together; children in the pool's order."""

    home: HomeId
    children: tuple[ChildId, ...]


@dataclass(frozen=True, slots=True, order=True)
class Levels:
    """What a plan comes to, in the order in which plans are compared; fewer is better at every level.

    A level is never traded against a later one (domain: 1 no blocked pairing, which is no number, as it never is).
    """

    unplaced: int
    """Weight, by urgency, of the children without a proposal."""
    parted: int
    """Weight, by assessment, of the pairs of siblings who would not live together."""
    gravity: int
    """Weight of the sign-offs and of the facts still to be checked."""
    points: int
    """Need, distance, cost, wishes: by the policy's published weights."""
    tie_break: int
    """Longest waiting first, then by the order of references: see Arithmetic.tie_breaks."""

    def __add__(self, other: Levels) -> Levels:
        return Levels(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Levels)))


@dataclass(frozen=True, slots=True)
class Plan:
    """Joint proposals for all who wait. A child in no intake has no proposal."""

    intakes: tuple[Intake, ...]
    levels: Levels


@dataclass(frozen=True, slots=True)
class PlanFault:
    """Something wrong with a plan: a bug, never a user's doing."""

    what: str
    home: HomeId | None = None
    children: tuple[ChildId, ...] = ()
