"""Published figures about Norfolk, from which a Norfolk-like authority is made; nobody and no home in it is real.

Source: the shared design notes, section 11, which gather committee papers of 2016-17 and later statutory tables.
"""

from __future__ import annotations

from typing import Final

from matching.codes import HomeKind
from matching.synthetic.figures import Figures, OwnHome, PlacementType
from matching.synthetic.ground import codes, locality
from matching.values import AuthorityCode

NORFOLK: Final = Figures(
    code=AuthorityCode("E10000020"),
    name="Norfolk-like (synthetic)",
    region="East of England, synthetic",
    types=(
        (PlacementType.AGENCY_FOSTERING, 368),
        (PlacementType.OWN_FOSTERING, 380),
        (PlacementType.RELATIVE_OR_FRIEND, 72),
        (PlacementType.SEMI_INDEPENDENT, 105),
        (PlacementType.OTHER, 16),
        (PlacementType.PLACED_FOR_ADOPTION, 28),
        (PlacementType.WITH_PARENTS, 37),
        (PlacementType.RESIDENTIAL, 109),
    ),
    band_per_cent=(5, 14, 18, 41, 23),
    boys=626,
    uasc=79,
    neglect_per_cent=65,
    started_in_year=458,
    ceased_in_year=440,
    mainstream=294,
    connected=72,
    short_break=32,
    carers=694,
    in_own_households=447,
    staying_put=71,
    matchable=40,
    filled_per_cent=61.0,
    vacant_per_cent=15.8,
    purpose_households=(
        (HomeKind.FOSTERING_ENHANCED, 22),
        (HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE, 18),
        (HomeKind.FOSTERING_MOCKINGBIRD_HUB, 3),
        (HomeKind.FOSTERING_EMERGENCY, 3),
        (HomeKind.FOSTERING_PARENT_AND_CHILD, 2),
        (HomeKind.FOSTERING_PACE, 1),
        (HomeKind.FOSTERING_REMAND, 1),
    ),
    carers_for_10_to_15_per_cent=None,
    three_or_more_per_mille=101,
    more_than_three=38,
    unplanned_per_mille=31,
    separated_per_cent=(26, 43, 57),
    own_homes=(
        OwnHome("Larkfield", HomeKind.CHILDRENS_HOME_SHORT_BREAK, 4, 68, "Norwich", youngest=6),
        OwnHome("Sedge House", HomeKind.CHILDRENS_HOME_SHORT_BREAK, 4, 78, "North", youngest=6),
        OwnHome("Brambles", HomeKind.CHILDRENS_HOME_SHORT_BREAK, 9, 70, "Breckland", youngest=6),
        OwnHome("Quayside", HomeKind.CHILDRENS_HOME_EMERGENCY, 4, 82, "Norwich"),
        OwnHome("The Stables", HomeKind.CHILDRENS_HOME_EMERGENCY, 4, 94, "Yarmouth", registered=6),
        OwnHome("Heron House", HomeKind.CHILDRENS_HOME_ASSESSMENT, 4, 100, "West"),
        OwnHome("Millrace", HomeKind.CHILDRENS_HOME, 2, 84, "South", youngest=8, solo_at_times=True),
        OwnHome("Fallowfield", HomeKind.CHILDRENS_HOME, 2, 96, "North"),
        OwnHome("Southgate", HomeKind.CHILDRENS_HOME, 4, 100, "Breckland"),
    ),
    own_supported_beds=33,
    own_flats=5,
    agency_offers=46,
    residential_offers=34,
    supported_offers=18,
    stories=(
        ("coming-into-care", 5),
        ("same-day", 1),
        ("emergency", 1),
        ("baby", 2),
        ("pace", 1),
        ("notice-given", 3),
        ("step-down", 3),
        ("end-of-bridging", 2),
        ("supported", 3),
        ("uasc-arrival", 2),
        ("uasc-fostering", 1),
        ("parent-and-child", 1),
        ("very-complex", 3),
        ("wheelchair", 1),
        ("gastrostomy", 1),
        ("connected", 2),
        ("exploited", 1),
        ("pair", 2),
        ("pair-moving", 1),
        ("pair-reunited", 1),
        ("three", 1),
        ("four", 1),
    ),
    localities=(
        locality("Breckland", 0.13, NR=(16, 17, 19, 20), IP=(24, 25, 26, 27)),
        locality("North", 0.12, NR=(11, 12, 21, 22, 23, 24, 25, 26, 27, 28)),
        locality("Norwich", 0.30, NR=(1, 2, 3, 4, 5, 6, 7, 8, 10)),
        locality("South", 0.12, NR=(9, 14, 15, 18, 35), IP=(20, 21, 22, 23)),
        locality("West", 0.16, PE=(13, 14, 30, 31, 32, 33, 34, 35, 36, 37, 38)),
        locality("Yarmouth", 0.17, NR=(13, 29, 30, 31, 34)),
    ),
    next_door=codes("E10000029", "E10000003", "E10000019"),
    distant=codes("E10000012", "E06000031", "E10000016", "E08000025"),
)
