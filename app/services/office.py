"""What every use case works with: the store, the map, the clock, the pools and the solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.services.pools import Pools, Recent
from db.session import Store
from matching.errors import Faults
from matching.geography import Distances, Gazetteer, StraightLine
from matching.needs import Framework
from matching.records import Records
from matching.values import AuthorityId, ChildId, FrameworkId, HomeId
from matching.workflow.decisions import ShownHome
from solver.interface import Solver, SolveSettings

Clock = Callable[[], datetime]
"""The moment now, aware UTC."""

FARTHEST_DAY = 5 * 366
"""Days: farther from today, what is on record says nothing of who would wait or who could offer."""
_HERE = ZoneInfo("Europe/London")


def system_clock() -> datetime:
    """The moment now."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Made once by app.main; safe to share between threads."""

    store: Store
    gazetteer: Gazetteer
    pools: Pools
    solver: Solver
    solve: SolveSettings
    distances: Distances = field(default_factory=StraightLine)
    """Straight lines; with a routing server also minutes by car."""
    clock: Clock = system_clock
    frameworks: Recent[tuple[AuthorityId, FrameworkId], Framework] = field(default_factory=lambda: Recent(200))
    """Read once: a version of a framework never changes."""
    findings: Recent[tuple[tuple[ChildId, HomeId], ...], tuple[Records, tuple[ShownHome, ...]]] = field(
        default_factory=lambda: Recent(200)
    )
    """What was found for the homes of a choice, with the records it was found from: used again for equal ones alone."""

    def today(self) -> date:
        """The day it is in England."""
        return self.clock().astimezone(_HERE).date()

    def day(self, asked: date | None) -> date:
        """The day to look at: today when none is asked for. Raises Invalid for one that is too far from it."""
        today = self.today()
        faults = Faults()
        faults.unless(
            asked is None or abs((asked - today).days) <= FARTHEST_DAY,
            "as_of",
            "This day is too far from today",
            "Give a day at most five years back or ahead",
        )
        faults.raise_if_any()
        return asked or today
