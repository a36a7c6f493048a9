"""What every use case works with: the store, the map, the clock, the pools and the solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.services.pools import Pools
from db.session import Store
from matching.geography import Gazetteer
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

    def today(self) -> date:
        """The day it is in England."""
        return self.clock().astimezone(_HERE).date()
