"""`dev.py audit verify` finds what was changed, removed or cut, and `audit head` is what to keep elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.__main__ import main
from tests.workflow.cast import a_child, playing


@pytest.fixture
def used(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database in which something was done; gives its path."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    with playing(sqlite_url) as cast:
        for at in range(3):
            cast.recorded("children", a_child(f"C-{at}"))
    return sqlite_url.removeprefix("sqlite:///")


def tamper(path: str, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%audit%'")
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)


def test_a_trail_that_nobody_touched_is_unbroken(used: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 0
    assert "unbroken; the head is" in capsys.readouterr().out
    assert used


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET action = 'other' WHERE sequence = 2",
        "UPDATE audit_events SET role = 'admin-2' WHERE sequence = 4",
        "DELETE FROM audit_events WHERE sequence = 3",
        "UPDATE audit_events SET sequence = sequence + 1000 WHERE sequence = 3",
    ],
)
def test_a_changed_removed_or_reordered_event_is_found(
    used: str, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(used, statement)
    assert main(["audit", "verify"]) == 1
    assert "NOT AS IT WAS WRITTEN" in capsys.readouterr().err


def test_a_trail_cut_short_is_found_by_the_head_kept_elsewhere(
    used: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "head"]) == 0
    kept = tmp_path / "heads.txt"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["audit", "verify", "--since", str(kept)]) == 0
    tamper(used, "DELETE FROM audit_events WHERE sequence > 4")
    tamper(
        used,
        "UPDATE audit_heads SET sequence = 4, hash = (SELECT hash FROM audit_events e WHERE e.sequence = 4 "
        "AND e.authority_id = audit_heads.authority_id) WHERE sequence > 4",
    )
    assert main(["audit", "verify"]) == 0, "cut cleanly, the chain alone cannot tell"
    assert main(["audit", "verify", "--since", str(kept)]) == 1


def test_a_file_that_holds_no_heads_is_refused(used: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("nonsense", encoding="utf-8")
    assert main(["audit", "verify", "--since", str(wrong)]) == 1
    assert used
