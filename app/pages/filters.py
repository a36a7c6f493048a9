"""Filters of a list: what an address asks for, the answers to choose from, and the address of the next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a filter."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to show fewer of a list."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def choices(answers: Mapping[str, str], asked: str) -> tuple[Choice, ...]:
    """The answers to choose from, by what each sends, with the one that is asked for."""
    return tuple(Choice(value, text, value == asked) for value, text in answers.items())


def filters(asked: Mapping[str, str], answers: Mapping[str, tuple[str, Mapping[str, str]]]) -> tuple[Filter, ...]:
    """The filters of a list; `answers` holds the label of each and the answers to choose from."""
    return tuple(Filter(name, label, choices(found, asked[name])) for name, (label, found) in answers.items())


@dataclass(frozen=True, slots=True)
class Turned(Generic[T]):
    """One page of a list; a page behind the last is the last."""

    shown: tuple[T, ...]
    start: int
    """How many of the list come before."""
    page: int
    earlier: bool
    later: bool


def turned(found: Sequence[T], page: int) -> Turned[T]:
    """The page that is asked for, counted from 1."""
    last = max(1, -(-len(found) // ON_A_PAGE))
    page = min(page, last)
    start = (page - 1) * ON_A_PAGE
    return Turned(tuple(found[start : start + ON_A_PAGE]), start, page, page > 1, page < last)


def page_address(path: str, asked: Mapping[str, str], page: int) -> str:
    """The address of a page of the list as it is asked for."""
    said = {name: value for name, value in asked.items() if value} | {"page": str(page)}
    return f"{path}?{urlencode(said)}"
