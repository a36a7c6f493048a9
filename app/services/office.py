"""What every use case works with: the store, the map, the clock, the pools and the solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.services.pools import Pools, Recent
from db.session import Store
from matching.geography import Gazetteer
from matching.needs import Framework
from matching.values import AuthorityId, FrameworkId
from solver.interface import Solver, SolveSettings

Clock = Callable[[], datetime]
"""The moment now, aware UTC."""

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
    clock: Clock = system_clock
    frameworks: Recent[tuple[AuthorityId, FrameworkId], Framework] = field(default_factory=lambda: Recent(200))
    """Read once: a version of a framework never changes."""

    def today(self) -> date:
        """The day it is in England."""
        return self.clock().astimezone(_HERE).date()
