"""Makes care histories of the rows of a return, and tells of every row from which none can be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from app.interchange.problems import Problems
from app.interchange.ssda903.files import MALE_FEMALE, Kind
from app.interchange.ssda903.notes import Notes
from app.interchange.ssda903.reading import ReturnFile, ReturnRow
from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import PLACEMENTS, CollectionYear, ReasonNewEpisode
from matching.geography import Gazetteer, MalformedPostcode
from matching.histories import CareHistory, Episode, KeptPlace, pseudonym, without_overlaps
from matching.values import AuthorityId, age_on

_PLACES = {"HOME_POST": "home", "PL_POST": "place"}
_NO_URN = "XXXXXXX"


@dataclass(slots=True)
class _Child:
    """What the header and the file of unaccompanied children say of one child."""

    line: int
    told: Mapping[str, Any]
    unaccompanied: bool = False
    until: date | None = None
    episodes: list[tuple[int, Episode]] = field(default_factory=list)


class HistoriesOfAYear:
    """Reads the files that are kept, header first."""

    def __init__(
        self, authority: AuthorityId, year: CollectionYear, gazetteer: Gazetteer, problems: Problems, notes: Notes
    ) -> None:
        self._authority, self._year = authority, year
        self._gazetteer, self._problems, self._notes = gazetteer, problems, notes
        self._children: dict[str, _Child] = {}
        self._refused: set[str] = set()
        self._places: dict[str, KeptPlace | str] = {}

    def read(self, files: Mapping[Kind, ReturnFile]) -> tuple[CareHistory, ...]:
        """Every child of the header, in the order of their pseudonyms."""
        self._read_header(files[Kind.HEADER])
        if Kind.UASC in files:
            self._read_unaccompanied(files[Kind.UASC])
        self._read_episodes(files[Kind.EPISODES])
        made = [self._history(number, child, files) for number, child in self._children.items()]
        return tuple(sorted(made, key=lambda history: history.child))

    def _read_header(self, file: ReturnFile) -> None:
        for row in file.rows(self._year):
            number = row["CHILD"]
            if row.bad:
                self._refused.add(number or "")
                continue
            known = self._children.get(number)
            if known is None:
                self._children[number] = _Child(row.line, {name: row[name] for name in ("SEX", "DOB", "ETHNIC")})
            elif known.told != {name: row[name] for name in ("SEX", "DOB", "ETHNIC")}:
                wrong = f"Line {known.line} says something else of the same child"
                self._problems.add(row.file, row.line, "CHILD", wrong, "Keep the row that is right")

    def _read_unaccompanied(self, file: ReturnFile) -> None:
        for row in file.rows(self._year):
            child = self._of(row)
            if child is None:
                continue
            child.unaccompanied, child.until = True, row["DUC"]
            if row["DOB"] is not None and row["DOB"] != child.told["DOB"]:
                wrong = "The header has another date of birth for the child"
                self._notes.add(row.file, row.line, "DOB", wrong, "The header's was used")

    def _read_episodes(self, file: ReturnFile) -> None:
        for row in file.rows(self._year):
            child = self._of(row)
            if child is None or not self._holds(row, child):
                continue
            child.episodes.append((row.line, self._episode(row)))

    def _of(self, row: ReturnRow) -> _Child | None:
        """The child a row is about; None, and told, when the header has no such child."""
        if row.bad:
            return None
        found = self._children.get(row["CHILD"])
        if found is None and row["CHILD"] not in self._refused:
            wrong = "The header has no child of this number"
            self._problems.add(row.file, row.line, "CHILD", wrong, "Correct the number, or add the child to the header")
        return found

    def _holds(self, row: ReturnRow, child: _Child) -> bool:
        """Whether the days of an episode can be; what cannot is a problem, what is odd a note."""
        begins, ends, born = row["DECOM"], row["DEC"], child.told["DOB"]
        wrong = [
            (
                "DEC",
                "The episode ceased before it began",
                "Correct one of the dates",
                ends is not None and ends < begins,
            ),
            ("DECOM", "The episode began before the child was born", "Correct it, or the header's DOB", begins < born),
            (
                "DECOM",
                f"The episode began after {self._year} had ended",
                "Correct it, or load the return as one of another year",
                begins > self._year.last_day,
            ),
        ]
        for column, what, right, is_so in wrong:
            if is_so:
                self._problems.add(row.file, row.line, column, what, right)
        self._note_oddities(row, born)
        return not any(is_so for *_, is_so in wrong)

    def _note_oddities(self, row: ReturnRow, born: date) -> None:
        begins, ends = row["DECOM"], row["DEC"]
        odd = [
            (
                "DEC",
                f"The episode ceased after {self._year} had ended",
                "It was used as it is",
                _after(ends, self._year),
            ),
            (
                "DEC",
                f"The episode ceased before {self._year} began",
                "It was used as it is",
                ends is not None and ends < self._year.first_day,
            ),
            ("REC", "There is a reason but no day on which it ceased", "The reason was left out", _only(row, "REC")),
            ("REC", "The episode ceased for no reason given", "It was used without one", _only(row, "DEC")),
            (
                "PLACE",
                f"This code is of the year before {self._year}",
                "It was used as it is",
                self._is_old(row["PLACE"]),
            ),
            ("CIN", "The category of need is blank", "It was used without one", row["CIN"] is None),
            ("DECOM", "The child was 18 or older", "It was used as it is", age_on(born, begins) >= 18),
        ]
        for column, what, done, is_so in odd:
            if is_so:
                self._notes.add(row.file, row.line, column, what, done)

    def _is_old(self, place: str) -> bool:
        return place not in PLACEMENTS.in_year(self._year)

    def _episode(self, row: ReturnRow) -> Episode:
        places = {name: self._place(row, column) for column, name in _PLACES.items()}
        return Episode(
            begins=row["DECOM"],
            ends=row["DEC"],
            reason_new=ReasonNewEpisode(row["RNE"]),
            legal_status=LegalStatus(row["LS"]),
            need=row["CIN"],
            placement=row["PLACE"],
            provider=row["PLACE_PROVIDER"],
            reason_ceased=row["REC"] if row["DEC"] is not None else None,
            reason_place_change=row["REASON_PLACE_CHANGE"],
            urn=self._urn(row),
            **places,
        )

    def _urn(self, row: ReturnRow) -> str | None:
        urn: str | None = row["URN"]
        if urn is None or urn.upper() == _NO_URN:
            return None
        plain = urn.removesuffix(".0")
        if plain.isascii() and plain.isalnum() and len(plain) <= 10:
            return plain
        self._notes.add(row.file, row.line, "URN", "This is no number of Ofsted's", "It was left out")
        return None

    def _place(self, row: ReturnRow, column: str) -> KeptPlace | None:
        written: str | None = row[column]
        if written is None:
            return None
        if written not in self._places:
            self._places[written] = self._found(written)
        found = self._places[written]
        if isinstance(found, KeptPlace):
            return found
        self._notes.add(row.file, row.line, column, found, "The place is taken as not known: no distance, no area")
        return None

    def _found(self, written: str) -> KeptPlace | str:
        try:
            located = self._gazetteer.locate(written)
        except MalformedPostcode:
            return "This is not written as any postcode is"
        if located is None:
            return "There is no such postcode in the directory"
        return KeptPlace(located.point, located.authority)

    def _history(self, number: str, child: _Child, files: Mapping[Kind, ReturnFile]) -> CareHistory:
        header, episodes = files[Kind.HEADER].name, files[Kind.EPISODES].name
        if not child.episodes:
            self._notes.add(header, child.line, "CHILD", "The child has no episode", "No history could be made")
        in_order = sorted(child.episodes, key=lambda pair: pair[1].begins)
        for (line, one), (next_line, after) in pairwise(in_order):
            if one.begins == after.begins:
                wrong = f"Line {min(line, next_line)} has an episode of the child that begins on the same day"
                self._problems.add(episodes, max(line, next_line), "DECOM", wrong, "Keep one of them")
            elif one.ends is None or one.ends > after.begins:
                done = "It was taken to have ceased when the next one began"
                self._notes.add(episodes, line, "DEC", "The episode goes on beyond the beginning of the next", done)
        return CareHistory(
            child=pseudonym(self._authority, number),
            sex=Sex(MALE_FEMALE.get(child.told["SEX"], child.told["SEX"])),
            born=child.told["DOB"],
            ethnicity=child.told["ETHNIC"],
            unaccompanied=child.unaccompanied,
            unaccompanied_until=child.until,
            episodes=without_overlaps([one for _, one in in_order]),
        )


def _after(ends: date | None, year: CollectionYear) -> bool:
    return ends is not None and ends > year.last_day


def _only(row: ReturnRow, column: str) -> bool:
    """Whether of DEC and REC only the one named is given."""
    return row[column] is not None and row["REC" if column == "DEC" else "DEC"] is None
