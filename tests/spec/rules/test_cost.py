"""Cost, as a specification."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from matching.codes import HomeKind, NeedsBand, PriceAddOn, Staffing
from matching.homes import WeeklyPrice
from matching.values import AgeRange, Pence
from tests.spec.building import A_HOME, DOMAINS, Given
from tests.spec.rules.examples import CHECK, DOES_NOT_APPLY, MET, SCORED, SIGN_OFF, Example


def sold(add_on: PriceAddOn, weekly: int) -> dict[str, object]:
    """A home that sells something on top."""
    return {"prices": replace(A_HOME.prices, add_ons=MappingProxyType({add_on: Pence(weekly)}))}


WITH_THERAPY, WITH_STAFF = sold(PriceAddOn.THERAPY, 150_50), sold(PriceAddOn.ONE_TO_ONE, 900_00)
NO_PRICE = {"prices": replace(A_HOME.prices, base=())}
BY_BAND = zip(NeedsBand, (700_00, 800_00, 900_00, 1_400_00), strict=True)
BANDS = tuple(WeeklyPrice(AgeRange(0, 17), band, Pence(weekly)) for band, weekly in BY_BAND)
PRICED_BY_BAND = {"prices": replace(A_HOME.prices, base=BANDS)}
COMPLEX = dict.fromkeys(DOMAINS, 4)
THERAPY = {"add_ons": frozenset({PriceAddOn.THERAPY})}

# one row for each example
# fmt: off
EXAMPLES = (
    Example("cost.weekly", "the base price covers the place", Given(), MET, "£800 a week: base £800", 80),
    Example("cost.weekly", "therapy is paid on top", Given(home=WITH_THERAPY, asks=THERAPY), SCORED, "£950.50 a week: base £800 and add-ons £150.50", 95),
    Example("cost.weekly", "more staff is paid on top", Given(home=WITH_STAFF, asks={"staffing": Staffing.ONE_TO_ONE}), SCORED, "£1,700 a week: base £800 and add-ons £900", 170),
    Example("cost.weekly", "the staff asked for is there already", Given(home={**WITH_STAFF, "staffing": Staffing.ONE_TO_ONE}, asks={"staffing": Staffing.ONE_TO_ONE}), MET, "£800 a week: base £800", 80),
    Example("cost.weekly", "no price is on record", Given(home=NO_PRICE), CHECK, "No price is on record for the child's age and band of need", 600),
    Example("cost.weekly", "the price depends on needs nobody has profiled", Given(home=PRICED_BY_BAND, levels=None), CHECK, "No price is on record for the child's age and band of need", 600),
    Example("cost.weekly", "nobody has profiled the child, which is no matter where every band costs the same", Given(levels=None), MET, "£800 a week: base £800", 80),
    Example("cost.ceiling", "within the ceiling", Given(), MET, "£800 a week; the ceiling is £1,200"),
    Example("cost.ceiling", "above the ceiling", Given(home=PRICED_BY_BAND, levels=COMPLEX), SIGN_OFF, "£1,400 a week; the ceiling is £1,200"),
    Example("cost.ceiling", "above the authority's own ceiling", Given(parameters={"ceiling_fostering": 700_00}), SIGN_OFF, "£800 a week; the ceiling is £700"),
    Example("cost.ceiling", "no price is on record", Given(home=NO_PRICE), CHECK, "No price is on record; the ceiling is £1,200 a week"),
    Example("cost.ceiling", "a secure home has no ceiling", Given(home={"kind": HomeKind.SECURE}), DOES_NOT_APPLY, "No ceiling is set for this kind of home"),
)
# fmt: on


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_cost(example: Example) -> None:
    example.check()
