"""A process that has loaded the service and is forked for each server, so that one killed is followed at once.

`python -m tests.workflow.nursery PORT`: for each line read it starts a server and prints its process id.
"""

from __future__ import annotations

import os
import signal
import sys

import uvicorn

from app.main import create_app
from app.settings import settings


def nurse(port: int) -> None:
    """Starts a server for each line, until there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    app = create_app(settings())  # opens no connection and starts no thread until it serves
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            uvicorn.run(app, port=port, log_level="error", access_log=False)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    nurse(int(sys.argv[1]))
