"""Processor time that processes have spent: tells a slow machine from a slow program."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def spent_below(ancestor: int) -> dict[str, float] | None:
    """Processor seconds by program name, of every process below one and of what those have waited for.

    None where the system does not show its processes as files (it does on Linux).
    """
    if not (_PROCESSES / "self" / "stat").exists():
        return None
    tick = os.sysconf("SC_CLK_TCK")
    parents: dict[int, int] = {}
    spent: dict[int, tuple[str, float]] = {}
    for place in _PROCESSES.iterdir():
        with suppress(OSError):  # one that has just ended
            if place.name.isdecimal():
                named, _, rest = (place / "stat").read_text().rpartition(")")
                told = rest.split()
                parents[int(place.name)] = int(told[1])
                spent[int(place.name)] = named.partition("(")[2], sum(map(int, told[11:15])) / tick
    found: dict[str, float] = {}
    for process, (name, seconds) in spent.items():
        if _is_below(process, ancestor, parents):
            found[name] = found.get(name, 0.0) + seconds
    return found


def _is_below(process: int, ancestor: int, parents: dict[int, int]) -> bool:
    while process := parents.get(process, 0):
        if process == ancestor:
            return True
    return False
