"""The command that checks an exported plan again: its facts, every rule, the sums and the bound, with no solver."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.steps import step
from matching.errors import DomainError
from matching.run_documents import unpacked
from matching.verification import verify as verified


class Unopened(DomainError):
    """The file cannot be opened."""


def verify(chosen: argparse.Namespace) -> int:
    """Looks at all that an exported run claims; 0 when it holds, 1 when it does not."""
    path = Path(chosen.file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unopened(f"{path} cannot be read: {error.strerror}.") from error
    with step("Checking every rule again"):
        found = verified(unpacked(content))
    print(f"Match run {found.run}: {found.children:,} children who wait, {found.homes:,} homes")
    for check in found.checks:
        mark = "yes" if check.holds else "NO " if check.decides else "-- "
        print(f"  {mark}  {check.what}\n       {check.found}")
    print("The plan holds." if found.holds else "The plan does not hold.")
    return 0 if found.holds else 1
