"""The file about stays: who lived, lives and will live where."""

from __future__ import annotations

from app.interchange.cells import code, day, text
from app.interchange.shared_columns import own_ref, ref_to
from app.interchange.tables import Table, column
from matching.codes import EndReason
from matching.placements import PlacementState

PLACEMENTS = Table(
    "placements",
    "One row for each stay of a child in a home: past, present and planned",
    (
        own_ref("placement"),
        ref_to("child", "Who lives there"),
        ref_to("home", "Where"),
        column("home_authority", text(9), "Code of the authority whose home it is; blank: your own"),
        column("state", code(PlacementState), "Where it stands", required=True),
        column("starts", day(), "First night, planned or actual", required=True),
        column("planned_end", day(), "Morning the child is expected to leave"),
        column("ended", day(), "Morning it ended"),
        column("end_reason", code(EndReason), "Why it ended"),
        column("statutory_code", text(4), "PLACE code of the statutory return, when it came from one"),
    ),
    of="placement_ref",
)
