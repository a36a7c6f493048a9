"""Writes the files of a return as the Department reads them: header, episodes and unaccompanied children."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

from app.interchange.cells import harmless
from app.interchange.ssda903.files import Kind, headers_of
from matching.statutory_return import Cells, StatutoryReturn

FILES = {Kind.HEADER: "header.csv", Kind.EPISODES: "episodes.csv", Kind.UASC: "uasc.csv"}
_ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)


def files_of(told: StatutoryReturn) -> Mapping[str, bytes]:
    """The files by name. Dates are dd/mm/yyyy; what a spreadsheet would take for a formula begins with an apostrophe."""
    rows = {Kind.HEADER: told.header, Kind.EPISODES: told.episodes, Kind.UASC: told.unaccompanied}
    return {FILES[kind]: _csv(headers_of(kind), content) for kind, content in rows.items()}


def zip_of(told: StatutoryReturn) -> bytes:
    """The files in one zip; the same return gives the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files_of(told).items():
            archive.writestr(zipfile.ZipInfo(name, _ALWAYS_THE_SAME), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _csv(headers: Sequence[str], rows: Sequence[Cells]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headers)
    writer.writeheader()
    writer.writerows({name: harmless(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode()
