"""What an example of a rule is, and how it is asked; the specification is made of them and so is the printed rule book."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from matching.assess import Assessor
from matching.rules.book import RULES
from matching.rules.examples import ExampleInWords
from matching.rules.model import Scope, Standing
from matching.rules.states import standing_of
from tests.spec.building import Given

MET, CHECK, CHECK_FIRST = Standing.MET, Standing.CHECK, Standing.CHECK_FIRST
BLOCKED, SIGN_OFF, SCORED, FLAGGED = Standing.BLOCKED, Standing.SIGN_OFF, Standing.SCORED, Standing.FLAGGED
DOES_NOT_APPLY = Standing.NOT_APPLICABLE


@dataclass(frozen=True)
class Answer:
    """What a rule said of the pairing."""

    state: int
    standing: Standing
    reason: str
    units: int | None


@dataclass(frozen=True)
class Example:
    """A rule asked of one child and one home: what it answers, in which words, and what it charges."""

    rule: str
    when: str
    given: Given = field(repr=False)
    standing: Standing
    reason: str
    units: int | None = None
    """Units charged; None when the example does not say."""

    def __str__(self) -> str:
        return f"{self.rule}: {self.when}"

    def answer(self) -> Answer:
        """Asks the rule."""
        rule = RULES[self.rule]
        assessor = Assessor(self.given.pool(), rules=[rule])
        assessed = (assessor.pairings if rule.scope is Scope.PAIRING else assessor.alone)(slice(0, 1))
        (found,) = assessed.answers
        where = (0, 0)
        state = int(np.broadcast_to(found.states, (1, len(assessor.pool.homes)))[where])
        units = None if found.units is None else int(np.broadcast_to(found.units, (1, len(assessor.pool.homes)))[where])
        return Answer(state, standing_of(rule, state), rule.reason(assessed.facts, where), units)

    def check(self) -> None:
        """Fails unless the rule answers as the example says."""
        answer = self.answer()
        assert (answer.standing.name, answer.reason) == (self.standing.name, self.reason)
        if self.units is not None:
            assert answer.units == self.units

    def in_words(self) -> ExampleInWords:
        """The example as the rule book prints it."""
        return ExampleInWords(self.rule, self.when, self.standing, self.reason)
