"""Tables of plain text that fit the terminal: figures to the right, one column that gives way when it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

_GAP = "  "
_NARROWEST = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its heading, and how its cells stand."""

    name: str
    right: bool = False
    gives_way: bool = False
    """Whether it is cut short when the rows do not fit."""


def print_columns(out: Console, headings: Sequence[Heading], rows: Sequence[Sequence[str | Text]]) -> None:
    """Prints the rows under their headings, none wider than the terminal."""
    widths = [
        max(len(heading.name), *(len(row[at]) for row in rows)) if rows else len(heading.name)
        for at, heading in enumerate(headings)
    ]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - out.width
    for at, heading in enumerate(headings):
        if heading.gives_way and over > 0:
            widths[at] = max(_NARROWEST, widths[at] - over)
    _print(out, headings, widths, [Text(heading.name, style="bold") for heading in headings])
    for row in rows:
        _print(out, headings, widths, row)


def _print(out: Console, headings: Sequence[Heading], widths: Sequence[int], row: Sequence[str | Text]) -> None:
    line = Text()
    for at, (heading, width, cell) in enumerate(zip(headings, widths, row, strict=True)):
        shown = cell.copy() if isinstance(cell, Text) else Text(cell)
        shown.truncate(width, overflow="ellipsis")
        if heading.right:
            shown.pad_left(width - len(shown))
        elif at < len(row) - 1:
            shown.pad_right(width - len(shown))
        line.append(_GAP if at else "").append_text(shown)
    out.print(line, no_wrap=True, overflow="ignore", crop=False)
