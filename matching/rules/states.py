"""How the answers of one rule over many pairings are held: one small whole number for each pairing."""

from __future__ import annotations

from dataclasses import dataclass

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


def standing_of(rule: Rule, state: int) -> Standing:
    """What a state of a rule means for the pairing."""
    return Standing(int(standings(rule)[state]))


def standings(rule: Rule) -> NDArray[np.uint8]:
    """The standing of each state of the rule, by state."""
    table = [Standing.NOT_APPLICABLE, Standing.MET]
    for branch in rule.otherwise:
        table.extend(_standings_of(branch))
    return np.array(table, dtype=np.uint8)


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
    units: NDArray[np.int64] | None
    """Units charged by the rule's measure; None when the rule charges nothing."""


def states_of(rule: Rule, facts: Facts) -> States:
    """Asks one rule of every pairing that the facts describe; shapes as the facts broadcast."""
    applies = None if rule.applies is None else rule.applies(facts)
    answer = rule.met(facts)
    if applies is not None:
        answer = answer | ~applies
    found = _unmet_states(rule, facts, answer)
    found = np.where(answer.yes, np.uint8(MET), found)
    if applies is not None:
        found = np.where(applies.no, np.uint8(NOT_APPLICABLE), found)
    return States(rule, found, _units(rule, facts, applies))


def _unmet_states(rule: Rule, facts: Facts, answer: Answer) -> NDArray[np.uint8]:
    last = len(rule.otherwise) - 1
    if answer.known is None:
        found: NDArray[np.uint8] = np.array(unmet(last), dtype=np.uint8)
    else:
        found = np.where(answer.known, np.uint8(unmet(last)), np.uint8(unknown(last)))
    for at in range(last - 1, -1, -1):
        condition = rule.otherwise[at].when
        if condition is None:
            raise AssertionError(f"{rule.id}: only the last outcome has no condition")
        chosen = condition(facts).yes
        here: NDArray[np.uint8] = np.array(unmet(at), dtype=np.uint8)
        if answer.known is not None:
            here = np.where(answer.known, np.uint8(unmet(at)), np.uint8(unknown(at)))
        found = np.where(chosen, here, found)
    return found


def _units(rule: Rule, facts: Facts, applies: Answer | None) -> NDArray[np.int64] | None:
    if rule.charge is None:
        return None
    units = rule.charge.units(facts).or_else(rule.charge.unknown_units).astype(np.int64, copy=False)
    return units if applies is None else np.where(applies.no, np.int64(0), units)
