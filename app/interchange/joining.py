"""Puts the rows of several files together into records, holding one share of them in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator

from app.interchange.nouns import Noun, Record
from app.interchange.problems import Problems
from app.interchange.sources import Source, TableFile
from app.interchange.tables import Row

SHARE_BYTES = 8_000_000
"""About how much of the files is held at a time. Files are read again for every share, which costs little beside
making records; what is held of a share takes some twenty times its bytes."""


class NounFiles:
    """The files of one noun in a source."""

    def __init__(self, noun: Noun, source: Source, problems: Problems) -> None:
        self.noun = noun
        self.main, *self.parts = (TableFile(source, table, problems) for table in noun.tables)
        self._problems = problems
        self.there = self.main.there
        self._note_missing()

    @property
    def readable(self) -> bool:
        """Whether every file that is there can be read."""
        return all(file.readable for file in (self.main, *self.parts) if file.there)

    def _note_missing(self) -> None:
        """A part without its main file says nothing; a main file without its parts would empty them unasked."""
        for part in self.parts:
            if part.there and not self.there:
                wrong, right = f"{self.main.table.file} is not in the bundle", "Give both files, or neither"
                self._problems.add(part.table.file, None, None, wrong, right)
            if self.there and not part.there:
                wrong = f"{part.table.file} belongs with it and is not in the bundle"
                self._problems.add(self.main.table.file, None, None, wrong, "Give it too; a header alone says: none")

    def records(self) -> Iterator[Record]:
        """Every record with its rows. What is wrong with how rows belong together is noted."""
        held = sum(file.size for file in (self.parts if not self.noun.several_rows else (self.main, *self.parts)))
        shares = 1 + held // SHARE_BYTES
        for share in range(shares):
            yield from self._share(share, shares)

    def _share(self, share: int, shares: int) -> Iterator[Record]:
        parts = [self._gathered(part, share, shares) for part in self.parts]
        records = self._several(share, shares) if self.noun.several_rows else self._single(share, shares)
        for record in records:
            for part, rows in zip(self.parts, parts, strict=True):
                found = rows.pop(record.ref, None)
                if found:
                    record.part_rows[part.table.name] = found
            yield record
        for rows in parts:
            for row in (row for astray in rows.values() for row in astray if not row.bad):
                wrong = f"{self.main.table.file} has no such {self.noun.words}"
                row.refuse(self._problems, row.table.of, wrong, "Correct the reference, or add the row it refers to")

    def _gathered(self, file: TableFile, share: int, shares: int) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in file.rows(share, shares):
            found.setdefault(row[file.table.of] or "", []).append(row)
        return found

    def _several(self, share: int, shares: int) -> Iterator[Record]:
        for ref, rows in self._gathered(self.main, share, shares).items():
            yield Record(ref, rows)

    def _single(self, share: int, shares: int) -> Iterator[Record]:
        first: dict[str, int] = {}
        of = self.main.table.of
        for row in self.main.rows(share, shares):
            ref = row[of] or ""
            before = first.setdefault(ref, row.line)
            if before != row.line and ref:
                row.refuse(self._problems, of, f"Line {before} has the same reference", "Give each its own, once")
            else:
                yield Record(ref, [row])
