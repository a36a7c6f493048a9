"""Cells: each kind of value is read as it was written, and spreadsheets work nothing out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.interchange import cells
from app.interchange.cells import Cell, Wrong
from app.interchange.tables import column
from matching.codes import Known, LivingWith, Sex, Skill

VALUES: dict[str, tuple[Cell, st.SearchStrategy[Any]]] = {
    "text": (cells.text(4_000), st.text().filter(lambda words: words.strip())),
    "formulas": (cells.text(), st.from_regex(r"\A'{0,3}[=+@-][A-Z0-9()]{0,9}\Z")),
    "references": (cells.reference(), st.from_regex(r"\A[=+@'-]?[A-Z0-9/. ]{0,8}[A-Z0-9]\Z").map(str.strip)),
    "days": (cells.day(), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    "moments": (
        cells.moment(),
        st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - limits
    ),
    "whole numbers": (cells.whole(-5, 1_000_000), st.integers(-5, 1_000_000)),
    "pounds": (cells.pounds(), st.integers(0, 99_999_999)),
    "codes": (cells.code(LivingWith, {LivingWith.SOLO: "Solo placement recommended"}), st.sampled_from(LivingWith)),
    "sets of codes": (cells.codes(Sex, empty="none"), st.frozensets(st.sampled_from(Sex))),
    "yes or no": (cells.yes_no(), st.booleans()),
    "known or not": (cells.known("Don't know"), st.sampled_from(Known)),
    "nights": (cells.nights(), st.frozensets(st.integers(0, 6))),
    "levels": (cells.levels(), st.dictionaries(st.from_regex(r"\A[a-z-]{1,9}\Z"), st.integers(0, 4), min_size=1)),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_what_is_written_is_read_again(kind: str, data: st.DataObject) -> None:
    cell, values = VALUES[kind]
    value = data.draw(values)
    assert column("a", cell, "what").read(cell.write(value)) == value


@given(words=st.text(min_size=1))
def test_no_text_is_written_that_a_spreadsheet_would_work_out(words: str) -> None:
    assert cells.text().write(words)[0] not in "=+-@\t\r"
    assert cells.reference().write(words)[0] not in "=+-@\t\r"


@pytest.mark.parametrize(
    ("cell", "written", "meant"),
    [
        (cells.day(), "1/9/2026", date(2026, 9, 1)),
        (cells.day(), "01.09.2026", date(2026, 9, 1)),
        (cells.day(), "2026-09-01T00:00:00", date(2026, 9, 1)),
        (cells.moment(), "2026-07-01 09:30", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        (cells.moment(), "01/12/2026", datetime(2026, 12, 1, tzinfo=UTC)),
        (cells.pounds(), "£3,830", 383_000),
        (cells.code(Skill), "Moving and Handling", Skill.MOVING_AND_HANDLING),
        (cells.codes(Skill), "epilepsy, Medication", frozenset({Skill.EPILEPSY, Skill.MEDICATION})),
        (cells.yes_no(), "Y", True),
        (cells.known(), "Not specified", Known.UNKNOWN),
        (cells.clock(), "9:05", "09:05"),
    ],
)
def test_people_may_write_in_more_than_one_way(cell: Cell, written: str, meant: object) -> None:
    assert cell.read(written) == meant


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (cells.text(3), "four"),
        (cells.reference(), "two\nlines"),
        (cells.moment(), "yesterday"),
        (cells.moment(), "0001-01-01T00:00"),
        (cells.day(), "1066-10-14"),
        (cells.whole(0, 5), "2.5"),
        (cells.whole(0, 5), "٣"),
        (cells.pounds(), "12.5"),
        (cells.pounds(), "-5"),
        (cells.clock(), "25:00"),
        (cells.nights(), "Someday"),
        (cells.levels(), "health=2; health=3"),
        (cells.levels(), "health=5"),
        (cells.words("words", 3), "abcd"),
        (cells.known(), "perhaps"),
        (cells.yes_no(), "perhaps"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_be_right(cell: Cell, written: str) -> None:
    with pytest.raises(Wrong) as caught:
        cell.read(written)
    assert caught.value.right
    assert written not in caught.value.wrong
