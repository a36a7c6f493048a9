"""Why a search ends without a home that was decided here: a closed list, so that it can be counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class SearchEnd(StrEnum):
    """Why somebody withdrew or closed a search."""

    STAYS = "stays-where-the-child-lives"
    WENT_HOME = "went-home"
    RELATIVES = "lives-with-relatives-or-friends"
    TURNED_18 = "turned-18"
    MISTAKE = "recorded-by-mistake"
    CHANGED = "needs-another-search"
    FOUND_ELSEWHERE = "home-found-outside-this-service"
    NOTHING_FOUND = "no-home-found"
    TAKEN_OVER = "another-authority-took-over"
    OTHER = "other"


REASONS: Mapping[str, tuple[SearchEnd, ...]] = MappingProxyType(
    {
        "withdraw": (
            SearchEnd.STAYS,
            SearchEnd.WENT_HOME,
            SearchEnd.RELATIVES,
            SearchEnd.TURNED_18,
            SearchEnd.MISTAKE,
            SearchEnd.CHANGED,
            SearchEnd.OTHER,
        ),
        "close": (SearchEnd.FOUND_ELSEWHERE, SearchEnd.NOTHING_FOUND, SearchEnd.TAKEN_OVER, SearchEnd.OTHER),
    }
)
"""The reasons that go with each of the two moves that end a search."""
