"""The inventory of the rule book: every row of the agreed table is there, cited, specified, and says what it reads."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from matching.assess import Assessor
from matching.facts import Facts
from matching.facts.terms import PurposeFacts, TermsFacts
from matching.policy import Measure
from matching.rules.book import RULE_BOOK, RULE_BOOK_VERSION, RULES, TOPICS, rule_of, topic_of
from matching.rules.model import Block, Rule, Scope
from matching.rules.parameters import PARAMETERS, Parameters
from matching.rules.states import MET, NOT_APPLICABLE, unknown, unmet
from tests.spec.rules.every_example import EVERY_EXAMPLE
from tests.spec.rules.examples import Answer, Example

AGREED = {
    "approval.ages / number / sex / care-types": {
        "approval.ages",
        "approval.number",
        "approval.sex",
        "approval.care-types",
    },
    "approval.named-children": {"approval.named-children"},
    "approval.connected-temporary": {"approval.connected-temporary"},
    "approval.preferred-range": {"approval.preferred-range"},
    "purpose.home": {"purpose.ages", "purpose.number", "purpose.sex", "purpose.needs"},
    "purpose.impact": {"purpose.impact"},
    "limit.usual-fostering": {"limit.usual-fostering"},
    "limit.beds": {"limit.beds"},
    "limit.bedrooms": {"limit.bedrooms"},
    "limit.solo": {"limit.solo"},
    "limit.never-together": {"limit.never-together", "limit.risk-beside-vulnerable"},
    "limit.mix": {"limit.mix", "limit.mix-range"},
    "setting.under-16": {"setting.under-16"},
    "setting.16-17": {"setting.16-17", "setting.registered"},
    "setting.suitability": {"setting.suitability"},
    "setting.secure": {"setting.secure"},
    "setting.dol": {"setting.dol"},
    "hierarchy.connected-first": {"hierarchy.connected-first"},
    "place.near-home": {"place.near-home"},
    "place.school": {"place.school"},
    "place.area": {"place.area"},
    "place.at-a-distance": {"place.at-a-distance"},
    "place.avoid": {"place.avoid"},
    "place.family-time": {"place.family-time"},
    "siblings.together": {"siblings.together", "siblings.near"},
    "siblings.apart": {"siblings.apart"},
    "needs.met": {"needs.met"},
    "needs.skills": {"needs.skills"},
    "needs.access": {"needs.access"},
    "needs.staffing": {"needs.staffing"},
    "needs.culture / language / religion": {"needs.culture", "needs.language", "needs.religion"},
    "health.smoking": {"health.smoking"},
    "health.pets": {"health.pets"},
    "quality.ofsted": {"quality.ofsted"},
    "quality.provider-concern": {"quality.provider-concern"},
    "availability.matchable": {"availability.matchable", "availability.another-home"},
    "availability.fresh": {"availability.fresh", "availability.annual-review", "availability.dbs"},
    "bed.emergency": {"bed.emergency"},
    "bed.pace / remand / parent-and-child / uasc-arrival / short-break nights": {
        "bed.pace",
        "bed.remand",
        "bed.parent-and-child",
        "bed.uasc-arrival",
        "bed.short-break-nights",
    },
    "stability.third-placement": {"stability.third-placement"},
    "cost.ceiling": {"cost.ceiling", "cost.weekly"},
    "child.view": {"child.view"},
}
"""The rows of the table that was agreed, and the rules each of them became."""

BEYOND_THE_TABLE = {"setting.staying-put", "needs.communication"}
NOBODY_MAY_WAIVE = {
    "setting.under-16",
    "setting.registered",
    "setting.secure",
    "setting.dol",
    "setting.staying-put",
    "place.avoid",
    "limit.solo",
    "limit.never-together",
    "siblings.apart",
}
NEVER_MET = {"setting.dol"}
"""Rules that are only ever shown: where they apply there is something to say."""
NEVER_UNKNOWN = {
    "availability.another-home",
    "availability.matchable",
    "bed.pace",
    "bed.parent-and-child",
    "bed.remand",
    "bed.uasc-arrival",
    "child.view",
    "hierarchy.connected-first",
    "limit.beds",
    "limit.mix",
    "limit.mix-range",
    "limit.never-together",
    "limit.solo",
    "limit.usual-fostering",
    "needs.access",
    "needs.communication",
    "needs.skills",
    "purpose.impact",
    "quality.ofsted",
    "quality.provider-concern",
    "setting.secure",
    "setting.staying-put",
    "setting.suitability",
    "siblings.apart",
    "siblings.together",
    "stability.third-placement",
}
"""Rules that read only what is always on record."""


@cache
def answered() -> dict[str, list[Answer]]:
    """What each rule answered to its examples."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for example in EVERY_EXAMPLE:
        found[example.rule].append(example.answer())
    return found


def test_every_row_of_the_agreed_table_is_in_the_book_and_nothing_else_is() -> None:
    agreed = set().union(*AGREED.values(), BEYOND_THE_TABLE)
    assert set(RULES) == agreed


def test_rules_stand_in_reading_order_each_once() -> None:
    assert len(RULES) == len(RULE_BOOK)
    topics = [topic_of(rule) for rule in RULE_BOOK]
    assert sorted(topics, key=list(TOPICS).index) == topics
    assert set(topics) == set(TOPICS)
    assert rule_of("child.view") is RULE_BOOK[-1]


def test_every_rule_is_cited_and_says_its_sentence_and_what_follows() -> None:
    for rule in RULE_BOOK:
        assert rule.sources, rule.id
        assert len(rule.says.split()) >= 6, rule.id
        assert not rule.says.endswith("."), rule.id
        assert all(branch.says for branch in rule.otherwise[:-1]), rule.id
        assert not rule.otherwise[-1].says, rule.id


def test_a_block_either_has_a_lawful_remedy_or_is_one_nobody_may_waive() -> None:
    blocking = [rule for rule in RULE_BOOK if any(isinstance(one.consequence, Block) for one in rule.otherwise)]
    assert {rule.id for rule in blocking if rule.remedy is None} == NOBODY_MAY_WAIVE
    assert [rule.id for rule in RULE_BOOK if rule.remedy and rule not in blocking] == []


def test_every_measure_is_charged_and_only_culture_by_more_than_one_rule() -> None:
    charged = [rule.charge.measure for rule in RULE_BOOK if rule.charge is not None]
    assert set(charged) == set(Measure)
    assert {measure for measure in charged if charged.count(measure) > 1} == {Measure.CULTURE}


def test_every_parameter_is_read_by_a_rule_that_says_so() -> None:
    named = {name for rule in RULE_BOOK for name in rule.parameters}
    assert named == set(PARAMETERS)


@pytest.mark.parametrize("rule", RULE_BOOK, ids=lambda rule: rule.id)
def test_every_rule_has_an_example_of_every_answer_it_can_give(rule: Rule) -> None:
    states = {answer.state for answer in answered()[rule.id]}
    wanted = {unmet(branch) for branch in range(len(rule.otherwise))}
    wanted |= set() if rule.id in NEVER_MET else {MET}
    wanted |= set() if rule.applies is None else {NOT_APPLICABLE}
    assert wanted <= states
    can_be_unknown = bool(states & {unknown(branch) for branch in range(len(rule.otherwise))})
    assert can_be_unknown is (rule.id not in NEVER_UNKNOWN)


@pytest.mark.parametrize("rule", RULE_BOOK, ids=lambda rule: rule.id)
def test_every_reason_is_plain_words(rule: Rule) -> None:
    for answer in answered()[rule.id]:
        assert answer.reason[0] == answer.reason[0].upper()
        assert not answer.reason.endswith(".")
        assert "None" not in answer.reason
        assert "_" not in answer.reason


def test_the_version_of_the_book_is_short_enough_to_write_down() -> None:
    assert RULE_BOOK_VERSION.startswith("1.")
    assert len(RULE_BOOK_VERSION) == 14


class _Seen:
    """Hands out facts and notes which were read."""

    def __init__(self, facts: object, name: str, read: set[str]) -> None:
        self._facts, self._name, self._read = facts, name, read

    def __getattr__(self, fact: str) -> object:
        value = getattr(self._facts, fact)
        path = f"{self._name}.{fact}"
        if isinstance(value, TermsFacts | PurposeFacts):
            return _Seen(value, path, self._read)
        self._read.add(path)
        return value


class _SeenParameters(Parameters):
    """Hands out parameters and notes which were read."""

    read: set[str] = set()  # noqa: RUF012 -- one for all, cleared before each use

    def __getitem__(self, name: str) -> int:
        self.read.add(name)
        return super().__getitem__(name)


def _read_by(example: Example) -> tuple[set[str], set[str]]:
    """The facts and the parameters that a rule reads to answer an example, its reason aside."""
    rule, assessor, read = RULES[example.rule], Assessor(example.given.pool(), rules=()), set[str]()
    inner = assessor.pairings(slice(0, 1)).facts if rule.scope is Scope.PAIRING else assessor.alone(slice(0, 1)).facts
    parameters = _SeenParameters(inner.parameters.as_of, inner.parameters.own)
    parameters.read.clear()
    parts = ("child", "home", "journey") if rule.scope is Scope.PAIRING else ("living",)
    seen = {f"_{part}": _Seen(getattr(inner, part), part, read) for part in parts}
    facts = Facts(parameters, **seen)  # type: ignore[arg-type]
    charge = None if rule.charge is None else rule.charge.units
    for ask in (rule.applies, rule.met, charge, *(branch.when for branch in rule.otherwise)):
        if ask is not None:
            ask(facts)
    asked = set(read)
    rule.reason(facts, (0, 0))
    return asked, read | {f"parameter {name}" for name in parameters.read}


@pytest.mark.parametrize("rule", RULE_BOOK, ids=lambda rule: rule.id)
def test_every_rule_says_all_that_it_reads_and_no_more(rule: Rule) -> None:
    answering, in_all = set[str](), set[str]()
    for example in EVERY_EXAMPLE:
        if example.rule == rule.id:
            asked, everything = _read_by(example)
            answering |= asked
            in_all |= everything
    assert answering <= set(rule.reads)
    assert set(rule.reads) <= in_all
    assert {name.removeprefix("parameter ") for name in in_all if name.startswith("parameter ")} <= set(rule.parameters)
