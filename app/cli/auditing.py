"""The command that checks the audit trail: whether any event was changed, removed or put in another order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

from app.cli.opening import NotReady, opened
from db.audit import NOBODY, Break, Head
from db.session import Store, Work
from matching.values import AuthorityId


def audit(chosen: argparse.Namespace) -> int:
    """Verifies every chain, or prints where each ends so that it can be kept elsewhere; 1 when one does not hold."""
    with opened() as store:
        if chosen.what == "head":
            print("\n".join(_line(store, one) for one in _chains(store)))
            return 0
        return _verify(store, _heads(chosen.since))


def _verify(store: Store, exported: Mapping[UUID, Head]) -> int:
    broken = 0
    for chain in _chains(store):
        with _reading(store, chain) as work:
            breaks = work.audit.verify(exported.get(chain))
            head = work.audit.head
        broken += bool(breaks)
        print(f"{_name(chain)}: {_says(breaks, head)}", file=sys.stderr if breaks else sys.stdout)
    return 1 if broken else 0


def _says(breaks: tuple[Break, ...], head: Head) -> str:
    if not breaks:
        return f"{head.sequence} events, unbroken; the head is {head.hash}"
    where = ", ".join(f"{one.what.value} at {one.sequence}" for one in breaks[:10])
    return f"NOT AS IT WAS WRITTEN: {where}" + (f" and {len(breaks) - 10} more" if len(breaks) > 10 else "")


def _chains(store: Store) -> Iterator[UUID]:
    """Every authority's chain, and that of what belongs to none."""
    with store.reading() as work:
        authorities = [one.id for one in work.authorities.all()]
    yield NOBODY
    yield from authorities


def _reading(store: Store, chain: UUID) -> AbstractContextManager[Work]:
    return store.reading(None if chain == NOBODY else AuthorityId(chain))


def _line(store: Store, chain: UUID) -> str:
    with _reading(store, chain) as work:
        head = work.audit.head
    return f"{chain} {head.sequence} {head.hash}"


def _name(chain: UUID) -> str:
    return "belonging to no authority" if chain == NOBODY else f"authority {chain}"


def _heads(file: str | None) -> dict[UUID, Head]:
    """The heads that `audit head` printed earlier. Raises NotReady for a file of another kind."""
    if file is None:
        return {}
    try:
        lines = [line.split() for line in Path(file).read_text(encoding="utf-8").splitlines() if line.strip()]
        return {UUID(chain): Head(UUID(chain), int(sequence), hash_) for chain, sequence, hash_ in lines}
    except (OSError, ValueError) as error:
        raise NotReady(f"{file} holds no heads. Write one with: python3 dev.py audit head > FILE") from error
