"""What was known of a history on a day, as the header and the episodes of a return: the same files for every program."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from app.interchange.ssda903.files import Kind, headers_of
from matching.codes import Sex
from matching.histories import AuthorityHistory, CareHistory, Episode

_SEXES = {Sex.MALE: "1", Sex.FEMALE: "2"}


def write_known(history: AuthorityHistory, day: date, folder: Path) -> Path:
    """Every episode that had begun before a day, those that ended on it or later still open."""
    folder.mkdir(parents=True)
    known = [(str(at), child) for at, child in enumerate(history.children, start=1)]
    header = [_header(number, child) for number, child in known if any(one.begins < day for one in child.episodes)]
    episodes = [_episode(number, one, day) for number, child in known for one in child.episodes if one.begins < day]
    _write(folder / "header.csv", headers_of(Kind.HEADER), header)
    _write(folder / "episodes.csv", headers_of(Kind.EPISODES), episodes)
    return folder


def _header(number: str, child: CareHistory) -> dict[str, str]:
    return {"CHILD": number, "SEX": _SEXES.get(child.sex, "1"), "DOB": f"{child.born:%d/%m/%Y}", "ETHNIC": "NOBT"}


def _episode(number: str, one: Episode, day: date) -> dict[str, str]:
    ended = one.ends is not None and one.ends < day
    return {
        "CHILD": number,
        "DECOM": f"{one.begins:%d/%m/%Y}",
        "RNE": one.reason_new.value,
        "LS": one.legal_status.value,
        "CIN": one.need or "",
        "PLACE": one.placement,
        "PLACE_PROVIDER": one.provider or "",
        "DEC": f"{one.ends:%d/%m/%Y}" if ended else "",
        "REC": (one.reason_ceased or "") if ended else "",
    }


def _write(path: Path, headers: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headers, restval="")
        writer.writeheader()
        writer.writerows(rows)
