"""The commands that load the statutory return (SSDA903), and write one."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from app.cli.bundles import opened_source, tell
from app.cli.opening import command_act, opened, the_authority
from app.cli.steps import step
from app.geography.postcodes import PostcodeDirectory
from app.interchange.cells import LOCAL_TIME
from app.interchange.problems import BundleRefused
from app.interchange.ssda903.loading import Loaded903, load_returns
from app.interchange.ssda903.writing import files_of
from app.services.statutory_returns import export_return
from matching.codes.ssda903 import CollectionYear

_SHOWN = 60
"""Notes printed one by one."""


def load903(chosen: argparse.Namespace) -> int:
    """Loads the return, or several years' returns, of a folder or a zip: all of it, or nothing and every problem."""
    year = None if chosen.year is None else CollectionYear.parse(chosen.year)
    with opened_source(Path(chosen.folder), below=True) as source, opened() as store:
        authority = the_authority(store, chosen.authority)
        try:
            with step(f"Loading {len(source.names)} files of the return for {authority.name}"):
                act = command_act("load-return")
                loaded = load_returns(store, authority.id, source, PostcodeDirectory(), act, year)
        except BundleRefused as error:
            tell(error)
            return 1
    _print(loaded)
    return 0


def export903(chosen: argparse.Namespace) -> int:
    """Writes the return of a year out of the authority's own records: header, episodes, unaccompanied children."""
    year, folder = CollectionYear.parse(chosen.year), Path(chosen.folder)
    with opened() as store:
        authority = the_authority(store, chosen.authority)
        with step(f"Writing the return of {year} for {authority.name}"):
            act = command_act("export-return")
            told = export_return(store, authority.id, year, act.at.astimezone(LOCAL_TIME).date(), act)
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files_of(told).items():
                (folder / name).write_bytes(content)
    print(f"{len(told.header):,} children, {len(told.episodes):,} episodes, {len(told.unaccompanied):,} unaccompanied.")
    for column, count in told.left_blank.items():
        print(f"{column:<24}{count:>9,} rows left blank: nothing on record says it")
    print(f"Written to {folder}. What is blank must be filled before the return is sent: see docs/ssda903.md.")
    return 0


def _print(loaded: Loaded903) -> None:
    for note in loaded.notes[:_SHOWN]:
        print(note, file=sys.stderr)
    if len(loaded.notes) > _SHOWN:
        print(f"... and {len(loaded.notes) - _SHOWN} more notes.", file=sys.stderr)
    for one in loaded.returns:
        counts = one.counts
        print(
            f"{one.year}  {one.became:<10}{counts['children']:>8,} children{counts['episodes']:>9,} episodes"
            f"{counts['children_without_episodes']:>7,} without any{counts['places_not_found']:>8,} places not found"
        )
    became = Counter(one.became.value for one in loaded.returns)
    print(", ".join(f"{count} {what}" for what, count in became.items()) + ".")
