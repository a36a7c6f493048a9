"""The map of needs against cost: what is paid for each child beside what the child needs, with outliers named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.measures.by_month import file_of
from app.pages.measures.naming import care
from app.pages.visits import May, Visit
from app.pages.words import counted, day, pounds
from app.services.scenarios.tables import as_csv
from app.services.sufficiency import supply_tables
from matching.sufficiency.kinds import CareKind
from matching.sufficiency.needs_and_cost import NeedsAndCost, PricedNeed, Side

router = APIRouter(include_in_schema=False)

WIDTH, HEIGHT, LEFT, BELOW = 640, 360, 70, 40
_MARKS: Mapping[CareKind, str] = MappingProxyType(
    {CareKind.FOSTERING: "circle", CareKind.RESIDENTIAL: "square", CareKind.SUPPORTED: "diamond"}
)


@dataclass(frozen=True, slots=True)
class Dot:
    """One child, or several at the same place."""

    x: int
    y: int
    mark: str
    far: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the scale."""

    at: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostMap:
    """The drawing: need to the right, pounds a week upwards."""

    description: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    ground: int = HEIGHT - BELOW
    dots: tuple[Dot, ...]
    pounds: tuple[Tick, ...]
    needs: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """A child whose price lies far from what such needs usually cost."""

    child: str
    home: str
    href: str
    kind: str
    need: int
    weekly: str
    usual: str
    side: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """What needs cost with one kind and supplier."""

    says: str
    children: int
    a_point: str
    at_none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsPage:
    """Needs against cost."""

    template: ClassVar[str] = "measures/costs.html"
    title: str = "Needs against cost"
    as_of: str
    chart: CostMap | None
    lines: tuple[LineShown, ...]
    outliers: tuple[Outlier, ...]
    left_out: str


@router.get("/measures/needs-and-cost", name="page_needs_and_cost")
def needs_and_cost(visit: Annotated[Visit, Depends(May("read_needs_and_cost"))]) -> Response:
    """The page; leaves an audit event."""
    today = visit.office.today()
    told = supply_tables.read_needs_and_cost(visit.office, visit.caller, today)
    return visit.page(
        CostsPage(
            as_of=day(today),
            chart=_chart(told.children) if told.children else None,
            lines=tuple(
                LineShown(care(one.kind, one.supplier), one.children, _money(one.a_point), _money(one.at_none))
                for one in told.lines
            ),
            outliers=tuple(_outlier(one) for one in _far(told)),
            left_out=f"Left out: {counted(told.without_profile, 'child', 'children')} without a needs profile, "
            f"{told.without_price} without a price on record.",
        )
    )


@router.get("/measures/needs-and-cost.csv", name="page_needs_and_cost_file")
def needs_and_cost_file(visit: Annotated[Visit, Depends(May("read_needs_and_cost"))]) -> Response:
    """Every child as a row."""
    today = visit.office.today()
    told = supply_tables.read_needs_and_cost(visit.office, visit.caller, today)
    return file_of(as_csv(list(supply_tables.cost_rows(told))), f"needs-and-cost-{today}")


def _money(pence: int) -> str:
    return f"-{pounds(-pence)}" if pence < 0 else pounds(pence)


def _far(told: NeedsAndCost) -> Sequence[PricedNeed]:
    """Outliers, those farthest from what is usual first."""
    far = [one for one in told.children if one.outlier is not None]
    return sorted(far, key=lambda one: (-abs(one.weekly - (one.usual or one.weekly)), one.child))


def _outlier(one: PricedNeed) -> Outlier:
    return Outlier(
        child=one.child,
        home=one.home,
        href=f"/homes/{one.home}",
        kind=care(one.kind, one.supplier),
        need=one.need,
        weekly=pounds(one.weekly),
        usual=pounds(one.usual),
        side="Dearer" if one.outlier is Side.DEARER else "Cheaper",
    )


def _chart(children: Sequence[PricedNeed]) -> CostMap:
    most_pence = max(one.weekly for one in children)
    step = next(n for n in (50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000) if most_pence <= 6 * n)
    top = -(-most_pence // step) * step
    widest = max(one.need for one in children) or 1
    ground = HEIGHT - BELOW

    def x(need: int) -> int:
        return LEFT + 8 + (WIDTH - LEFT - 20) * need // widest

    def y(pence: int) -> int:
        return ground - (ground - 12) * pence // top

    dots = dict.fromkeys(
        Dot(x(one.need), y(one.weekly), _MARKS.get(one.kind, "circle"), one.outlier is not None) for one in children
    )
    far = sum(one.outlier is not None for one in children)
    return CostMap(
        description=f"{counted(len(children), 'child', 'children')}: need from 0 to {widest} to the right, "
        f"up to {pounds(most_pence)} a week upwards; {far} lie far from what such needs usually cost.",
        dots=tuple(sorted(dots, key=lambda dot: (dot.far, dot.x, dot.y))),
        pounds=tuple(Tick(y(at), pounds(at)) for at in range(0, top + 1, step)),
        needs=tuple(Tick(x(at), str(at)) for at in range(0, widest + 1, max(1, widest // 6))),
    )
