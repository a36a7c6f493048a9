"""The rule book printed: every rule with its sentence, outcome, sources, parameters and examples, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matching.rules.book import RULE_BOOK, TOPICS, topic_of
from matching.rules.examples import ExampleInWords
from matching.rules.model import Block, Flag, Otherwise, Rule, Scope, Score, SignOff, Source, Standing
from matching.rules.parameters import PARAMETERS, Parameter
from matching.rules.words import count, listed, word

STANDINGS = {
    Standing.MET: "met",
    Standing.NOT_APPLICABLE: "does not apply",
    Standing.SCORED: "not met: costs points",
    Standing.FLAGGED: "not met: flag",
    Standing.SIGN_OFF: "not met: sign-off",
    Standing.BLOCKED: "not met: blocked",
    Standing.CHECK: "not known: check",
    Standing.CHECK_FIRST: "not known: check first, not proposed until then",
}
"""What each answer is called in print."""

_PREFACE = """# The rule book

Made from the rules themselves (`matching/rules/`) and from the examples of their specification (`tests/spec/rules/`)
by `python3 dev.py docs`; do not edit it by hand.

A rule is asked of a **pairing** (one child and one home), or of everybody who would **live together** in a home. It is
met, not met, not known, or it does not apply. *Not known is never taken as met*: where not meeting the rule would block,
the home is not proposed until somebody has checked; otherwise it is shown as a check.

When a rule is not met, one of these follows:

- **block**: never proposed;
- **sign-off**: may be proposed, marked; the person named must agree by the time named;
- **points**: costs points, by the weights the authority publishes;
- **flag**: shown as a warning, or starts a timer.

No home is chosen by the rules: they say what may be proposed, and a named person decides. Distances are in a straight
line, as the statutory return counts them. England only. Where a source is marked *not checked*, nobody has checked our
words against its text: do not quote it as law.
"""


def rule_book_document(examples: Iterable[ExampleInWords] = ()) -> str:
    """The whole rule book as Markdown, with the examples given of each rule."""
    by_rule: dict[str, list[ExampleInWords]] = {}
    for example in examples:
        by_rule.setdefault(example.rule, []).append(example)
    parts = [_PREFACE, _contents()]
    for topic, heading in TOPICS.items():
        parts.append(f"## {heading}\n")
        parts.extend(_rule(rule, by_rule.get(rule.id, ())) for rule in RULE_BOOK if topic_of(rule) == topic)
    return "\n".join([*parts, _parameters()])


def _contents() -> str:
    rows = [
        f"| {heading} | {', '.join(f'[{rule.id}](#{_anchor(rule)})' for rule in RULE_BOOK if topic_of(rule) == topic)} |"
        for topic, heading in TOPICS.items()
    ]
    return "\n".join([f"{count(len(RULE_BOOK), 'rule')}:", "", "| Topic | Rules |", "|---|---|", *rows, ""])


def _anchor(rule: Rule) -> str:
    """The anchor that a heading of the rule's id gets: lower case, without dots."""
    return rule.id.replace(".", "")


def _rule(rule: Rule, examples: Sequence[ExampleInWords]) -> str:
    return "\n".join([f"### {rule.id}", "", f"{rule.says}.", "", *_particulars(rule), "", *_examples(examples)])


def _particulars(rule: Rule) -> Iterator[str]:
    if rule.scope is Scope.LIVING_TOGETHER:
        yield "- **Asked of:** everybody who would live together"
    yield f"- **When not met:** {'; otherwise '.join(_outcome(branch) for branch in rule.otherwise)}"
    if rule.charge is not None:
        yield f"- **Points for:** {word(rule.charge.measure)}"
    if rule.remedy is not None:
        yield f"- **What opens it:** {rule.remedy}"
    elif any(isinstance(branch.consequence, Block) for branch in rule.otherwise):
        yield "- **What opens it:** nothing; nobody may waive this"
    yield f"- **Source:** {'; '.join(_source(source) for source in rule.sources)}"
    yield f"- **In force:** {rule.jurisdiction}, from {rule.in_force.starts:%d %B %Y}".replace("from 0", "from ")
    if rule.parameters:
        yield f"- **Values:** {listed(f'`{name}`' for name in rule.parameters)}"
    yield f"- **Reads:** {', '.join(f'`{name}`' for name in rule.reads)}"


def _outcome(branch: Otherwise) -> str:
    match branch.consequence:
        case Block():
            said = "block"
        case SignOff(role, deadline):
            said = f"sign-off by the {word(role)}, {deadline.value}"
        case Score():
            said = "points"
        case Flag(timer):
            said = "flag" if timer is None else f"flag: {timer}"
    return f"{said}, when {branch.says}" if branch.says else said


def _source(source: Source) -> str:
    return source.text if source.checked else f"{source.text} *(not checked)*"


def _examples(examples: Sequence[ExampleInWords]) -> Iterator[str]:
    if examples:
        yield from ("| For example, when | Answer | Reason shown |", "|---|---|---|")
        yield from (f"| {one.when} | {STANDINGS[one.standing]} | {one.reason} |" for one in examples)
        yield ""


def _parameters() -> str:
    rows = [_parameter(parameter) for parameter in PARAMETERS.values()]
    head = [
        "## Values",
        "",
        "Values that law or policy sets. An authority may hold its own where the last column says so.",
        "",
    ]
    return "\n".join([*head, "| Name | Says | Value | Source | Own value |", "|---|---|---|---|---|", *rows, ""])


def _parameter(parameter: Parameter) -> str:
    said = f"{parameter.says} ({parameter.unit})"
    dated = [f"{value:,} from {day:%Y-%m-%d}" for day, value in parameter.dated]
    value = f"{parameter.dated[0][1]:,}" if len(parameter.dated) == 1 else "; ".join(dated)
    own = f"{parameter.least:,} to {parameter.most:,}" if parameter.local else "no"
    return f"| `{parameter.name}` | {said} | {value} | {parameter.source} | {own} |"
