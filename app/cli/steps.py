"""Progress: what is being done now and how long it took, on standard error so that output stays output."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

progress = Console(stderr=True, highlight=False)


@contextmanager
def step(what: str) -> Iterator[None]:
    """One step: a moving mark while it lasts where somebody watches, and a line with its seconds when it is done."""
    began = time.perf_counter()
    if progress.is_terminal:
        with progress.status(what):
            yield
        progress.print(f"[green]✓[/] {what} [dim]{time.perf_counter() - began:.1f} s[/]")
    else:
        print(what, end=" ", file=sys.stderr, flush=True)
        spent = "refused"
        try:
            yield
            spent = f"{time.perf_counter() - began:.1f} s"
        finally:
            print(spent, file=sys.stderr, flush=True)
