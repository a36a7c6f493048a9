"""Everything wrong with a return is told by file, line and column with what would be right, and nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.session import Store
from matching.authorities import Authority
from matching.codes.ssda903 import CollectionYear
from tests.interchange.small_return import load, problems_of, small_return, write

WRONG = [
    ("header", 0, "SEX", "3", "no code of the list", "Give one of M, F, U"),
    ("header", 0, "SEX", "1", "of other collection years", "or load it as another"),
    ("header", 0, "DOB", "31/02/2010", "no such day", "01/09/2026"),
    ("header", 0, "DOB", "12/17/2010", "the day comes first", "01/09/2026"),
    ("header", 0, "CHILD", "", "blank", "Give"),
    ("header", 1, "ETHNIC", "WHITE", "no code of the list", "WBRI"),
    ("episodes", 0, "RNE", "X", "no code of the list", "Give one of S, L, P, T, B, U"),
    ("episodes", 0, "LS", "C9", "no code of the list", "C1"),
    ("episodes", 0, "CIN", "N9", "no code of the list", "N1"),
    ("episodes", 0, "LS", "", "blank", "C1"),
    ("episodes", 0, "PLACE", "Z11", "of other collection years", "Z1"),
    ("episodes", 0, "PLACE", "h5", "no code of the list", "K3"),
    ("episodes", 0, "PLACE_PROVIDER", "PR9", "no code of the list", "PR5"),
    ("episodes", 0, "REC", "E99", "no code of the list", "E4A"),
    ("episodes", 0, "REASON_PLACE_CHANGE", "MOVED", "no code of the list", "CARPL"),
    ("episodes", 0, "DECOM", "45000", "spreadsheet's number", "01/09/2026"),
    ("episodes", 0, "DEC", "04/05/2023", "ceased before it began", "Correct"),
    ("episodes", 0, "DECOM", "01/01/2009", "before the child was born", "Correct"),
    ("episodes", 3, "DECOM", "01/04/2025", "after 2024-25 had ended", "Correct"),
    ("episodes", 1, "DECOM", "05/05/2023", "begins on the same day", "Keep one"),
    ("episodes", 0, "CHILD", "999", "no child of this number", "header"),
    ("uasc", 0, "CHILD", "999", "no child of this number", "header"),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case[0]} {case[2]} {case[4]}")
def test_a_cell_that_cannot_be_is_told_by_file_line_and_column(
    store: Store, authority: Authority, tmp_path: Path, case: tuple[str, int, str, str, str, str]
) -> None:
    file, at, column, cell, wrong, right = case
    rows = small_return()
    rows[file][at][column] = cell
    found = problems_of(store, authority, write(rows, tmp_path))
    here = [one for one in found if (one.file, one.line, one.column) == (f"{file}.csv", at + 2, column)]
    assert here, found
    assert wrong in here[0].wrong
    assert right in here[0].right
    with store.reading(authority.id) as work:
        assert work.care_histories.returns() == ()


def test_everything_wrong_is_told_at_once_and_no_cell_is_repeated(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    rows = small_return()
    rows["header"][2]["DOB"] = "born 1.6.08"
    rows["episodes"][0]["PLACE"] = "Q7"
    rows["episodes"][2]["LS"] = "section 20"
    found = problems_of(store, authority, write(rows, tmp_path))
    assert [(one.file, one.line, one.column) for one in found] == [
        ("episodes.csv", 2, "PLACE"),
        ("episodes.csv", 4, "LS"),
        ("header.csv", 4, "DOB"),
    ]
    assert not any(cell in str(one) for one in found for cell in ("born 1.6.08", "Q7,", "section 20"))


def test_a_column_that_is_missing_is_named(store: Store, authority: Authority, tmp_path: Path) -> None:
    rows = small_return()
    for row in rows["episodes"]:
        del row["LS"]
    (found,) = problems_of(store, authority, write(rows, tmp_path))
    assert (found.file, found.line, found.column) == ("episodes.csv", 1, "LS")
    assert "Episodes" in found.wrong


def test_columns_that_nothing_is_read_from_may_be_left_out_or_added(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    rows = small_return()
    for row in rows["header"]:
        del row["UPN"], row["MOTHER"], row["MC_DOB"]
        row["TEAM"] = "North"
    (note,) = load(store, authority, write(rows, tmp_path)).notes
    assert (note.file, note.column) == ("header.csv", None)
    assert "1 column is not of the file Header" in note.wrong


def test_a_file_of_something_else_is_refused_and_an_empty_one_is_noted(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    folder = write({**small_return(), "carers": [{"NAME": "x", "BEDS": "2"}]}, tmp_path)
    (found,) = problems_of(store, authority, folder)
    assert (found.file, found.line) == ("carers.csv", 1)
    assert "none of the files of the return" in found.wrong
    (folder / "carers.csv").write_text("\n")
    (note,) = load(store, authority, folder).notes
    assert (note.file, note.wrong) == ("carers.csv", "The file is empty")


def test_a_stray_file_among_several_years_is_named_and_nothing_else(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    years = {f"2024-{name}": content for name, content in small_return().items()}
    folder = write({**years, "carers": [{"NAME": "x", "BEDS": "2"}]}, tmp_path)
    (found,) = problems_of(store, authority, folder)
    assert found.file == "carers.csv"


def test_files_with_nothing_in_them_are_no_return(store: Store, authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text("\n")
    (found,) = problems_of(store, authority, tmp_path)
    assert "nothing in the files" in found.wrong


@pytest.mark.parametrize(("missing", "named"), [("header", "Header"), ("episodes", "Episodes")])
def test_a_return_without_its_main_files_is_refused(
    store: Store, authority: Authority, tmp_path: Path, missing: str, named: str
) -> None:
    rows = small_return()
    del rows[missing]
    (found,) = problems_of(store, authority, write(rows, tmp_path))
    assert f"no file {named}" in found.wrong


def test_two_files_of_one_kind_are_not_taken_for_one_return(store: Store, authority: Authority, tmp_path: Path) -> None:
    rows = small_return()
    rows["header again"] = rows["header"]
    (found,) = problems_of(store, authority, write(rows, tmp_path))
    assert "folder of its own" in found.right


def test_two_returns_of_one_year_are_refused(store: Store, authority: Authority, tmp_path: Path) -> None:
    write(small_return(), tmp_path / "a")
    write(small_return(), tmp_path / "b")
    found = problems_of(store, authority, tmp_path)
    assert ["two returns of 2024-25" in one.wrong for one in found] == [True]


def test_a_year_that_cannot_be_told_is_asked_for(store: Store, authority: Authority, tmp_path: Path) -> None:
    rows = small_return()
    for row in rows["episodes"]:
        row |= {"DECOM": "soon", "DEC": ""}
    found = problems_of(store, authority, write(rows, tmp_path))
    assert any("--year" in one.right for one in found)
    found = problems_of(store, authority, tmp_path, CollectionYear(2024))
    assert {one.column for one in found} == {"DECOM"}


def test_a_row_of_another_width_is_told(store: Store, authority: Authority, tmp_path: Path) -> None:
    folder = write(small_return(), tmp_path)
    with (folder / "episodes.csv").open("a") as file:
        file.write("101,01/09/2024,P\n")
    (found,) = problems_of(store, authority, folder)
    assert (found.file, found.line, found.column) == ("episodes.csv", 6, None)
    assert "3 cells" in found.wrong


def test_a_spreadsheet_is_told_apart_from_csv(store: Store, authority: Authority, tmp_path: Path) -> None:
    folder = write(small_return(), tmp_path)
    (folder / "reviews.csv").write_bytes(b"PK\x03\x04 and so on")
    (found,) = problems_of(store, authority, folder)
    assert "spreadsheet" in found.wrong


def test_a_folder_without_files_says_what_to_give(store: Store, authority: Authority, tmp_path: Path) -> None:
    (found,) = problems_of(store, authority, tmp_path)
    assert "no CSV file" in found.wrong


def test_a_file_of_a_later_year_is_noted_and_not_read(store: Store, authority: Authority, tmp_path: Path) -> None:
    liberty = {"CHILD": "101", "DOB": "17/12/2010", "DOLO_START": "01/05/2024", "DOLO_END": ""}
    (note,) = load(store, authority, write({**small_return(), "dolo": [liberty]}, tmp_path)).notes
    assert "2024-25 has no such file" in note.wrong


def test_a_code_of_the_year_before_is_noted_and_one_of_older_years_refused(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    rows = small_return()
    rows["episodes"][3]["PLACE"] = "H5"
    (note,) = load(store, authority, write(rows, tmp_path)).notes
    assert (note.column, note.lines) == ("PLACE", (5,))
    assert "of the year before 2024-25" in note.wrong
    found = problems_of(store, authority, tmp_path, CollectionYear(2025))
    assert [(one.line, one.column) for one in found] == [(5, "PLACE")]
    assert "of other collection years" in found[0].wrong


def test_a_child_told_of_twice_in_the_header_must_be_told_alike(
    store: Store, authority: Authority, tmp_path: Path
) -> None:
    rows = small_return()
    rows["header"].append(dict(rows["header"][0]))
    load(store, authority, write(rows, tmp_path))
    rows["header"][3]["SEX"] = "M"
    (found,) = problems_of(store, authority, write(rows, tmp_path))
    assert (found.file, found.line, found.column) == ("header.csv", 5, "CHILD")
