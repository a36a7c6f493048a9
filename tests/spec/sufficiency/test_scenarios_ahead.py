"""What-ifs ahead, over the made-up county: each change does what it says to beds, children and prices, and no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from matching.codes import AvailabilityState, HomeKind, Sector
from matching.errors import Invalid
from matching.records import Records
from matching.scenarios.changes import (
    AddChildren,
    AddHomes,
    Change,
    ChangeApprovals,
    ChangeAvailability,
    ChangeBeds,
    ChangeDemand,
    ChangePrices,
    CloseHomes,
    StepDown,
    Which,
)
from matching.sufficiency.costs import prices_of
from matching.sufficiency.estimates import estimates
from matching.sufficiency.futures import Situation
from matching.sufficiency.kinds import GRID, KINDS, CareKind, Supplier
from matching.sufficiency.nights import in_care
from matching.sufficiency.own_records import OwnRecords, own_stays
from matching.sufficiency.scenarios_ahead import with_changes
from matching.sufficiency.supply import supply_of
from matching.synthetic import records_of
from matching.values import AgeRange, HomeId, Pence
from tests.spec.authority_counts import AS_OF, norfolk

OWN_HOUSEHOLDS = Which(kinds=frozenset({HomeKind.FOSTERING_MAINSTREAM}), sectors=frozenset({Sector.IN_HOUSE}))


@cache
def county() -> tuple[Situation, Records]:
    made = norfolk(1).authority
    records = records_of(made, AS_OF, datetime(2026, 9, 1, 9, tzinfo=UTC))
    housed = {placement.child for placement in made.placements}
    elsewhere = {child: CareKind.OTHER for child in made.placed_as if child not in housed}
    own = OwnRecords(
        children=made.children,
        placements=made.placements,
        homes=made.homes,
        elsewhere=elsewhere,
        left=made.left_care,
    )
    known = own_stays(own, AS_OF).stays.as_known_on(AS_OF.toordinal(), len(KINDS))
    found = estimates(GRID, known, AS_OF - timedelta(days=365), AS_OF)
    start = in_care(GRID, known, AS_OF.toordinal())
    return Situation(first=AS_OF, start=start, estimates=found, beds=supply_of(records), areas=("NR",)), records


@pytest.fixture(scope="module", autouse=True)
def _made() -> None:
    """The county is made before any test is timed."""
    county()


def changed(*changes: Change) -> Situation:
    situation, records = county()
    return with_changes(situation, records, changes, 1)


def usable(situation: Situation, kind: CareKind, supplier: Supplier, day: int = 0) -> float:
    rows = [row for row in situation.beds if (row.kind, row.supplier) == (kind, supplier)]
    return sum(row.usable for row in rows if row.first_day <= day < row.last_day)


def test_who_is_in_care_ahead_is_who_the_authority_has() -> None:
    counts = dict(zip(CareKind, np.bincount(county()[0].start.kind).tolist(), strict=True))
    assert counts[CareKind.RESIDENTIAL] == 109
    assert counts[CareKind.SUPPORTED] == 105
    assert counts[CareKind.FOSTERING] + counts[CareKind.RELATIVE_OR_FRIEND] == 368 + 380 + 72 - 1
    assert sum(counts.values()) == 1_114  # one waits today with no home, and is counted when placed


def test_beds_today_are_those_lived_in_and_those_that_can_be_offered() -> None:
    situation, _ = county()
    assert 420 <= usable(situation, CareKind.FOSTERING, Supplier.OWN) <= 425  # 380 lived in, 40 matchable and a few
    assert sum(row.used for row in situation.beds if row.household) == 380


def test_no_change_is_the_situation_itself() -> None:
    assert changed() is county()[0]


def test_new_households_bring_beds_as_usable_as_those_there_are() -> None:
    first = date(2026, 12, 10)
    told = changed(AddHomes(count=20, kind=HomeKind.FOSTERING_MAINSTREAM, beds=2, from_day=first, years=2))
    new = [row for row in told.beds if row.home is None]
    assert len(new) == 40
    assert {row.first_day for row in new} == {100, 465}
    assert 0.6 * 2 < new[0].usable < 0.8 * 2
    assert all(row.household for row in new)


def test_a_price_of_its_own_is_kept_and_joins_the_mean() -> None:
    told = changed(AddHomes(count=200, kind=HomeKind.CHILDRENS_HOME, weekly=Pence(100_000), confirmed=True))
    before = prices_of(county()[0].beds).weekly[CareKind.RESIDENTIAL, Supplier.OWN]
    assert 100_000 < prices_of(told.beds).weekly[CareKind.RESIDENTIAL, Supplier.OWN] < before


def test_short_break_homes_bring_no_bed_for_children_in_care() -> None:
    told = changed(AddHomes(count=3, kind=HomeKind.CHILDRENS_HOME_SHORT_BREAK))
    assert told.beds == county()[0].beds


def test_a_closed_home_has_no_beds_from_the_day_it_closes() -> None:
    home = next(row for row in county()[0].beds if row.kind is CareKind.RESIDENTIAL and row.used)
    assert home.home is not None
    told = changed(CloseHomes(which=Which(homes=frozenset({home.home})), on=AS_OF + timedelta(days=90)))
    row = next(row for row in told.beds if row.home == home.home)
    assert (row.last_day, row.fades) == (90, False)


def test_carers_who_retire_keep_their_children_until_they_leave() -> None:
    which = Which(kinds=OWN_HOUSEHOLDS.kinds, sectors=OWN_HOUSEHOLDS.sectors, count=30)
    told = changed(CloseHomes(which=which, children_stay=True))
    assert sum(row.fades for row in told.beds) == 30


def test_more_beds_and_fewer_are_counted() -> None:
    home = next(row for row in county()[0].beds if row.kind is CareKind.RESIDENTIAL and row.usable >= 3)
    which = Which(homes=frozenset({home.home}))  # type: ignore[arg-type]
    told = [changed(ChangeBeds(which=which, by=by)) for by in (2, -2)]
    gained = [usable(one, home.kind, home.supplier) - usable(county()[0], home.kind, home.supplier) for one in told]
    assert gained == [2, -2]


def test_households_on_hold_keep_who_lives_there_and_offer_nothing() -> None:
    told = changed(ChangeAvailability(which=OWN_HOUSEHOLDS, state=AvailabilityState.ON_HOLD))
    rows = {row.home: row for row in county()[0].beds if row.home is not None}
    about = [row for row in told.beds if row.household and row.usable != rows[row.home].usable]  # type: ignore[index]
    assert about
    assert all(row.usable == row.used for row in about)


def test_prices_rise_to_the_penny() -> None:
    told = changed(ChangePrices(per_mille=30))
    rows = {row.home: row.weekly for row in county()[0].beds}
    rises = [(row.weekly or 0) / (rows[row.home] or 1) for row in told.beds if rows[row.home]]
    assert rises
    assert all(abs(rise - 1.03) < 0.0005 for rise in rises)


def test_demand_grows_and_surges() -> None:
    told = changed(
        ChangeDemand(per_mille_a_year=30, years=3),
        AddChildren(count=33, within_days=30),
        AddChildren(count=25, uasc=True),
        AddChildren(count=5, ages=AgeRange(0, 1)),
    ).demand
    assert (told.per_mille_a_year, told.grows_for_years) == (30, 3)
    assert sorted((one.count, one.days, one.ages) for one in told.surges) == [
        (5, 1, (0, 1)),
        (25, 1, (15, 17)),
        (33, 30, (0, 17)),
    ]


def test_two_rates_of_growth_are_refused_in_words() -> None:
    with pytest.raises(Invalid):
        changed(ChangeDemand(per_mille_a_year=30), ChangeDemand(per_mille_a_year=10))


def test_children_who_step_down_are_fostered_from_the_first_day() -> None:
    told = changed(StepDown(count=20, ages=AgeRange(10, 12))).start
    before = county()[0].start
    moved = np.flatnonzero(told.kind != before.kind)
    assert 0 < moved.size <= 20
    assert (told.kind[moved] == KINDS.index(CareKind.FOSTERING)).all()
    assert (before.kind[moved] == KINDS.index(CareKind.RESIDENTIAL)).all()
    assert ((before.age[moved] / 365.25 >= 10) & (before.age[moved] / 365.25 < 13)).all()


def test_what_cannot_be_told_ahead_is_said() -> None:
    told = changed(ChangeApprovals(which=OWN_HOUSEHOLDS, number=3))
    assert told.beds == county()[0].beds
    assert "change-approvals: Terms of approval" in told.notes[0]


def test_changes_in_another_order_give_the_same_situation() -> None:
    one, other = ChangePrices(per_mille=30), AddHomes(count=3, kind=HomeKind.FOSTERING_MAINSTREAM)
    assert changed(one, other).beds == changed(other, one).beds


def test_a_home_that_is_not_on_record_is_named() -> None:
    with pytest.raises(Invalid, match="changes/0/which/homes"):
        changed(CloseHomes(which=Which(homes=frozenset({HomeId(county()[1].authority.id)}))))
