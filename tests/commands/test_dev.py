"""The command file: what it says, and that an environment is made once, anew when interrupted, and by one at a time."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dev


class Workshop:
    """Stands in for the slow parts of a set-up: says what was done, and may fail."""

    def __init__(self, root: Path) -> None:
        self.done: list[str] = []
        self.fails = False
        self.seconds = 0.0
        self.lock = root / "lock.txt"
        self.lock.write_text("numpy==1")

    def create(self, uv: str | None) -> None:
        """Make an environment with nothing in it."""
        self.done.append("created")
        dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        dev.PYTHON.touch()

    def install(self, uv: str | None) -> None:
        """Fill it."""
        time.sleep(self.seconds)
        self.done.append("installed")
        if self.fails:
            raise dev.SetUpError("no network")


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    made = Workshop(tmp_path)
    venv = tmp_path / ".venv"
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "made-from.json",
        "LOCK": made.lock,
        "_create": made.create,
        "_install": made.install,
    }.items():
        monkeypatch.setattr(dev, name, value)
    return made


def test_the_environment_is_made_once(workshop: Workshop) -> None:
    dev.ensure_environment()
    dev.ensure_environment()
    assert workshop.done == ["created", "installed"]


def test_a_changed_lock_is_installed_in_place(workshop: Workshop) -> None:
    dev.ensure_environment()
    workshop.lock.write_text("numpy==2")
    dev.ensure_environment()
    assert workshop.done == ["created", "installed", "installed"]


def test_an_interrupted_set_up_is_made_anew(workshop: Workshop) -> None:
    workshop.fails = True
    with pytest.raises(dev.SetUpError):
        dev.ensure_environment()
    workshop.fails = False
    dev.ensure_environment()
    assert workshop.done == ["created", "installed", "created", "installed"]


@pytest.mark.parametrize("what", ["python", "place"])
def test_another_python_or_another_place_is_made_anew(workshop: Workshop, what: str) -> None:
    dev.ensure_environment()
    dev.STAMP.write_text(json.dumps({**json.loads(dev.STAMP.read_text()), what: "another"}))
    dev.ensure_environment()
    assert workshop.done == ["created", "installed", "created", "installed"]


def test_an_environment_whose_python_is_gone_is_made_anew(workshop: Workshop) -> None:
    dev.ensure_environment()
    dev.PYTHON.unlink()
    dev.ensure_environment()
    assert workshop.done == ["created", "installed", "created", "installed"]


def test_two_commands_at_once_make_one_environment(workshop: Workshop) -> None:
    workshop.seconds = 0.2
    with ThreadPoolExecutor(2) as pool:
        for waiting in [pool.submit(dev.ensure_environment) for _ in range(2)]:
            waiting.result(timeout=10)
    assert workshop.done == ["created", "installed"]


def test_a_python_without_venv_is_told_the_package_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(dev.SetUpError, match="apt-get install python3-venv"):
        dev._create(None)


def test_a_failing_step_shows_the_end_of_what_it_said() -> None:
    with pytest.raises(dev.SetUpError, match=r"(?s)installing.*no such package"):
        dev.run_quietly("installing", [sys.executable, "-c", "raise SystemExit('no such package')"])


def test_alone_it_lists_each_command_in_a_line_from_any_directory(tmp_path: Path) -> None:
    command = [sys.executable, str(dev.ROOT / "dev.py")]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    for commands in dev.COMMANDS.values():
        for name, (line, _) in commands.items():
            assert f"\n  {name:<13}{line}" in said
    assert all(len(line) <= 100 for line in said.splitlines())


def test_a_slip_of_the_hand_is_answered_with_the_nearest_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dmeo"]) == 2
    assert "did you mean demo?" in capsys.readouterr().err


def test_an_old_python_can_read_far_enough_to_be_told() -> None:
    ast.parse((dev.ROOT / "dev.py").read_text(), feature_version=(3, 7))


def test_check_runs_everything_and_fails_when_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = {
        "good": [sys.executable, "-c", "print('all well')"],
        "bad": [sys.executable, "-c", "raise SystemExit('a line too long')"],
        "missing": ["/nowhere/at-all"],
    }
    monkeypatch.setattr(dev, "CHECKS", checks)
    monkeypatch.setattr(dev, "ensure_environment", lambda: None)
    assert dev.check([]) == 1
    said = capsys.readouterr().out
    assert "a line too long" in said
    assert "all well" not in said
    assert "Look at bad, missing" in said
    assert dev.check(["good"]) == 0
    assert dev.check(["god"]) == 2
