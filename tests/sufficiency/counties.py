"""The made-up county as a situation, for statistical tests and benchmarks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from matching.codes import PlaceKind
from matching.people import Child
from matching.records import Records
from matching.sufficiency.estimates import estimates
from matching.sufficiency.futures import Situation
from matching.sufficiency.kinds import GRID, KINDS, CareKind
from matching.sufficiency.nights import in_care
from matching.sufficiency.own_records import OwnRecords, own_stays
from matching.sufficiency.supply import UNKNOWN_AREA, postcode_area, supply_of
from matching.synthetic import norfolk_like, records_of
from tests.spec.invented_gazetteer import InventedGazetteer

AS_OF = date(2026, 9, 1)


@cache
def county(seed: int = 1) -> tuple[Situation, Records]:
    """1,115 children, what is known of their year, and the records of the day."""
    made = norfolk_like(AS_OF, seed, InventedGazetteer())
    records = records_of(made, AS_OF, datetime(2026, 9, 1, 9, tzinfo=UTC))
    housed = {placement.child for placement in made.placements}
    own = OwnRecords(
        children=made.children,
        placements=made.placements,
        homes=made.homes,
        elsewhere={child: CareKind.OTHER for child in made.placed_as if child not in housed},
        left=made.left_care,
    )
    beds = supply_of(records)
    areas = tuple(sorted({*(_area(child) for child in made.children), *(row.area for row in beds)}))
    stays = own_stays(own, AS_OF, lambda child: areas.index(_area(child))).stays
    known = stays.as_known_on(AS_OF.toordinal(), len(KINDS))
    found = estimates(GRID, known, AS_OF - timedelta(days=365), AS_OF)
    start = in_care(GRID, known, AS_OF.toordinal())
    return Situation(first=AS_OF, start=start, estimates=found, beds=beds, areas=areas), records


def _area(child: Child) -> str:
    places = (one.place for one in child.important_places if one.kind is PlaceKind.FAMILY_HOME)
    return next((postcode_area(place) for place in places), UNKNOWN_AREA)
