"""What every program of a comparison is given is the same, and tells nothing of what came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.geography.postcodes import PostcodeDirectory
from app.interchange.sources import Folder
from app.interchange.ssda903.loading import read_returns
from matching.codes.ssda903 import CollectionYear
from matching.synthetic.care_histories import NOBODY, invented_history
from tests.peers.known_files import write_known

DAY = date(2019, 9, 1)


def test_what_was_known_on_a_day_can_be_read_back_and_no_more(tmp_path: Path) -> None:
    history = invented_history(NOBODY, CollectionYear(2018), 2, 1)
    folder = write_known(history, DAY, tmp_path / "known")
    (read,), _ = read_returns(NOBODY, Folder(folder), PostcodeDirectory(), CollectionYear(2019))
    known = [
        tuple(
            replace(one, ends=None, reason_ceased=None) if one.ends is None or one.ends >= DAY else one
            for one in child.episodes
            if one.begins < DAY
        )
        for child in history.children
    ]
    told = sorted((child.episodes for child in read.children), key=repr)
    assert told == sorted((episodes for episodes in known if episodes), key=repr)
    assert read.counts["children"] == sum(bool(episodes) for episodes in known)
