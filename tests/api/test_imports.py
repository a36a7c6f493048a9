"""A bundle of files over HTTP: all of it or nothing, every bad row at once, and the same again changes nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from app.interchange.exporting import export_bundle
from tests.api.service import CAMBRIDGESHIRE, Service, act, running

ZIP = {"Content-Type": "application/zip"}


def zipped(files: dict[str, str]) -> bytes:
    """Files in a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def exported(service: Service, folder: Path) -> dict[str, str]:
    """The service's own records as files."""
    export_bundle(service.store, service.authority, folder, service.office.gazetteer, act("export"))
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}


def load(service: Service, files: dict[str, str]) -> Any:
    """Sends a bundle."""
    return service.call("POST", "/imports", content=zipped(files), headers=ZIP)


def test_what_was_exported_is_loaded_next_door_and_loading_it_again_changes_nothing(
    family: Service, tmp_path: Path
) -> None:
    files = exported(family, tmp_path)
    with running(family.url, CAMBRIDGESHIRE) as next_door:
        first = load(next_door, files)
        assert first.status_code == 201, first.text
        assert sum(count["added"] for count in first.json()["counts"].values()) >= 9
        again = load(next_door, files)
        assert sum(count["added"] + count["changed"] for count in again.json()["counts"].values()) == 0
        assert len(next_door.get("/children").json()["items"]) == 2
        assert len(next_door.get("/imports").json()["items"]) == 2


def test_every_bad_row_is_told_by_file_line_and_column_and_nothing_is_loaded(family: Service, tmp_path: Path) -> None:
    files = exported(family, tmp_path)
    children = files["children.csv"].replace("2021-03-09", "2021-02-31").replace("2016-11-30", "30th")
    with running(family.url, CAMBRIDGESHIRE) as next_door:
        answer = load(next_door, {**files, "children.csv": children})
        assert answer.status_code == 422, answer.text
        problem = answer.json()
        pointers = [at["pointer"] for at in problem["errors"]]
        assert any(pointer.startswith("/children.csv/2/") for pointer in pointers), pointers
        assert any(pointer.startswith("/children.csv/3/") for pointer in pointers), pointers
        assert "30th" not in answer.text
        assert next_door.get("/children").json()["items"] == []
        assert next_door.get("/homes").json()["items"] == []


def test_what_is_no_zip_is_told_so(sqlite_service: Service) -> None:
    broken = sqlite_service.call("POST", "/imports", content=b"PK nonsense", headers=ZIP)
    assert broken.status_code == 422
    assert "not a zip" in broken.json()["errors"][0]["detail"]
    other = sqlite_service.call("POST", "/imports", content=b"a,b", headers={"Content-Type": "text/csv"})
    assert other.status_code == 415
    assert "application/zip" in other.json()["detail"]
    empty = load(sqlite_service, {})
    assert empty.status_code == 422
