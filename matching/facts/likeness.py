"""Whether a home shares, or actively supports, a child's culture, religion and languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from matching.answers import Answer, Bools
from matching.codes import Religion
from matching.homes import Home, Household

ENGLISH = "en"


class Likeness:
    """Columns over the homes of a pool, shape (m,), each worked out when first asked for."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self._households = [home.household for home in homes]
        self._known: dict[tuple[str, object], tuple[Bools, Bools]] = {}

    def culture(self, ethnicity: str) -> tuple[Bools, Bools]:
        """Where an ethnicity is shared or supported, and where that is known."""
        return self._columns(
            ("culture", ethnicity),
            lambda one: ethnicity in one.ethnicities or ethnicity in one.ethnicities_supported,
            lambda one: bool(one.ethnicities),
        )

    def religion(self, religion: Religion) -> tuple[Bools, Bools]:
        """Where a religion is shared or supported, and where that is known."""
        return self._columns(
            ("religion", religion),
            lambda one: one.religion is religion or religion in one.religions_supported,
            lambda one: one.religion is not None,
        )

    def language(self, languages: frozenset[str]) -> tuple[Bools, Bools]:
        """Where a language of the child other than English is spoken (English when it is the only one), and where known."""
        wanted = languages - {ENGLISH} or languages
        return self._columns(
            ("language", wanted), lambda one: bool(wanted & one.languages), lambda one: bool(one.languages)
        )

    def _columns(
        self, key: tuple[str, object], alike: Callable[[Household], bool], recorded: Callable[[Household], bool]
    ) -> tuple[Bools, Bools]:
        if key not in self._known:
            yes = np.array([alike(one) for one in self._households], dtype=bool)
            known = np.array([recorded(one) for one in self._households], dtype=bool)
            self._known[key] = yes, yes | known
        return self._known[key]


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
