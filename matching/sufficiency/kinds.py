"""Kinds of care that needs are counted by ahead: from the return's codes, and from the homes on record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from matching.codes import HomeKind, Sector, Setting
from matching.histories import Episode
from matching.sufficiency.grid import Grid


class CareKind(StrEnum):
    """How a child lives. Beds are counted for the first four but relatives, whose beds come with the child."""

    FOSTERING = "fostering"
    RESIDENTIAL = "residential"
    SUPPORTED = "supported"
    RELATIVE_OR_FRIEND = "relative-or-friend"
    OTHER = "other"
    """With parents, placed for adoption, secure, in hospital, in custody: no commissioner finds these beds."""


class Supplier(StrEnum):
    """Whose beds: the authority's own, or bought from others."""

    OWN = "own"
    BOUGHT = "bought"


KINDS: Final = tuple(CareKind)
WITH_BEDS: Final = (CareKind.FOSTERING, CareKind.RESIDENTIAL, CareKind.SUPPORTED)
"""Kinds whose beds somebody has to find."""
GRID: Final = Grid(tuple(kind.value for kind in KINDS))

_BY_CODE: Final[Mapping[str, CareKind]] = {
    **dict.fromkeys(("U1", "U2", "U3"), CareKind.RELATIVE_OR_FRIEND),
    **dict.fromkeys(("U4", "U5", "U6"), CareKind.FOSTERING),
    **dict.fromkeys(("K2", "R1", "R3", "S1"), CareKind.RESIDENTIAL),
    **dict.fromkeys(("K3", "H5", "P2"), CareKind.SUPPORTED),
}
_BY_SETTING: Final = {
    Setting.FOSTERING: CareKind.FOSTERING,
    Setting.RESIDENTIAL: CareKind.RESIDENTIAL,
    Setting.SUPPORTED: CareKind.SUPPORTED,
    Setting.SECURE: CareKind.OTHER,
}
_NOT_IN_CARE: Final = frozenset(
    {HomeKind.FOSTERING_SHORT_BREAK, HomeKind.CHILDRENS_HOME_SHORT_BREAK, HomeKind.STAYING_PUT}
)


def kind_of_episode(episode: Episode) -> int | None:
    """The place of an episode's kind among KINDS; None for a series of short breaks, which are not counted."""
    return None if episode.is_short_break else KINDS.index(_BY_CODE.get(episode.placement, CareKind.OTHER))


def kind_of_home(kind: HomeKind) -> CareKind | None:
    """How a child in such a home lives; None where children are not looked after: short breaks and staying put."""
    if kind in _NOT_IN_CARE:
        return None
    return CareKind.RELATIVE_OR_FRIEND if kind is HomeKind.FOSTERING_CONNECTED else _BY_SETTING[kind.setting]


def supplier_of(sector: Sector) -> Supplier:
    """In-house is the authority's own; everybody else's is bought."""
    return Supplier.OWN if sector is Sector.IN_HOUSE else Supplier.BOUGHT
