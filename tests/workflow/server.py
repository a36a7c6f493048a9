"""A real server process on a database: started, killed as it runs, and started again on the same port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Server:
    """One server, with as many processes as asked for."""

    def __init__(self, url: str, processes: int = 1) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._url, self._processes = url, processes
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts, and waits until it answers."""
        command = [sys.executable, "-m", "uvicorn", "app.asgi:app", "--port", str(self.port)]
        more = ["--no-access-log", "--log-level", "error", "--workers", str(self._processes)]
        environment = {**os.environ, "DATABASE_URL": self._url, "LOG_LEVEL": "ERROR"}
        self._running = subprocess.Popen([*command, *more], cwd=ROOT, env=environment, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self._running.poll() is None, "the server ended before it answered"
            try:
                if httpx2.get(f"{self.address}/health/ready", timeout=5).status_code == httpx2.codes.OK:
                    return
            except httpx2.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"the server did not answer within {PATIENCE:.0f} s")

    def kill(self) -> None:
        """Ends it at once, as a power cut would: no process of it does anything more."""
        assert self._running is not None, "it runs"
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()
        self._running = None

    @property
    def runs(self) -> bool:
        """Whether it was started and not killed since."""
        return self._running is not None


@contextmanager
def serving(url: str, processes: int = 1) -> Iterator[Server]:
    """A server that answers, until the end."""
    server = Server(url, processes)
    server.start()
    try:
        yield server
    finally:
        if server.runs:
            server.kill()
