"""Generalised assignment as a pool of numbers: jobs are children, agents are homes, and what fits is a sum of weights.

The instances of the literature have known optima, so they try the engine of whole-home intakes on a problem that is not
our own. A file holds the numbers of agents and of jobs; then costs, agent by agent; then weights; then capacities.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Candidates, Gains, Worth
from matching.facts.living import NO_CHILD, Indices
from matching.pool import NIGHTS_AHEAD

LITERATURE = Path(os.environ.get("GAP_INSTANCES", Path(__file__).parents[3] / "shared" / "data" / "gap"))
"""The 60 instances of the OR-Library (gap1 to gap12, Cattrysse and others 1994) with known.csv beside them."""


@dataclass
class AssignmentWorth:
    """Answers what the solver asks of matching.candidates.Worth: a job's cost at an agent is its points."""

    costs: NDArray[np.int64]
    """(jobs, agents)"""
    weights: NDArray[np.int64]
    """(jobs, agents)"""
    capacities: NDArray[np.int64]
    """(agents,)"""
    asked: int = field(default=0)

    @property
    def jobs(self) -> int:
        return len(self.costs)

    @property
    def homes(self) -> int:
        return len(self.capacities)

    @cached_property
    def urgency(self) -> NDArray[np.int64]:
        return np.ones(self.jobs, dtype=np.int64)

    @cached_property
    def waited(self) -> NDArray[np.int64]:
        return np.zeros(self.jobs, dtype=np.int64)

    @cached_property
    def families(self) -> NDArray[np.int64]:
        return np.arange(self.jobs)

    @cached_property
    def first_night(self) -> NDArray[np.int64]:
        return np.zeros(self.jobs, dtype=np.int64)

    @cached_property
    def last_morning(self) -> NDArray[np.int64]:
        return np.full(self.jobs, NIGHTS_AHEAD, dtype=np.int64)

    @cached_property
    def spare(self) -> NDArray[np.int16]:
        """What fits, as beds of which a job takes as many as it weighs: a quick bound."""
        return np.repeat(self.capacities[:, None], NIGHTS_AHEAD, axis=1).astype(np.int16)

    @cached_property
    def takes(self) -> NDArray[np.int16]:
        return self.weights[*np.nonzero(self.weights <= self.capacities)].astype(np.int16)

    living_grows = True
    siblings_total = 0

    @cached_property
    def pool(self) -> Any:
        seekers = tuple(SimpleNamespace(child=SimpleNamespace(id=f"job-{at:05d}")) for at in range(self.jobs))
        homes = tuple(SimpleNamespace(id=f"agent-{at:05d}") for at in range(self.homes))
        return SimpleNamespace(
            seekers=seekers,
            homes=homes,
            seeker_index={one.child.id: at for at, one in enumerate(seekers)},
            home_index={home.id: at for at, home in enumerate(homes)},
        )

    @cached_property
    def candidates(self) -> Candidates:
        job, agent = np.nonzero(self.weights <= self.capacities)
        counts = np.bincount(job, minlength=self.jobs)
        return Candidates(
            pool=self.pool,
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            homes=agent.astype(np.int32),
            gravity=np.zeros(len(job), dtype=np.int32),
            points=self.costs[job, agent].astype(np.int32),
        )

    def order(self, children: Indices, homes: Indices) -> NDArray[np.int64]:
        return (children * 31 + homes * 17) % 1024

    def gains(self, children: Indices, homes: Indices) -> Gains:
        self.asked += len(homes)
        there = children != NO_CHILD
        agents = homes[:, None]
        points = np.where(there, self.costs[children, agents], 0).sum(axis=1)
        nothing = np.zeros(len(homes), dtype=np.int64)
        return Gains(
            feasible=np.where(there, self.weights[children, agents], 0).sum(axis=1) <= self.capacities[homes],
            placed=there.sum(axis=1).astype(np.int64),
            together=nothing,
            gravity=nothing,
            points=points.astype(np.int64),
            waited=nothing,
            order=np.where(there, self.order(children, agents), 0).sum(axis=1),
        )

    @property
    def worth(self) -> Worth:
        """This, as what the solver's types ask for."""
        return cast(Worth, self)


def known_optima() -> dict[str, int]:
    """What each instance of the literature costs at least, by its name."""
    with (LITERATURE / "known.csv").open() as file:
        return {Path(row["Path"]).name: int(row["Optimum"]) for row in csv.DictReader(file)}


def read_assignment(file: Path) -> AssignmentWorth:
    """An instance from a file as the literature writes it."""
    numbers = np.array(file.read_text().split(), dtype=np.int64)
    agents, jobs = int(numbers[0]), int(numbers[1])
    table = agents * jobs
    costs, weights, capacities = np.split(numbers[2 : 2 + 2 * table + agents], [table, 2 * table])
    return AssignmentWorth(costs.reshape(agents, jobs).T.copy(), weights.reshape(agents, jobs).T.copy(), capacities)


def drawn_assignment(agents: int, jobs: int, seed: int, tightness: float = 0.8) -> AssignmentWorth:
    """An instance of our own, drawn as the literature draws its easy classes: costs 15 to 25, weights 5 to 25."""
    chance = np.random.default_rng(seed)
    weights = chance.integers(5, 26, (jobs, agents))
    capacities = (tightness * weights.sum(axis=0) / agents).astype(np.int64)
    return AssignmentWorth(chance.integers(15, 26, (jobs, agents)), weights, capacities)
