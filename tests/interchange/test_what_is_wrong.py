"""What is wrong with a bundle is told all at once, in plain words, where it is, and never with what a cell held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.interchange.bundle import TABLES
from app.interchange.problems import MOST_SHOWN, BundleRefused, Problem
from app.interchange.tables import Table
from db.session import Store
from matching.authorities import Authority
from tests.interchange.bundles import SEARCH, WANTED_BY, Rows, loaded, problems_of, small_bundle, written

Spoil = Callable[[Rows], None]


def cell(file: str, header: str, value: str, row: int = 0) -> Spoil:
    """Writes something else into one cell."""

    def spoil(rows: Rows) -> None:
        rows[file][row][header] = value

    return spoil


def added(file: str, **values: str) -> Spoil:
    """Adds a row; underscores at the end of a name are left out."""
    return lambda rows: rows[file].append(values)


def _refer_third(rows: Rows) -> None:
    other = {key: value for key, value in rows["referrals"][0].items() if key != "sibling_group_ref"}
    rows["referrals"].append(other | {"referral_ref": "R2", "Child ID": "C3"})


def _leave_one_sibling(rows: Rows) -> None:
    del rows["sibling_groups"][1]


CASES: list[tuple[str, Spoil, str, int | None, str | None, str]] = [
    ("an unknown code", cell("children", "sex", "female-ish"), "children.csv", 2, "sex", "not in the closed list"),
    ("a blank that must not be", cell("homes", "kind", ""), "homes.csv", 2, "kind", "blank"),
    ("an American day", cell("children", "born", "02/28/2014"), "children.csv", 2, "born", "day comes first"),
    ("a day there is not", cell("children", "born", "2014-02-30"), "children.csv", 2, "born", "no such day"),
    ("a spreadsheet's number", cell("children", "born", "41698"), "children.csv", 2, "born", "spreadsheet's number"),
    ("a year of two figures", cell("children", "born", "28/02/14"), "children.csv", 2, "born", "two figures"),
    ("a day in words", cell("children", "born", "last spring"), "children.csv", 2, "born", "not a date"),
    ("a time beside a day", cell("children", "born", "2014-02-28 07:10"), "children.csv", 2, "born", "time of day"),
    ("born in the future", cell("children", "born", "2027-01-01"), "children.csv", 2, "born", "in the future"),
    ("too old", cell("children", "born", "1990-01-01"), "children.csv", 2, "born", "Nobody over 25"),
    (
        "care before birth",
        cell("children", "in_care_since", "2013-01-01"),
        "children.csv",
        2,
        "in_care_since",
        "before",
    ),
    ("no postcode at all", cell("homes", "postcode", "Norwich"), "homes.csv", 2, "postcode", "not a postcode"),
    ("no such postcode", cell("homes", "postcode", "NR1 9ZZ"), "homes.csv", 2, "postcode", "not in the postcode"),
    ("ages upside down", cell("approvals", "youngest", "18"), "homes.csv", 2, None, "younger to the older"),
    (
        "half a decision on beds",
        cell("homes", "effective_beds", "2"),
        "homes.csv",
        2,
        "effective_beds",
        "need a number",
    ),
    ("too many beds", cell("homes", "registered_beds", "600"), "homes.csv", 2, "registered_beds", "within the limits"),
    ("no amount", cell("prices", "weekly", "a lot"), "prices.csv", 2, "weekly", "not an amount"),
    ("another sector", cell("homes", "sector", "private"), "homes.csv", 2, "sector", "another sector"),
    ("no such domain", cell("home_meets", "domain", "luck"), "home_meets.csv", 2, "domain", "no such domain"),
    ("no such provider", cell("homes", "provider_ref", "P9"), "homes.csv", 2, "provider_ref", "no such provider"),
    (
        "no such approval",
        cell("approval_children", "approval", "2"),
        "approval_children.csv",
        2,
        "approval",
        "no such row",
    ),
    (
        "no such framework",
        cell("needs_profiles", "framework", "other/1"),
        "needs_profiles.csv",
        2,
        "framework",
        "no such",
    ),
    ("a part of nobody", cell("home_skills", "home_ref", "H9"), "home_skills.csv", 2, "home_ref", "has no such home"),
    ("a skill unknown", cell("home_skills", "skill", "juggling"), "home_skills.csv", 2, "skill", "closed list"),
    ("one member", _leave_one_sibling, "sibling_groups.csv", 2, None, "one member"),
    (
        "a stranger in a pair",
        cell("sibling_pairs", "other_ref", "C3"),
        "sibling_pairs.csv",
        2,
        "other_ref",
        "no member",
    ),
    (
        "ended before it began",
        cell("placements", "planned_end", "2026-01-01"),
        "placements.csv",
        2,
        "planned_end",
        "before",
    ),
    ("ended without a day", cell("placements", "state", "ended"), "placements.csv", 2, "ended", "has an end date"),
    (
        "started in the future",
        cell("placements", "starts", "2026-12-24"),
        "placements.csv",
        2,
        "starts",
        "in the future",
    ),
    (
        "no bed",
        added("placements", placement_ref="L2", child_ref="C1", home_ref="H2", state="started", starts="2026-10-01"),
        "placements.csv",
        3,
        "home_ref",
        "No bed of this home",
    ),
    (
        "in two homes at once",
        added("placements", placement_ref="L2", child_ref="C3", home_ref="H1", state="started", starts="2026-03-01"),
        "placements.csv",
        3,
        "starts",
        "another placement",
    ),
    ("shared with nobody", cell("homes", "shared", "yes"), "homes.csv", 2, "shared", "no region"),
    ("placed already", _refer_third, "referrals.csv", 4, "Child ID", "not planned to end"),
    ("two kinds of one search", cell("referrals", SEARCH, "PACE", 1), "referrals.csv", 3, SEARCH, "differs from"),
    ("no first night", cell("referrals", WANTED_BY, "", 1), "referrals.csv", 3, WANTED_BY, "blank"),
    (
        "a place to avoid that nobody can find",
        cell("referrals", "Location(s) to avoid (leave blank if not applicable)", "near the bus station", 1),
        "referrals.csv",
        3,
        "Location(s) to avoid (leave blank if not applicable)",
        "places_to_avoid.csv has none",
    ),
    (
        "a school that is on no record",
        cell("referrals", "School location (postcode sector - e.g. GL71)", "NR1"),
        "referrals.csv",
        2,
        "School location (postcode sector - e.g. GL71)",
        "no such place for this child",
    ),
    (
        "an adaptation on no record",
        cell("referrals", "Adaptation to the home", "Y"),
        "referrals.csv",
        2,
        None,
        "access",
    ),
    (
        "a language on no record",
        cell("referrals", "Specific communication and language requirements", "BSL, Makaton"),
        "referrals.csv",
        2,
        None,
        "under communication",
    ),
    (
        "a home nobody shares",
        cell("placements", "home_authority", "E10000003"),
        "placements.csv",
        2,
        "home_ref",
        "shares",
    ),
    (
        "more siblings than are referred",
        cell("referrals", "Number of siblings to place with", "3"),
        "referrals.csv",
        2,
        "Number of siblings to place with",
        "More brothers and sisters",
    ),
    (
        "twice the same",
        added("children", child_ref="C1", born="2014-02-28", sex="F"),
        "children.csv",
        5,
        "child_ref",
        "same",
    ),
    (
        "a risk in other words",
        cell("referrals", "Risk to child: Self-harm", "some"),
        "referrals.csv",
        2,
        None,
        "closed list",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "expected"), [(case[1], case[2:]) for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_mistake_is_told_where_it_is(
    store: Store,
    authority: Authority,
    folder: Path,
    spoil: Spoil,
    expected: tuple[str, int | None, str | None, str],
) -> None:
    file, line, column, wrong = expected
    rows = small_bundle()
    spoil(rows)
    found = problems_of(store, authority, written(rows, folder))
    assert [(problem.file, problem.line) for problem in found] == [(file, line)], [str(one) for one in found]
    assert column is None or found[0].column == column
    assert wrong in found[0].wrong
    assert found[0].right


def test_every_bad_row_is_told_at_once(store: Store, authority: Authority, rows: Rows, folder: Path) -> None:
    rows["children"][0]["sex"] = "?"
    rows["children"][1]["born"] = "?"
    rows["homes"][0]["postcode"] = "?"
    rows["referrals"][0]["length"] = "?"
    found = problems_of(store, authority, written(rows, folder))
    assert [(one.file, one.line, one.column) for one in found] == [
        ("children.csv", 2, "sex"),
        ("children.csv", 3, "born"),
        ("homes.csv", 2, "postcode"),
        ("referrals.csv", 2, "length"),
    ]


def test_what_refers_to_a_bad_row_is_not_told_as_well(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    rows["providers"][0]["sector"] = "?"
    found = problems_of(store, authority, written(rows, folder))
    assert [(one.file, one.line) for one in found] == [("providers.csv", 2)]


def test_a_header_that_is_wrong_is_told_before_what_follows_from_it(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    rows["homes"][0]["castle"] = "yes"
    found = problems_of(store, authority, written(rows, folder))
    assert [(problem.file, problem.line) for problem in found[:1]] == [("homes.csv", 1)]
    assert "approvals.csv" in {problem.file for problem in found[1:]}


def test_of_many_problems_the_first_thousand_are_told_and_the_rest_counted(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    rows["children"] += [{"child_ref": f"X{at}", "born": "?", "sex": "F"} for at in range(1_500)]
    with pytest.raises(BundleRefused, match="1,500 problems") as caught:
        loaded(store, authority, written(rows, folder))
    assert (len(caught.value.problems), caught.value.more) == (MOST_SHOWN, 500)
    assert caught.value.by_file == {"children.csv": 1_500}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_problem_repeats_what_a_cell_held(store: Store, authority: Authority, folder: Path, table: Table) -> None:
    secret, name = "Zebedee", table.name
    said: list[Problem] = []
    rows = small_bundle()
    rows[name] = [dict.fromkeys(table.headers, secret), *rows.get(name, [])]
    said += problems_of(store, authority, written(rows, folder))
    assert any(problem.file == f"{name}.csv" for problem in said)
    assert not [str(problem) for problem in said if secret in str(problem)]
