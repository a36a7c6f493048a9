"""Runs in the peers' environment: the Department's checks of a return, as csc-validator-be-903 has them.

    python validator.py FOLDER YEAR AUTHORITY     YEAR is the calendar year in which the collection year begins

Prints JSON: for each rule that found something its message, and how many rows; and the rules that could not run.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

TABLES = {"header.csv": "Header", "episodes.csv": "Episodes", "uasc.csv": "UASC"}


def main(folder: Path, year: int, authority: str) -> dict[str, Any]:
    """What the rules of a year find in the files of a folder."""
    module = importlib.import_module("lac_validator.lac_validator")
    rules = importlib.import_module(f"lac_validator.rules.lac{year}_{(year + 1) % 100:02}").registry
    files = [
        {"name": name, "description": "This year", "file_content": (folder / name).read_bytes()} for name in TABLES
    ]
    about = {"collectionYear": str(year + 1), "localAuthority": authority}
    done = module.LacValidator(metadata=about, files=files, registry=rules)
    found: dict[str, Any] = {}
    for frame in done.ds_results.values():
        for column in (name for name in getattr(frame, "columns", ()) if str(name).startswith("ERR_")):
            code = column.removeprefix("ERR_")
            told = found.setdefault(code, {"says": rules[code].message, "rows": 0})
            told["rows"] += int(frame[column].fillna(False).sum())
    return {"found": found, "ran": len(done.dones), "skipped": len(done.skips), "failed": done.fails}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(sys.stderr):  # some rules print
        found = main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    print(json.dumps(found))
