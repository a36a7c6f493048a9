"""Rules to findings: every rule asked of every pairing in columns, or of a list of intakes, by the same definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching.answers import as_bytes
from matching.codes import SignOffRole
from matching.facts import Facts
from matching.facts.child import child_facts
from matching.facts.home import home_facts
from matching.facts.journey import journey_facts
from matching.facts.living import Indices, LivingTogether
from matching.policy import Measure, Policy
from matching.pool import Pool
from matching.rules.book import RULE_BOOK
from matching.rules.model import Rule, Scope, SignOff, Standing
from matching.rules.states import States, standings, states_of, unknown, unmet

PAIRINGS_AT_ONCE = 100_000
"""Pairings assessed at a time: so few that their columns stay in the processor's own memory, which is much quicker."""


@dataclass(frozen=True)
class Tally:
    """What the findings come to, for each pairing or intake; every column has the same shape."""

    blocks: NDArray[np.uint8]
    """How many rules block it."""
    checks_first: NDArray[np.uint8]
    """How many rules would block it for all that is known."""
    gravity: NDArray[np.int32]
    """Weight of the sign-offs and of the facts still to be checked, by the policy."""
    sign_offs: NDArray[np.uint8]
    checks: NDArray[np.uint8]
    """Facts to be checked that would not block."""
    points: NDArray[np.int32]
    """Points by the policy; fewer is better. No weight is above 1,000, so a pairing's stay far below what this holds."""

    def at(self, *places: Indices | int) -> Tally:
        """The tally of some places, an index or a column of them for each axis, the first axes first."""
        return Tally(*(getattr(self, name)[places] for name in Tally.__annotations__))

    @property
    def proposable(self) -> NDArray[np.bool_]:
        """Where nothing blocks, and nothing would once checked."""
        proposable: NDArray[np.bool_] = (self.blocks | self.checks_first) == 0
        return proposable


@dataclass(frozen=True)
class Assessed:
    """Every rule's answers over one shape of pairings, with what they come to."""

    facts: Facts
    answers: tuple[States, ...]
    tally: Tally

    def blocked_by(self, rows: slice | None = None) -> Iterator[tuple[Rule, NDArray[np.bool_]]]:
        """Each rule that can block with where it does, of some rows of a grid or everywhere, in the order of the rule
        book; shapes broadcast to the pairings.
        """
        for answer in self.answers:
            states = answer.states if rows is None or len(answer.states) == 1 else answer.states[rows]
            blocking = [states == state for state in _blocking(answer.rule)]
            if blocking:
                yield answer.rule, reduce(np.logical_or, blocking)

    @cached_property
    def charged(self) -> tuple[tuple[Rule, Measure, NDArray[np.signedinteger]], ...]:
        """The rules that charge points, each with its measure and its units; shapes broadcast to the pairings."""
        return tuple(
            (answer.rule, answer.rule.charge.measure, answer.units)
            for answer in self.answers
            if answer.rule.charge is not None and answer.units is not None
        )


@cache
def _blocking(rule: Rule) -> tuple[int, ...]:
    """The states in which a rule blocks."""
    return tuple(int(state) for state in np.flatnonzero(standings(rule) == Standing.BLOCKED))


class Assessor:
    """Asks the rules of one pool. Facts of children, of homes and of living together are prepared once."""

    def __init__(self, pool: Pool, policy: Policy | None = None, rules: Iterable[Rule] = RULE_BOOK) -> None:
        self.pool = pool
        self.parameters = pool.records.parameters
        self.policy = policy or pool.records.policy
        in_force = [rule for rule in rules if pool.as_of in rule.in_force]
        self.pairing_rules = tuple(rule for rule in in_force if rule.scope is Scope.PAIRING)
        self.living_rules = tuple(rule for rule in in_force if rule.scope is Scope.LIVING_TOGETHER)
        self.living = LivingTogether(pool, self.parameters, self.policy)
        self._home, self._child = home_facts(pool), child_facts(pool)
        self._gravity = {
            rule.id: gravity_by_state(rule, self.policy) for rule in (*self.pairing_rules, *self.living_rules)
        }

    def pairings(self, rows: slice) -> Assessed:
        """The rules of a pairing for some children with every home: shape (rows, homes)."""
        child = self._child.of_rows(rows)
        facts = Facts(self.parameters, child, self._home, journey_facts(self.pool, child, self._home, rows))
        return self._assessed(facts, self.pairing_rules, self._shape(rows))

    def alone(self, rows: slice) -> Assessed:
        """The rules of living together for each child alone in every home: shape (rows, homes)."""
        facts = Facts(self.parameters, _living=self.living.grid(rows))
        return self._assessed(facts, self.living_rules, self._shape(rows))

    def intakes(self, children: Indices, homes: Indices) -> Assessed:
        """The rules of living together for sets of children (k, s), padded, in homes (k,): shape (k,)."""
        facts = Facts(self.parameters, _living=self.living.intakes(children, homes))
        return self._assessed(facts, self.living_rules, (len(homes),))

    def beside(self, rows: slice) -> tuple[Assessed, slice]:
        """As pairings, and the rows of it at which the children stand. A small pool is asked once, and kept."""
        if not self._is_small:
            return self.pairings(rows), slice(0, rows.stop - rows.start)
        return self._every_pairing, rows

    def each_alone(self, rows: slice) -> tuple[Assessed, slice]:
        """As alone, and the rows of it at which the children stand. A small pool is asked once, and kept."""
        if not self._is_small:
            return self.alone(rows), slice(0, rows.stop - rows.start)
        return self._everyone_alone, rows

    def intakes_tally(self, children: Indices, homes: Indices) -> Tally:
        """What intakes come to. Of single children of a small pool it is kept."""
        if not self._is_small or children.shape[1] > 1:
            return self.intakes(children, homes).tally
        return self._everyone_alone.tally.at(children[:, 0], homes)

    @property
    def _is_small(self) -> bool:
        return len(self.pool.seekers) * len(self.pool.homes) <= PAIRINGS_AT_ONCE

    @cached_property
    def _every_pairing(self) -> Assessed:
        return self.pairings(slice(0, len(self.pool.seekers)))

    @cached_property
    def _everyone_alone(self) -> Assessed:
        return self.alone(slice(0, len(self.pool.seekers)))

    def chunks(self) -> Iterator[slice]:
        """All the children, some rows at a time."""
        rows = max(1, PAIRINGS_AT_ONCE // max(1, len(self.pool.homes)))
        for first in range(0, len(self.pool.seekers), rows):
            yield slice(first, min(first + rows, len(self.pool.seekers)))

    def pairing_tally(self) -> Tally:
        """What the rules of a pairing come to for every child with every home: shape (children, homes)."""
        parts = [self.beside(rows)[0].tally for rows in self.chunks()]
        if not parts:
            return tally_of((), (0, len(self.pool.homes)), self.policy, self._gravity)
        return Tally(*(np.concatenate([getattr(part, name) for part in parts]) for name in Tally.__annotations__))

    def _shape(self, rows: slice) -> tuple[int, int]:
        return len(range(*rows.indices(len(self.pool.seekers)))), len(self.pool.homes)

    def _assessed(self, facts: Facts, rules: tuple[Rule, ...], shape: tuple[int, ...]) -> Assessed:
        answers = tuple(states_of(rule, facts) for rule in rules)
        return Assessed(facts, answers, tally_of(answers, shape, self.policy, self._gravity))


def tally_of(
    answers: Iterable[States], shape: tuple[int, ...], policy: Policy, gravity: Mapping[str, NDArray[np.int32]]
) -> Tally:
    """Sums the answers of many rules, `gravity` giving what each state of a rule weighs, by the rule's id."""
    found = _Sums(shape)
    for answer in answers:
        found.count(answer, gravity[answer.rule.id])
        if answer.rule.charge is not None and answer.units is not None:
            found.charge(answer.units, policy.weight(answer.rule.charge.measure))
    return found.tally()


class _Sums:
    """The columns of a tally while answers are added, each of its shape, in the smallest whole numbers that hold them."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._shape = shape
        self._counts: dict[str | int, NDArray[np.uint8]] = {}
        """How many answers stand so, by the column of the tally; and how many weigh so much, by the weight."""
        self._points = np.zeros(shape, dtype=np.int32)

    def count(self, answer: States, weights: NDArray[np.int32]) -> None:
        """Adds one rule's answers, state by state: comparing small whole numbers is far quicker than looking them up."""
        for state, name in _counted(answer.rule):
            here = answer.states == state
            if here.any():
                self._add(name, here)
                if weights[state]:
                    self._add(int(weights[state]), here)

    def charge(self, units: NDArray[np.signedinteger], weight: int) -> None:
        """Adds points for units of a measure."""
        if weight and units.any():
            np.add(self._points, units.astype(np.int32, copy=False) * np.int32(weight), out=self._points)

    def tally(self) -> Tally:
        """The sums."""
        none = np.zeros(self._shape, dtype=np.uint8)
        gravity = np.zeros(self._shape, dtype=np.int32)
        for weight, count in self._counts.items():
            if isinstance(weight, int):
                np.add(gravity, count.astype(np.int32) * np.int32(weight), out=gravity)
        counts = {name: self._counts.get(name, none) for name in _COUNTS.values()}
        return Tally(gravity=gravity, points=self._points, **counts)

    def _add(self, name: str | int, here: NDArray[np.bool_]) -> None:
        if name not in self._counts:
            self._counts[name] = np.zeros(self._shape, dtype=np.uint8)
        np.add(self._counts[name], as_bytes(here), out=self._counts[name])


_COUNTS = MappingProxyType(
    {
        Standing.BLOCKED: "blocks",
        Standing.CHECK_FIRST: "checks_first",
        Standing.CHECK: "checks",
        Standing.SIGN_OFF: "sign_offs",
    }
)
"""The column of a tally in which a standing is counted."""


@cache
def _counted(rule: Rule) -> tuple[tuple[int, str], ...]:
    """The states of a rule that a tally counts, each with the column it is counted in."""
    return tuple((at, _COUNTS[Standing(one)]) for at, one in enumerate(standings(rule)) if Standing(one) in _COUNTS)


def gravity_by_state(rule: Rule, policy: Policy) -> NDArray[np.int32]:
    """What each state of a rule weighs at the level of the sign-offs."""
    weights = np.zeros(len(standings(rule)), dtype=np.int32)
    for state, role in _asking(rule):
        weights[state] = policy.check_gravity if role is None else policy.gravity[role]
    return weights


@cache
def _asking(rule: Rule) -> tuple[tuple[int, SignOffRole | None], ...]:
    """The states of a rule in which somebody must sign off, with who; None where that is yet to be checked."""
    found: list[tuple[int, SignOffRole | None]] = []
    for branch, outcome in enumerate(rule.otherwise):
        if isinstance(outcome.consequence, SignOff):
            found += [(unmet(branch), outcome.consequence.role), (unknown(branch), None)]
    return tuple(found)
