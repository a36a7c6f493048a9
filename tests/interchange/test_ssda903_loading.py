"""Loading the statutory return: all of it or nothing, the same again changes nothing, a newer one replaces its year."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.interchange.sources import Zipped
from app.interchange.ssda903.loading import Became, load_returns
from db.session import Store
from matching.authorities import Authority
from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import CollectionYear, ReasonNewEpisode
from matching.histories import pseudonym
from tests.db.examples import act
from tests.interchange.bundles import an_authority
from tests.interchange.small_return import GAZETTEER, Rows, an_episode, load, small_return, write

YEAR = CollectionYear(2024)


def test_a_return_is_read_whole_and_its_year_is_told_by_its_dates(either_store: Store, tmp_path: Path) -> None:
    authority = an_authority(either_store)
    loaded = load(either_store, authority, write(small_return(), tmp_path))
    (one,) = loaded.returns
    assert (one.year, one.became) == (YEAR, Became.ADDED)
    assert one.counts == {
        "children": 3,
        "episodes": 4,
        "children_without_episodes": 0,
        "unaccompanied": 1,
        "places_not_found": 0,
        "rows_Missing": 1,
        "rows_Reviews": 1,
    }
    assert loaded.notes == ()
    with either_store.reading(authority.id) as work:
        by_child = {child.child: child for child in work.care_histories.load().children}
    moved = by_child[pseudonym(authority.id, "101")]
    assert (moved.sex, moved.born, moved.ethnicity, moved.unaccompanied) == (
        Sex.FEMALE,
        date(2010, 12, 17),
        "WBRI",
        False,
    )
    first, second = moved.episodes
    assert (first.begins, first.ends, first.reason_ceased) == (date(2023, 5, 5), date(2024, 8, 1), "X1")
    assert (second.reason_new, second.placement, second.provider, second.urn) == (
        ReasonNewEpisode.PLACEMENT_AND_CARER,
        "K2",
        "PR4",
        "1234567",
    )
    assert first.urn is None
    assert first.miles is not None
    assert 0 < first.miles < 5
    assert first.home is not None
    assert first.home.authority == "E10000020"
    alone = by_child[pseudonym(authority.id, "103")]
    assert (alone.unaccompanied, alone.unaccompanied_until) == (True, date(2026, 6, 1))
    assert alone.episodes[0].legal_status is LegalStatus.V2_SECTION_20
    assert alone.episodes[0].miles is None


def test_the_same_return_again_changes_nothing(store: Store, authority: Authority, tmp_path: Path) -> None:
    folder = write(small_return(), tmp_path)
    load(store, authority, folder)
    with store.reading(authority.id) as work:
        before = work.audit.head
    (again,) = load(store, authority, folder).returns
    assert again.became is Became.UNCHANGED
    with store.reading(authority.id) as work:
        assert work.audit.head == before


def test_a_newer_return_takes_the_place_of_its_year(store: Store, authority: Authority, tmp_path: Path) -> None:
    load(store, authority, write(small_return(), tmp_path / "first"))
    newer = small_return()
    newer["header"] = newer["header"][:2]
    newer["episodes"] = newer["episodes"][:3]
    del newer["uasc"], newer["missing"]
    (one,) = load(store, authority, write(newer, tmp_path / "second")).returns
    assert one.became is Became.REPLACED
    with store.reading(authority.id) as work:
        assert len(work.care_histories.read_year(YEAR)) == 2
        assert len(work.care_histories.returns()) == 1


@pytest.mark.parametrize("names", ["folders", "names"])
def test_several_years_are_loaded_together(store: Store, authority: Authority, tmp_path: Path, names: str) -> None:
    older: Rows = {
        "header": [{**small_return()["header"][0], "SEX": "2"}],
        "episodes": [an_episode("101", "05/05/2023", DEC="", REC="")],
    }
    for year, rows in {"2024": small_return(), "2023": older}.items():
        if names == "folders":
            write(rows, tmp_path / year)
        else:
            write({f"{year}-{name}": content for name, content in rows.items()}, tmp_path)
    loaded = load(store, authority, tmp_path)
    assert [(str(one.year), one.counts["children"]) for one in loaded.returns] == [("2023-24", 1), ("2024-25", 3)]
    with store.reading(authority.id) as work:
        joined = work.care_histories.load()
    assert len(joined.children) == 3
    assert joined.without_ending == 0


def test_a_zip_is_read_as_a_folder_is(store: Store, authority: Authority, tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in write(small_return(), tmp_path).glob("*.csv"):
            archive.write(path, f"2024/{path.name}")
    loaded = load_returns(store, authority.id, Zipped(content, below=True), GAZETTEER, act())
    assert [one.year for one in loaded.returns] == [YEAR]


def test_a_file_is_known_by_its_columns_in_whatever_order_and_name(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    rows = small_return()
    turned = [dict(reversed(row.items())) for row in rows["episodes"]]
    named = {"Export 1": rows["header"], "EPISODES final (2)": turned, "x": rows["uasc"]}
    (one,) = load(store, authority, write(named, tmp_path)).returns
    assert (one.counts["episodes"], one.counts["unaccompanied"]) == (4, 1)


def test_what_could_not_be_used_is_told_with_how_often_and_where(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    rows = small_return()
    rows["episodes"][0] |= {"DEC": "05/08/2024", "PL_POST": "V28 5OY"}
    rows["episodes"][1] |= {"HOME_POST": "NR1 9ZZ", "REC": "E4A"}
    rows["episodes"][2] |= {"DEC": "01/04/2025"}
    rows["header"].append({**rows["header"][0], "CHILD": "104"})
    rows["reviews"][0]["REVIEW_CODE"] = "PN9"
    rows["episodes"][3]["CIN"] = ""
    loaded = load(store, authority, write(rows, tmp_path))
    assert {(note.column, note.wrong.split(" (")[0], note.lines) for note in loaded.notes} == {
        ("DEC", "The episode goes on beyond the beginning of the next", (2,)),
        ("DEC", "The episode ceased after 2024-25 had ended", (4,)),
        ("PL_POST", "This is not written as any postcode is", (2,)),
        ("HOME_POST", "There is no such postcode in the directory", (3,)),
        ("REC", "There is a reason but no day on which it ceased", (3,)),
        ("CHILD", "The child has no episode", (5,)),
        ("CIN", "The category of need is blank", (5,)),
        ("REVIEW_CODE", "This is no code of the list", (2,)),
    }
    assert loaded.returns[0].counts["places_not_found"] == 2
    assert all("NR1 9ZZ" not in str(note) and "V28" not in str(note) for note in loaded.notes)
    assert str(loaded.notes[0]).endswith(".")


@pytest.mark.slow("it writes and reads a quarter of a million rows")
@pytest.mark.skipif("LARGE_RETURN" not in os.environ, reason="set LARGE_RETURN=1: 200,000 rows take half a minute")
def test_two_hundred_thousand_rows_are_loaded_within_a_minute(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    children = 50_000
    header = small_return()["header"][0]
    rows: Rows = {
        "header": [{**header, "CHILD": str(number)} for number in range(children)],
        "episodes": [
            an_episode(
                str(number), f"{1 + at:02}/0{4 + at}/2024", "K2" if at else "U6", DEC=f"{2 + at:02}/0{5 + at}/2024"
            )
            for number in range(children)
            for at in range(4)
        ],
    }
    folder = write(rows, tmp_path)
    began = time.process_time()
    (one,) = load(store, authority, folder).returns
    assert one.counts["episodes"] == 4 * children
    assert time.process_time() - began < 60
