"""Authorities nobody lives in, and pools for benchmarks and tests."""

from __future__ import annotations

from datetime import date

from matching.geography import Gazetteer
from matching.synthetic.authority import SyntheticAuthority, records_of
from matching.synthetic.figures import PlacementType
from matching.synthetic.norfolk import NORFOLK
from matching.synthetic.north_east_lincolnshire import NORTH_EAST_LINCOLNSHIRE
from matching.synthetic.recording import authority_like

__all__ = [
    "NORFOLK",
    "NORTH_EAST_LINCOLNSHIRE",
    "PlacementType",
    "SyntheticAuthority",
    "norfolk_like",
    "north_east_lincolnshire_like",
    "records_of",
]


def norfolk_like(as_of: date, seed: int, gazetteer: Gazetteer) -> SyntheticAuthority:
    """1,115 children, 398 fostering households and the rest, after the published figures about Norfolk.

    The same day, seed and postcode directory give the same authority in every process. Takes about two seconds,
    half of them to read the directory. What is matched and what is invented: docs/synthetic-authorities.md.
    """
    return authority_like(NORFOLK, as_of, seed, gazetteer)


def north_east_lincolnshire_like(as_of: date, seed: int, gazetteer: Gazetteer) -> SyntheticAuthority:
    """609 children, most aged 10 to 15, and almost no vacancies, after what is published about the place."""
    return authority_like(NORTH_EAST_LINCOLNSHIRE, as_of, seed, gazetteer)
