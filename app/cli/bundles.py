"""The commands that load a bundle of CSV files, and write one."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from app.cli.opening import NotReady, command_act, opened, the_authority
from app.cli.steps import step
from app.geography.authorities import authorities
from app.geography.postcodes import PostcodeDirectory
from app.interchange.exporting import export_bundle
from app.interchange.loading import import_bundle
from app.interchange.problems import BundleRefused
from app.interchange.sources import Folder, NotAZip, Source, Zipped
from db.session import Store
from matching.authorities import Authority, Region
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.values import AuthorityId, RegionId

_SHOWN = 50
"""Problems printed one by one."""


def load(chosen: argparse.Namespace) -> int:
    """Loads a folder or a zip of CSV files: all of it, or nothing and every problem at once."""
    with opened_source(Path(chosen.folder)) as source, opened() as store:
        if chosen.new:
            _record_authority(store, chosen.authority)
        authority = the_authority(store, chosen.authority)
        try:
            with step(f"Loading {len(source.names)} files for {authority.name}"):
                loaded = import_bundle(store, authority.id, source, PostcodeDirectory(), command_act("load-bundle"))
        except BundleRefused as error:
            tell(error)
            return 1
    for name, count in loaded.counts.items():
        print(f"{name:<16}{count.added:>9,} added{count.changed:>9,} changed{count.unchanged:>9,} as they were")
    print("Nothing changed." if not loaded.changes else "Loaded.")
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Writes the files of one authority's bundle into a folder."""
    folder = Path(chosen.folder)
    with opened() as store:
        authority = the_authority(store, chosen.authority)
        with step(f"Writing the files of {authority.name}"):
            rows = export_bundle(
                store,
                authority.id,
                folder,
                PostcodeDirectory(),
                command_act("export-bundle"),
                with_names=chosen.with_names,
            )
    for name, count in rows.items():
        print(f"{name + '.csv':<24}{count:>9,} rows")
    left_out = "" if chosen.with_names else " Children's names are left out; --with-names writes them too."
    print(f"Written to {folder}.{left_out}")
    return 0


@contextmanager
def opened_source(path: Path, *, below: bool = False) -> Iterator[Source]:
    """The CSV files of a folder or a zip; with `below`, those of the folders in it too. Raises NotReady."""
    if path.is_dir():
        yield Folder(path, below=below)
        return
    try:
        with path.open("rb") as content:
            yield Zipped(content, below=below)
    except OSError as error:
        raise NotReady(f"{path} cannot be read: {error.strerror}. Give a folder of CSV files, or a zip.") from error
    except NotAZip as error:
        raise NotReady(str(error)) from error


def tell(error: BundleRefused) -> None:
    """Says what is wrong with files, problem by problem, and how many of each file there are."""
    for problem in error.problems[:_SHOWN]:
        print(problem, file=sys.stderr)
    more = len(error.problems) + error.more - _SHOWN
    if more > 0:
        print(f"... and {more:,} more.", file=sys.stderr)
        for file, count in Counter(error.by_file).most_common():
            print(f"  {file:<24}{count:>9,}", file=sys.stderr)
    print(error, file=sys.stderr)


def _record_authority(store: Store, code: str | None) -> None:
    """Records an authority, unless it is on record, with the default framework of needs. Raises UnknownAuthority."""
    if code is None:
        raise NotReady("Say which authority is new: --authority CODE, as in --authority E10000020")
    known = authorities().get(code)
    with store.writing() as work:
        if work.authorities.by_code(code) is not None:
            return
        act = command_act("record-authority")
        # a region of its own, so that a bundle's word on which homes are shared has somewhere to be kept
        own = Region(id=RegionId(uuid5(NAMESPACE_URL, f"region/{code}")), external_ref=code, name=known.name)
        made = Authority(
            id=AuthorityId(uuid5(NAMESPACE_URL, f"authority/{code}")),
            code=known.code,
            name=known.name,
            region=work.regions.add(own, act).id,
            adjoining=authorities().adjoining(code),
        )
        work.authorities.add(made, act)
    add_default_framework(store)


def add_default_framework(store: Store) -> None:
    """Records the framework that every authority may use, unless it is on record."""
    with store.reading() as work:
        some = work.authorities.all()[:1]
    for authority in some:
        with store.reading(authority.id) as work:
            if any(one.id == DEFAULT_FRAMEWORK.id for one in work.frameworks.all()):
                return
    with store.writing() as work:
        work.frameworks.add(DEFAULT_FRAMEWORK, command_act("record-framework"))
