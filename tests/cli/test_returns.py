"""The commands about the statutory return, as they are typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.session import Store
from matching.codes import LegalStatus
from tests.cli.conftest import Command
from tests.db.examples import act
from tests.interchange.bundles import an_authority, loaded, small_bundle, written
from tests.interchange.small_return import small_return, write


def recorded(url: str) -> None:
    """An authority on record."""
    store = Store(url)
    an_authority(store)
    store.close()


def test_a_return_is_loaded_from_a_folder_and_again_changes_nothing(url: str, command: Command, tmp_path: Path) -> None:
    recorded(url)
    folder = str(write(small_return(), tmp_path))
    code, out, err = command("load903", folder)
    assert code == 0, err
    assert out.split("\n")[0].split()[:6] == ["2024-25", "added", "3", "children", "4", "episodes"]
    code, out, _ = command("load903", folder, "--year", "2024-25")
    assert (code, out.strip().rsplit("\n", 1)[-1]) == (0, "1 unchanged.")


def test_what_is_wrong_with_a_return_is_told_line_by_line(url: str, command: Command, tmp_path: Path) -> None:
    recorded(url)
    rows = small_return()
    rows["episodes"][1]["PLACE"] = "K9"
    code, out, err = command("load903", str(write(rows, tmp_path)))
    assert (code, out) == (1, "")
    assert "episodes.csv line 3, PLACE: This is no code of the list. Give one of A3," in err
    assert "Nothing was loaded: the files have 1 problem" in err


def test_a_year_that_is_none_is_refused(url: str, command: Command, tmp_path: Path) -> None:
    recorded(url)
    code, _, err = command("load903", str(write(small_return(), tmp_path)), "--year", "2025")
    assert code == 1
    assert "as 2025-26" in err


def test_a_return_of_our_own_records_is_written_and_read_back(url: str, command: Command, tmp_path: Path) -> None:
    store = Store(url)
    authority = an_authority(store)
    loaded(store, authority, written(small_bundle(), tmp_path / "bundle"))
    with store.writing(authority.id) as work:  # the child who is placed has a legal status in what is sent
        child = work.children.find("C3")
        assert child is not None
        work.children.replace(replace(child.value, legal_status=LegalStatus.C2_FULL_CARE_ORDER), act())
    store.close()
    folder = tmp_path / "return"
    code, out, err = command("export903", "2026-27", str(folder))
    assert code == 0, err
    assert "1 children, 1 episodes" in out
    assert "Episodes.CIN" in out
    assert sorted(path.name for path in folder.iterdir()) == ["episodes.csv", "header.csv", "uasc.csv"]
    code, out, err = command("load903", str(folder), "--year", "2026-27")
    assert code == 0, err
    assert "2026-27  added" in out
    assert "The category of need is blank" in err
