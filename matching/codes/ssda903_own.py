"""How what we record and the codes of the statutory return stand for each other: one table each way.

What the return asks and we do not hold is left blank; docs/ssda903.md lists it. Source of the codes: the Department for
Education's guide to the return (placement types, providers, reasons for a placement change).
"""

from __future__ import annotations

from collections.abc import Mapping

from matching.codes.homes import HomeKind, Sector
from matching.codes.referrals import EndReason
from matching.codes.ssda903 import PLACEMENTS, CollectionYear

PLACE_OF_KIND: Mapping[HomeKind, str | None] = {
    **{kind: "U6" for kind in HomeKind if kind.value.startswith("fostering-")},
    HomeKind.FOSTERING_CONNECTED: "U3",
    HomeKind.CHILDRENS_HOME: "K2",
    HomeKind.CHILDRENS_HOME_WITH_EDUCATION: "K2",
    HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL: "K2",
    HomeKind.CHILDRENS_HOME_EMERGENCY: "K2",
    HomeKind.CHILDRENS_HOME_ASSESSMENT: "K2",
    HomeKind.CHILDRENS_HOME_SHORT_BREAK: "K2",
    HomeKind.RESIDENTIAL_SCHOOL_38_WEEK: "S1",
    HomeKind.RESIDENTIAL_SCHOOL_52_WEEK: "S1",
    HomeKind.RESIDENTIAL_PARENT_AND_CHILD: "R3",
    HomeKind.TERM_TIME_BOARDING: "S1",
    HomeKind.SECURE: "K1",
    HomeKind.SUPPORTED_SINGLE_OCCUPANCY: "K3",
    HomeKind.SUPPORTED_SHARED_RINGFENCED: "K3",
    HomeKind.SUPPORTED_SHARED_NON_RINGFENCED: "K3",
    HomeKind.SUPPORTED_PRIVATE_RESIDENCE: "K3",
    HomeKind.SUPPORTED_LODGINGS: "K3",
    HomeKind.STAYING_PUT: None,
}
"""The PLACE code of a kind of home where the placement has none of its own; None: who lives there is not looked after.

Long-term foster care (U1, U4) and fostering for adoption (U2, U5) are not to be told from the kind of home.
"""

SHORT_BREAK_KINDS = frozenset({HomeKind.FOSTERING_SHORT_BREAK, HomeKind.CHILDRENS_HOME_SHORT_BREAK})
"""Nights away from home: in the return only under a legal status for short breaks (V3, V4)."""

PROVIDER_OF_SECTOR: Mapping[Sector, str] = {
    Sector.IN_HOUSE: "PR1",
    Sector.OTHER_AUTHORITY: "PR2",
    Sector.INDEPENDENT_AGENCY: "PR4",
    Sector.PRIVATE: "PR4",
    Sector.VOLUNTARY: "PR5",
}
"""PLACE_PROVIDER. Agencies that are charities are recorded as voluntary; the others are private."""

SECTOR_OF_PROVIDER: Mapping[str, Sector] = {
    "PR1": Sector.IN_HOUSE,
    "PR2": Sector.OTHER_AUTHORITY,
    "PR4": Sector.PRIVATE,
    "PR5": Sector.VOLUNTARY,
}
"""And back; parents (PR0) and other public provision (PR3) are no sector of ours."""

CHANGE_OF_END: Mapping[EndReason, str] = {
    EndReason.PLANNED: "CARPL",
    EndReason.CARER_ASKED_BEHAVIOUR: "CREQB",
    EndReason.CARER_ASKED_OTHER: "CREQO",
    EndReason.CHILD_ASKED: "CHILD",
    EndReason.ALLEGATION: "ALLEG",
    EndReason.STANDARDS_OF_CARE: "STAND",
    EndReason.APPROVAL_REMOVED: "APPRR",
    EndReason.CLOSURE: "CLOSE",
    EndReason.LOCAL_AUTHORITY: "LAREQ",
    EndReason.CUSTODY: "CUSTOD",
    EndReason.OTHER: "OTHER",
}
"""REASON_PLACE_CHANGE of a reason for which a placement ended."""

END_OF_CHANGE: Mapping[str, EndReason] = {change: reason for reason, change in CHANGE_OF_END.items()}
"""And back; PLACE, a change of status alone, ends no placement."""

_STANDS_FOR = {"H5": "K3", "P2": "K3", "K3": "H5", **dict.fromkeys(("Z11", "Z12", "Z13", "Z14"), "Z1")}
"""The code of earlier or later years that stands for one; which of Z11 to Z14 an old Z1 is cannot be told."""
_WITHOUT_PROVIDER = ("T", "Z")


def place_code(own: str | None, kind: HomeKind, year: CollectionYear) -> str | None:
    """The PLACE code of a placement in a year: its own when it has one, else its home's kind's; None: not counted.

    A code of other years is put as the one that stands for it in this one; empty when there is none.
    """
    code = own if own in PLACEMENTS else PLACE_OF_KIND[kind]
    if code is None or code in PLACEMENTS.in_year(year):
        return code
    return _STANDS_FOR.get(code, "")


def provider_code(place: str, sector: Sector) -> str:
    """PLACE_PROVIDER of a placement: blank for temporary and other placements, PR0 with the child's parents."""
    if place.startswith(_WITHOUT_PROVIDER) or not place:
        return ""
    return "PR0" if place == "P1" else PROVIDER_OF_SECTOR[sector]
