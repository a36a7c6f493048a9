"""A lost race to change something: what somebody typed beside what is on record now, so that neither is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs."""

    label: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What differs, and the version now on record: sending the form again with it means it has been looked at."""

    version: int
    differences: tuple[Difference, ...]


def clash(version: int, yours: Mapping[str, str], theirs: Mapping[str, str]) -> Clash:
    """Both sides, by the label of the field and in words; what is equal on both is left out."""
    differing = [label for label in yours if yours[label] != theirs.get(label, "")]
    return Clash(
        version=version,
        differences=tuple(
            Difference(label=label, yours=yours[label] or "Nothing", theirs=theirs.get(label, "") or "Nothing")
            for label in differing
        ),
    )
