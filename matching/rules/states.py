"""How the answers of one rule over many pairings are held: one small whole number for each pairing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer
from matching.facts import Facts
from matching.rules.model import Block, Flag, Otherwise, Rule, Score, SignOff, Standing

NOT_APPLICABLE = 0
MET = 1


def unmet(branch: int) -> int:
    """The state 'not met', with the outcome at that place in the rule's list."""
    return 2 + 2 * branch


def unknown(branch: int) -> int:
    """The state 'unknown', where not meeting the rule would have that outcome."""
    return 3 + 2 * branch


def branch_of(state: int) -> int | None:
    """Which outcome of the rule a state speaks of; None when it is met or does not apply."""
    return None if state < 2 else (state - 2) // 2


@cache
def standing_of(rule: Rule, state: int) -> Standing:
    """What a state of a rule means for the pairing."""
    return Standing(int(standings(rule)[state]))


@cache
def standings(rule: Rule) -> NDArray[np.uint8]:
    """The standing of each state of the rule, by state."""
    table = [Standing.NOT_APPLICABLE, Standing.MET]
    for branch in rule.otherwise:
        table.extend(_standings_of(branch))
    found = np.array(table, dtype=np.uint8)
    found.setflags(write=False)
    return found


def _standings_of(branch: Otherwise) -> tuple[Standing, Standing]:
    match branch.consequence:
        case Block():
            return Standing.BLOCKED, Standing.CHECK_FIRST
        case SignOff():
            return Standing.SIGN_OFF, Standing.CHECK
        case Flag():
            return Standing.FLAGGED, Standing.CHECK
        case Score():
            return Standing.SCORED, Standing.CHECK


@dataclass(frozen=True, slots=True)
class States:
    """One rule's answers over a shape of pairings.

    `states` and `units` broadcast to the shape of the pairings: a rule that reads only the home is held once a home.
    """

    rule: Rule
    states: NDArray[np.uint8]
    units: NDArray[np.signedinteger] | None
    """Units charged by the rule's measure; None when the rule charges nothing."""


def states_of(rule: Rule, facts: Facts) -> States:
    """Asks one rule of every pairing that the facts describe; shapes as the facts broadcast.

    Sums and products of small whole numbers stand in for choices between columns: over millions of pairings they are
    a hundred times quicker than choosing.
    """
    applies = None if rule.applies is None else rule.applies(facts)
    answer = rule.met(facts)
    if applies is not None:
        answer = answer | ~applies
    found = _small(~answer.yes) * _unmet_states(rule, facts, answer) + _small(answer.yes)
    if applies is not None:
        found = found * _small(~applies.no)
    return States(rule, found, _units(rule, facts, applies))


def _small(column: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Yes and no as one and nothing, without a copy."""
    return column.view(np.uint8)


def _unmet_states(rule: Rule, facts: Facts, answer: Answer) -> NDArray[np.uint8]:
    """The state of each pairing if the rule is not met, or not known to be: 2 and 2 more for each outcome passed over."""
    found: NDArray[np.uint8] = np.full((1,) * answer.yes.ndim, unmet(0), dtype=np.uint8)
    if answer.known is not None:
        found = found + _small(~answer.known)
    passed: NDArray[np.bool_] | None = None
    for branch in rule.otherwise[:-1]:
        if branch.when is None:
            raise AssertionError(f"{rule.id}: only the last outcome has no condition")
        missed = ~branch.when(facts).yes
        passed = missed if passed is None else passed & missed
        found = found + _small(passed) * np.uint8(2)
    return found


def _units(rule: Rule, facts: Facts, applies: Answer | None) -> NDArray[np.signedinteger] | None:
    if rule.charge is None:
        return None
    charged = rule.charge.units(facts)
    units = charged.values
    if charged.known is not None and not charged.known.all():
        units = units.astype(np.int32)
        units[np.broadcast_to(~charged.known, units.shape)] = rule.charge.unknown_units
    return units if applies is None else units * (~applies.no).astype(units.dtype)
