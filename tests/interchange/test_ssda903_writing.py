"""The files of a return as they are written: what the Department reads, the same every time, and safe to open."""

from __future__ import annotations

import csv
import io
import zipfile

from app.interchange.ssda903.files import Kind, headers_of
from app.interchange.ssda903.writing import files_of, zip_of
from matching.codes.ssda903 import CollectionYear
from matching.statutory_return import StatutoryReturn

TOLD = StatutoryReturn(
    CollectionYear(2025),
    header=(
        {"CHILD": "=1+1", "SEX": "F", "DOB": "01/02/2012", "ETHNIC": "NOBT", "UPN": "", "MOTHER": "", "MC_DOB": ""},
    ),
    episodes=(),
    unaccompanied=(),
)


def test_every_file_has_its_columns_in_the_order_of_the_return_even_when_it_is_empty() -> None:
    files = files_of(TOLD)
    assert files["episodes.csv"].decode().strip() == (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
    )
    assert files["uasc.csv"].decode().strip() == ",".join(headers_of(Kind.UASC)) == "CHILD,SEX,DOB,DUC"


def test_a_number_that_a_spreadsheet_would_work_out_is_written_as_words() -> None:
    (row,) = csv.DictReader(io.StringIO(files_of(TOLD)["header.csv"].decode()))
    assert (row["CHILD"], row["DOB"]) == ("'=1+1", "01/02/2012")


def test_the_same_return_gives_the_same_bytes() -> None:
    assert zip_of(TOLD) == zip_of(TOLD)
    with zipfile.ZipFile(io.BytesIO(zip_of(TOLD))) as archive:
        assert archive.namelist() == ["header.csv", "episodes.csv", "uasc.csv"]
        assert archive.read("header.csv") == files_of(TOLD)["header.csv"]
