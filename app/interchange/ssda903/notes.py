"""What could not be used of a return though it was loaded: each kind of trouble once, with how often and where first."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Note:
    """One kind of trouble in one column of one file."""

    file: str
    column: str | None
    wrong: str
    """What is wrong, or what could not be used."""
    right: str
    """What was done about it, or what would be right."""
    count: int
    """How many rows it is about; 1 when it is about the whole file."""
    lines: tuple[int, ...]
    """The first lines it is on, up to five; none when it is about the whole file."""

    def __str__(self) -> str:
        where = self.file if self.column is None else f"{self.file}, {self.column}"
        rows = "" if not self.lines else f" ({self.count:,} {'row' if self.count == 1 else 'rows'}, {self._lines()})"
        return f"{where}: {self.wrong}{rows}. {self.right}."

    def _lines(self) -> str:
        first = ", ".join(str(line) for line in self.lines)
        return f"line {first}" if self.count == 1 else f"first on lines {first}"


class Notes:
    """Gathers notes while files are read."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str | None, str, str], list[int]] = {}

    def add(self, file: str, line: int | None, column: str | None, wrong: str, right: str) -> None:
        """Notes one row, or a whole file."""
        lines = self._found.setdefault((file, column, wrong, right), [])
        lines.append(line or 0)

    def all(self) -> tuple[Note, ...]:
        """Every note, in the order of files and columns."""
        made = (
            Note(*key, count=len(lines), lines=tuple(line for line in lines[:FIRST_SHOWN] if line))
            for key, lines in self._found.items()
        )
        return tuple(sorted(made, key=lambda note: (note.file, note.column or "", note.wrong)))

    def count(self, file: str, column: str) -> int:
        """How many rows of a column there are notes on."""
        return sum(len(lines) for (at, name, _, _), lines in self._found.items() if (at, name) == (file, column))
