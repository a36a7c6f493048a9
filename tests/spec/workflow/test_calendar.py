"""Working days are Monday to Friday without the bank holidays of England, as gov.uk publishes them."""

from __future__ import annotations

from datetime import date

import pytest

from matching.workflow.calendar import add_months, add_working_days, bank_holidays, easter, is_working_day

PUBLISHED = {
    2019: "0101 0419 0422 0506 0527 0826 1225 1226",
    2020: "0101 0410 0413 0508 0525 0831 1225 1228",
    2021: "0101 0402 0405 0503 0531 0830 1227 1228",
    2022: "0103 0415 0418 0502 0602 0603 0829 0919 1226 1227",
    2023: "0102 0407 0410 0501 0508 0529 0828 1225 1226",
    2024: "0101 0329 0401 0506 0527 0826 1225 1226",
    2025: "0101 0418 0421 0505 0526 0825 1225 1226",
    2026: "0101 0403 0406 0504 0525 0831 1225 1228",
    2027: "0101 0326 0329 0503 0531 0830 1227 1228",
    2028: "0103 0414 0417 0501 0529 0828 1225 1226",
}
"""gov.uk, bank holidays in England and Wales."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_published(year: int) -> None:
    assert [f"{day:%m%d}" for day in sorted(bank_holidays(year))] == PUBLISHED[year].split()


@pytest.mark.parametrize("day", [date(2000, 4, 23), date(2038, 4, 25), date(2285, 3, 22)])
def test_easter_is_a_sunday_between_22_march_and_25_april(day: date) -> None:
    assert easter(day.year) == day
    assert day.weekday() == 6


@pytest.mark.parametrize(
    ("started", "due"),
    [
        (date(2026, 6, 10), date(2026, 6, 18)),  # over one weekend
        (date(2026, 12, 23), date(2027, 1, 5)),  # Christmas, a substitute day and New Year lie between
        (date(2026, 4, 2), date(2026, 4, 14)),  # Good Friday and Easter Monday lie between
        (date(2026, 6, 13), date(2026, 6, 22)),  # a Saturday: counting begins on Monday
    ],
)
def test_six_working_days_are_counted_from_the_day_after(started: date, due: date) -> None:
    assert add_working_days(started, 6) == due
    assert is_working_day(due)


def test_months_end_on_the_last_day_when_the_month_is_shorter() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 8, 31), 3) == date(2026, 11, 30)
    assert add_months(date(2026, 11, 15), 3) == date(2027, 2, 15)
