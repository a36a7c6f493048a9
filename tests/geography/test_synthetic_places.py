"""The synthetic authorities on real postcodes: localities are where they should be, and so is everybody in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from app.geography.postcodes import PostcodeDirectory
from matching.codes import PlaceKind
from matching.geography import Gazetteer, Postcode, straight_line_metres
from matching.synthetic import (
    NORFOLK,
    NORTH_EAST_LINCOLNSHIRE,
    SyntheticAuthority,
    norfolk_like,
    north_east_lincolnshire_like,
)
from matching.synthetic.figures import Figures

AS_OF = date(2026, 9, 1)
both = pytest.mark.parametrize(
    ("figures", "make"),
    [(NORFOLK, norfolk_like), (NORTH_EAST_LINCOLNSHIRE, north_east_lincolnshire_like)],
    ids=["norfolk", "north-east-lincolnshire"],
)


@pytest.fixture(scope="module")
def directory() -> PostcodeDirectory:
    return PostcodeDirectory()


@both
def test_localities_cover_nearly_all_the_postcodes_of_the_area_once(
    figures: Figures, make: object, directory: PostcodeDirectory
) -> None:
    own = directory.postcodes_of(figures.code)
    districts = Counter(own[at].postcode.outward for at in range(0, len(own), 7))
    claimed = [outward for locality in figures.localities for outward in locality.outward]
    assert len(set(claimed)) == len(claimed)
    assert sum(districts[outward] for outward in claimed) >= 0.98 * districts.total()
    assert abs(sum(locality.share for locality in figures.localities) - 1) < 0.001


@both
def test_neighbours_adjoin_and_the_distant_do_not(figures: Figures, make: object, directory: PostcodeDirectory) -> None:
    assert set(figures.next_door) <= directory.adjoining(figures.code)
    assert not set(figures.distant) & directory.adjoining(figures.code)


@both
def test_every_place_is_where_the_directory_says(
    figures: Figures, make: Callable[[date, int, Gazetteer], SyntheticAuthority], directory: PostcodeDirectory
) -> None:
    authority = make(AS_OF, 1, directory)
    places = [home.place for home in authority.homes]
    places += [place.place for child in authority.children[::5] for place in child.important_places]
    for place in places:
        located = directory.require(place.postcode)
        assert (place.point, place.authority) == (located.point, located.authority)
    outward = {o for locality in figures.localities for o in locality.outward}
    homes = {home.id: home for home in authority.homes}
    assert {Postcode.parse(homes[home].place.postcode).outward for home in authority.localities} <= outward


def test_most_children_live_within_twenty_miles_of_home(directory: PostcodeDirectory) -> None:
    """Random pairs of Norfolk postcodes lie over 20 miles apart in 54 of 100 cases: homes are nearer than by chance."""
    authority = norfolk_like(AS_OF, 1, directory)
    homes = {home.id: home.place.point for home in authority.homes}
    lives_at = {placement.child: homes[placement.home] for placement in authority.placements if placement.until is None}
    miles = [
        straight_line_metres(place.place.point, there) / 1609.3
        for child in authority.children
        if child.id in authority.placed_as and (there := lives_at.get(child.id)) is not None
        for place in child.important_places
        if place.kind is PlaceKind.FAMILY_HOME and place.place.point is not None
    ]
    assert len(miles) > 800
    assert 0.2 < np.mean(np.array(miles) > 20) < 0.4
