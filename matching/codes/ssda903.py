"""The code sets of the statutory return on children looked after (SSDA903), each code with the years it is good for.

Sources: the Department for Education's guides and technical specifications to the return, 2016-17 to 2026-27, as
summarised in docs/ssda903.md, checked code by code against the rules of the open validator csc-validator-be-903.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from matching.errors import DomainError

FIRST_YEAR, LAST_YEAR = 2016, 2026
"""The years in which the first and the last collection year that we know the codes of begin: 2016-17 to 2026-27."""


@dataclass(frozen=True, slots=True, order=True)
class CollectionYear:
    """A year of the return, 1 April to 31 March, named by both years: 2025-26."""

    starts: int
    """The calendar year in which it begins."""

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.starts <= LAST_YEAR:
            raise DomainError(
                f"The codes of collection years from {_name(FIRST_YEAR)} to {_name(LAST_YEAR)} are known. "
                f"Give one of these, written as 2025-26."
            )

    @classmethod
    def parse(cls, text: str) -> CollectionYear:
        """Reads 2025-26, 2025/26 or 2025-2026. Raises DomainError, never repeating what was given."""
        found = re.fullmatch(r"(20[0-9]{2})[-/](?:20)?([0-9]{2})", text.strip())
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise DomainError("A collection year runs from April to March. Write it with both years, as 2025-26.")
        return cls(int(found[1]))

    @classmethod
    def holding(cls, day: date) -> CollectionYear:
        """The collection year that a day lies in."""
        return cls(day.year - ((day.month, day.day) < (4, 1)))

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.starts, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.starts + 1, 3, 31)

    def __str__(self) -> str:
        return _name(self.starts)


def _name(starts: int) -> str:
    return f"{starts}-{(starts + 1) % 100:02}"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list: what it says, and the collection years it may be used in."""

    code: str
    says: str
    first: int = FIRST_YEAR
    """The calendar year in which the first collection year that has it begins."""
    last: int = LAST_YEAR


class CodeSet:
    """One list of codes over all years."""

    def __init__(self, *codes: Code) -> None:
        self._codes = {code.code: code for code in codes}

    @classmethod
    def of(cls, **says: str) -> CodeSet:
        """A list that has been the same in all years."""
        return cls(*(Code(code, words) for code, words in says.items()))

    def __contains__(self, code: object) -> bool:
        """Whether it is a code of any year."""
        return code in self._codes

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    @cache  # noqa: B019 - the lists live as long as the program
    def in_year(self, year: CollectionYear) -> Mapping[str, str]:
        """What each code of a year says, in the order of the guide."""
        return {c.code: c.says for c in self._codes.values() if c.first <= year.starts <= c.last}


class ReasonNewEpisode(StrEnum):
    """RNE: what changed when an episode began."""

    STARTED = "S"
    LEGAL_STATUS = "L"
    PLACEMENT_AND_CARER = "P"
    PLACEMENT_SAME_CARER = "T"
    LEGAL_STATUS_PLACEMENT_AND_CARER = "B"
    LEGAL_STATUS_AND_PLACEMENT_SAME_CARER = "U"

    @property
    def is_carer_move(self) -> bool:
        """Whether the child came to live with other carers: S, P and B. An episode is not a move."""
        return self in _CARER_MOVES


_CARER_MOVES = frozenset(
    {
        ReasonNewEpisode.STARTED,
        ReasonNewEpisode.PLACEMENT_AND_CARER,
        ReasonNewEpisode.LEGAL_STATUS_PLACEMENT_AND_CARER,
    }
)

NEEDS = CodeSet.of(
    N1="Abuse or neglect",
    N2="Child's disability or illness",
    N3="Parent's illness or disability",
    N4="Family in acute stress",
    N5="Family dysfunction",
    N6="Socially unacceptable behaviour",
    N7="Low income",
    N8="Absent parenting",
)
"""CIN: the category of need."""

PLACEMENTS = CodeSet(
    Code("A3", "Placed for adoption with parental consent, with current foster carer"),
    Code("A4", "Placed for adoption with parental consent, not with current foster carer"),
    Code("A5", "Placed for adoption with placement order, with current foster carer"),
    Code("A6", "Placed for adoption with placement order, not with current foster carer"),
    Code("H5", "Semi-independent living accommodation", last=2023),
    Code("K1", "Secure children's home"),
    Code("K2", "Children's home"),
    Code("K3", "Registered supported accommodation", first=2024),
    Code("P1", "Placed with own parents"),
    Code("P2", "Independent living", last=2023),
    Code("P3", "Residential employment"),
    Code("R1", "Residential care home"),
    Code("R2", "NHS or other establishment giving medical or nursing care"),
    Code("R3", "Family centre or mother and baby unit"),
    Code("R5", "Young offender institution"),
    Code("S1", "Residential school"),
    Code("T0", "Temporary: any placement with other carers"),
    Code("T1", "Temporary: hospital"),
    Code("T2", "Temporary: holiday"),
    Code("T3", "Temporary: carer on holiday"),
    Code("T4", "Temporary: accommodation while the usual placement is not available"),
    Code("U1", "Foster care with relative or friend, long term"),
    Code("U2", "Foster care with relative or friend who is also an approved adopter (fostering for adoption)"),
    Code("U3", "Foster care with relative or friend, not long term"),
    Code("U4", "Foster care with other foster carer, long term"),
    Code("U5", "Foster care with other foster carer who is also an approved adopter (fostering for adoption)"),
    Code("U6", "Foster care with other foster carer, not long term"),
    Code("Z1", "Other placement", last=2024),
    *(
        Code(code, "Other placement (one of four kinds from 2025-26)", first=2025)
        for code in ("Z11", "Z12", "Z13", "Z14")
    ),
)
"""PLACE: the type of placement."""

PROVIDERS = CodeSet.of(
    PR0="Parents or other person with parental responsibility",
    PR1="Own provision by the local authority",
    PR2="Other local authority provision",
    PR3="Other public provision",
    PR4="Private provision",
    PR5="Voluntary or third sector provision",
)
"""PLACE_PROVIDER: who provides the placement; blank for temporary and other placements."""

ENDINGS = CodeSet.of(
    X1="Episode ceases, and a new episode begins on the same day",
    E11="Adopted, application unopposed",
    E12="Adopted, consent dispensed with",
    E2="Died",
    E3="Care taken over by another local authority",
    E4A="Returned home to live with parents as part of the care planning process",
    E4B="Returned home to live with parents not as part of the care planning process",
    E13="Left to live with parents, relatives or other person with no parental responsibility",
    E41="Residence order or child arrangements order granted",
    E45="Special guardianship order to former foster carers, relatives or friends",
    E46="Special guardianship order to former foster carers, not relatives or friends",
    E47="Special guardianship order to carers other than former foster carers, relatives or friends",
    E48="Special guardianship order to carers other than former foster carers, not relatives or friends",
    E5="Moved into independent living with supportive accommodation",
    E6="Moved into independent living without formalised support",
    E7="Transferred to residential care funded by adult social care",
    E8="Left care for any other reason",
    E9="Sentenced to custody",
    E14="Accommodation on remand ended",
    E15="Age assessment determined child aged 18 or over",
    E16="Child moved abroad",
    E17="Aged 18 and remained with current carers (including staying put)",
)
"""REC: why an episode ceased; X1 when the child stays in care."""

PLACE_CHANGES = CodeSet.of(
    CARPL="Change to or implementation of the care plan",
    CLOSE="Resignation or closure of provision",
    ALLEG="Allegation",
    STAND="Standards of care concern",
    APPRR="Approval removed",
    CREQB="Carer requests the end of the placement because of the child's behaviour",
    CREQO="Carer requests the end of the placement for another reason",
    CHILD="Child requests the end of the placement",
    LAREQ="Responsible authority requests the end of the placement",
    PLACE="Change in the status of the placement only",
    CUSTOD="Custody arrangement",
    OTHER="Other",
)
"""REASON_PLACE_CHANGE: why a placement changed."""

ETHNICITIES = CodeSet.of(
    WBRI="White British",
    WIRI="White Irish",
    WOTH="Any other White background",
    WIRT="Traveller of Irish heritage",
    WROM="Gypsy or Roma",
    MWBC="White and Black Caribbean",
    MWBA="White and Black African",
    MWAS="White and Asian",
    MOTH="Any other mixed background",
    AIND="Indian",
    APKN="Pakistani",
    ABAN="Bangladeshi",
    AOTH="Any other Asian background",
    BCRB="Caribbean",
    BAFR="African",
    BOTH="Any other Black background",
    CHNE="Chinese",
    OOTH="Any other ethnic group",
    REFU="Refused",
    NOBT="Information not yet obtained",
)
"""ETHNIC."""


class PlacementCategory(StrEnum):
    """The broad kind of placement that forecasts and measures count by."""

    FOSTERING = "fostering"
    RESIDENTIAL = "residential"
    SUPPORTED = "supported"
    OTHER = "other"


_CATEGORY_OF = {
    **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), PlacementCategory.FOSTERING),
    **dict.fromkeys(("K2", "R1", "R3", "S1"), PlacementCategory.RESIDENTIAL),
    **dict.fromkeys(("K3", "H5", "P2"), PlacementCategory.SUPPORTED),
}


def placement_category(code: str, year: CollectionYear | None = None) -> PlacementCategory:
    """The category of a PLACE code; when a year is given, only codes of that year are known.

    No code has ever changed its category, so the year says only whether the code may be used. Secure homes, hospitals
    and custody (K1, R2, R5) are other: no commissioner chooses how many children live there. Raises DomainError.
    """
    if code not in PLACEMENTS or (year is not None and code not in PLACEMENTS.in_year(year)):
        raise DomainError("This is not a code of the type of placement in that year. See the list in docs/ssda903.md.")
    return _CATEGORY_OF.get(code, PlacementCategory.OTHER)
