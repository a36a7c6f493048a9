"""Routes about the rule book: the same that docs/rule-book.md is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.api import answers
from app.dependencies import AsOfHere, CallerHere, OfficeHere
from app.services import decisions
from db.errors import NotFound
from matching.rules.book import RULE_BOOK, RULE_BOOK_VERSION, RULES
from matching.rules.model import Consequence, Flag, Rule, Score, SignOff
from matching.rules.parameters import Parameters

router = APIRouter(tags=["rules"])


@dataclass(frozen=True, slots=True)
class OutcomeTold:
    """What follows when a rule is not met."""

    outcome: str
    """block, sign-off, score or flag."""
    when: str
    """The condition in words; empty for what follows otherwise."""
    role: str | None = None
    deadline: str | None = None
    timer: str | None = None


@dataclass(frozen=True, slots=True)
class SourceTold:
    """Where a rule comes from."""

    text: str
    checked: bool
    """False when nobody has checked the words against the text: never quote it as law."""


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule of the rule book."""

    id: str
    says: str
    """One sentence that is true when the rule is met."""
    scope: str
    """pairing: one child and one home; living-together: all who would live in a home."""
    not_met: tuple[OutcomeTold, ...]
    """The first whose condition holds applies."""
    sources: tuple[SourceTold, ...]
    jurisdiction: str
    in_force_from: date
    in_force_until: date | None
    reads: tuple[str, ...]
    """The facts it reads; one that is missing makes it unknown, which is never taken as met."""
    measure: str | None
    """What its points are given for."""
    remedy: str | None
    """What would lawfully open a home that it blocks; null when nothing may."""
    parameters: Mapping[str, int]
    """The dated values it reads, as in force on the day for the authority."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every rule in reading order."""

    version: str
    as_of: date
    items: tuple[RuleTold, ...]


@router.get(
    "/rules",
    name="list_rules",
    summary="Read the rule book",
    responses={**answers.shows(RuleBook), **answers.problems()},
)
def list_rules(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """Every rule: its sentence, what follows when it is not met, where it comes from and from when it is in force."""
    parameters, _ = decisions.read_parameters(office, caller, as_of)
    return answers.json(RuleBook(RULE_BOOK_VERSION, as_of, tuple(_told(rule, parameters) for rule in RULE_BOOK)))


@router.get(
    "/rules/{id}",
    name="read_rule",
    summary="Read one rule",
    responses={**answers.shows(RuleTold), **answers.problems(404)},
)
def read_rule(
    office: OfficeHere,
    caller: CallerHere,
    id: Annotated[str, Path(max_length=80, description="As in findings: topic.name.")],  # noqa: A002 - as in the address
    as_of: AsOfHere,
) -> Response:
    """The rule that a finding names."""
    if id not in RULES:
        raise NotFound("rule", id)
    parameters, _ = decisions.read_parameters(office, caller, as_of)
    return answers.json(_told(RULES[id], parameters))


def _told(rule: Rule, parameters: Parameters) -> RuleTold:
    return RuleTold(
        id=rule.id,
        says=rule.says,
        scope=rule.scope.value,
        not_met=tuple(_outcome(branch.consequence, branch.says) for branch in rule.otherwise),
        sources=tuple(SourceTold(source.text, source.checked) for source in rule.sources),
        jurisdiction=rule.jurisdiction,
        in_force_from=rule.in_force.starts,
        in_force_until=rule.in_force.ends,
        reads=rule.reads,
        measure=rule.charge.measure.value if rule.charge else None,
        remedy=rule.remedy,
        parameters={name: parameters[name] for name in rule.parameters},
    )


def _outcome(consequence: Consequence, when: str) -> OutcomeTold:
    if isinstance(consequence, SignOff):
        return OutcomeTold("sign-off", when, consequence.role.value, consequence.deadline.value)
    if isinstance(consequence, Flag):
        return OutcomeTold("flag", when, timer=consequence.timer)
    return OutcomeTold("score" if isinstance(consequence, Score) else "block", when)
