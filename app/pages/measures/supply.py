"""Beds beside needs: the gap table, what can be offered tonight, and how beds were used week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.charts.sparks import Spark, spark
from app.pages.measures.by_month import file_of
from app.pages.measures.naming import care
from app.pages.naming import kind
from app.pages.visits import May, Visit
from app.pages.words import capital, day, plain
from app.services.scenarios.tables import as_csv
from app.services.sufficiency import supply_tables
from matching.codes import CareType
from matching.sufficiency.beds_tonight import AGE_BANDS, BedsTonight
from matching.sufficiency.gaps import Gap
from matching.sufficiency.occupancy import HomeUsed, Occupancy

router = APIRouter(include_in_schema=False)

PURPOSES: Mapping[CareType, str] = MappingProxyType(
    {
        **{purpose: capital(plain(purpose.value)) for purpose in CareType},
        CareType.PACE: "PACE (police bail refused)",
        CareType.UASC_ARRIVAL: "Unaccompanied children who arrive",
    }
)
WEEKS = 12
"""Whole weeks before today."""


@dataclass(frozen=True, slots=True)
class KindTonight:
    """Beds of one kind and supplier, by band of age."""

    says: str
    beds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptTonight:
    """Beds kept for one purpose."""

    purpose: str
    says: str
    none: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedHome:
    """How one home's beds were used."""

    reference: str
    href: str
    kind: str
    beds: int
    per_cent: str
    void: int
    spark: Spark


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPage:
    """Beds beside needs."""

    template: ClassVar[str] = "measures/supply.html"
    title: str = "Beds and gaps"
    as_of: str
    gaps: tuple[Gap, ...]
    ages: tuple[str, ...]
    tonight: tuple[KindTonight, ...]
    kept: tuple[KeptTonight, ...]
    shut: tuple[tuple[str, int], ...]
    """Why empty beds cannot be offered, and how many."""
    weeks: int
    used: tuple[UsedHome, ...]


@router.get("/measures/beds-and-gaps", name="page_beds_and_gaps")
def beds_and_gaps(visit: Annotated[Visit, Depends(May("read_gaps"))]) -> Response:
    """The page."""
    office, caller, today = visit.office, visit.caller, visit.office.today()
    tonight = supply_tables.read_beds_tonight(office, caller, today)
    used = supply_tables.read_occupancy(office, caller, today, WEEKS, own_only=True)
    return visit.page(
        SupplyPage(
            as_of=day(today),
            gaps=supply_tables.read_gaps(office, caller, today).groups,
            ages=tuple(capital(words) for words in AGE_BANDS),
            tonight=_tonight(tonight),
            kept=tuple(
                KeptTonight(PURPOSES[one.purpose], f"{one.beds} in {one.homes}", one.zero_cover) for one in tonight.kept
            ),
            shut=tuple((capital(plain(why)), beds) for why, beds in tonight.not_to_be_asked.items()),
            weeks=WEEKS,
            used=_used(used),
        )
    )


@router.get("/measures/gaps.csv", name="page_gaps_file")
def gaps_file(visit: Annotated[Visit, Depends(May("read_sufficiency_table"))]) -> Response:
    """The gap table as a file."""
    today = visit.office.today()
    told = supply_tables.read_gaps(visit.office, visit.caller, today)
    return file_of(as_csv(list(supply_tables.gap_rows(told))), f"gaps-{today}")


@router.get("/measures/occupancy.csv", name="page_occupancy_file")
def occupancy_file(visit: Annotated[Visit, Depends(May("read_sufficiency_table"))]) -> Response:
    """Every home and week as a file."""
    today = visit.office.today()
    told = supply_tables.read_occupancy(visit.office, visit.caller, today, WEEKS, own_only=False)
    return file_of(as_csv(list(supply_tables.occupancy_rows(told))), f"occupancy-{today}")


def _tonight(told: BedsTonight) -> tuple[KindTonight, ...]:
    beds = {(one.kind, one.supplier, one.ages): one.beds for one in told.ordinary}
    pairs = dict.fromkeys((one.kind, one.supplier) for one in told.ordinary)
    return tuple(
        KindTonight(care(*pair), tuple(str(beds.get((*pair, ages), 0)) for ages in AGE_BANDS)) for pair in pairs
    )


def _used(told: Occupancy) -> tuple[UsedHome, ...]:
    """Homes with beds that stood empty, those with most void nights first."""
    homes = [one for one in told.homes if any(week.available for week in one.weeks)]
    return tuple(_used_home(one) for one in sorted(homes, key=lambda one: (-_void(one), one.reference))[:30])


def _void(one: HomeUsed) -> int:
    return sum(week.void for week in one.weeks)


def _used_home(one: HomeUsed) -> UsedHome:
    words = "; ".join(f"week of {day(week.begins)}: {week.used} of {week.available}" for week in one.weeks)
    return UsedHome(
        reference=one.reference,
        href=f"/homes/{one.reference}",
        kind=capital(kind(one.kind.value)),
        beds=one.beds,
        per_cent="not known" if one.used_per_cent is None else f"{one.used_per_cent:.0f} %",
        void=_void(one),
        spark=spark([week.used for week in one.weeks], f"Bed-nights used in {one.reference}. {words}"),
    )
