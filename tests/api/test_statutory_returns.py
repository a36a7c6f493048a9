"""The statutory return over HTTP: a zip or the files, all of it or nothing, and the same again changes nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.interchange.small_return import Rows, small_return, write


def files_of(rows: Rows, folder: Path) -> dict[str, bytes]:
    """The files of a return by name."""
    return {path.name: path.read_bytes() for path in sorted(write(rows, folder).glob("*.csv"))}


def zipped(files: dict[str, bytes]) -> bytes:
    """Files in a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def send(service: Service, files: dict[str, bytes], how: str, query: str = "") -> Any:
    """Sends a return as a zip or as a form."""
    if how == "zip":
        headers = {"Content-Type": "application/zip"}
        return service.call("POST", f"/ssda903{query}", content=zipped(files), headers=headers)
    form = [("files", (name, content, "text/csv")) for name, content in files.items()]
    return service.call("POST", f"/ssda903{query}", files=form)


@pytest.mark.parametrize("how", ["zip", "form"])
def test_a_return_is_loaded_once_and_listed(sqlite_service: Service, tmp_path: Path, how: str) -> None:
    files = files_of(small_return(), tmp_path)
    first = send(sqlite_service, files, how)
    assert first.status_code == 201, first.text
    (one,) = first.json()["returns"]
    assert (one["year"], one["became"], one["counts"]["children"]) == ("2024-25", "added", 3)
    assert first.json()["notes"] == []
    again = send(sqlite_service, files, how)
    assert [one["became"] for one in again.json()["returns"]] == ["unchanged"]
    listed = sqlite_service.get("/ssda903", Role.AUDITOR).json()["items"]
    assert [(item["year"], item["counts"]["episodes"]) for item in listed] == [("2024-25", 4)]


@pytest.mark.parametrize("how", ["zip", "form"])
def test_every_problem_is_told_with_its_place_and_nothing_is_loaded(
    sqlite_service: Service, tmp_path: Path, how: str
) -> None:
    rows = small_return()
    rows["episodes"][0]["PLACE"] = "Q7"
    rows["header"][1]["DOB"] = "born in May"
    answer = send(sqlite_service, files_of(rows, tmp_path), how)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/episodes.csv/2/PLACE", "/header.csv/3/DOB"]
    assert "born in May" not in answer.text
    assert sqlite_service.get("/ssda903").json()["items"] == []


def test_the_year_may_be_given_and_must_be_one(sqlite_service: Service, tmp_path: Path) -> None:
    files = files_of(small_return(), tmp_path)
    wrong = send(sqlite_service, files, "zip", "?year=next")
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/year"
    other = send(sqlite_service, files, "zip", "?year=2023-24")
    assert other.status_code == 422
    assert any("of other collection years" in one["detail"] for one in other.json()["errors"])
    assert send(sqlite_service, files, "zip", "?year=2024-25").status_code == 201


def test_what_is_neither_a_zip_nor_files_is_told_so(sqlite_service: Service) -> None:
    plain = sqlite_service.call("POST", "/ssda903", content=b"a,b", headers={"Content-Type": "text/csv"})
    assert plain.status_code == 415
    assert "application/zip or multipart/form-data" in plain.json()["detail"]
    broken = sqlite_service.call(
        "POST", "/ssda903", content=b"PK and so on", headers={"Content-Type": "application/zip"}
    )
    assert (broken.status_code, "not a zip" in broken.text) == (422, True)
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"", b"--x\r\nnonsense", b"--x--\r\n"):
        answer = sqlite_service.call("POST", "/ssda903", content=body, headers=form)
        assert answer.status_code in {400, 422}, body
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("role", [Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.AUDITOR])
def test_only_who_looks_after_data_may_load_a_return(sqlite_service: Service, role: Role) -> None:
    answer = sqlite_service.call(
        "POST", "/ssda903", role, content=zipped({}), headers={"Content-Type": "application/zip"}
    )
    assert answer.status_code == 403


def test_a_year_s_return_is_written_from_the_records_and_the_export_is_an_event(family: Service) -> None:
    answer = family.get("/ssda903/2026-27", Role.AUDITOR)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert "ssda903-2026-27.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == ["episodes.csv", "header.csv", "uasc.csv"]
        assert archive.read("header.csv").startswith(b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB")
    with family.store.reading(family.authority) as work:
        event = work.audit.events(after=work.audit.head.sequence - 1)[0]
    assert (event.action, event.noun, event.after["year"]) == ("export-return", "care return", "2026-27")
    assert family.get("/ssda903/2026-27", Role.AUDITOR).content == answer.content


@pytest.mark.parametrize(("year", "role", "status"), [("soon", Role.ADMIN, 422), ("2025-26", Role.PLACEMENTS, 403)])
def test_a_return_is_written_for_a_known_year_and_for_who_may_read_it(
    sqlite_service: Service, year: str, role: Role, status: int
) -> None:
    assert sqlite_service.get(f"/ssda903/{year}", role).status_code == status
