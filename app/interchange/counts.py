"""What became of the records of one file when they were loaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records were new, how many differed, and how many were as they are on record."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
