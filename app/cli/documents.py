"""The command that writes the documents which are made from the code, or says whether they are up to date."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.interchange.document import bundle_document
from app.settings import ROOT, Settings

DOCS = ROOT / "docs"


def rule_book() -> str:
    """docs/rule-book.md."""
    from app.rule_book_document import rule_book_markdown  # noqa: PLC0415 - it reads the specification's tests

    return rule_book_markdown()


def description() -> str:
    """docs/openapi.json: the description of the API, the same wherever it is made."""
    from app.main import create_app  # noqa: PLC0415 - the web application is slow to load

    described = create_app(Settings(database_url=f"sqlite:///{ROOT}/var/never-opened.db")).openapi()
    return json.dumps(described, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def states() -> str:
    """docs/states.md."""
    from matching.workflow.diagrams import states_document  # noqa: PLC0415 - only here

    return states_document()


GENERATED: Mapping[str, Callable[[], str]] = {
    "rule-book.md": rule_book,
    "openapi.json": description,
    "states.md": states,
    "bundle.md": bundle_document,
}
"""Every generated document by its name in docs/, with what makes it."""


def docs(chosen: argparse.Namespace) -> int:
    """Writes every generated document; with --check says which are out of date, and exits 1 when one is."""
    stale = [name for name, make in GENERATED.items() if _is_stale(DOCS / name, make(), write=not chosen.check)]
    if not chosen.check:
        print(f"Written: {', '.join(stale)}" if stale else "Every document was up to date.")
        return 0
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run: python3 dev.py docs", file=sys.stderr)
        return 1
    print(f"All {len(GENERATED)} generated documents are up to date.")
    return 0


def _is_stale(path: Path, now: str, *, write: bool) -> bool:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before == now:
        return False
    if write:
        path.write_text(now, encoding="utf-8")
    else:
        lines = difflib.unified_diff(
            before.splitlines(), now.splitlines(), path.name, "as it should be", lineterm="", n=0
        )
        print("\n".join(list(lines)[:20]), file=sys.stderr)
    return True
