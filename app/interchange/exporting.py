"""Writes a bundle: the same files that are loaded, row by row, records in the order of their references."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from app.interchange.bundle import IDENTITIES, NOUNS
from app.interchange.identities import identity_values
from app.interchange.names import Names, repository
from app.interchange.nouns import Noun
from app.interchange.tables import Table
from db.acts import Act
from db.session import Store, Work
from matching.geography import Gazetteer
from matching.values import AuthorityId, ChildId

BATCH = 1_000
"""Records read at a time."""
_REFERRED_TO = ("provider", "child", "sibling_group", "home")


def export_bundle(
    store: Store, authority: AuthorityId, folder: Path, gazetteer: Gazetteer, act: Act, *, with_names: bool = False
) -> dict[str, int]:
    """Writes every file of one authority's bundle into a folder, and rows by file; names of children
    only when they are asked for.

    It reads everything on record, so it leaves an audit event. Raises Busy, NotFound.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with store.writing(authority) as work:
        names = Names(work, gazetteer)
        names.know_refs(_REFERRED_TO)
        rows: dict[str, int] = {}
        for noun in NOUNS:
            rows |= _write(noun, work, names, folder)
        if with_names:
            rows[IDENTITIES.name] = _write_identities(work, folder, act)
        work.audit.append(act, "bundle", None, after={"rows": rows})
    return rows


def _write(noun: Noun, work: Work, names: Names, folder: Path) -> dict[str, int]:
    records = repository(work, noun.name)
    ids = [found for _, found in sorted(records.ids_by_ref().items())]
    with ExitStack() as stack:
        files = {table.name: stack.enter_context(_CsvFile(folder, table)) for table in noun.tables}
        for some in (ids[start : start + BATCH] for start in range(0, len(ids), BATCH)):
            stored = records.many(some)
            for wanted in some:
                for table, values in noun.write(stored[wanted].value, names):
                    files[table.name].write(values)
        return {name: file.rows for name, file in files.items()}


def _write_identities(work: Work, folder: Path, act: Act) -> int:
    by_ref = sorted(work.children.ids_by_ref().items())
    with _CsvFile(folder, IDENTITIES) as file:
        for some in (by_ref[start : start + BATCH] for start in range(0, len(by_ref), BATCH)):
            refs = {ChildId(child): ref for ref, child in some}
            for one in work.identities.read_many(list(refs), act):
                file.write({"child_ref": refs[one.child], **identity_values(one)})
        return file.rows


class _CsvFile:
    """One file while it is written. It takes the place of an older one when it is whole."""

    def __init__(self, folder: Path, table: Table) -> None:
        self._table = table
        self._path, self._unfinished = folder / table.file, folder / f".{table.file}.unfinished"
        self.rows = 0

    def __enter__(self) -> Self:
        # spreadsheets take a file for UTF-8 when it begins with a byte order mark
        self._file = self._unfinished.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._table.headers)
        return self

    def write(self, values: dict[str, Any]) -> None:
        """One row."""
        self._writer.writerow(self._table.write(values))
        self.rows += 1

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._file.close()
        if kind is None:
            self._unfinished.replace(self._path)
        else:
            self._unfinished.unlink(missing_ok=True)
