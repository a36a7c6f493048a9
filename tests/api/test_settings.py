"""Settings: few, listed with their defaults in one example file, and refused when they cannot be."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import ROOT, BadSetting, Settings, settings, settings_from


def test_the_example_lists_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(listed) == {field.name.upper() for field in fields(Settings)}
    assert settings_from(listed) == Settings()


def test_what_is_empty_has_its_default() -> None:
    assert settings_from({"DATABASE_URL": " ", "POOLS_KEPT": ""}) == Settings()


def test_the_environment_is_heard_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text("# ours\nPOOLS_KEPT = 3\nLOG_LEVEL=DEBUG\n")
    monkeypatch.setenv("POOLS_KEPT", "5")
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    read = settings(file)
    assert (read.pools_kept, read.log_level) == (5, "DEBUG")


@pytest.mark.parametrize("written", ["0", "-1", "many", "1.5"])
def test_a_setting_that_cannot_be_is_named(written: str) -> None:
    with pytest.raises(BadSetting, match="POOLS_KEPT is a whole number"):
        settings_from({"POOLS_KEPT": written})
