"""The commands that need a database: migrate, key, load and export."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.auth.keys import Keys
from app.cli import documents
from app.cli.opening import NotReady
from app.cli.serving import free_port, where_served
from db.session import Store
from matching.workflow.roles import Role
from tests.cli.conftest import Command
from tests.interchange.bundles import small_bundle, written

NORFOLK = "E10000020"


def test_a_new_database_is_migrated_once(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/not/yet/there.db")
    code, _, said = command("key", "admin")
    assert code == 1
    assert "Run: python3 dev.py migrate" in said
    assert command("migrate")[0] == 0
    code, said, _ = command("migrate")
    assert code == 0
    assert "already" in said


@pytest.mark.usefixtures("url")
def test_a_bundle_is_loaded_for_a_new_authority_and_written_again(command: Command, tmp_path: Path) -> None:
    folder = written(small_bundle(), tmp_path / "in")
    code, said, _ = command("load", str(folder), "--new", "--authority", NORFOLK)
    assert code == 0
    assert "children                3 added" in said
    code, said, _ = command("load", str(folder))
    assert code == 0
    assert said.splitlines()[-1] == "Nothing changed."
    code, said, _ = command("export", str(tmp_path / "out"))
    assert code == 0
    assert "names are left out" in said
    code, said, _ = command("load", str(tmp_path / "out"))
    assert (code, said.splitlines()[-1]) == (0, "Nothing changed.")


@pytest.mark.usefixtures("url")
def test_a_bad_bundle_is_told_of_and_nothing_is_loaded(command: Command, tmp_path: Path) -> None:
    rows = small_bundle()
    rows["children"] += [{"child_ref": f"X{at}", "born": "?", "sex": "F"} for at in range(60)]
    code, said, wrong = command("load", str(written(rows, tmp_path / "in")), "--new", "--authority", NORFOLK)
    assert (code, said) == (1, "")
    assert "children.csv line 5, born: This is not a date." in wrong
    assert "... and 10 more." in wrong
    assert wrong.splitlines()[-1].startswith("Nothing was loaded: the files have 60 problems.")


@pytest.mark.usefixtures("url")
def test_what_cannot_be_loaded_from_is_said_plainly(command: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert "There is no authority on record" in command("load", str(tmp_path))[2]
    assert "not a zip file" in command("load", str(tmp_path / "notes.txt"))[2]
    assert "cannot be read" in command("load", str(tmp_path / "nowhere"))[2]
    code, _, said = command("load", str(tmp_path), "--new", "--authority", "E07000148")
    assert code == 1
    assert "not the code of a children's services authority" in said


def test_a_key_is_printed_once_and_works(url: str, command: Command, tmp_path: Path) -> None:
    folder = written(small_bundle(), tmp_path / "in")
    command("load", str(folder), "--new", "--authority", NORFOLK)
    code, secret, _ = command("key", "auditor", "--name", "yearly audit")
    assert code == 0
    store = Store(url)
    assert Keys(store).caller(secret.strip()).role is Role.AUDITOR
    store.close()
    code, _, said = command("key", "boss")
    assert code == 1
    assert "The roles: placements" in said


def test_the_next_free_port_is_used_unless_one_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr("app.cli.serving._FIRST", port)
        monkeypatch.setattr("app.cli.serving._LAST", port + 5)
        assert port < free_port("127.0.0.1", None) <= port + 5
        assert f"Port {port} is taken" in capsys.readouterr().out
        with pytest.raises(NotReady, match="Name a free one with --port"):
            free_port("127.0.0.1", port)
    with pytest.raises(NotReady, match="cannot be served on"):
        free_port("203.0.113.1", 8000)


def test_documents_are_written_when_they_are_out_of_date(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "DOCS", tmp_path)
    monkeypatch.setattr(documents, "GENERATED", {"one.md": lambda: "one\n", "two.md": lambda: "two\n"})
    (tmp_path / "one.md").write_text("one\n")
    code, _, said = command("docs", "--check")
    assert code == 1
    assert "Out of date: two.md. Run: python3 dev.py docs" in said
    assert command("docs") == (0, "Written: two.md\n", "")
    assert command("docs", "--check")[0] == 0


def test_a_command_asked_wrongly_says_how(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command("fly")
    assert "invalid choice" in capsys.readouterr().err


def test_the_pages_are_announced_only_where_somebody_can_sign_in_to_them() -> None:
    assert "The pages: http://localhost:8000/" in where_served("development", "http://localhost:8000")
    closed = where_served("none", "http://localhost:8000")
    assert "Nobody can sign in to the pages here yet" in closed
    assert "http://localhost:8000/docs" in closed
    assert "http://localhost:8000/ " not in closed
