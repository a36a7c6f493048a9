"""The printed rule book."""

from __future__ import annotations

import re
from pathlib import Path

from matching.rules.book import RULE_BOOK
from matching.rules.document import STANDINGS, rule_book_document
from matching.rules.model import Standing
from matching.rules.parameters import PARAMETERS
from tests.spec.rules.every_example import EVERY_EXAMPLE

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "rule-book.md"


def printed() -> str:
    """The rule book with the examples of the specification."""
    return rule_book_document(example.in_words() for example in EVERY_EXAMPLE)


def test_the_committed_rule_book_is_the_one_the_rules_print() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == printed(), "run: python3 dev.py docs"


def test_every_rule_example_and_value_is_printed_once() -> None:
    headings = re.findall(r"^### (\S+)$", printed(), re.MULTILINE)
    assert headings == [rule.id for rule in RULE_BOOK]
    rows = [line for line in printed().splitlines() if line.startswith("| ")]
    assert sum(line.split(" | ")[1] in STANDINGS.values() for line in rows) == len(EVERY_EXAMPLE)
    assert all(f"| `{name}` |" in printed() for name in PARAMETERS)


def test_every_link_in_it_leads_to_a_heading() -> None:
    targets = set(re.findall(r"\]\(#([^)]+)\)", printed()))
    assert targets == {rule.id.replace(".", "") for rule in RULE_BOOK}


def test_what_nobody_has_checked_is_printed_as_such() -> None:
    unchecked = [source.text for rule in RULE_BOOK for source in rule.sources if not source.checked]
    assert unchecked
    assert all(f"{text} *(not checked)*" in printed() for text in unchecked)


def test_every_answer_has_a_name_in_print() -> None:
    assert set(STANDINGS) == set(Standing)


def test_rules_are_printed_without_examples_too() -> None:
    assert "For example" not in rule_book_document()
