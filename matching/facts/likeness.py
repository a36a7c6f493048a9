"""Whether a home shares, or actively supports, a child's culture, religion and languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np

from matching.answers import Answer, Bools
from matching.codes import Religion
from matching.homes import Home, Household

ENGLISH = "en"
Index: TypeAlias = dict[str, list[int]]
"""The places of homes by a word: an ethnicity, a religion or a language."""


class Likeness:
    """Which homes share or support what: columns over the homes of a pool, shape (m,), made when first asked for."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self._households = [home.household for home in homes]

    def culture(self, ethnicity: str) -> tuple[Bools, Bools]:
        """Where an ethnicity is shared or supported, and where that is known."""
        return self._columns(self._cultures, (ethnicity,))

    def religion(self, religion: Religion) -> tuple[Bools, Bools]:
        """Where a religion is shared or supported, and where that is known."""
        return self._columns(self._religions, (religion,))

    def language(self, languages: frozenset[str]) -> tuple[Bools, Bools]:
        """Where a language of the child other than English is spoken (English if it is the only one), and where known."""
        return self._columns(self._languages, languages - {ENGLISH} or languages)

    @cached_property
    def _cultures(self) -> tuple[Index, Bools]:
        return self._index(
            lambda one: (*one.ethnicities, *one.ethnicities_supported), lambda one: bool(one.ethnicities)
        )

    @cached_property
    def _religions(self) -> tuple[Index, Bools]:
        return self._index(
            lambda one: one.religions_supported if one.religion is None else (one.religion, *one.religions_supported),
            lambda one: one.religion is not None,
        )

    @cached_property
    def _languages(self) -> tuple[Index, Bools]:
        return self._index(lambda one: one.languages, lambda one: bool(one.languages))

    def _index(
        self, shared: Callable[[Household], Iterable[str]], recorded: Callable[[Household], bool]
    ) -> tuple[Index, Bools]:
        """The homes by what they share or support, and which homes have said."""
        index: Index = {}
        for at, household in enumerate(self._households):
            for one in shared(household):
                index.setdefault(one, []).append(at)
        return index, np.array([recorded(one) for one in self._households], dtype=bool)

    def _columns(self, index: tuple[Index, Bools], wanted: Iterable[str]) -> tuple[Bools, Bools]:
        by_word, known = index
        yes = np.zeros(len(self._households), dtype=bool)
        for one in wanted:
            yes[by_word.get(one, [])] = True
        return yes, yes | known


def by_row(rows: Sequence[tuple[Bools, Bools] | None], homes: int, *, otherwise: bool | None) -> Answer:
    """An answer with a row for each child, from a row's yes and known (m,); None stands for one answer throughout.

    Shape (n, m), or (n, 1) when no child has a row of its own.
    """
    width = homes if any(row is not None for row in rows) else 1
    yes = np.full((len(rows), width), otherwise is True)
    known = np.full((len(rows), width), otherwise is not None)
    for at, row in enumerate(rows):
        if row is not None:
            yes[at], known[at] = row
    return Answer(yes, None if known.all() else known)
