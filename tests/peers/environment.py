"""Makes `.venv-peers` from its hashed lock: programs of others that ask for older packages than ours.

Standard library only. Nothing of the service needs it: tests and benchmarks that compare with a peer say that they are
left out where it is not there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-peers"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "locks" / "peers.txt"
STAMP = VENV / "made-from.json"
WHY_NOT = "the peers' programs are not installed here: python3 dev.py peers installs them"
NEWEST_PYTHON = (3, 11)
"""The peers ask for numpy before 1.25, of which there is nothing to install for a newer Python."""


def ready() -> bool:
    """Whether the environment is there and is what the lock says."""
    try:
        return PYTHON.exists() and json.loads(STAMP.read_text()) == _wanted()
    except (OSError, ValueError):
        return False


def make() -> float:
    """Makes the environment unless it is ready; gives back the seconds it took.

    Raises RuntimeError, with what to do, when it cannot be made.
    """
    began = time.monotonic()
    with (ROOT / ".venv-peers.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not ready():
            _make()
    return time.monotonic() - began


def _make() -> None:
    if sys.version_info[:2] > NEWEST_PYTHON:
        raise RuntimeError(
            "The peers' programs run on Python 3.11 and older: they ask for numpy before 1.25. "
            "Make .venv with Python 3.11 (python3.11 dev.py peers); nothing else here needs them."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    base = getattr(sys, "_base_executable", None) or sys.executable
    _run([base, "-m", "venv", str(VENV)])
    install = [str(PYTHON), "-m", "pip", "install", "--no-input", "--no-deps", "--require-hashes"]
    _run([*install, "--requirement", str(LOCK)])
    STAMP.write_text(json.dumps(_wanted()))


def _run(command: list[str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise RuntimeError(
            f"This failed: {' '.join(command[:4])} ...\n{tail}\nIt needs the network, and 250 MB of disk."
        )


def _wanted() -> dict[str, str]:
    return {"lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(), "place": str(VENV)}


if __name__ == "__main__":
    try:
        spent = make()
    except RuntimeError as error:
        sys.exit(str(error))
    print(f".venv-peers is ready ({spent:.0f} s)")
