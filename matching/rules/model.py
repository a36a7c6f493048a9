"""What a rule is: one object that holds its sentence, its test, its outcome, its source and its reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from matching.answers import Answer, Fact
from matching.codes import SignOffRole
from matching.facts import Facts
from matching.policy import Measure
from matching.values import Period


class Standing(IntEnum):
    """What one finding means for a pairing, from best to worst."""

    NOT_APPLICABLE = 0
    MET = 1
    SCORED = 2
    """Not met: it costs points."""
    FLAGGED = 3
    """Not met: shown as a warning, or starts a timer."""
    CHECK = 4
    """A fact is missing, and not meeting the rule would cost points, warn or ask for a sign-off."""
    SIGN_OFF = 5
    """Not met: may be proposed, marked; a named role must agree."""
    CHECK_FIRST = 6
    """A fact is missing, and not meeting the rule would block: never proposed until somebody has checked."""
    BLOCKED = 7
    """Not met: never proposed."""


class Deadline(StrEnum):
    """By when a sign-off must be given."""

    BEFORE_START = "before the placement starts"
    SIX_WORKING_DAYS = "within 6 working days of the start (emergency)"
    BEFORE_DECISION = "before the decision"


@dataclass(frozen=True, slots=True)
class Block:
    """Never proposed."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """May be proposed, marked: a named role must agree by a deadline."""

    role: SignOffRole
    deadline: Deadline = Deadline.BEFORE_START


@dataclass(frozen=True, slots=True)
class Score:
    """Costs points by the authority's policy."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Shown as a warning; `timer` says what then runs, in words."""

    timer: str | None = None


Consequence = Block | SignOff | Score | Flag


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What follows when a rule is not met. The first whose condition holds applies; the last has no condition."""

    consequence: Consequence
    when: Callable[[Facts], Answer] | None = None
    says: str = ""
    """The condition in words, for the rule book; empty for the last."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from."""

    text: str
    checked: bool = True
    """False when nobody has checked the words against the text: shown as such, never as quoted law."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a rule counts for points: units of a measure, fewer is better."""

    measure: Measure
    units: Callable[[Facts], Fact]
    unknown_units: int = 0
    """Units charged where the fact is not known, so that not knowing is never an advantage."""


class Scope(StrEnum):
    """What a rule reads."""

    PAIRING = "pairing"
    """One child and one home."""
    LIVING_TOGETHER = "living-together"
    """One home and the set of children who would live in it."""


ENGLAND = "England"
_LONG_AGO = Period(date(1989, 11, 16))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule of the rule book. A rule is met, not met, unknown, or does not apply to a pairing.

    `met` and `applies` are expressions over facts that work alike on one pairing and on columns of them. `reason` is
    the answer in words for one pairing, from the same facts: it is given the place (child row, home column, ...) of
    the pairing and reads `facts.….at(*where)`.
    """

    id: str
    says: str
    """One sentence that is true when the rule is met."""
    met: Callable[[Facts], Answer]
    otherwise: tuple[Otherwise, ...]
    reason: Callable[[Facts, tuple[int, ...]], str]
    sources: tuple[Source, ...]
    reads: tuple[str, ...]
    """The facts it reads, as 'child.age' or 'home.approved_ages'."""
    scope: Scope = Scope.PAIRING
    applies: Callable[[Facts], Answer] | None = None
    charge: Charge | None = None
    remedy: str | None = None
    """What would lawfully open a home that this rule blocks; None when nothing may (a safety rule)."""
    jurisdiction: str = ENGLAND
    in_force: Period = field(default=_LONG_AGO)
    parameters: tuple[str, ...] = ()
    """The dated parameters it reads."""

    def __post_init__(self) -> None:
        topic, _, name = self.id.partition(".")
        if not topic or not name or not self.otherwise or self.otherwise[-1].when is not None or not self.sources:
            raise AssertionError(f"{self.id}: a rule has a topic.name, a last unconditional outcome and a source")
