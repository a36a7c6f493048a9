"""Forms: read field by field, told what is wrong in words, and sent twice without being done twice."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.typed import FieldError, Reading, Sent, Typed
from matching.codes import Sex
from matching.errors import Fault, Invalid


def sent(**fields: str | tuple[str, ...]) -> Sent:
    """A form with these fields."""
    typed = {
        re.sub("_(day|month|year)$", r"-\1", name): (value,) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    return Sent("/x", Typed(typed))


def test_a_text_is_read_without_the_space_around_it() -> None:
    reading = Reading(sent(reason="  Two\r\nlines "))
    assert reading.text("reason", needed="Say why") == "Two\nlines"
    assert not reading.wrong


@pytest.mark.parametrize(("typed", "says"), [("  ", "Say why"), ("x" * 4001, "Shorten it to 4,000"), ("a\x00", "kept")])
def test_a_text_that_cannot_be_says_what_to_do(typed: str, says: str) -> None:
    reading = Reading(sent(reason=typed))
    reading.text("reason", needed="Say why")
    assert says in reading.typed.errors[0].says
    assert reading.typed.value("reason") == typed


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("2", "9", "2026", date(2026, 9, 2)),
        ("31", "2", "2026", None),
        ("two", "9", "2026", None),
        ("2", "", "2026", None),
        ("2", "9", "26", None),
        ("²", "9", "2026", None),
    ],
)
def test_a_day_is_one_of_the_calendar_or_says_so_at_its_first_field(
    day: str, month: str, year: str, found: date | None
) -> None:
    reading = Reading(sent(from_day=day, from_month=month, from_year=year))
    assert reading.day("from", needed="Give the day") == found
    assert [error.anchor for error in reading.typed.errors] == ([] if found else ["from-day"])


def test_what_may_be_empty_is_no_error_when_it_is() -> None:
    reading = Reading(sent())
    found = (reading.day("from"), reading.whole("beds", 1, 9), reading.choice("sex", Sex), reading.text("note"))
    assert found == (None, None, None, "")
    assert not reading.wrong


def test_a_choice_is_one_of_the_words() -> None:
    assert Reading(sent(sex="F")).choice("sex", Sex) is Sex.FEMALE
    reading = Reading(sent(sex="Q"))
    assert reading.choice("sex", Sex) is None
    assert reading.wrong


@pytest.mark.parametrize(("typed", "found"), [("4", 4), ("1,000", 1000), ("0", None), ("-1", None), ("1.5", None)])
def test_a_number_is_whole_and_within_its_limits(typed: str, found: int | None) -> None:
    reading = Reading(sent(beds=typed))
    assert reading.whole("beds", 1, 1000) == found
    assert reading.wrong is (found is None)


def test_what_the_domain_refuses_is_shown_at_the_field_it_came_from() -> None:
    refused = Invalid([Fault("asks/0/because", "There is no reason", "Say why")])
    typed = sent(reason="").typed.told(refused, {"asks/0/because": "reason"})
    assert typed.errors == (FieldError("reason", "There is no reason. Say why"),)
    assert typed.error("reason") == {"text": "There is no reason. Say why"}
    assert typed.error("other") is None


def test_a_page_sent_twice_is_one_request_and_one_sent_with_other_words_another() -> None:
    first, again = sent(once="a", reason="x", form_token="1"), sent(once="a", reason="x", form_token="2")
    changed, another = sent(once="a", reason="y"), sent(once="b", reason="x")
    assert first.repeat == again.repeat
    assert len({one.repeat.key for one in (first, changed, another)}) == 3
    assert first.said == {"reason": ("x",)}


@pytest.mark.parametrize(("written", "version"), [("", None), ("7", 7), ("x", -1), ("-1", -1), ("9" * 12, -1)])
def test_a_version_that_cannot_be_matches_nothing(written: str, version: int | None) -> None:
    assert sent(version=written).version == version


@given(st.text(max_size=30), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_whatever_is_typed_is_read_or_refused_and_kept(text: str, day: str, month: str, year: str) -> None:
    reading = Reading(sent(a=text, b_day=day, b_month=month, b_year=year, version=text, once=text))
    reading.text("a")
    reading.day("b")
    reading.whole("a", 0, 9)
    assert reading.typed.value("a") == text
    assert len(sent(once=text).repeat.key) <= 200
