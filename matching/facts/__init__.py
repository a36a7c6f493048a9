"""The facts that rules read, in columns: of the child, of the home, of the way between them, of living together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from matching.facts.child import ChildFacts
from matching.facts.home import HomeFacts
from matching.facts.journey import JourneyFacts
from matching.facts.living import LivingFacts
from matching.rules.parameters import Parameters

__all__ = ["ChildFacts", "Facts", "HomeFacts", "JourneyFacts", "LivingFacts"]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may read. Rules of a pairing read child, home and journey; rules of living together read living."""

    parameters: Parameters
    _child: ChildFacts | None = None
    _home: HomeFacts | None = None
    _journey: JourneyFacts | None = None
    _living: LivingFacts | None = None

    @property
    def child(self) -> ChildFacts:
        """Facts of each child: shape (n, 1)."""
        return _there(self._child)

    @property
    def home(self) -> HomeFacts:
        """Facts of each home: shape (1, m)."""
        return _there(self._home)

    @property
    def journey(self) -> JourneyFacts:
        """Facts of each child with each home: shape (n, m)."""
        return _there(self._journey)

    @property
    def living(self) -> LivingFacts:
        """Facts of the children who would live in each home: shape (n, m), or (k,) for a list of intakes."""
        return _there(self._living)


def _there(part: T | None) -> T:
    if part is None:
        raise AssertionError("a rule reads facts of the other scope")
    return part
