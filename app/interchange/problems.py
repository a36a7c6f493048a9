"""What is wrong with a bundle: every problem by file, line and column, in words, and never with what the cell held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from matching.errors import DomainError

MOST_SHOWN = 1_000
"""Problems that are told one by one; of the rest only how many there are."""
_HEADER = 1
"""The line of a header."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: where it is, what is wrong and what would be right."""

    file: str
    line: int | None
    """Line of the file on which the row begins, the header being line 1; None when it is about the whole file."""
    column: str | None
    wrong: str
    right: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file} line {self.line}"
        return f"{where}{'' if self.column is None else f', {self.column}'}: {self.wrong}. {self.right}."


class BundleRefused(DomainError):
    """Nothing was loaded. Holds every problem, up to MOST_SHOWN of them, and counts the rest."""

    def __init__(self, problems: tuple[Problem, ...], more: int, by_file: dict[str, int]) -> None:
        self.problems, self.more, self.by_file = problems, more, by_file
        count = len(problems) + more
        what = "1 problem" if count == 1 else f"{count:,} problems"
        super().__init__(f"Nothing was loaded: the files have {what}. Put them right and load all of them again.")


class Problems:
    """Gathers problems while files are read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._by_file: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._by_file)

    def add(self, file: str, line: int | None, column: str | None, wrong: str, right: str) -> None:
        """Notes one problem."""
        self._by_file[file] += 1
        if len(self._found) < MOST_SHOWN:
            self._found.append(Problem(file, line, column, wrong, right))

    def refuse_if_any(self) -> None:
        """Raises BundleRefused with all of them; does nothing when there is none.

        File by file and line by line, but first what is wrong with whole files and their headers: much of the rest
        may be wrong only because of that.
        """
        if self._by_file:
            shown = sorted(self._found, key=_in_order)
            raise BundleRefused(tuple(shown), self._by_file.total() - len(shown), dict(sorted(self._by_file.items())))


def _in_order(problem: Problem) -> tuple[bool, str, int, str]:
    line = problem.line or 0
    return line > _HEADER, problem.file, line, problem.column or ""
