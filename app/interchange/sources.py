"""Where a bundle's files are read from: a folder or a zip; each may be read again and again, a line at a time."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Protocol
from zlib import crc32

from app.interchange.problems import Problems
from app.interchange.tables import Reader, Row, Table, header_problems

LONGEST_CELL = 100_000
MOST_UNPACKED = 4_000_000_000
"""Bytes of all files of a zip together."""
csv.field_size_limit(LONGEST_CELL)


class Source(Protocol):
    """Files by name."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the files there are, without folders."""
        ...

    def size(self, name: str) -> int:
        """Bytes of a file."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """A file from its beginning."""
        ...


class Folder:
    """The CSV files of a folder; with `below`, also those of the folders in it, by their paths."""

    def __init__(self, path: Path, *, below: bool = False) -> None:
        self._path = path
        found = [path, *(sorted(one for one in path.iterdir() if one.is_dir()) if below else [])]
        self.names = frozenset(
            one.relative_to(path).as_posix()
            for folder in found
            for one in folder.iterdir()
            if one.is_file() and one.suffix.lower() == ".csv" and one.name[0] != "."
        )

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return (self._path / name).stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """A file from its beginning."""
        return (self._path / name).open("rb")


class NotAZip(ValueError):
    """The bytes are no zip that can be read, for the reason given in words."""


class Zipped:
    """The CSV files of a zip, wherever in it they stand; with `below`, by their paths in it. Raises NotAZip."""

    def __init__(self, content: BinaryIO, *, below: bool = False) -> None:
        try:
            self._zip = zipfile.ZipFile(content)
        except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
            raise NotAZip("This is not a zip file, or it was cut short. Zip the CSV files again.") from error
        entries = [entry for entry in self._zip.infolist() if _is_a_file_of_ours(entry.filename)]
        self._entries = {entry.filename if below else PurePosixPath(entry.filename).name: entry for entry in entries}
        if len(self._entries) < len(entries):
            raise NotAZip("The zip holds two files of one name. Zip one folder of CSV files.")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise NotAZip("The zip is locked with a password. Zip the files without one; the connection is encrypted.")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise NotAZip(f"The zip unpacks to more than {MOST_UNPACKED // 10**9} GB. Load it in parts.")

    @property
    def names(self) -> frozenset[str]:
        """The names of the files there are."""
        return frozenset(self._entries)

    def size(self, name: str) -> int:
        """Bytes of a file when unpacked."""
        return self._entries[name].file_size

    def open(self, name: str) -> IO[bytes]:
        """A file from its beginning."""
        return self._zip.open(self._entries[name])


def _is_a_file_of_ours(path: str) -> bool:
    parts = PurePosixPath(path).parts
    ours = bool(parts) and path.lower().endswith(".csv") and not path.endswith("/")
    return ours and not any(part.startswith((".", "__MACOSX")) for part in parts)


class Cells:
    """The rows of a file as lists of cells, with what cannot be read as text noted."""

    def __init__(self, file: str, raw: IO[bytes], problems: Problems) -> None:
        self._file, self._problems, self._told = file, problems, False
        self._text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._reader = csv.reader(self._lines())

    @property
    def line(self) -> int:
        """Lines read so far."""
        return self._reader.line_num

    def next(self) -> list[str] | None:
        """The next row; None at the end, or where nothing more can be read."""
        try:
            return next(self._reader, None)
        except csv.Error:
            wrong = f"From here on the file cannot be read: a cell runs over {LONGEST_CELL:,} characters"
            self._problems.add(self._file, self.line, None, wrong, "Look for a quotation mark that is not closed")
            return None

    def _lines(self) -> Iterator[str]:
        for number, line in enumerate(self._text, start=1):
            if line.isascii() or not any(map(_is_no_text, line)):
                yield line.replace("\0", " ")
                continue
            if not self._told:
                wrong = "This line, and maybe others, is not UTF-8 text"
                self._problems.add(self._file, number, None, wrong, "Save the file as CSV UTF-8")
            self._told = True
            yield "".join("?" if _is_no_text(letter) else letter for letter in line)


def _is_no_text(letter: str) -> bool:
    """Whether it stands for a byte that could not be decoded."""
    return "\udc80" <= letter <= "\udcff"


class TableFile:
    """One file of a source, whose header has been looked at; its rows can be read any number of times."""

    def __init__(self, source: Source, table: Table, problems: Problems) -> None:
        self._source, self.table, self._problems = source, table, problems
        self.there = table.file in source.names
        self.size = source.size(table.file) if self.there else 0
        self.readable = self.there and self._look()

    def _look(self) -> bool:
        """Notes what is wrong with the beginning of the file; True when its rows can be read."""
        with self._source.open(self.table.file) as raw:
            begins = raw.read(4)
        if begins[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or begins[:2] == b"PK":
            what = "a spreadsheet" if begins[:2] == b"PK" else "UTF-16 text"
            self._tell(1, f"The file is {what}, not CSV in UTF-8", "Save it as CSV UTF-8")
            return False
        with self._source.open(self.table.file) as raw:
            cells = Cells(self.table.file, raw, Problems())
            header = cells.next()
        if header is None:
            self._tell(None, "The file is empty", "Give at least the header; docs/bundle.md has the columns")
            return False
        found = list(header_problems(self.table, header))
        for column, wrong, right in found:
            self._problems.add(self.table.file, 1, column, wrong, right)
        return not found

    def rows(self, share: int = 0, shares: int = 1) -> Iterator[Row]:
        """The rows, or one share of them: those whose record falls to it."""
        if not self.readable:
            return
        with self._source.open(self.table.file) as raw:
            # what is no text is noted while the first share is read, and not again for the others
            cells = Cells(self.table.file, raw, self._problems if share == 0 else Problems())
            reader = Reader(self.table, cells.next() or [], self._problems)
            before = cells.line
            while (found := cells.next()) is not None:
                line, before = before + 1, cells.line
                if any(found) and (shares == 1 or _share_of(reader.ref_in(found), shares) == share):
                    yield reader.row(line, found)

    def _tell(self, line: int | None, wrong: str, right: str) -> None:
        self._problems.add(self.table.file, line, None, wrong, right)


def _share_of(ref: str, shares: int) -> int:
    """The share a row falls to, by the reference of its record alone."""
    return crc32(ref.encode()) % shares
