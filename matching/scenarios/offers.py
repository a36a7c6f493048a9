"""Homes that could be added, one of each kind, terms and area, with what each would cost to have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from matching.codes import CareType, HomeKind, PlaceKind, Sector
from matching.places import Place
from matching.records import Records
from matching.scenarios.changes import AddHomes
from matching.scenarios.ground import INVENTED, in_the_middle, places_in
from matching.values import AgeRange, Pence

WEEKLY = {
    HomeKind.FOSTERING_MAINSTREAM: Pence(420_00),
    HomeKind.FOSTERING_ENHANCED: Pence(610_00),
    HomeKind.FOSTERING_EMERGENCY: Pence(610_00),
    HomeKind.FOSTERING_PARENT_AND_CHILD: Pence(820_00),
    HomeKind.SUPPORTED_LODGINGS: Pence(420_00),
    HomeKind.SUPPORTED_SINGLE_OCCUPANCY: Pence(1_200_00),
    HomeKind.CHILDRENS_HOME: Pence(2_844_00),
    HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL: Pence(3_855_00),
}
"""A week of one bed where nobody says otherwise. In-house fostering 2017-18 and residential 2016-17 are published (domain
notes, section 12); enhanced lies between in-house and agency; supported and parent-and-child are our own guesses."""
_WHOLE, _YOUNG, _MIDDLE, _TEENS, _LEAVERS = (AgeRange(*ends) for ends in ((0, 17), (0, 4), (5, 10), (10, 17), (16, 17)))
_GRID: tuple[tuple[HomeKind, AgeRange, int], ...] = (
    (HomeKind.FOSTERING_MAINSTREAM, _YOUNG, 1),
    (HomeKind.FOSTERING_MAINSTREAM, _MIDDLE, 1),
    (HomeKind.FOSTERING_MAINSTREAM, _TEENS, 1),
    (HomeKind.FOSTERING_MAINSTREAM, _WHOLE, 3),
    (HomeKind.FOSTERING_ENHANCED, AgeRange(8, 17), 1),
    (HomeKind.FOSTERING_EMERGENCY, _WHOLE, 1),
    (HomeKind.FOSTERING_PARENT_AND_CHILD, _WHOLE, 2),
    (HomeKind.SUPPORTED_LODGINGS, _LEAVERS, 1),
    (HomeKind.SUPPORTED_SINGLE_OCCUPANCY, _LEAVERS, 1),
    (HomeKind.CHILDRENS_HOME, AgeRange(8, 17), 2),
    (HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL, AgeRange(8, 17), 1),
)
_ARRIVALS = (HomeKind.SUPPORTED_LODGINGS, HomeKind.FOSTERING_MAINSTREAM)
MOST_AREAS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Homes that could be added, all alike, and what one costs a week whether it is used or not."""

    name: str
    adding: AddHomes
    """With as many as could be had as its count."""
    weekly: Pence
    """Of one home, all its beds."""


def usual_offers(records: Records, count: int = 1, areas: int = MOST_AREAS) -> tuple[Offered, ...]:
    """One of each kind and terms in each of the areas where most families of those who wait live."""
    found = _areas(records)
    return tuple(
        _offered(kind, ages, beds, count, area, place) for area, place in found[:areas] for kind, ages, beds in _GRID
    ) + tuple(_arrival(kind, count, area, place) for area, place in found[:1] for kind in _ARRIVALS)


def _offered(kind: HomeKind, ages: AgeRange, beds: int, count: int, area: str, place: Place) -> Offered:
    solo = kind is HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL and beds == 1
    adding = AddHomes(count=count, kind=kind, ages=ages, beds=beds, place=place, alike=True, solo=solo)
    words = kind.value.replace("-", " ")
    size = "" if beds == 1 else f", {beds} beds"
    return Offered(name=f"{words}, {ages}{size}, {area}", adding=adding, weekly=Pence(WEEKLY[kind] * beds))


def _arrival(kind: HomeKind, count: int, area: str, place: Place) -> Offered:
    """A bed for an unaccompanied child who has just arrived."""
    care = frozenset({CareType.UASC_ARRIVAL})
    short = frozenset({CareType.SHORT_TERM, CareType.BRIDGING, CareType.EMERGENCY})
    adding = AddHomes(
        count=count,
        kind=kind,
        sector=Sector.IN_HOUSE,
        ages=AgeRange(14, 17) if kind is HomeKind.FOSTERING_MAINSTREAM else _LEAVERS,
        place=place,
        alike=True,
        bed_types=care,
        care_types=care | short,
    )
    words = kind.value.replace("-", " ")
    return Offered(name=f"{words} for arrivals (UASC), {adding.ages}, {area}", adding=adding, weekly=WEEKLY[kind])


def _areas(records: Records) -> tuple[tuple[str, Place], ...]:
    """The postcode areas in which most families of those who wait live, each with the place in its middle."""
    places = [place for place in places_in(records, records.authority.code) if place.point is not None]
    waiting = {child for one in records.referrals if one.state.is_waiting for child in one.children}
    families = Counter(
        _letters(one.place)
        for child in records.children
        if child.id in waiting and not child.external_ref.startswith(INVENTED)
        for one in child.important_places
        if one.kind is PlaceKind.FAMILY_HOME
    )
    by_area = {name: [place for place in places if _letters(place) == name] for name in {_letters(p) for p in places}}
    ordered = sorted(by_area, key=lambda name: (-families[name], name))
    return tuple((name, in_the_middle(by_area[name])) for name in ordered[:MOST_AREAS])


def _letters(place: Place) -> str:
    return place.postcode[:2].rstrip("0123456789")
