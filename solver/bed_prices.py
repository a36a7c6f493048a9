"""What one more home would be worth to today's plan: each figure a plan made anew with that home in the pool."""

from __future__ import annotations

from dataclasses import replace

from matching.homes import Home
from matching.records import Records


def with_home(records: Records, home: Home) -> Records:
    """The records of a day with one home more. Raises ValueError when a home of that id or reference is there."""
    if any(home.id == one.id or home.external_ref == one.external_ref for one in records.homes):
        raise ValueError(f"Home {home.external_ref} is on record already. Give the added home a reference of its own.")
    return replace(records, homes=(*records.homes, home))
