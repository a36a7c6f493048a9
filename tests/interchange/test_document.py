"""docs/bundle.md, which is made from the table by which files are read."""

from __future__ import annotations

import re
from pathlib import Path

from app.interchange.bundle import NOUNS, TABLES
from app.interchange.document import bundle_document

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "bundle.md"


def test_the_committed_document_is_the_one_the_table_makes() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == bundle_document(), "run: python3 dev.py docs"


def test_every_file_and_column_is_in_it_once() -> None:
    sections = re.split(r"^### ", bundle_document(), flags=re.MULTILINE)[1:]
    assert sorted(section.split(".csv")[0] for section in sections) == sorted(table.name for table in TABLES)
    by_name = {section.split(".csv")[0]: section for section in sections}
    for table in TABLES:
        rows = [line for line in by_name[table.name].splitlines() if line.startswith("| `")]
        assert len(rows) == len(table.columns)
        assert len(set(table.headers)) == len(table.headers)


def test_every_column_that_refers_to_something_is_looked_up() -> None:
    for noun in NOUNS:
        own = {table.of for table in noun.tables}
        refs = {column.key for table in noun.tables for column in table.columns if column.key.endswith("_ref")}
        assert refs - own == set(noun.refers_to)


def test_the_standards_fields_stand_in_the_referrals_word_for_word() -> None:
    referrals = next(table for table in TABLES if table.name == "referrals")
    assert "Child ID" in referrals.headers
    assert "Who can the child be cared for alongside" in referrals.headers
    risks = [header for header in referrals.headers if header.startswith("Risk to ")]
    assert len(risks) == 13
