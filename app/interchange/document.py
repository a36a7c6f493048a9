"""docs/bundle.md: every file and column of the bundle, from the one table that they are read by."""

from __future__ import annotations

from collections.abc import Iterator

from app.interchange.bundle import IDENTITIES, NOUNS
from app.interchange.tables import Column, Table

_ABOUT = """# The bundle

Files in and out, one CSV for each noun. Written by `python3 dev.py docs` from the table by which the files are read: change that, not this.

`python3 dev.py load FOLDER` (or a zip of the files) loads it, and so does `POST /api/v1/imports` with the zip as its body. `python3 dev.py export
FOLDER` writes the same files.

## What holds for every file

- **All of it, or nothing.** When anything is wrong nothing is loaded, and every problem is told at once, by file, line and column, with what would
  be right. What a cell held is never repeated. Lines are counted from the header, which is line 1.
- **Records are known by references**: the numbers your own system has for them. What is new is added, what differs is changed, the rest is left as it
  is; nothing is taken away. Loading the same files twice changes nothing.
- **Files that belong together come together**: a file marked "part of" says more about the rows of its main file, and what it says takes the place of
  what was on record. Give a header alone to say: none. Other files may be left out, and what they would hold stays as it is.
- A row may refer to a record in another file of the bundle, or to one on record.
- CSV in UTF-8 (with or without a byte order mark; lines may end either way), cells parted by commas, a cell that holds a comma or a line break in
  quotation marks. Columns may stand in any order. A column that is not required may be left out, which is the same as blank cells.
- Text that a spreadsheet would take for a formula is written with an apostrophe before it, which is taken off again when it is read.
- A place is a postcode or a postcode sector; where it is, and in which authority, is looked up.
- Files are read a line at a time and written in batches, so that a file of a million rows needs no more memory than one of a thousand times less.

## Referrals and the South West standard

`referrals.csv` has the field names and closed lists of the South West Regional Care Cooperative placement data standard, version 3 (MIT licence; see
ATTRIBUTIONS.md), one row for each child. Its first fields are that standard's "home search" stage, word for word; the columns in small letters with
underscores are ours, for what the standard does not ask and a search needs. Words of the closed lists may be written in any case; our own codes are taken
too. "No known risk" and a blank are two things: a blank is unknown, and no rule takes it for "no".
"""


def bundle_document() -> str:
    """The text of docs/bundle.md."""
    parts = [_ABOUT, "## The files\n"]
    parts += [
        _row_of_contents(table, None) + "".join(_row_of_contents(part, table) for part in rest)
        for table, rest in _files()
    ]
    for table, rest in _files():
        parts.append("\n" + _section(table, None))
        parts += ["\n" + _section(part, table) for part in rest]
    return "".join(_joined(parts))


def _files() -> Iterator[tuple[Table, tuple[Table, ...]]]:
    for noun in NOUNS:
        yield noun.main, noun.parts
    yield IDENTITIES, ()


def _joined(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield part if part.endswith("\n") else f"{part}\n"


def _row_of_contents(table: Table, main: Table | None) -> str:
    indent = "" if main is None else "  "
    return f"{indent}- [{table.file}](#{table.name}csv){'' if main is None else f', part of {main.file}'}\n"


def _section(table: Table, main: Table | None) -> str:
    part = "" if main is None else f" Part of [{main.file}](#{main.name}csv)."
    rows = "".join(_row(column) for column in table.columns)
    return f"### {table.file}\n\n{table.says}.{part}\n\n| Column | Required | What it says | What may be written |\n|---|---|---|---|\n{rows}"


def _row(column: Column) -> str:
    written = column.cell.says if column.kept else "anything"
    cells = (f"`{column.header}`", "yes" if column.required else "", column.says, written)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
