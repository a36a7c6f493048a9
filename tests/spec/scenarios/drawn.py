"""Changes drawn at random for property tests, and pools to change."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from matching.codes import AvailabilityState, HomeKind, SearchKind, Sector
from matching.policy import Measure, Preset
from matching.records import Records
from matching.scenarios import (
    AddChildren,
    AddHomes,
    Change,
    ChangeApprovals,
    ChangeAvailability,
    ChangeBeds,
    ChangeDemand,
    ChangeParameters,
    ChangePolicy,
    ChangePrices,
    CloseHomes,
    PostponeSearches,
    StepDown,
    Which,
)
from matching.synthetic.pools import small_pool
from matching.values import AgeRange, Pence

AGES = st.sampled_from((None, AgeRange(0, 4), AgeRange(10, 15), AgeRange(16, 17)))
KINDS = (
    HomeKind.FOSTERING_MAINSTREAM,
    HomeKind.FOSTERING_ENHANCED,
    HomeKind.CHILDRENS_HOME,
    HomeKind.SUPPORTED_LODGINGS,
)


@cache
def small(seed: int) -> Records:
    """A dozen children who wait, and thirty homes."""
    return small_pool(seed, children=12, homes=30)


ADDING: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        AddHomes,
        count=st.integers(1, 4),
        kind=st.sampled_from(KINDS),
        sector=st.sampled_from((Sector.IN_HOUSE, Sector.INDEPENDENT_AGENCY)),
        ages=AGES,
        beds=st.integers(1, 3),
        weekly=st.sampled_from((None, Pence(42_000))),
        years=st.integers(1, 3),
        solo=st.booleans(),
    ),
    st.builds(
        AddChildren, count=st.integers(1, 6), ages=AGES, uasc=st.booleans(), within_days=st.sampled_from((0, 30))
    ),
    st.builds(AddChildren, count=st.integers(1, 6), kind=st.sampled_from((None, SearchKind.EMERGENCY))),
)
"""Changes that only add."""


def changing(records: Records) -> st.SearchStrategy[Change]:
    """Any change that fits the records."""
    homes = sorted(home.id for home in records.homes)
    some = st.builds(Which, homes=st.frozensets(st.sampled_from(homes), min_size=1, max_size=3))
    return st.one_of(
        ADDING,
        st.builds(CloseHomes, which=some, children_stay=st.booleans()),
        st.builds(ChangeBeds, which=some, by=st.integers(0, 2)),
        st.builds(ChangeAvailability, which=some, state=st.sampled_from(AvailabilityState)),
        st.builds(ChangeApprovals, which=some, ages=st.just(AgeRange(0, 17)), number=st.sampled_from((None, 2))),
        st.builds(ChangePrices, per_mille=st.integers(-100, 100)),
        st.builds(ChangeDemand, per_mille_a_year=st.integers(-100, 100), years=st.integers(1, 5)),
        st.builds(StepDown, count=st.integers(1, 4)),
        st.builds(PostponeSearches, days=st.integers(1, 60)),
        st.builds(ChangePolicy, preset=st.sampled_from(Preset)),
        st.builds(ChangePolicy, weights=st.just({Measure.COST: 9})),
        st.builds(ChangeParameters, own=st.just({"ceiling_fostering": 90_000})),
    )
