"""Scenarios that are ready to run: what councils' own plans asked, each with the figures it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from matching.codes import HomeKind, SearchKind, Sector, Setting
from matching.homes import Home
from matching.records import Records
from matching.scenarios.changes import (
    AddChildren,
    AddHomes,
    Change,
    ChangeDemand,
    ChangePrices,
    CloseHomes,
    PostponeSearches,
    Scenario,
    StepDown,
    Which,
)
from matching.scenarios.rehoming import SHORT_BREAKS, could_step_down, lives_in
from matching.values import OLDEST_CHILD, AgeRange, HomeId, age_on

TEENAGE, ELEVEN_AND_OVER = AgeRange(10, 15), AgeRange(11, 17)
HOUSEHOLDS = frozenset({HomeKind.FOSTERING_MAINSTREAM, HomeKind.FOSTERING_ENHANCED})
"""Kinds of household whose carers a council recruits, and loses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A scenario that is ready to run, made for the records of the day."""

    id: str
    scenario: Scenario
    source: str
    """Where the figures come from."""


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    name: str
    says: str
    source: str
    changes: Callable[[Records], tuple[Change, ...]]
    """None fit the records when it is empty: the scenario is then left out."""


def library(records: Records) -> tuple[Ready, ...]:
    """Every ready scenario that can be run on these records, in reading order."""
    found = []
    for entry in _ENTRIES:
        changes = entry.changes(records)
        if changes:
            scenario = Scenario(name=entry.name, says=entry.says, changes=changes)
            found.append(Ready(id=entry.id, scenario=scenario, source=entry.source))
    return tuple(found)


def _fixed(*changes: Change) -> Callable[[Records], tuple[Change, ...]]:
    return lambda _: changes


def _step_down(records: Records) -> tuple[Change, ...]:
    """As many children as the published share of those in residential care, and a household for every two."""
    able = len(could_step_down(records))
    count = max(1, able * 45 // 100) if able else 0
    if not count:
        return ()
    homes = AddHomes(
        count=max(1, count // 2),
        kind=HomeKind.FOSTERING_ENHANCED,
        ages=AgeRange(8, 17),
        beds=1,
    )
    return StepDown(count=count), homes


def _residents(records: Records) -> Counter[HomeId]:
    children = {child.id: child for child in records.children}
    minors = (
        stay.home
        for child, stay in lives_in(records).items()
        if age_on(children[child].born, records.as_of) <= OLDEST_CHILD
    )
    return Counter(minors)


def _residential(records: Records) -> tuple[Home, ...]:
    homes = (h for h in records.homes if h.kind.setting is Setting.RESIDENTIAL and h.kind not in SHORT_BREAKS)
    return tuple(sorted(homes, key=lambda home: home.external_ref))


def _closing(records: Records) -> tuple[Change, ...]:
    """The children's home in which most children live, the first by reference of several."""
    living, homes = _residents(records), _residential(records)
    if not homes or not living:
        return ()
    most = max(homes, key=lambda home: (living[home.id], home.external_ref))
    return (CloseHomes(which=Which(homes=frozenset({most.id}))),) if living[most.id] else ()


def _own_share(records: Records) -> tuple[Change, ...]:
    """Own children's homes of three beds, as many as bring the share of children in own homes to one in five."""
    living, homes = _residents(records), _residential(records)
    inside = sum(living[home.id] for home in homes if home.sector is Sector.IN_HOUSE)
    all_in = sum(living[home.id] for home in homes)
    wanted = -(-all_in // 5) - inside
    if wanted <= 0:
        return ()
    return (AddHomes(count=-(-wanted // 3), kind=HomeKind.CHILDRENS_HOME, ages=AgeRange(8, 17), beds=3),)


def _retiring(records: Records) -> tuple[Change, ...]:
    """The published share of mainstream households that leave in a year; no child is moved by it."""
    own = [h for h in records.homes if h.kind in HOUSEHOLDS and h.sector is Sector.IN_HOUSE]
    count = round(len(own) * 146 / 1_000)
    which = Which(kinds=HOUSEHOLDS, sectors=frozenset({Sector.IN_HOUSE}), count=count or None)
    return (CloseHomes(which=which, children_stay=True),) if count else ()


def _waiting_a_week(records: Records) -> tuple[Change, ...]:
    """Nothing where no search is planned: what is an emergency cannot wait."""
    planned = any(one.kind is SearchKind.PLANNED and one.state.is_waiting for one in records.referrals)
    return (PostponeSearches(days=7),) if planned else ()


_ENTRIES: tuple[_Entry, ...] = (
    _Entry(
        "twenty-households",
        "20 more fostering households, 12 of them for ages 10 to 15",
        "Twenty households are recruited; twelve are approved for the ages for which fewest carers are.",
        "A commissioner's question; North East Lincolnshire's plan: 61 % of carers are approved for ages 10 to 15 where "
        "58 % of children are of that age",
        _fixed(
            AddHomes(count=12, kind=HomeKind.FOSTERING_MAINSTREAM, ages=TEENAGE),
            AddHomes(count=8, kind=HomeKind.FOSTERING_MAINSTREAM, ages=AgeRange(0, 17)),
        ),
    ),
    _Entry(
        "places-for-11-and-over",
        "25 more places a year for children of 11 and over, for three years",
        "Twenty-five one-place households a year; tonight only those of the first year count.",
        "A council's sufficiency plan",
        _fixed(AddHomes(count=25, kind=HomeKind.FOSTERING_MAINSTREAM, ages=ELEVEN_AND_OVER, years=3)),
    ),
    _Entry(
        "uasc",
        "25 more unaccompanied children seeking asylum",
        "They arrive within a month, aged 16 and 17.",
        "A council's sufficiency plan: 25 more unaccompanied children",
        _fixed(AddChildren(count=25, ages=AgeRange(16, 17), uasc=True, within_days=30)),
    ),
    _Entry(
        "surge",
        "A surge of 33 children in a month",
        "Thirty-three children more come into care within a month, in families like those who wait.",
        "A council's sufficiency plan; in Norfolk 28 to 53 children came into care a month",
        _fixed(AddChildren(count=33, within_days=30)),
    ),
    _Entry(
        "solo-and-dual",
        "A solo and a dual children's home of the authority's own",
        "One home for one child alone, and one for two, for children who cannot live with others.",
        "Kinds of children's home that councils' plans name",
        _fixed(
            AddHomes(count=1, kind=HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL, ages=AgeRange(8, 17), beds=1, solo=True),
            AddHomes(count=1, kind=HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL, ages=AgeRange(8, 17), beds=2),
        ),
    ),
    _Entry(
        "step-down",
        "Step-down from residential care to enhanced fostering",
        "Those in residential care with the least need look for a foster home, and enhanced carers are recruited.",
        "Norfolk: about 45 % of children in residential care had needs that foster care could meet",
        _step_down,
    ),
    _Entry(
        "closing",
        "Closing the children's home in which most children live",
        "It closes today; everybody who lives there looks for another home. Choose another home to close by its reference.",
        "A commissioner's question: what does closing this home cost, and whom?",
        _closing,
    ),
    _Entry(
        "retiring",
        "Carers retiring: a year's share of the authority's own households take nobody new",
        "Their children stay until their placements end.",
        "Published plans: 14.6 % of mainstream households leave a year; carers' mean age is 54",
        _retiring,
    ),
    _Entry(
        "own-residential",
        "The authority's own children's homes: from 9 % to 20 % of residential placements",
        "Own homes of three beds are opened, as many as it takes.",
        "A council's plan: its own share from 9 % to 20 %. In-house £2,844 a week (2016-17), outside £2,850 to £3,855 "
        "(2017-21)",
        _own_share,
    ),
    _Entry(
        "waiting-a-week",
        "Planned searches wait a week",
        "Nobody whose search is planned moves in before a week has passed: beds that are known to fall free by then count.",
        "A placements officer's question: is it worth waiting until the beds that we know of are free?",
        _waiting_a_week,
    ),
    _Entry(
        "growth",
        "Three per cent more children a year, for three years",
        "Tonight's pool as it would be after three years of growth.",
        "Councils' plans: 2 % fewer to 3 % more a year",
        _fixed(ChangeDemand(per_mille_a_year=30, years=3)),
    ),
    _Entry(
        "inflation",
        "Prices four per cent higher",
        "Every home's base price and add-ons.",
        "Our own example: the sources give no rate",
        _fixed(ChangePrices(per_mille=40)),
    ),
)
