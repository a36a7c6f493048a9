"""Homes that are not the authority's own fostering households: agencies' carers, children's homes, supported places."""

from __future__ import annotations

from matching.codes import CareType, HomeKind, Sector
from matching.places import Place
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftHome
from matching.synthetic.families import Unit
from matching.synthetic.figures import Figures, OwnHome, PlacementType
from matching.synthetic.ground import Ground
from matching.synthetic.households import (
    USUAL_LIMIT,
    DraftHomes,
    approve_ages,
    put_on_hold,
    settle,
    shared_households,
)
from matching.synthetic.names import AGENCIES, CHARITIES, COMPANIES, SUPPORTED
from matching.values import AgeRange

OWN_HOMES = "own-homes"
OTHER_AUTHORITIES = "other-authorities"
_RESIDENTIAL_KINDS = (
    (HomeKind.CHILDRENS_HOME, 66.0),
    (HomeKind.CHILDRENS_HOME_WITH_EDUCATION, 16.0),
    (HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL, 10.0),
    (HomeKind.RESIDENTIAL_SCHOOL_52_WEEK, 5.0),
    (HomeKind.RESIDENTIAL_SCHOOL_38_WEEK, 3.0),
    (HomeKind.TERM_TIME_BOARDING, 3.0),
)
_SHARED_BEDS = 5
_SAME_LOCALITY = 0.68
_IN_SECURE = 2


def _where(units: Unit, ground: Ground, chance: Chance, next_door: float, distant: float) -> tuple[Place, str]:
    draw = chance.share()
    if draw < distant:
        return ground.distant(), ""
    if draw < distant + next_door:
        return ground.next_door(), ""
    family = units[0].family if units else None
    return ground.around(family.locality if family else ground.locality(), _SAME_LOCALITY)


def agency_homes(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> list[DraftHome]:
    """Agencies' households with our children, and the ones that are offered now; beds are those we use or may."""
    ours = [unit for unit in units if unit[0].kind is PlacementType.AGENCY_FOSTERING]
    made = []
    for children in shared_households(ours, round(len(ours) * 0.93), USUAL_LIMIT, 7, chance):
        home = _agency_home(children, homes, ground, chance)
        home.beds = len(children)
        made.append(home)
    offers = figures.agency_offers
    small = [home for home in made if len(home.residents) < USUAL_LIMIT and home.residents[0].severity < 2.4]
    for home in chance.some(small, offers // 4):
        home.beds += 1
    left = offers - offers // 4
    while left > 0:
        home = _agency_home([], homes, ground, chance)
        home.beds = min(left, chance.weighted(((1, 55.0), (2, 36.0), (3, 9.0))))
        left -= home.beds
        made.append(home)
    for _ in range(figures.children // 90):
        home = _agency_home([], homes, ground, chance)
        put_on_hold(home, chance)
        made.append(home)
    for home in made:
        approve_ages(home, chance)
    return made


def _agency_home(children: Unit, homes: DraftHomes, ground: Ground, chance: Chance) -> DraftHome:
    charity = chance.yes(0.12)
    provider = chance.one(CHARITIES) if charity else chance.one(AGENCIES)
    sector = Sector.VOLUNTARY if charity else Sector.INDEPENDENT_AGENCY
    complex_needs = any(child.severity > 2.3 for child in children)
    enhanced = chance.yes(0.6 if complex_needs else 0.1)
    kind = HomeKind.FOSTERING_ENHANCED if enhanced else HomeKind.FOSTERING_MAINSTREAM
    home = homes.add(kind, sector, provider, _where(children, ground, chance, 0.12, 0.03), 1)
    settle(home, children)
    return home


def own_childrens_homes(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> list[DraftHome]:
    """The authority's own homes, each as full tonight as the published use of one like it allows."""
    waiting = chance.shuffled([u[0] for u in units if u[0].kind is PlacementType.RESIDENTIAL and u[0].age >= 10])
    made = []
    for own in figures.own_homes:
        home = homes.add(own.kind, Sector.IN_HOUSE, OWN_HOMES, (ground.within(own.locality), own.locality), own.beds)
        home.name, home.ages = own.name, AgeRange(own.youngest, own.oldest)
        if own.registered is not None:
            home.beds, home.effective = own.registered, own.beds
        if own.kind is HomeKind.CHILDRENS_HOME_EMERGENCY:
            home.bed_types = frozenset({CareType.EMERGENCY})
        if own.kind is HomeKind.CHILDRENS_HOME_SHORT_BREAK:
            home.bed_types = frozenset({CareType.SHORT_BREAKS})
        else:
            tonight = _tonight(own)
            settle(home, waiting[:tonight])
            waiting = waiting[tonight:]
        made.append(home)
    return made


def _tonight(own: OwnHome) -> int:
    return round(own.beds * own.used_per_cent / 100)


def external_residential(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> list[DraftHome]:
    """Private and voluntary children's homes with our children, and the beds that are offered now."""
    ours = [u for u in units if u[0].kind is PlacementType.RESIDENTIAL and u[0].home is None]
    ours.sort(key=lambda unit: (-unit[0].severity, unit[0].number))
    made = []
    costly = max(1, figures.children // 220)
    for unit in ours[:costly]:
        home = _children_home(unit, homes, ground, chance, HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL)
        home.solo = home.very_high_cost = True
        made.append(home)
    for children in shared_households(ours[costly:], round(len(ours) * 0.82), 3, 4, chance):
        home = _children_home(children, homes, ground, chance, chance.weighted(_RESIDENTIAL_KINDS))
        home.solo = home.kind is HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL and len(children) == 1
        made.append(home)
    left = figures.residential_offers
    for home in chance.some([home for home in made if not home.solo], left // 4):
        home.beds += 1
        left -= 1
    while left > 0:
        home = _children_home([], homes, ground, chance, chance.weighted(_RESIDENTIAL_KINDS))
        home.solo = home.kind is HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL
        home.beds = 1 if home.solo else min(left, chance.weighted(((1, 60.0), (2, 40.0))))
        left -= home.beds
        made.append(home)
    return made


def _children_home(children: Unit, homes: DraftHomes, ground: Ground, chance: Chance, kind: HomeKind) -> DraftHome:
    charity = chance.yes(0.12)
    provider = chance.one(CHARITIES) if charity else chance.one(COMPANIES)
    sector = Sector.VOLUNTARY if charity else Sector.PRIVATE
    home = homes.add(kind, sector, provider, _where(children, ground, chance, 0.25, 0.25), max(1, len(children)))
    settle(home, children)
    ages = [child.age for child in children]
    youngest = min([*ages, chance.one((8, 10, 10, 11, 12))])
    home.ages = AgeRange(youngest, 17)
    return home


def supported_homes(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> list[DraftHome]:
    """Own supported beds and flats, then private and voluntary ones; all for 16 and 17 only."""
    ours = chance.shuffled([unit for unit in units if unit[0].kind is PlacementType.SEMI_INDEPENDENT])
    made = []
    for beds in [*_shared_sizes(figures.own_supported_beds), *([1] * figures.own_flats)]:
        kind = HomeKind.SUPPORTED_SHARED_RINGFENCED if beds > 1 else HomeKind.SUPPORTED_SINGLE_OCCUPANCY
        where = ground.around(ground.locality(), 0.5)
        home = homes.add(kind, Sector.IN_HOUSE, OWN_HOMES, where, beds)
        for unit in ours[: beds if beds < _SHARED_BEDS else beds - 1]:
            settle(home, unit)
        ours = ours[len(home.residents) :]
        made.append(home)
    shared_by = shared_households(ours, max(1, round(len(ours) * 0.48)), _SHARED_BEDS, 2, chance)
    made += [_supported(children, homes, ground, chance) for children in shared_by]
    left = figures.supported_offers
    shared = [home for home in made if home.kind is HomeKind.SUPPORTED_SHARED_RINGFENCED and home.provider != OWN_HOMES]
    for home in chance.some(shared, left // 2):
        home.beds += 1
        left -= 1
    while left > 0:
        home = _supported([], homes, ground, chance)
        home.beds = 1 if home.kind is HomeKind.SUPPORTED_SINGLE_OCCUPANCY else min(left, chance.whole(1, 3))
        left -= home.beds
        made.append(home)
    for home in made:
        home.ages = AgeRange(16, 17)
    _receive_arrivals(figures, made)
    return made


def _shared_sizes(beds: int) -> list[int]:
    houses = max(1, round(beds / _SHARED_BEDS)) if beds else 0
    return [beds // houses + (1 if at < beds % houses else 0) for at in range(houses)]


def _supported(children: Unit, homes: DraftHomes, ground: Ground, chance: Chance) -> DraftHome:
    if len(children) > 1:
        kind = HomeKind.SUPPORTED_SHARED_RINGFENCED
    else:
        kind = chance.weighted(
            (
                (HomeKind.SUPPORTED_SINGLE_OCCUPANCY, 30.0),
                (HomeKind.SUPPORTED_LODGINGS, 30.0),
                (HomeKind.SUPPORTED_SHARED_RINGFENCED, 30.0),
                (HomeKind.SUPPORTED_SHARED_NON_RINGFENCED, 5.0),
                (HomeKind.SUPPORTED_PRIVATE_RESIDENCE, 5.0),
            )
        )
    provider = chance.one(SUPPORTED)
    where = _where(children, ground, chance, 0.1, 0.04)
    home = homes.add(kind, Sector.PRIVATE, provider, where, max(1, len(children)))
    settle(home, children)
    return home


def _receive_arrivals(figures: Figures, made: list[DraftHome]) -> None:
    """Shared houses with a bed free keep it for unaccompanied children who have just arrived."""
    roomy = [home for home in made if home.free and home.kind is HomeKind.SUPPORTED_SHARED_RINGFENCED]
    for home in roomy[: figures.arrival_houses]:
        home.bed_types = frozenset({CareType.UASC_ARRIVAL})


def secure_home(units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance) -> list[DraftHome]:
    """One secure home, far away, where a few of the children counted as 'other' live."""
    others = [u[0] for u in units if u[0].kind is PlacementType.OTHER and u[0].age >= 13]
    home = homes.add(HomeKind.SECURE, Sector.OTHER_AUTHORITY, OTHER_AUTHORITIES, (ground.distant(), ""), _IN_SECURE)
    home.ages = AgeRange(10, 17)
    settle(home, chance.some(others, _IN_SECURE))
    return [home]
