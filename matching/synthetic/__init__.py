"""Authorities nobody lives in, and pools for benchmarks and tests."""

from __future__ import annotations

from datetime import date

from matching.geography import Gazetteer
from matching.synthetic.authority import SyntheticAuthority, records_of
from matching.synthetic.figures import PlacementType
from matching.synthetic.norfolk import NORFOLK
from matching.synthetic.recording import authority_like

__all__ = ["PlacementType", "SyntheticAuthority", "norfolk_like", "records_of"]


def norfolk_like(as_of: date, seed: int, gazetteer: Gazetteer) -> SyntheticAuthority:
    """1,115 children, 398 fostering households and the rest, after the published figures about Norfolk.

    The same day, seed and postcode directory give the same authority in every process. Takes about two seconds,
    half of them to read the directory. What is matched and what is invented: docs/synthetic-authorities.md.
    """
    return authority_like(NORFOLK, as_of, seed, gazetteer)
