"""What the printed rule book needs of an example: the rule, the situation in words, the answer and its reason."""

from __future__ import annotations

from dataclasses import dataclass

from matching.rules.model import Standing


@dataclass(frozen=True, slots=True)
class ExampleInWords:
    """One example of a rule, drawn from its specification."""

    rule: str
    when: str
    standing: Standing
    reason: str
