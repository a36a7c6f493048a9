"""A small return of 2024-25 to load, and to spoil one cell at a time. Nobody in it is real."""

from __future__ import annotations

import csv
from pathlib import Path

from app.geography.postcodes import PostcodeDirectory
from app.interchange.problems import BundleRefused, Problem
from app.interchange.sources import Folder
from app.interchange.ssda903.loading import Loaded903, load_returns
from db.session import Store
from matching.authorities import Authority
from matching.codes.ssda903 import CollectionYear
from tests.db.examples import act

GAZETTEER = PostcodeDirectory()
Rows = dict[str, list[dict[str, str]]]
"""The rows of each file, by its name without .csv and then by header."""

_BLANK_ONE = {"PLACE_PROVIDER": "PR1", "DEC": "", "REC": "", "REASON_PLACE_CHANGE": "", "HOME_POST": "NR1 3JU"}


def an_episode(child: str, begins: str, place: str = "U6", **more: str) -> dict[str, str]:
    """One row of episodes."""
    said = {"CHILD": child, "DECOM": begins, "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": place, **_BLANK_ONE}
    return {**said, "PL_POST": "NR2 4HU", "URN": "XXXXXXX", **more}


def small_return() -> Rows:
    """Three children, one of them unaccompanied and one who moved; every file of the year is there."""
    born = {"101": "17/12/2010", "102": "03/11/2017", "103": "01/06/2008"}
    rows: Rows = {
        "header": [
            {"CHILD": "101", "SEX": "F", "ETHNIC": "WBRI"},
            {"CHILD": "102", "SEX": "M", "ETHNIC": "MWBC"},
            {"CHILD": "103", "SEX": "M", "ETHNIC": "AOTH"},
        ],
        "episodes": [
            an_episode("101", "05/05/2023", DEC="01/08/2024", REC="X1"),
            an_episode("101", "01/08/2024", "K2", RNE="P", PLACE_PROVIDER="PR4", URN="1234567"),
            an_episode("102", "09/02/2024", "U1", DEC="10/12/2024", REC="E4A"),
            an_episode("103", "20/09/2024", "K3", LS="V2", CIN="N8", HOME_POST="", PLACE_PROVIDER="PR4"),
        ],
        "uasc": [{"CHILD": "103", "SEX": "M", "DUC": "01/06/2026"}],
        "reviews": [{"CHILD": "101", "REVIEW": "01/06/2024", "REVIEW_CODE": "PN1"}],
        "missing": [{"CHILD": "103", "MISSING": "M", "MIS_START": "01/10/2024", "MIS_END": "02/10/2024"}],
    }
    for row in rows["header"]:
        row |= {"DOB": born[row["CHILD"]], "UPN": "UN5", "MOTHER": "", "MC_DOB": ""}
    for name in ("uasc", "reviews", "missing"):
        for row in rows[name]:
            row["DOB"] = born[row["CHILD"]]
    return rows


def write(rows: Rows, folder: Path) -> Path:
    """Writes the files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in rows.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(content[0]))
            writer.writeheader()
            writer.writerows(content)
    return folder


def load(store: Store, authority: Authority, folder: Path, year: CollectionYear | None = None) -> Loaded903:
    """Loads the files of a folder, and of the folders in it. Raises BundleRefused."""
    return load_returns(store, authority.id, Folder(folder, below=True), GAZETTEER, act("load-return"), year)


def problems_of(store: Store, authority: Authority, folder: Path, year: CollectionYear | None = None) -> list[Problem]:
    """What is wrong with the files of a folder; an error when nothing is."""
    try:
        load(store, authority, folder, year)
    except BundleRefused as error:
        return list(error.problems)
    raise AssertionError("nothing was found wrong")
