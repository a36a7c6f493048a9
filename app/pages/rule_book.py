"""The rule book: every rule in plain English with what follows and where it is written, and this authority's own values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.visits import May, Visit
from app.pages.wording import ROLES
from app.pages.words import capital, counted, day, sentence
from app.services.decisions import read_parameters
from matching.rules.book import RULE_BOOK, RULE_BOOK_VERSION, TOPICS, topic_of
from matching.rules.model import Block, Consequence, Flag, Otherwise, Rule, Scope, SignOff
from matching.rules.parameters import PARAMETERS, Parameter, Parameters
from matching.workflow.roles import Role

router = APIRouter(include_in_schema=False)

LONGEST_SEARCH = 100
"""Characters of what is looked for; the rest is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShown:
    """What follows when a rule is not met."""

    tag: str
    colour: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """One rule."""

    id: str
    says: str
    outcomes: tuple[OutcomeShown, ...]
    together: bool
    """Whether it is asked of everybody who would live together, not of one child."""
    sources: tuple[str, ...]
    remedy: str
    values: tuple[str, ...]
    since: str
    """From when it has been in force; empty when always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicShown:
    """The rules of one topic."""

    id: str
    title: str
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What somebody looked for, and how much of the book speaks of it."""

    find: str
    says: str
    """Empty when nothing is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueShown:
    """One dated value."""

    says: str
    value: str
    whose: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBookPage:
    """The rule book."""

    template: ClassVar[str] = "rules.html"
    title: str = "Rule book"
    count: int
    version: str
    as_of: str
    search: Search
    topics: tuple[TopicShown, ...]
    values: tuple[ValueShown, ...]


@router.get("/rules", name="page_rules")
def rules(visit: Annotated[Visit, Depends(May("list_rules"))]) -> Response:
    """Every rule as in force today, or those that speak of what is looked for, with the values of this authority."""
    today = visit.office.today()
    parameters, _ = read_parameters(visit.office, visit.caller, today)
    find = " ".join(visit.request.query_params.get("find", "").split())[:LONGEST_SEARCH]
    topics, values = _topics(parameters, find), _values(parameters, find)
    return visit.page(
        RuleBookPage(
            count=len(RULE_BOOK),
            version=RULE_BOOK_VERSION,
            as_of=day(today),
            search=Search(find=find, says=_found(find, topics, values)),
            topics=topics,
            values=values,
        )
    )


def _topics(parameters: Parameters, find: str) -> tuple[TopicShown, ...]:
    """The topics with the rules that speak of what is looked for; those without any are left out."""
    topics = (
        TopicShown(
            id=f"topic-{topic}",
            title=heading,
            rules=tuple(
                rule
                for rule in (_rule(one, parameters) for one in RULE_BOOK if topic_of(one) == topic)
                if _speaks_of(find, heading, *_words_of(rule))
            ),
        )
        for topic, heading in TOPICS.items()
    )
    return tuple(topic for topic in topics if topic.rules)


def _words_of(rule: RuleShown) -> tuple[str, ...]:
    outcomes = (word for one in rule.outcomes for word in (one.tag, one.says))
    return (rule.id, rule.says, rule.remedy, *outcomes, *rule.sources, *rule.values)


def _values(parameters: Parameters, find: str) -> tuple[ValueShown, ...]:
    values = (_value(one, parameters) for one in PARAMETERS.values())
    return tuple(one for one in values if _speaks_of(find, one.says, one.value, one.whose, one.source))


def _speaks_of(find: str, *words: str) -> bool:
    """Whether every word that is looked for stands somewhere, large or small."""
    said = " ".join(words).casefold()
    return all(word in said for word in find.casefold().split())


def _found(find: str, topics: Sequence[TopicShown], values: Sequence[ValueShown]) -> str:
    if not find:
        return ""
    rules = sum(len(topic.rules) for topic in topics)
    return f"{counted(rules, 'rule')} and {counted(len(values), 'value')} speak of \u201c{find}\u201d."


def _rule(rule: Rule, parameters: Parameters) -> RuleShown:
    return RuleShown(
        id=rule.id,
        says=sentence(rule.says),
        outcomes=tuple(_outcome(branch, first=at == 0) for at, branch in enumerate(rule.otherwise)),
        together=rule.scope is Scope.LIVING_TOGETHER,
        sources=tuple(one.text + ("" if one.checked else " (not checked against its text)") for one in rule.sources),
        remedy=sentence(rule.remedy or ""),
        values=tuple(f"{PARAMETERS[name].says}: {_amount(PARAMETERS[name], parameters)}" for name in rule.parameters),
        since=day(rule.in_force.starts) if rule.in_force.starts.year > 1989 else "",
    )


def _outcome(branch: Otherwise, *, first: bool) -> OutcomeShown:
    tag, colour, says = _follows(branch.consequence)
    when = f"When {branch.says}: " if branch.says else "" if first else "Otherwise "
    return OutcomeShown(tag=tag, colour=colour, says=f"{when}{says}" if when else capital(says))


def _follows(consequence: Consequence) -> tuple[str, str, str]:
    if isinstance(consequence, Block):
        return "Not allowed", "red", "the home is never proposed."
    if isinstance(consequence, SignOff):
        who = ROLES[Role(consequence.role.value)].lower()
        return (
            "Sign-off",
            "purple",
            f"the home may be proposed, marked; the {who} must agree {consequence.deadline.value}.",
        )
    if isinstance(consequence, Flag):
        return "Note", "blue", f"it is shown as a warning{f': {consequence.timer}' if consequence.timer else ''}."
    return "Points", "turquoise", "it counts against the home by the authority's published weights."


def _value(one: Parameter, parameters: Parameters) -> ValueShown:
    own = one.name in parameters.own
    return ValueShown(
        says=one.says,
        value=_amount(one, parameters),
        whose="This authority's own" if own else "Usual; the authority may set its own" if one.local else "Set by law",
        source=capital(one.source),
    )


def _amount(one: Parameter, parameters: Parameters) -> str:
    value = parameters[one.name]
    if one.unit == "0 or 1":
        return "1 (yes)" if value else "0 (no)"
    if one.unit.startswith("pence"):
        return f"£{value / 100:,.0f}{one.unit.removeprefix('pence')}"
    if one.unit == "tenths of a mile":
        return f"{value / 10:.1f} miles"
    return f"{value:,} {one.unit}"
