"""How the answers of one rule over many pairings are held: one small whole number for each pairing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.answers import ONE, Answer, Bytes, as_bytes
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

    Sums, products and masks of small whole numbers stand in for choices between columns: over millions of pairings they
    are a hundred times quicker than choosing.
    """
    applies = None if rule.applies is None else rule.applies(facts)
    answer = rule.met(facts)
    if applies is not None and applies.known is not None:  # where it applies for certain, or not at all: no matter
        answer = answer | ~applies
    met = as_bytes(answer.yes)
    found = (
        _unmet_states(rule, facts, answer) & (met - ONE)
    ) | met  # less one: every bit of what is nothing, none of one
    if applies is not None:
        found = found * as_bytes(applies.may_be)
    return States(rule, found, _units(rule, facts, applies))


def _unmet_states(rule: Rule, facts: Facts, answer: Answer) -> Bytes:
    """The state of each pairing if the rule is not met, or not known to be: 2 and 2 more for each outcome passed over."""
    found: Bytes = np.full((1,) * answer.yes.ndim, unmet(0), dtype=np.uint8)
    if answer.known is not None:
        found = found + as_bytes(answer.unknown)
    passed: Bytes | None = None
    for branch in rule.otherwise[:-1]:
        if branch.when is None:
            raise AssertionError(f"{rule.id}: only the last outcome has no condition")
        missed = as_bytes(branch.when(facts).yes) ^ ONE
        passed = missed if passed is None else passed & missed
        found = found + (passed << ONE)
    return found


def _units(rule: Rule, facts: Facts, applies: Answer | None) -> NDArray[np.signedinteger] | None:
    if rule.charge is None:
        return None
    charged = rule.charge.units(facts)
    units = charged.values
    if charged.known is not None and not charged.known.all():
        known = as_bytes(charged.known)
        units = _only(units, known) + _only(
            np.full((1,) * units.ndim, rule.charge.unknown_units, units.dtype), known ^ ONE
        )
    return units if applies is None else _only(units, as_bytes(applies.may_be))


def _only(units: NDArray[np.signedinteger], where: Bytes) -> NDArray[np.signedinteger]:
    """The units where a column says so, and nothing elsewhere."""
    return units * where.astype(units.dtype)
