"""Real server processes on a database: one to be killed and followed at once, or several that share a port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Mortal:
    """A server that is killed and started again, on one port."""

    def __init__(self, url: str) -> None:
        self._port = _free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.workflow.nursery", str(self._port)],
            cwd=ROOT,
            env=_environment(url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"
        self._pid: int | None = None

    def start(self) -> None:
        """Starts, and waits until it answers."""
        assert self._nursery.stdin is not None, "the nursery listens"
        self._nursery.stdin.write("go\n")
        self._nursery.stdin.flush()
        self._pid = int(self._line())
        _await(self.address)

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        assert self._pid is not None, "it runs"
        os.kill(self._pid, signal.SIGKILL)
        while _is_alive(self._pid):
            time.sleep(0.002)
        self._pid = None

    def end(self) -> None:
        """Ends it and the nursery."""
        if self._pid is not None:
            self.kill()
        self._nursery.kill()
        self._nursery.communicate()

    def _line(self) -> str:
        assert self._nursery.stdout is not None, "the nursery speaks"
        return self._nursery.stdout.readline().strip()


@contextmanager
def mortal(url: str) -> Iterator[Mortal]:
    """A server that runs and can be killed, until the end."""
    server = Mortal(url)
    server.start()
    try:
        yield server
    finally:
        server.end()


@contextmanager
def serving(url: str, processes: int) -> Iterator[str]:
    """The address of a server with several processes, until the end."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "app.asgi:app", "--port", str(port), "--workers", str(processes)]
    quiet = ["--no-access-log", "--log-level", "error"]
    running = subprocess.Popen([*command, *quiet], cwd=ROOT, env=_environment(url), start_new_session=True)
    try:
        _await(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "ERROR"}


def _is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def _await(address: str) -> None:
    until = time.monotonic() + PATIENCE
    with httpx2.Client(timeout=5) as client:
        while time.monotonic() < until:
            try:
                if client.get(f"{address}/health/ready").status_code == httpx2.codes.OK:
                    return
            except httpx2.TransportError:
                time.sleep(0.01)
    raise AssertionError(f"the server did not answer within {PATIENCE:.0f} s")
