"""Where children have lived, as bars along the years, each numbered as in the table below the drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.pages.naming import kind
from app.pages.wording import END_REASONS, PLACEMENT_STATES
from app.pages.words import capital, counted, day
from matching.codes import BREAKDOWN_REASONS
from matching.homes import Home
from matching.placements import Placement, PlacementState
from matching.values import HomeId

WIDTH, LEFT, RIGHT = 340, 8, 332
ROW, TOP = 30, 26
NARROWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One placement: a bar of the drawing and a row of the table."""

    number: int
    x: int
    width: int
    y: int
    label: int
    """Where the number stands, along the width."""
    setting: str
    """A word for the style of the bar."""
    planned: bool
    broke_down: bool
    home: str
    """The authority's own reference of the home."""
    kind: str
    starts: str
    ends: str
    lasted: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Year:
    """One line across the drawing."""

    x: int
    label: int
    """Where its number stands, so that it is not cut off."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Where one child has lived."""

    id: str
    title: str
    says: str
    width: int
    height: int
    years: tuple[Year, ...]
    today: int
    stays: tuple[Stay, ...]


def timeline(
    id_: str, placements: Sequence[Placement], homes: Mapping[HomeId, Home], today: date, who: str
) -> Timeline | None:
    """The drawing of a child's placements, given oldest first; None when there are none that were not cancelled."""
    shown = [one for one in placements if one.takes_a_bed]
    if not shown:
        return None
    begins = min(one.starts for one in shown)
    ends = max([today, *(one.until or today for one in shown), *(one.starts for one in shown)])
    scale = _Scale(begins, max(1, (ends - begins).days))
    stays = tuple(_stay(at, one, homes, today, scale) for at, one in enumerate(shown))
    broken = sum(one.broke_down for one in stays)
    return Timeline(
        id=id_,
        title=f"Where {who} has lived",
        says=f"{counted(len(stays), 'placement')} since {day(begins)}"
        + (f", {broken} of which broke down" if broken else "")
        + ". Each bar has the number of its row in the table below.",
        width=WIDTH,
        height=TOP + ROW * len(stays) + 4,
        years=_years(begins, ends, scale),
        today=scale.x(today),
        stays=stays,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    begins: date
    days: int

    def x(self, on: date) -> int:
        """Where a day lies along the width."""
        return LEFT + (RIGHT - LEFT) * (on - self.begins).days // self.days


def _stay(at: int, one: Placement, homes: Mapping[HomeId, Home], today: date, scale: _Scale) -> Stay:
    until = one.ended or (today if one.state is PlacementState.STARTED else one.planned_end or one.starts)
    x = scale.x(one.starts)
    width = max(NARROWEST, scale.x(max(until, one.starts)) - x)
    home = homes.get(one.home)
    return Stay(
        number=at + 1,
        x=min(x, RIGHT - NARROWEST),
        width=width,
        y=TOP + ROW * at,
        label=_label(x, width),
        setting="other" if home is None else home.kind.setting.value,
        planned=one.state is PlacementState.PLANNED,
        broke_down=one.end_reason in BREAKDOWN_REASONS,
        home="not known" if home is None else home.external_ref,
        kind="" if home is None else capital(kind(home.kind.value)),
        starts=day(one.starts),
        ends=_end(one),
        lasted=_lasted((until - one.starts).days) if one.state is not PlacementState.PLANNED else "",
        state=PLACEMENT_STATES[one.state],
        reason="" if one.end_reason is None else END_REASONS[one.end_reason],
    )


def _label(x: int, width: int) -> int:
    """The number stands after the bar, or before it where there is no room after."""
    after = x + width + 5
    return after if after <= RIGHT - 12 else max(LEFT, x - 14)


def _end(one: Placement) -> str:
    if one.ended is not None:
        return day(one.ended)
    return "no end planned" if one.planned_end is None else f"planned for {day(one.planned_end)}"


def _lasted(days: int) -> str:
    if days < 60:
        return counted(days, "night")
    return counted(round(days / 30.44), "month") if days < 730 else f"{days / 365.25:.1f} years"


def _years(begins: date, ends: date, scale: _Scale) -> tuple[Year, ...]:
    firsts = [date(year, 1, 1) for year in range(begins.year + 1, ends.year + 1)]
    every = max(1, -(-len(firsts) // 6))
    return tuple(_year(scale.x(one), one.year) for one in firsts if (one.year - begins.year) % every == 0)


def _year(x: int, year: int) -> Year:
    return Year(x, min(max(x, 14), WIDTH - 14), str(year))
