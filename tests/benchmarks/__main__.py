"""Runs the benchmarks, or those named: a table to read, and the same figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figures import Figure, yardstick

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"__init__", "__main__", "figures", "processors", "served", "solver_cases"}
ONLY_WHEN_NAMED = {"nation"}
"""Those that take minutes for what another says with one seed."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs benchmarks; 0 when all are right and within their limits, 1 when one is not, 2 when asked wrongly."""
    every = sorted(file.stem for file in HERE.glob("*.py") if file.stem not in NOT_BENCHMARKS)
    parser = argparse.ArgumentParser(prog="dev.py bench", description=f"The benchmarks: {', '.join(every)}.")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"benchmarks to run; when none is named all but {', '.join(sorted(ONLY_WHEN_NAMED))}",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # in this process, for the one above
    chosen = parser.parse_args(words)
    unknown = sorted(set(chosen.names) - set(every))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}. The benchmarks: {', '.join(every)}")
    if chosen.here:
        print(json.dumps([asdict(figure) for figure in import_module(f"tests.benchmarks.{chosen.names[0]}").figures()]))
        return 0
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, {load:.1f} busy with other work: the busier, the longer everything takes here.")
    measured = yardstick() * 1000
    print(f"This machine: {measured:.0f} ms of the processor for the yardstick, a fixed piece of work.")
    found = {name: _run(name) for name in chosen.names or sorted({*every} - ONLY_WHEN_NAMED)}
    if chosen.json:
        chosen.json.write_text(json.dumps(_document(found, load, measured), indent=2) + "\n")
    failed = [name for name, figures in found.items() if figures is None]
    over = [figure for figures in found.values() for figure in figures or () if not figure.holds]
    print(_verdict(failed, over))
    return 1 if failed or over else 0


def _run(name: str) -> list[Figure] | None:
    """The figures of one benchmark, printed as they come; None when it failed."""
    says = import_module(f"tests.benchmarks.{name}").SAYS
    print(f"\n{name}: {says}", flush=True)
    began = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks", "--here", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        print(f"  FAILED\n{done.stderr.strip()[-3000:]}", flush=True)
        return None
    figures = [Figure(**written) for written in json.loads(done.stdout.splitlines()[-1])]
    for figure in figures:
        print(_line(figure), flush=True)
    print(f"  ({time.perf_counter() - began:.0f} s in all)", flush=True)
    return figures


def _line(figure: Figure) -> str:
    limit = "" if figure.limit is None else f"{'ok' if figure.holds else 'OVER':>5}, at most {figure.limit:,g}"
    times = "" if figure.times is None else f"   {figure.peer} took {figure.times:,.1f} times as much"
    note = f"   {figure.note}" if figure.note else ""
    return f"  {figure.name:<44}{figure.value:>12,.2f} {figure.unit:<4}{limit}{times}{note}"


def _document(found: dict[str, list[Figure] | None], load: float, measured: float) -> dict[str, object]:
    return {
        "machine": {
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "system": platform.system(),
            "load_before": round(load, 1),
            "yardstick_ms": round(measured, 1),
        },
        "benchmarks": {
            name: None if figures is None else [asdict(figure) | {"holds": figure.holds} for figure in figures]
            for name, figures in found.items()
        },
    }


def _verdict(failed: list[str], over: list[Figure]) -> str:
    if not failed and not over:
        return "\nEvery answer is right, and every figure within its limit."
    said = [f"failed: {', '.join(failed)}"] if failed else []
    said += [f"over its limit: {figure.name} ({figure.value:,.2f} {figure.unit})" for figure in over]
    return "\n" + "\n".join(said)


if __name__ == "__main__":
    sys.exit(main())
