"""Published figures about North East Lincolnshire, and assumptions where none is published, for an authority like it.

Source: the shared design notes, section 11: 609 children, 58 % aged 10 to 15, 47 % female, 61 % of carers approved for
that age and almost no vacancies, no emergency, PACE, parent-assessment or UASC bed, up to 50 children with more than
three placements a year. Everything else here is assumed, and so are the rows of the placement table.
"""

from __future__ import annotations

from typing import Final

from matching.codes import HomeKind
from matching.synthetic.figures import Figures, OwnHome, PlacementType
from matching.synthetic.ground import codes, locality
from matching.values import AuthorityCode

NORTH_EAST_LINCOLNSHIRE: Final = Figures(
    code=AuthorityCode("E06000012"),
    name="North East Lincolnshire-like (synthetic)",
    region="Yorkshire and The Humber, synthetic",
    types=(
        (PlacementType.AGENCY_FOSTERING, 130),
        (PlacementType.OWN_FOSTERING, 190),
        (PlacementType.RELATIVE_OR_FRIEND, 95),
        (PlacementType.SEMI_INDEPENDENT, 55),
        (PlacementType.OTHER, 12),
        (PlacementType.PLACED_FOR_ADOPTION, 17),
        (PlacementType.WITH_PARENTS, 50),
        (PlacementType.RESIDENTIAL, 60),
    ),
    band_per_cent=(4, 10, 13, 58, 15),
    boys=323,
    uasc=12,
    neglect_per_cent=68,
    started_in_year=205,
    ceased_in_year=190,
    mainstream=150,
    connected=92,
    short_break=6,
    carers=409,
    in_own_households=285,
    staying_put=21,
    matchable=3,
    filled_per_cent=74.0,
    vacant_per_cent=4.0,
    lived_in_per_cent=76.7,
    empty_on_hold_per_cent=88,
    purpose_households=((HomeKind.FOSTERING_ENHANCED, 8), (HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE, 6)),
    carers_for_10_to_15_per_cent=61,
    three_or_more_per_mille=135,
    more_than_three=48,
    unplanned_per_mille=40,
    separated_per_cent=(26, 43, 57),
    own_homes=(
        OwnHome("Dunlin", HomeKind.CHILDRENS_HOME, 4, 100, "Grimsby"),
        OwnHome("Marram", HomeKind.CHILDRENS_HOME, 3, 96, "Cleethorpes"),
        OwnHome("Tern Cottage", HomeKind.CHILDRENS_HOME, 2, 94, "Wolds"),
        OwnHome("Samphire", HomeKind.CHILDRENS_HOME_SHORT_BREAK, 4, 72, "Grimsby", youngest=6),
    ),
    own_supported_beds=10,
    own_flats=3,
    arrival_houses=0,
    agency_offers=9,
    residential_offers=14,
    supported_offers=6,
    stories=(
        ("coming-into-care", 4),
        ("same-day", 1),
        ("emergency", 1),
        ("baby", 1),
        ("pace", 1),
        ("notice-given", 4),
        ("step-down", 2),
        ("supported", 2),
        ("uasc-arrival", 1),
        ("parent-and-child", 1),
        ("very-complex", 2),
        ("connected", 1),
        ("exploited", 2),
        ("pair", 2),
        ("pair-moving", 1),
        ("pair-reunited", 1),
        ("three", 1),
    ),
    localities=(
        locality("Grimsby", 0.58, DN=(31, 32, 33, 34)),
        locality("Cleethorpes", 0.22, DN=(35,)),
        locality("Immingham", 0.08, DN=(40, 41)),
        locality("Wolds", 0.12, DN=(36, 37)),
    ),
    next_door=codes("E10000019", "E06000013"),
    distant=codes("E06000010", "E06000011", "E08000035", "E08000017"),
)
