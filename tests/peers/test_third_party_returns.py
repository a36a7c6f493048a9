"""Returns that others made up load whole, and what cannot be used of them is counted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from app.geography.postcodes import PostcodeDirectory
from app.interchange.sources import Folder
from app.interchange.ssda903.loading import read_returns
from matching.histories import join_years
from matching.values import AuthorityId
from tests.peers import environment
from tests.peers.running import sample_returns

pytestmark = pytest.mark.skipif(not environment.ready(), reason=environment.WHY_NOT)
AUTHORITY = AuthorityId(UUID(int=1))


def test_the_sample_of_cs_demand_model_loads_whole_and_says_what_cannot_be_used() -> None:
    read, notes = read_returns(AUTHORITY, Folder(sample_returns()), PostcodeDirectory())
    assert [(str(one.year), one.counts["children"], one.counts["episodes"]) for one in read] == [
        ("2017-18", 819, 1460),
        ("2018-19", 572, 974),
        ("2019-20", 362, 648),
        ("2020-21", 226, 402),
        ("2021-22", 144, 253),
    ]
    joined = join_years(AUTHORITY, {one.year: one.children for one in read})
    assert len(joined.children) == 820
    assert sum(bool(child.episodes) for child in joined.children) == 820
    assert sum(len(child.episodes) for child in joined.children) == 2827
    unusable = {
        "places": sum(one.counts["places_not_found"] for one in read),
        "overlaps": sum(note.count for note in notes if "goes on beyond" in note.wrong),
        "reasons without a day": sum(note.count for note in notes if "reason but no day" in note.wrong),
        "empty files": sum(note.wrong == "The file is empty" for note in notes),
    }
    places = 2 * sum(one.counts["episodes"] for one in read)
    assert unusable == {"places": 7188, "overlaps": 41, "reasons without a day": 996, "empty files": 10}
    assert 0.96 < unusable["places"] / places < 0.97
    assert joined.without_ending > 0
    assert (joined.known_from, joined.known_until) == (date(2017, 4, 1), date(2022, 3, 31))
