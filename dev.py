"""The one command file: makes `.venv` from the hashed lock, then runs the command you name in it.

Standard library only, for it runs before anything is installed. `python3 dev.py` lists its commands.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this line is for the older Python that runs it
    sys.exit(
        "This needs Python 3.11 or newer; this is Python {}.{}.\n"
        "On Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv\n"
        "Then run it again, with the newer one: python3.11 dev.py".format(*sys.version_info[:2])
    )
if sys.platform == "win32":
    sys.exit("This runs on Linux and macOS. On Windows use the Windows Subsystem for Linux: wsl --install")

import difflib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from.json"
LOCK = ROOT / "locks" / "dev.txt"
UNFINISHED = "unfinished"


class SetUpError(Exception):
    """What went wrong while making `.venv`, and what to do about it."""


def ensure_environment() -> None:
    """Make `.venv` hold what the lock says: at once when it does, made anew when interrupted.

    When only the lock has changed it is brought up to date in place, for a server may be running from it.
    """
    if _stamp() == _wanted():
        return
    with _one_at_a_time():
        made_from, wanted = _stamp(), _wanted()
        if made_from == wanted:  # another process did it while we waited
            return
        began = time.monotonic()
        fresh = {**made_from, "lock": None} != {**wanted, "lock": None} or made_from["lock"] == UNFINISHED
        uv = shutil.which("uv")
        if fresh:
            _create(uv)
        STAMP.write_text(json.dumps({**wanted, "lock": UNFINISHED}))
        _install(uv)
        STAMP.write_text(json.dumps(wanted))
        say(f".venv is ready ({time.monotonic() - began:.0f} s)")


def _wanted() -> dict[str, str]:
    """The lock, the Python and the place (scripts hold their full path) that `.venv` must be made from."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return {"lock": lock, "python": "{}.{}".format(*sys.version_info), "place": str(VENV)}


def _stamp() -> dict[str, str]:
    """What `.venv` was made from; empty when there is none, or its Python is gone."""
    try:
        made_from: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return made_from if PYTHON.exists() else {}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands started together must not both build: the second waits for the first."""
    with (ROOT / ".venv.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another command that is making .venv")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _create(uv: str | None) -> None:
    base = getattr(sys, "_base_executable", None) or sys.executable
    if VENV.exists():
        shutil.rmtree(VENV)
    if uv:
        run_quietly("making .venv with uv", [uv, "venv", "--quiet", "--python", base, str(VENV)])
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise SetUpError(
            "This Python cannot make virtual environments: its venv package is not installed.\n"
            "On Debian or Ubuntu: apt-get install python3-venv\nThen run the same command again."
        )
    run_quietly("making .venv", [base, "-m", "venv", str(VENV)])


def _install(uv: str | None) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--no-deps", "--require-hashes", "--requirement"]
    if uv:
        command = [uv, "pip", "sync", "--python", str(PYTHON), "--require-hashes"]
    elif not any(VENV.glob("lib/*/site-packages/pip")):  # uv made it, and uv has since gone
        run_quietly("adding pip to .venv", [str(PYTHON), "-m", "ensurepip"])
    what = f"installing the locked packages with {'uv' if uv else 'pip'} (about 500 MB on disk)"
    run_quietly(what, [*command, str(LOCK)])


# --- running things ------------------------------------------------------------------------------


def say(line: str) -> None:
    """A line of progress; on standard error, so that output stays output."""
    print(line, file=sys.stderr, flush=True)


def run_quietly(what: str, command: Sequence[str]) -> None:
    """Run one step of the set-up, showing seconds as they pass; on failure show the end of what it said."""
    say(f"{what} ...")
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        began = time.monotonic()
        step = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=environment(), cwd=ROOT)
        try:
            while step.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    step.wait(timeout=5)
                if step.poll() is None:
                    say(f"  {time.monotonic() - began:.0f} s")
        except BaseException:
            step.terminate()
            step.wait()
            raise
        if step.returncode:
            said.seek(0)
            tail = "\n".join(f"  | {line}" for line in said.read().splitlines()[-25:])
            raise SetUpError(
                f"This step failed: {what}\n{tail}\n"
                "It needs the network, or a package index named in your pip configuration, and 1 GB of disk.\n"
                "Run the same command again to continue: an unfinished .venv is made anew."
            )


def environment() -> dict[str, str]:
    """The caller's environment, with this tree (and no other) to import from, whatever the working directory."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "VIRTUAL_ENV"}}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}


def become(command: Sequence[str], *, at_root: bool = False) -> int:
    """Turn this process into the command, so that Ctrl-C and the exit code are its own."""
    ensure_environment()
    sys.stdout.flush()
    if at_root:
        os.chdir(ROOT)
    os.execve(command[0], list(command), environment())


# --- the commands --------------------------------------------------------------------------------


def in_app(name: str) -> Callable[[list[str]], int]:
    """A command that the application itself knows."""
    return lambda words: become([str(PYTHON), "-m", "app.cli", name, *words])


def test(words: list[str]) -> int:
    """Run pytest on up to four cores; further words go to pytest."""
    spread = ["-n", "logical", "--maxprocesses", "4", "--dist", "worksteal"]
    return become([str(PYTHON), "-m", "pytest", *spread, *words], at_root=True)


def bench(words: list[str]) -> int:
    """Run the benchmarks: a table to read, and the same figures as JSON."""
    return become([str(PYTHON), "-m", "tests.benchmarks", *words])


def peers(words: list[str]) -> int:
    """Make `.venv-peers`, with other people's programs to compare with."""
    return become([str(PYTHON), "-m", "tests.peers.environment", *words])


def torture(words: list[str]) -> int:
    """Kill a real server under load, hundreds of times, and look for anything lost, doubled or half done."""
    return become([str(PYTHON), "-m", "tests.workflow.torture", *words])


def screenshots(words: list[str]) -> int:
    """Take a picture of every page, at the width of a telephone and of a desk."""
    return become([str(PYTHON), "-m", "tests.pages.screenshots", *words])


CHECKS: dict[str, list[str]] = {
    "types": ["-m", "mypy"],
    "inventories": ["-m", "pytest", "-q", "tests/architecture"],
    "imports": [str(VENV / "bin" / "lint-imports"), "--no-logo"],
    "documents": ["-m", "app.cli", "docs", "--check"],
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "--diff", "."],
    "Dockerfile": [str(VENV / "bin" / "hadolint"), "Dockerfile"],
}


def check(words: list[str]) -> int:
    """Run every check (or those named), two at a time; say all that is wrong, then the table."""
    unknown = sorted(set(words) - set(CHECKS))
    if unknown:
        say(f"No check is called {', '.join(unknown)}. The checks: {', '.join(CHECKS)}")
        return 2
    ensure_environment()
    names = words or list(CHECKS)
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = dict(zip(names, pool.map(_run_check, names), strict=True))
    for name, (code, _, said) in results.items():
        if code:
            print(f"--- {name}\n{said.strip()}\n")
    for name, (code, seconds, _) in results.items():
        print(f"{name:<12} {'ok' if code == 0 else 'FAILED':<7} {seconds:5.1f} s")
    failed = [name for name, (code, _, _) in results.items() if code]
    print(f"\nLook at {', '.join(failed)}" if failed else f"\nall {len(names)} checks are ok")
    return 1 if failed else 0


def _run_check(name: str) -> tuple[int, float, str]:
    words = CHECKS[name]
    command = words if Path(words[0]).is_absolute() else [str(PYTHON), *words]
    began = time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    except OSError as error:
        return 127, 0.0, f"cannot run {command[0]}: {error.strerror}"
    seconds = time.monotonic() - began
    say(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({seconds:.1f} s)")
    return done.returncode, seconds, done.stdout + done.stderr


def lock(words: list[str]) -> int:
    """Write locks/ anew from pyproject.toml: versions stay unless they must move, or you say --upgrade."""
    with tempfile.TemporaryDirectory() as scratch:
        uv = shutil.which("uv")
        if not uv:
            run_quietly("making a scratch environment", [sys.executable, "-m", "venv", scratch])
            run_quietly("installing uv there", [f"{scratch}/bin/python", "-m", "pip", "install", "--quiet", "uv"])
            uv = f"{scratch}/bin/uv"
        shape = "--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet"
        compile_ = [uv, "pip", "compile", *shape.split()]
        for output, extra in {"dev": ["--group", "dev", *words], "runtime": ["--constraint", str(LOCK)]}.items():
            target = ROOT / "locks" / f"{output}.txt"
            run_quietly(f"resolving locks/{output}.txt", [*compile_, "pyproject.toml", "-o", str(target), *extra])
            if "://" in target.read_text():
                raise SetUpError(f"{target.name} names an address; a lock here holds versions and hashes only.")
        _lock_peers(compile_, Path(scratch))
    return 0


def _lock_peers(compile_: list[str], scratch: Path) -> None:
    """Programs of others have an environment of their own: what they ask for cannot stand beside ours."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["peers"]
    for name, lines in asked.items():
        (scratch / f"{name}.in").write_text("\n".join(lines))
    words = [str(scratch / "wanted.in"), "--override", str(scratch / "instead.in")]
    run_quietly("resolving locks/peers.txt", [*compile_, *words, "-o", str(ROOT / "locks" / "peers.txt")])


COMMANDS: dict[str, dict[str, tuple[str, Callable[[list[str]], int]]]] = {
    "see it": {
        "demo": ("a made-up county, planned, shown and served (--check: not served; --what-if)", in_app("demo")),
        "serve": ("serve the pages, the API and its description", in_app("serve")),
        "key": ("make an API key: key ROLE", in_app("key")),
        "worker": ("deliver events (webhooks), work out long questions, until stopped", in_app("worker")),
    },
    "run it": {
        "migrate": ("bring the database to the newest tables", in_app("migrate")),
        "load": ("load a bundle of CSV files: load DIR", in_app("load")),
        "export": ("write the same bundle: export DIR", in_app("export")),
        "load903": ("load statutory returns (SSDA903): load903 DIR [--year 2025-26]", in_app("load903")),
        "export903": (
            "write a year's statutory return from our own records: export903 2025-26 DIR",
            in_app("export903"),
        ),
        "verify": ("check an exported plan again, without the solver: verify FILE", in_app("verify")),
        "audit": ("check the audit trail: audit verify, audit head", in_app("audit")),
    },
    "change it": {
        "test": ("run every test, on SQLite and on PostgreSQL (further words go to pytest)", test),
        "check": ("style, types, imports, inventories, documents, Dockerfile (or those you name)", check),
        "torture": ("kill the server under load, over and over, on both databases (--kills N)", torture),
        "screenshots": ("take a picture of every page at two widths: screenshots DIR [NAME ...]", screenshots),
        "bench": ("measure speed: bench [NAME] [--json FILE]", bench),
        "peers": ("install other people's programs to compare with, apart from ours (Python 3.11)", peers),
        "docs": ("write the generated documents (--check: say whether they are up to date)", in_app("docs")),
        "lock": ("resolve the dependencies again into locks/ (--upgrade: to the newest)", lock),
    },
}


def usage() -> str:
    """Every command, each in one line."""
    lines = ["python3 dev.py COMMAND [more words]"]
    for group, commands in COMMANDS.items():
        lines += ["", f"{group}:", *(f"  {name:<13}{says}" for name, (says, _) in commands.items())]
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Run one command; without one, list them."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    every = {name: act for commands in COMMANDS.values() for name, (_, act) in commands.items()}
    name, rest = words[0], words[1:]
    if name not in every:
        near = difflib.get_close_matches(name, every, n=1)
        say(f"There is no command {name!r}" + (f": did you mean {near[0]}?" if near else ".") + f"\n\n{usage()}")
        return 2
    try:
        return every[name](rest)
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nstopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
