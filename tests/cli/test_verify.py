"""The command that checks an exported run again."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.__main__ import main
from matching.assess import Assessor
from matching.baselines import first_come_first_served
from matching.candidates import Worth, candidates_of
from matching.plan import Levels
from matching.pool import pool_of
from matching.rules.book import RULE_BOOK_VERSION
from matching.run_documents import Proven, RunDocument, document_of, packed
from matching.synthetic.pools import small_pool


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An exported run whose plan holds."""
    records = small_pool(3)
    assessor = Assessor(pool_of(records))
    run = RunDocument(
        run="M-7K3M9",
        made=datetime(2026, 9, 1, tzinfo=UTC),
        rule_book=RULE_BOOK_VERSION,
        records=records,
        plan=first_come_first_served(Worth(assessor, candidates_of(assessor))),
        proven=Proven("best-so-far", Levels(0, 0, 0, 0, 0, 0), "none"),
    )
    path = tmp_path / "run.json.gz"
    path.write_bytes(packed(document_of(run)))
    return path


def test_a_run_that_holds_is_said_to(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert "Match run M-7K3M9: 5 children who wait, 7 homes" in said
    assert said.splitlines()[-1] == "The plan holds."


def test_a_file_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.json").write_text("{}")
    assert main(["verify", str(tmp_path / "other.json")]) == 1
    assert "not an exported match run" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "nowhere.json")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_checking_a_run_again_loads_no_solver_and_no_storage() -> None:
    code = (
        "import sys; import app.cli.__main__, app.cli.verifying; "
        "print(sorted({'ortools', 'solver', 'sqlalchemy', 'fastapi'} & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
