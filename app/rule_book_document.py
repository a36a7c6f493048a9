"""The rule book with its examples, as docs/rule-book.md has it; for whoever writes or checks the documents."""

from __future__ import annotations

from importlib import import_module

from matching.rules.document import rule_book_document


def rule_book_markdown() -> str:
    """The text of docs/rule-book.md.

    The examples are those of the specification, which lives with the tests: where these are not installed, as in
    production, this raises ModuleNotFoundError. Nothing that serves requests asks for it.
    """
    examples = import_module("tests.spec.rules.every_example").EVERY_EXAMPLE
    return rule_book_document(example.in_words() for example in examples)
