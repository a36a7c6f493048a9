"""What homes cost a week, in the money of 2017-18, from the published figures; the steps by need are our own.

Sources: shared design notes, section 12. In-house fostering £420 (2017-18, derived); agencies £794 to £820; boarding
£695; in-house residential £2,844 (2016-17); external residential £3,855 (2017) and £2,850 (2021), which disagree;
very high cost from £10,000. Nothing is published there for supported accommodation: those prices are invented.
"""

from __future__ import annotations

from matching.codes import Contract, HomeKind, NeedsBand, PriceAddOn, Sector, Setting
from matching.homes import Prices, WeeklyPrice
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftHome
from matching.values import AgeRange, Pence

BASE_YEAR = 2017
_FOSTERING_AGES = (AgeRange(0, 4), AgeRange(5, 10), AgeRange(11, 25))
_FOSTERING_BANDS = {NeedsBand.UNIVERSAL: 88, NeedsBand.ADDITIONAL: 100, NeedsBand.HIGH: 118, NeedsBand.COMPLEX: 140}
_OTHER_BANDS = {NeedsBand.UNIVERSAL: 92, NeedsBand.ADDITIONAL: 96, NeedsBand.HIGH: 100, NeedsBand.COMPLEX: 115}
_ADD_ONS = {
    PriceAddOn.ONE_TO_ONE: Pence(145_000),
    PriceAddOn.TWO_TO_ONE: Pence(290_000),
    PriceAddOn.MORE_THAN_TWO_TO_ONE: Pence(430_000),
    PriceAddOn.THERAPY: Pence(32_000),
    PriceAddOn.EDUCATION: Pence(85_000),
}


def prices_of(home: DraftHome, chance: Chance) -> Prices:
    """Base prices by age and band of need, add-ons, contract and notice of a home."""
    base = _usual_pounds(home, chance)
    fostering = home.kind.setting is Setting.FOSTERING
    bands = _FOSTERING_BANDS if fostering else _OTHER_BANDS
    ages = _FOSTERING_AGES if fostering else (AgeRange(0, 25),)
    rows = tuple(
        WeeklyPrice(span, band, Pence(base * per_cent * (97 + 3 * at) // 100 // 50 * 50))
        for at, span in enumerate(ages)
        for band, per_cent in bands.items()
    )
    own = home.sector is Sector.IN_HOUSE
    block = own or (not fostering and chance.yes(0.15))
    return Prices(
        base=rows,
        add_ons={} if home.kind is HomeKind.SECURE else dict(_ADD_ONS),
        contract=Contract.BLOCK if block else Contract.SPOT,
        base_year=BASE_YEAR,
        notice_days=28 if fostering else 14,
    )


def _usual_pounds(home: DraftHome, chance: Chance) -> int:
    """The price in pounds for additional needs (fostering) or high needs (other settings)."""
    if home.very_high_cost:
        return chance.whole(10_000, 13_500)
    by_setting = {Setting.FOSTERING: _fostering_pounds, Setting.SUPPORTED: _supported_pounds}
    return by_setting.get(home.kind.setting, _residential_pounds)(home, chance)


def _residential_pounds(home: DraftHome, chance: Chance) -> int:
    if home.kind is HomeKind.SECURE:
        return 7_000
    if home.kind is HomeKind.TERM_TIME_BOARDING:
        return 695
    if home.sector is Sector.IN_HOUSE:
        return 2_844
    return chance.whole(2_850, 3_855) + (900 if home.solo else 0)


def _fostering_pounds(home: DraftHome, chance: Chance) -> int:
    own = home.sector in (Sector.IN_HOUSE, Sector.OTHER_AUTHORITY)
    if home.kind is HomeKind.FOSTERING_ENHANCED:
        return 610 if own else chance.whole(900, 1_010)
    if home.kind is HomeKind.FOSTERING_CONNECTED:
        return 330
    return 420 if own else chance.whole(794, 820)


def _supported_pounds(home: DraftHome, chance: Chance) -> int:
    if home.kind is HomeKind.SUPPORTED_LODGINGS:
        return chance.whole(320, 450)
    if home.kind is HomeKind.SUPPORTED_SINGLE_OCCUPANCY:
        return chance.whole(950, 1_500)
    return chance.whole(600, 1_100)
