"""Names of children: loaded and written apart from everything else, for matching never reads them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.interchange.counts import Counts
from app.interchange.names import Names
from app.interchange.problems import Problems
from app.interchange.sources import TableFile
from app.interchange.tables import Row, Values
from db.acts import Act
from db.repositories.children import Identity
from db.session import Work
from matching.values import ChildId

_BATCH = 1_000
_SAME = ("given_name", "family_name", "initials")


def load_identities(file: TableFile, work: Work, names: Names, problems: Problems, act: Act) -> Counts:
    """Records who children are. What is wrong is noted by line and column, and never with a name."""
    added = changed = unchanged = 0
    seen: dict[str, int] = {}
    for rows in _batches(file.rows()):
        known = work.children.ids_by_ref([row["child_ref"] for row in rows if row["child_ref"]])
        for row in rows:
            _look_at(row, known.keys() | names.refused.get("child", set()), seen, problems)
        good = [row for row in rows if not row.bad and row["child_ref"] in known]
        identities = [Identity(child=ChildId(known[row["child_ref"]]), **row.pick(*_SAME)) for row in good]
        done = work.identities.record_many(identities, act)
        added, changed, unchanged = added + done.added, changed + done.changed, unchanged + done.unchanged
    return Counts(added, changed, unchanged)


def identity_values(identity: Identity) -> Values:
    """The cells of a name."""
    return {name: getattr(identity, name) for name in _SAME}


def _look_at(row: Row, known: set[str], seen: dict[str, int], problems: Problems) -> None:
    ref = row["child_ref"]
    if row.bad:
        return
    if ref not in known:
        wrong = "There is no such child on record or in the bundle"
        row.refuse(problems, "child_ref", wrong, "Correct the reference, or add what it refers to")
    before = seen.setdefault(ref, row.line)
    if before != row.line:
        row.refuse(problems, "child_ref", f"Line {before} names the same child", "Keep one of the rows")


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
