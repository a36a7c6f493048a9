"""What is exported is what is loaded: on any records, and on files that hold a great many rows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange.bundle import NOUNS
from app.interchange.exporting import export_bundle
from app.interchange.joining import NounFiles
from app.interchange.problems import Problems
from app.interchange.sources import Folder
from db.migrate import upgrade
from db.session import Store
from matching.authorities import Authority
from matching.homes import Home
from matching.placements import Placement, PlacementState
from matching.records import Records
from matching.synthetic.pools import small_pool
from tests.db.examples import TODAY, act
from tests.interchange.bundles import GAZETTEER, Rows, an_authority, loaded, written

NOUNS_IN_ORDER = ("providers", "children", "sibling_groups", "homes", "placements", "referrals")


@contextmanager
def empty_store() -> Iterator[Store]:
    """A store of its own, for one example."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/some.db"
        upgrade(url)
        store = Store(url)
        yield store
        store.close()


def loadable(records: Records) -> Records:
    """The records without what loading would refuse: what begins before a birth, full homes, the settled."""
    homes = tuple(_in_sector(home, records) for home in records.homes)
    waiting = {child for referral in records.referrals for child in referral.children}
    born = {child.id: child.born for child in records.children}
    children = tuple(
        replace(child, in_care_since=None) if (child.in_care_since or date.max) < child.born else child
        for child in records.children
    )
    placements = tuple(
        _over(one) if one.child in waiting else one for one in records.placements if one.starts >= born[one.child]
    )
    return replace(records, children=children, homes=homes, placements=_that_fit(placements, homes))


def _in_sector(home: Home, records: Records) -> Home:
    provider = next(one for one in records.providers if one.id == home.provider)
    return replace(home, sector=provider.sector, region=None)


def _over(placement: Placement) -> Placement:
    until = placement.planned_end or TODAY + timedelta(days=1)
    return replace(placement, planned_end=max(placement.starts, min(until, date(2026, 8, 1))))


def _that_fit(placements: tuple[Placement, ...], homes: tuple[Home, ...]) -> tuple[Placement, ...]:
    free = {home.id: home.beds for home in homes}
    kept = []
    for placement in placements:
        if placement.state is PlacementState.STARTED and free[placement.home] > 0:
            free[placement.home] -= 1
            kept.append(placement)
    return tuple(kept)


def record(store: Store, records: Records) -> Authority:
    """Puts records into an empty store."""
    authority = replace(records.authority, region=None)
    with store.writing() as work:
        work.authorities.add(authority, act())
        work.frameworks.add(records.framework, act())
    with store.writing(authority.id) as work:
        for noun in NOUNS_IN_ORDER:
            getattr(work, noun).upsert_many(getattr(records, noun), act())
        work.profiles.upsert_many(records.profiles.values(), act())
    return authority


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
def test_loading_what_was_exported_changes_nothing(seed: int) -> None:
    records = loadable(small_pool(seed, children=4, homes=6))
    with empty_store() as store, TemporaryDirectory() as place:
        authority = record(store, records)
        folder = Path(place) / "bundle"
        rows = export_bundle(store, authority.id, folder, GAZETTEER, act("export"))
        assert rows["homes"] == 6
        assert loaded(store, authority, folder).changes == 0


@settings(max_examples=4)
@given(seed=st.integers(0, 10_000))
def test_a_bundle_loaded_elsewhere_is_exported_there_as_the_same_files(seed: int) -> None:
    records = loadable(small_pool(seed, children=4, homes=6))
    with empty_store() as here, empty_store() as there, TemporaryDirectory() as place:
        first, second = Path(place) / "first", Path(place) / "second"
        export_bundle(here, record(here, records).id, first, GAZETTEER, act("export"))
        elsewhere = an_authority(there)
        loaded(there, elsewhere, first)
        export_bundle(there, elsewhere.id, second, GAZETTEER, act("export"))
        assert {file.name: file.read_bytes() for file in first.iterdir()} == {
            file.name: file.read_bytes() for file in second.iterdir()
        }


def test_a_spoiled_export_leaves_the_files_that_were_there(
    store: Store, authority: Authority, rows: Rows, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(store, authority, written(rows, folder))
    target = folder.parent / "out"
    export_bundle(store, authority.id, target, GAZETTEER, act("export"))
    before = {file.name: file.read_bytes() for file in target.iterdir()}

    def broken(*_: object) -> list[str]:
        raise RuntimeError

    monkeypatch.setattr("app.interchange.tables.Table.write", broken)
    with pytest.raises(RuntimeError):
        export_bundle(store, authority.id, target, GAZETTEER, act("export"))
    assert {file.name: file.read_bytes() for file in target.iterdir()} == before


def _peak_of_reading(folder: Path, count: int) -> int:
    """Bytes held at most while a bundle of so many children, each with two places, is read."""
    rows: Rows = {
        "children": [{"child_ref": f"C{at}", "born": "2014-02-28", "sex": "F"} for at in range(count)],
        "important_places": [
            {"child_ref": f"C{at % count}", "kind": "school", "postcode": "NR1 3JU"} for at in range(2 * count)
        ],
    }
    written(rows, folder)
    del rows
    children = next(noun for noun in NOUNS if noun.name == "child")
    files = NounFiles(children, Folder(folder), Problems())
    tracemalloc.start()
    assert sum(len(record.part_rows["important_places"]) for record in files.records()) == 2 * count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_file_of_many_more_rows_needs_little_more_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.interchange.joining.SHARE_BYTES", 20_000)
    some, many = _peak_of_reading(folder / "some", 1_000), _peak_of_reading(folder / "many", 8_000)
    assert many < 2 * some
