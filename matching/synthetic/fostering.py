"""The authority's own fostering households: who lives there, which beds are free, and which of those can be offered."""

from __future__ import annotations

from dataclasses import dataclass

from matching.codes import CareType, EffectiveBedsReason, HomeKind, Sector, Setting
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftHome
from matching.synthetic.families import Unit
from matching.synthetic.figures import Figures, PlacementType
from matching.synthetic.fitting import shared_out
from matching.synthetic.ground import Ground
from matching.synthetic.households import (
    USUAL_LIMIT,
    DraftHomes,
    approve_ages,
    can_keep_out_of_teens,
    put_on_hold,
    settle,
    shared_households,
)

OWN_SERVICE = "own-fostering"
ORDINARY = frozenset(
    {HomeKind.FOSTERING_MAINSTREAM, HomeKind.FOSTERING_ENHANCED, HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE}
)
"""Kinds of household whose free beds serve an ordinary stay."""
KEPT_FOR = {
    HomeKind.FOSTERING_EMERGENCY: CareType.EMERGENCY,
    HomeKind.FOSTERING_PACE: CareType.PACE,
    HomeKind.FOSTERING_REMAND: CareType.REMAND,
    HomeKind.FOSTERING_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
    HomeKind.FOSTERING_SHORT_BREAK: CareType.SHORT_BREAKS,
}
_ONLY_STAYING_PUT = 0.35
"""Over-18s who stay put in a household that has no child in care now."""
_SAME_LOCALITY = 0.78


@dataclass(frozen=True, slots=True)
class OwnFostering:
    """The authority's own households by what they are."""

    mainstream: list[DraftHome]
    connected: list[DraftHome]
    short_break: list[DraftHome]
    elsewhere: list[DraftHome]
    """Connected persons approved by another authority."""


def own_fostering(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> OwnFostering:
    """Every own household, with the published number of children in them, over-18s and free beds."""
    of_relatives = [unit for unit in units if unit[0].kind is PlacementType.RELATIVE_OR_FRIEND]
    of_fostered = [unit for unit in units if unit[0].kind is PlacementType.OWN_FOSTERING]
    over = figures.of_type(PlacementType.OWN_FOSTERING) + figures.of_type(PlacementType.RELATIVE_OR_FRIEND)
    elsewhere = _approved_elsewhere(of_relatives, over - figures.in_own_households, homes, ground)
    connected = _connected(figures, [u for u in of_relatives if u[0].home is None], homes, ground, chance)
    mainstream = _mainstream(figures, of_fostered, homes, ground, chance)
    short_break = _short_break(figures, homes, ground, chance)
    _share_out_beds(figures, OwnFostering(mainstream, connected, short_break, elsewhere), chance)
    _approve(figures, mainstream, chance)
    for home in [*connected, *short_break, *elsewhere]:
        approve_ages(home, chance)
    return OwnFostering(mainstream, connected, short_break, elsewhere)


def _household(
    kind: HomeKind, children: Unit, homes: DraftHomes, ground: Ground, chance: Chance, beds: int = 0
) -> DraftHome:
    family = children[0].family if children else None
    where = ground.around(family.locality if family else ground.locality(), _SAME_LOCALITY)
    if chance.yes(0.04):
        where = (ground.next_door(), "")
    home = homes.add(kind, Sector.IN_HOUSE, OWN_SERVICE, where, beds or len(children))
    settle(home, children)
    return home


def _approved_elsewhere(units: list[Unit], count: int, homes: DraftHomes, ground: Ground) -> list[DraftHome]:
    """The 5 children by whom the placement table exceeds the children in own households live with relatives
    whom another authority approved.
    """
    made = []
    for unit in [unit for unit in units if len(unit) == 1][:count]:
        kind = HomeKind.FOSTERING_CONNECTED
        home = homes.add(kind, Sector.OTHER_AUTHORITY, "other-authorities", (ground.next_door(), ""), 1)
        settle(home, unit)
        made.append(home)
    return made


def _connected(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> list[DraftHome]:
    """Relatives and friends: those with children, those named for children who wait, and those between children."""
    made = [_household(HomeKind.FOSTERING_CONNECTED, unit, homes, ground, chance) for unit in units]
    stories = dict(figures.stories)
    waiting = [1] * stories.get("connected", 0) + [3] * stories.get("three", 0)
    made += [_household(HomeKind.FOSTERING_CONNECTED, [], homes, ground, chance, beds) for beds in waiting]
    while len(made) < figures.connected:
        home = _household(HomeKind.FOSTERING_CONNECTED, [], homes, ground, chance, 1)
        put_on_hold(home, chance)
        made.append(home)
    return made


def _mainstream(
    figures: Figures, units: list[Unit], homes: DraftHomes, ground: Ground, chance: Chance
) -> list[DraftHome]:
    lived_in = round(figures.mainstream * figures.lived_in_per_cent / 100)
    kind = HomeKind.FOSTERING_MAINSTREAM
    shared = shared_households(units, lived_in, USUAL_LIMIT, 7, chance)
    made = [_household(kind, children, homes, ground, chance) for children in shared]
    made += [_household(kind, [], homes, ground, chance) for _ in range(figures.mainstream - len(made))]
    _give_kinds(figures, made, chance)
    _stay_put(figures, made, chance)
    return made


def _give_kinds(figures: Figures, made: list[DraftHome], chance: Chance) -> None:
    """Enhanced carers have the children with the most complex needs; kept beds are in households without children."""
    lived_in = [home for home in made if home.residents]
    complex_first = sorted(lived_in, key=lambda home: (-max(c.severity for c in home.residents), home.number))
    empty = iter(home for home in made if not home.residents)
    rest = iter(chance.shuffled(complex_first[40:]))
    for kind, count in figures.purpose_households:
        for at in range(count):
            if kind is HomeKind.FOSTERING_ENHANCED:
                complex_first[at].kind = kind
            else:
                chosen = next(rest if kind is HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE else empty)
                chosen.kind = kind
                chosen.bed_types = frozenset({KEPT_FOR[kind]}) if kind in KEPT_FOR else frozenset()


def _stay_put(figures: Figures, made: list[DraftHome], chance: Chance) -> None:
    alone = [h for h in made if not h.residents and h.kind is HomeKind.FOSTERING_MAINSTREAM]
    beside = [h for h in made if h.residents and len(h.residents) <= 2 and min(c.age for c in h.residents) >= 6]
    only = round(figures.staying_put * _ONLY_STAYING_PUT)
    for home in alone[:only] + chance.some(beside, figures.staying_put - only):
        home.staying_put = 1
        home.beds += 1


def _short_break(figures: Figures, homes: DraftHomes, ground: Ground, chance: Chance) -> list[DraftHome]:
    made = []
    for number in range(figures.short_break):
        home = _household(HomeKind.FOSTERING_SHORT_BREAK, [], homes, ground, chance, 2 if number % 3 == 0 else 1)
        home.bed_types = frozenset({CareType.SHORT_BREAKS})
        if number % 8 == 1:
            put_on_hold(home, chance)
        made.append(home)
    return made


def _share_out_beds(figures: Figures, own: OwnFostering, chance: Chance) -> None:
    """Adds free beds to mainstream households until filled, vacant and unavailable are as published."""
    places = round(figures.in_own_households * 100 / figures.filled_per_cent)
    vacant = round(places * figures.vacant_per_cent / 100)
    others = [*own.connected, *own.short_break]
    open_elsewhere = sum(home.free for home in others if home.reason is None and home.state.value == "available")
    shut_elsewhere = sum(home.free for home in others) - open_elsewhere
    to_open = vacant - open_elsewhere
    to_shut = places - figures.in_own_households - vacant - figures.staying_put - shut_elsewhere
    empty = [home for home in own.mainstream if not home.residents and not home.staying_put]
    on_hold = round(len(empty) * figures.empty_on_hold_per_cent / 100)
    plain = [home for home in empty if home.kind is HomeKind.FOSTERING_MAINSTREAM]
    shut = plain[len(plain) - on_hold :] if on_hold else []
    opened = [home for home in empty if home not in shut]
    _spread(opened, to_open - _spread_evenly(opened, to_open), chance, own.mainstream, shut_beds=False)
    for home in shut:
        put_on_hold(home, chance)
    _spread(shut, to_shut - _spread_evenly(shut, to_shut), chance, own.mainstream, shut_beds=True)
    _reserve(own, figures.matchable, chance)


def _spread_evenly(empty: list[DraftHome], beds: int) -> int:
    """One or two beds for each empty household; returns how many beds were given."""
    given = 0
    for at, home in enumerate(empty):
        home.beds = min(2 if at % 2 else 1, max(1, beds - given))
        given += home.beds
    return given


def _spread(empty: list[DraftHome], beds: int, chance: Chance, mainstream: list[DraftHome], *, shut_beds: bool) -> None:
    """The remaining beds go one each to households where somebody lives."""
    if beds < 0:
        raise AssertionError(f"{len(empty)} empty households have {-beds} beds more than the figures allow.")
    room = [
        home
        for home in mainstream
        if (home.residents or home.staying_put) and home.free == 0 and len(home.residents) < USUAL_LIMIT
    ]
    for home in chance.some(room, beds):
        home.beds += 1
        if shut_beds and chance.yes(0.5):
            home.effective = home.beds - 1
        elif shut_beds:
            put_on_hold(home, chance)


def _reserve(own: OwnFostering, matchable: int, chance: Chance) -> None:
    """Keeps free beds beyond the matchable ones for placements that are planned already."""
    free = [
        home
        for home in own.mainstream
        if home.kind in ORDINARY and home.state.value == "available" and home.effective is None
        for _ in range(home.free)
    ]
    for home in chance.some(free, len(free) - matchable):
        home.reserved += 1


def _approve(figures: Figures, mainstream: list[DraftHome], chance: Chance) -> None:
    """Ranges of approval; where a share approved for 10 to 15 is published, as many as that."""
    per_cent = figures.carers_for_10_to_15_per_cent
    if per_cent is None:
        for home in mainstream:
            approve_ages(home, chance)
        return
    must = [home for home in mainstream if not can_keep_out_of_teens(home)]
    may = chance.shuffled([home for home in mainstream if home not in must])
    wanted = shared_out(len(mainstream), (per_cent, 100 - per_cent))[0] - len(must)
    for home in must:
        approve_ages(home, chance)
    for at, home in enumerate(may):
        approve_ages(home, chance, teens=at < wanted)


def reduced_because(home: DraftHome) -> EffectiveBedsReason:
    """Why a household takes fewer than it is approved for."""
    alone = home.kind.setting is Setting.FOSTERING and len(home.residents) == 1
    return EffectiveBedsReason.SINGLE_PLACEMENT if alone else EffectiveBedsReason.GROUP_DYNAMIC
