"""Files as people's programs write them: encodings, line ends, zips, and what is none of these."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.interchange.sources import Folder, NotAZip, Zipped
from db.session import Store
from matching.authorities import Authority
from tests.interchange.bundles import Rows, counts_of, loaded, problems_of, written

PROVIDERS = "provider_ref,name,sector\r\nP1,Café Fostering,in-house\r\n"


def holding(folder: Path, **files: bytes) -> Path:
    """A folder of the files given, by name without .csv."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.csv").write_bytes(content)
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_a_byte_order_mark_and_the_ends_of_lines_do_not_matter(
    store: Store, authority: Authority, folder: Path, encoding: str, ends: str
) -> None:
    content = PROVIDERS.replace("\r\n", ends).encode(encoding)
    assert loaded(store, authority, holding(folder, providers=content)).counts["providers"].added == 1


def test_columns_may_stand_in_any_order_and_headers_be_written_carelessly(
    store: Store, authority: Authority, folder: Path
) -> None:
    content = b" SECTOR ,Provider_Ref, name \nin-house,P1,Some\n\n,,\n"
    assert loaded(store, authority, holding(folder, providers=content)).counts["providers"].added == 1


WRONG: dict[str, tuple[bytes, int | None, str]] = {
    "Latin-1": (PROVIDERS.encode("latin-1"), 2, "not UTF-8"),
    "UTF-16": (PROVIDERS.encode("utf-16"), 1, "UTF-16 text"),
    "a spreadsheet": (b"PK\x03\x04 and more", 1, "a spreadsheet"),
    "semicolons": (PROVIDERS.replace(",", ";").encode(), 1, "not parted by commas"),
    "nothing": (b"", None, "empty"),
    "a header unknown": (b"provider_ref,name,sector,motto\nP1,A,in-house,B\n", 1, "no column of that name"),
    "a column missing": (b"provider_ref,name\nP1,A\n", 1, "missing"),
    "a column twice": (b"provider_ref,name,sector,name\nP1,A,in-house,A\n", 1, "twice"),
    "a ragged row": (b"provider_ref,name,sector\nP1,A, B,in-house\n", 2, "The row has 4 cells and the header 3"),
    "a quotation mark left open": (
        b'provider_ref,name,sector\nP1,"A,in-house\n' + b"P2,B,in-house\n" * 9_000,
        None,
        "cannot be read",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_no_csv_is_told_in_plain_words(
    store: Store, authority: Authority, folder: Path, name: str
) -> None:
    content, line, wrong = WRONG[name]
    found = problems_of(store, authority, holding(folder, providers=content))
    assert len(found) == 1
    assert found[0].file == "providers.csv"
    assert line is None or found[0].line == line
    assert wrong in found[0].wrong


def test_a_file_of_no_known_name_is_refused(store: Store, authority: Authority, folder: Path) -> None:
    found = problems_of(store, authority, holding(folder, suppliers=PROVIDERS.encode()))
    assert "1 CSV file" in found[0].wrong
    assert "providers.csv" in found[0].right


def test_an_empty_folder_is_refused(store: Store, authority: Authority, folder: Path) -> None:
    assert "no CSV file" in problems_of(store, authority, holding(folder))[0].wrong


def test_files_that_belong_together_must_come_together(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    without_part = {name: found for name, found in rows.items() if name != "approvals"}
    found = problems_of(store, authority, written(without_part, folder))
    assert [str(one) for one in found if one.file == "homes.csv"] == [
        "homes.csv: approvals.csv belongs with it and is not in the bundle. Give it too; a header alone says: none."
    ]
    without_main = {"approvals": rows["approvals"]}
    found = problems_of(store, authority, written(without_main, folder.parent / "other"))
    assert "homes.csv is not in the bundle" in found[0].wrong


def test_lines_are_counted_through_cells_of_several_lines(store: Store, authority: Authority, folder: Path) -> None:
    content = b'provider_ref,name,sector\nP1,"Two\nlines",in-house\nP2,B,nobody\n'
    assert problems_of(store, authority, holding(folder, providers=content))[0].line == 4


def zipped(folder: Path, inside: str = "") -> io.BytesIO:
    """The files of a folder as a zip, in a folder inside it when one is named."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for file in folder.iterdir():
            made.write(file, f"{inside}{file.name}")
        made.writestr("__MACOSX/._children.csv", b"\x00\x05")
    return content


@pytest.mark.parametrize("inside", ["", "our bundle/"])
def test_a_zip_is_loaded_like_a_folder(
    store: Store, authority: Authority, rows: Rows, folder: Path, inside: str
) -> None:
    source = Zipped(zipped(written(rows, folder), inside))
    assert source.names == Folder(folder).names
    assert loaded(store, authority, source).counts["homes"].added == 2
    assert counts_of(store, authority)["referral"] == 1


def test_what_is_no_zip_is_refused(rows: Rows, folder: Path) -> None:
    with pytest.raises(NotAZip, match="not a zip file"):
        Zipped(io.BytesIO(b"provider_ref,name,sector"))
    whole = zipped(written(rows, folder)).getvalue()
    with pytest.raises(NotAZip, match="not a zip file"):
        Zipped(io.BytesIO(whole[: len(whole) // 2]))


def test_a_zip_with_two_files_of_one_name_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("a/children.csv", b"")
        made.writestr("b/children.csv", b"")
    with pytest.raises(NotAZip, match="two files of one name"):
        Zipped(content)


def test_a_zip_that_unpacks_to_too_much_is_refused(rows: Rows, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.interchange.sources.MOST_UNPACKED", 1_000)
    with pytest.raises(NotAZip, match="unpacks to more"):
        Zipped(zipped(written(rows, folder)))
