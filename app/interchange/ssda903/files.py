"""The files of the return: by which columns each is known, and what their cells may hold in a collection year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache

from app.interchange.cells import Cell, Wrong, day, reference, text, whole
from app.interchange.tables import Column, loosely
from matching.codes import LegalStatus
from matching.codes.ssda903 import (
    ENDINGS,
    ETHNICITIES,
    FIRST_YEAR,
    LAST_YEAR,
    NEEDS,
    PLACE_CHANGES,
    PLACEMENTS,
    PROVIDERS,
    CollectionYear,
    ReasonNewEpisode,
)

MALE_FEMALE = {"1": "M", "2": "F"}
"""SEX until 2023-24; from 2024-25 it is M, F or U."""
_SINCE_LETTERS, _SINCE_SOCIAL_WORKERS, _SINCE_LIBERTY = 2024, 2023, 2026


class Kind(StrEnum):
    """The files of the return, in the order in which they are read."""

    HEADER = "Header"
    UASC = "UASC"
    EPISODES = "Episodes"
    REVIEWS = "Reviews"
    OC2 = "OC2"
    OC3 = "OC3"
    AD1 = "AD1"
    PLACED_ADOPTION = "PlacedAdoption"
    PREV_PERM = "PrevPerm"
    MISSING = "Missing"
    SW_EPISODES = "SWEpisodes"
    DOLO = "DoLo"

    @property
    def kept(self) -> bool:
        """Whether anything of it is kept. What is wrong elsewhere is told, but keeps nothing from being loaded."""
        return self in {Kind.HEADER, Kind.UASC, Kind.EPISODES}

    @property
    def first_year(self) -> int:
        """The calendar year in which the first collection year that has it begins."""
        return {Kind.SW_EPISODES: _SINCE_SOCIAL_WORKERS, Kind.DOLO: _SINCE_LIBERTY}.get(self, 0)


def coded(codes: Mapping[str, object] | Iterable[str], elsewhere: Iterable[str] = ()) -> Cell:
    """One code of a list. A code of another year is told apart from one of none; "1.0" is read as 1."""
    listed, others = frozenset(codes), frozenset(elsewhere)
    right = f"Give one of {', '.join(codes)}"

    def read(cell: str) -> str:
        found = cell.removesuffix(".0")
        if found in listed:
            return found
        if found in others:
            raise Wrong("This code is of other collection years, not of this one", f"{right}, or load it as another")
        raise Wrong("This is no code of the list", right)

    return Cell(f"one of {', '.join(codes)}", read, str)


_FLAG = ("0", "1")
_OC2_FLAGS = ("CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
_ACTIVITIES = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6", "0")
_ACCOMMODATION = (
    *("B1", "B2", "C1", "C2", "D1", "D2", "E1", "E2", "G1", "G2", "H1", "H2", "K1", "K2", "R1", "R2", "S2"),
    *("T1", "T2", "U1", "U2", "V1", "V2", "W1", "W2", "X2", "Y1", "Y2", "Z1", "Z2", "0"),
)
_SW_REASONS = (*("MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS"),)


def _sex(year: CollectionYear) -> Cell:
    letters = ("M", "F", "U")
    return coded(letters, MALE_FEMALE) if year.starts >= _SINCE_LETTERS else coded(MALE_FEMALE, letters)


def _place(year: CollectionYear) -> Cell:
    """The codes of the year; those of the year before are read too, and noted: episodes that go on often have them."""
    every = [code for one in range(FIRST_YEAR, LAST_YEAR + 1) for code in PLACEMENTS.in_year(CollectionYear(one))]
    before = PLACEMENTS.in_year(CollectionYear(max(FIRST_YEAR, year.starts - 1)))
    cell, known = coded(PLACEMENTS.in_year(year), every), PLACEMENTS.in_year(year)
    return Cell(cell.says, lambda text: text if text in before and text not in known else cell.read(text), str)


def _always(cell: Callable[[], Cell]) -> Callable[[CollectionYear], Cell]:
    return lambda _: cell()


def _one_of(codes: Mapping[str, object] | Iterable[str]) -> Callable[[CollectionYear], Cell]:
    return lambda _: coded(codes)


_DAY, _TEXT = _always(day), _always(lambda: text(100))
_YEAR = CollectionYear(2016)  # these lists are the same in all years
_BLANK_ALLOWED = dict[str, Callable[[CollectionYear], Cell]]
_BORN: _BLANK_ALLOWED = {"DOB": _DAY}

_COLUMNS: Mapping[Kind, tuple[_BLANK_ALLOWED, _BLANK_ALLOWED]] = {
    # those whose cells must be filled, and those whose cells may be blank
    Kind.HEADER: (
        {"SEX": _sex, "DOB": _DAY},
        {"ETHNIC": _one_of(ETHNICITIES.in_year(_YEAR)), "UPN": _TEXT, "MOTHER": _one_of(_FLAG), "MC_DOB": _DAY},
    ),
    Kind.UASC: ({}, {"SEX": _sex, **_BORN, "DUC": _DAY}),
    Kind.EPISODES: (
        {
            "DECOM": _DAY,
            "RNE": _one_of([one.value for one in ReasonNewEpisode]),
            "LS": _one_of([one.value for one in LegalStatus]),
            "PLACE": _place,
        },
        {
            "CIN": _one_of(NEEDS.in_year(_YEAR)),
            "PLACE_PROVIDER": _one_of(PROVIDERS.in_year(_YEAR)),
            "DEC": _DAY,
            "REC": _one_of(ENDINGS.in_year(_YEAR)),
            "REASON_PLACE_CHANGE": _one_of(PLACE_CHANGES.in_year(_YEAR)),
            "HOME_POST": _TEXT,
            "PL_POST": _TEXT,
            "URN": _TEXT,
        },
    ),
    Kind.REVIEWS: ({}, {**_BORN, "REVIEW": _DAY, "REVIEW_CODE": _one_of([f"PN{at}" for at in range(8)])}),
    Kind.OC2: (
        {},
        {
            **_BORN,
            "SDQ_SCORE": _always(lambda: whole(0, 40)),
            "SDQ_REASON": _one_of([f"SDQ{at}" for at in range(1, 6)]),
            **dict.fromkeys((*_OC2_FLAGS, "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"), _one_of(_FLAG)),
        },
    ),
    Kind.OC3: (
        {},
        {
            **_BORN,
            "IN_TOUCH": _one_of(("YES", "NO", "DIED", "REFU", "NREQ", "RHOM")),
            "ACTIV": _one_of(_ACTIVITIES),
            "ACCOM": _one_of(_ACCOMMODATION),
        },
    ),
    Kind.AD1: (
        {},
        {
            **_BORN,
            "DATE_INT": _DAY,
            "DATE_MATCH": _DAY,
            "FOSTER_CARE": _one_of(_FLAG),
            "NB_ADOPTR": _one_of(("1", "2")),
            "SEX_ADOPTR": _one_of(("M1", "F1", "MM", "FF", "MF")),
            "LS_ADOPTR": _one_of(("L0", "L11", "L12", "L2", "L3", "L4")),
        },
    ),
    Kind.PLACED_ADOPTION: (
        {},
        {
            **_BORN,
            "DATE_PLACED": _DAY,
            "DATE_PLACED_CEASED": _DAY,
            "REASON_PLACED_CEASED": _one_of(("RD1", "RD2", "RD3", "RD4")),
        },
    ),
    Kind.PREV_PERM: (
        {},
        {**_BORN, "PREV_PERM": _one_of(("P1", "P2", "P3", "P4", "Z1")), "LA_PERM": _TEXT, "DATE_PERM": _TEXT},
    ),
    Kind.MISSING: ({}, {**_BORN, "MISSING": _one_of(("M", "A")), "MIS_START": _DAY, "MIS_END": _DAY}),
    Kind.SW_EPISODES: (
        {},
        {**_BORN, "SW_ID": _TEXT, "SW_DECOM": _DAY, "SW_DEC": _DAY, "SW_REASON": _one_of(_SW_REASONS)},
    ),
    Kind.DOLO: ({}, {**_BORN, "DOLO_START": _DAY, "DOLO_END": _DAY}),
}
_MAY_BE_LEFT_OUT = frozenset({"UPN", "MOTHER", "MC_DOB", "URN"})
_IN_MANY = frozenset({"child", "sex", "dob"})


@cache
def columns_of(kind: Kind, year: CollectionYear) -> tuple[Column, ...]:
    """The columns of a file in a year, in the order of the return."""
    filled, others = _COLUMNS[kind]
    cells = {"CHILD": (reference(), True)}
    cells |= {header: (cell(year), header in filled) for header, cell in {**filled, **others}.items()}
    return tuple(
        Column(header=header, key=header, cell=cell, says=f"{cell.says[0].upper()}{cell.says[1:]}.", required=must)
        for header, (cell, must) in cells.items()
    )


def headers_of(kind: Kind) -> tuple[str, ...]:
    """The headers of a file, which are the same in all years, in the order of the return."""
    filled, others = _COLUMNS[kind]
    order = _IN_ORDER.get(kind)
    return order or ("CHILD", *filled, *others)


_IN_ORDER: Mapping[Kind, tuple[str, ...]] = {
    Kind.EPISODES: (
        *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"),
        *("REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    )
}


def missing_from(kind: Kind, header: Iterable[str]) -> list[str]:
    """The columns of a file that a header has not, apart from those that may be left out."""
    given = {loosely(name) for name in header}
    return [name for name in headers_of(kind) if loosely(name) not in given and name not in _MAY_BE_LEFT_OUT]


def kind_of(header: Iterable[str]) -> Kind | None:
    """The file of the return that a header is of: the one whose own columns it has most of; None when it has none."""
    given = {loosely(name) for name in header}

    def fit(kind: Kind) -> tuple[int, int]:
        own = {loosely(name) for name in headers_of(kind)}
        return len(given & own - _IN_MANY), -len(own - given)

    best = max(Kind, key=fit)
    return best if fit(best)[0] else None
