"""Beds, unmet need and money on every night ahead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.errors import Invalid
from matching.sufficiency.capacity import Carers, capacity, housed
from matching.sufficiency.coming import Demand
from matching.sufficiency.comparisons import difference
from matching.sufficiency.costs import Payee, prices_of
from matching.sufficiency.kinds import WITH_BEDS, CareKind, Supplier
from matching.sufficiency.outlooks import Aim, Target, outlook_of
from matching.sufficiency.supply import UNKNOWN_AREA, Beds
from tests.spec.sufficiency.situations import BOUGHT, OWN, beds, future, situation

NOBODY_MOVES = Carers(leave_per_mille=0, join_per_mille=0)
SEEDS = np.random.SeedSequence(1)


def own_beds(
    rows: tuple[Beds, ...], carers: Carers = NOBODY_MOVES, days: int = 365
) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return capacity(rows, days, 200, carers, np.random.SeedSequence(1)).own[CareKind.FOSTERING]


def test_every_child_is_in_an_own_bed_a_bought_one_or_without() -> None:
    told = future()
    for kind in WITH_BEDS:
        here = told.lived[kind]
        assert np.array_equal(here.own + here.bought + here.unmet, told.stock(kind))
        assert (here.own <= told.beds.own[kind]).all()
        assert (here.bought <= told.beds.bought[kind]).all()
        assert ((here.unmet == 0) | (here.own + here.bought == told.beds.own[kind] + told.beds.bought[kind])).all()


def test_the_first_night_is_as_it_is_today() -> None:
    here = future(carers=NOBODY_MOVES).lived[CareKind.FOSTERING]
    assert abs(here.own[:, 0].mean() - 50) < 1
    assert abs(here.bought[:, 0].mean() - 50) < 1


def test_own_beds_that_rarely_fit_are_filled_last() -> None:
    beds_ahead = capacity((*OWN, *BOUGHT), 1, 1, NOBODY_MOVES, SEEDS)
    told = [housed(np.array([[count]], np.int16), CareKind.FOSTERING, beds_ahead) for count in (40, 100, 110, 120)]
    assert [(int(h.own[0, 0]), int(h.bought[0, 0]), int(h.unmet[0, 0])) for h in told] == [
        (40, 0, 0),
        (50, 50, 0),
        (55, 55, 0),
        (60, 55, 5),
    ]


def test_about_146_households_of_a_thousand_leave_in_a_year() -> None:
    left = own_beds(OWN, Carers(leave_per_mille=146, join_per_mille=0), 366)
    assert (np.diff(left.astype(int), axis=1) <= 0).all()
    assert abs(left[:, 365].mean() / 60 - (1 - 0.146)) < 0.02


def test_households_join_with_the_beds_of_those_there_are() -> None:
    joined = own_beds(OWN, Carers(leave_per_mille=0, join_per_mille=139), 366)
    assert abs(joined[:, 365].mean() - 60 * 1.139) < 1


def test_new_homes_offer_beds_from_their_first_night_and_closed_ones_until_their_last() -> None:
    new = beds(CareKind.FOSTERING, Supplier.OWN, 0, 3, 42_000, home=None, first_day=100)
    closing = replace(OWN[0], last_day=200)
    told = own_beds((closing, *OWN[1:], new))
    assert told[:, [0, 99, 100, 199, 200, 364]].tolist() == [[60, 60, 63, 63, 61, 61]] * 200


def test_a_home_that_fades_keeps_its_children_until_they_leave() -> None:
    fading = replace(OWN[0], last_day=100, fades=True)
    told = own_beds((fading, *OWN[1:]), days=600)
    assert told[0, [99, 100, 101, 466]].tolist() == [60, 60, 59, 58]


def test_the_luck_of_households_is_the_same_whatever_is_added() -> None:
    carers = Carers()
    new = tuple(beds(CareKind.FOSTERING, Supplier.OWN, 0, 1, 42_000, home=None) for _ in range(5))
    more = own_beds((*OWN, *new), carers).astype(int) - own_beds(OWN, carers)
    assert more.min() >= 0
    assert more.max() == 5


def test_money_adds_up_to_the_penny_across_every_breakdown() -> None:
    told = outlook_of(future(days=1_000, inflation_per_mille=30))
    assert sum(part.pence for part in told.costs) == told.expected_cost
    assert [sum(part.pence for part in told.costs if part.year == year.year) for year in told.years] == [
        year.expected for year in told.years
    ]
    one = future()
    assert all(
        int(cell.pence[at]) * 14 <= 2 * int(cell.nights[at]) * cell.weekly + 7 for cell in one.costs for at in (0, 9)
    )
    assert all(
        int(cell.pence[at]) * 14 > 2 * int(cell.nights[at]) * cell.weekly - 7 for cell in one.costs for at in (0, 9)
    )


def test_prices_are_weighed_by_who_lives_there_and_rise_with_the_years() -> None:
    rows = (
        beds(CareKind.FOSTERING, Supplier.BOUGHT, 1, 1, 80_000),
        beds(CareKind.FOSTERING, Supplier.BOUGHT, 3, 3, 82_000),
        beds(CareKind.FOSTERING, Supplier.BOUGHT, 0, 9, 99_900),
    )
    prices = prices_of(rows, per_mille_a_year=30)
    assert [prices.of(CareKind.FOSTERING, Payee.BOUGHT, year) for year in (0, 1, 2)] == [81_500, 83_945, 86_463]
    assert prices.of(CareKind.FOSTERING, Payee.BEYOND, 0) == 81_500
    assert prices.of(CareKind.SUPPORTED, Payee.OWN, 0) is None


def test_homes_nobody_lives_in_are_priced_as_they_stand_when_there_are_no_others() -> None:
    rows = (
        beds(CareKind.SUPPORTED, Supplier.BOUGHT, 0, 2, 70_000),
        beds(CareKind.SUPPORTED, Supplier.BOUGHT, 0, 1, 90_000),
    )
    assert prices_of(rows).of(CareKind.SUPPORTED, Payee.OWN, 0) == 80_000


def test_children_of_every_kind_may_be_a_target() -> None:
    told = future(replicates=50)
    target = Target(aim=Aim.CHILDREN, at_least=0)
    found = outlook_of(told, [target]).targets[0]
    assert found.value is not None
    assert found.value.mean == float(told.nights.by_kind[:, :, 364].sum(axis=1).mean())


def test_children_from_nowhere_on_record_are_short_of_no_area_s_beds() -> None:
    told = outlook_of(future(replicates=50, areas=("NR", UNKNOWN_AREA)))
    assert {one.area for one in told.areas} == {"NR"}


def test_block_beds_are_paid_for_when_they_are_empty() -> None:
    told = future(days=365)
    cell = next(c for c in told.costs if (c.kind, c.payee) == (CareKind.RESIDENTIAL, Payee.OWN))
    assert (cell.nights == 8 * 365).all()


def test_a_target_s_chance_is_the_share_of_replicates_that_reach_it() -> None:
    told = future()
    limit = int(np.median(told.stock(CareKind.FOSTERING)[:, 364]))
    targets = [
        Target(aim=Aim.CHILDREN, kind=CareKind.FOSTERING, at_most=limit),
        Target(aim=Aim.COST, at_least=0),
        Target(aim=Aim.UNMET_NIGHTS, at_most=10**9),
        Target(aim=Aim.OWN_SHARE, kind=CareKind.FOSTERING, at_least=1_001),
        Target(aim=Aim.COST, year=5, at_most=1),
    ]
    chances = [one.chance for one in outlook_of(told, targets).targets]
    assert chances[0] == float((told.stock(CareKind.FOSTERING)[:, 364] <= limit).mean())
    assert chances[1:] == [1.0, 1.0, 0.0, None]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"aim": Aim.COST}, "at most or at least"),
        ({"aim": Aim.COST, "at_most": 1, "at_least": 1}, "at most or at least"),
        ({"aim": Aim.COST, "at_most": 1, "year": 6}, "from 1 to 5"),
        ({"aim": Aim.OWN_SHARE, "at_most": 1}, "of one kind"),
        ({"aim": Aim.UNMET_NIGHTS, "kind": CareKind.OTHER, "at_most": 1}, "fostering, residential, supported"),
    ],
)
def test_a_target_that_says_nothing_is_refused_in_words(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        Target(**wrong)  # type: ignore[arg-type]


def test_bands_of_unmet_need_are_told_by_kind_area_and_year() -> None:
    told = outlook_of(future(demand=Demand(per_mille_a_year=300), replicates=60))
    assert {one.kind for one in told.days_told} == set(CareKind)
    assert {one.area for one in told.areas} == {"NR", "PE"}
    assert [(one.year, one.kind) for one in told.unmet] == [(year, kind) for year in (1, 2) for kind in WITH_BEDS]
    assert all(one.nights.low <= one.nights.middle <= one.nights.high for one in told.unmet)
    assert all(0 <= one.chance_short <= 1 for one in told.areas)


def test_a_scenario_without_changes_differs_by_nothing() -> None:
    told = difference(future(), future())
    assert told.expected_cost == 0
    assert all(one.children.low == one.children.high == 0 for one in told.kinds)


def test_beds_of_our_own_save_what_they_replace() -> None:
    more = (*situation().beds, *(replace(OWN[0], home=None, used=0) for _ in range(5)))
    told = difference(future(carers=NOBODY_MOVES), future(carers=NOBODY_MOVES, beds=more))
    first = next(one for one in told.kinds if one.kind is CareKind.FOSTERING and one.year == 1)
    assert first.own is not None
    assert 4 < first.own.mean <= 10
    assert told.costs[0].expected < 0
    assert told.costs[0].chance_cheaper == 1.0
    assert first.children.low == first.children.high == 0


def test_the_same_seed_gives_the_same_outlook() -> None:
    assert outlook_of(future()) == outlook_of(future())
    assert outlook_of(future()) != outlook_of(future(seed=2))
