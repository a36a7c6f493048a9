"""One process that wants a bed, with three threads of its own; told to go, it says how each fared."""

from __future__ import annotations

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from db.acts import Act
from db.errors import BedTaken
from db.session import Store
from matching.placements import Hold
from matching.values import AuthorityId, ChildId, HoldId, HomeId, ReferralId
from tests.workflow.county import today

THREADS = 3


def race(url: str, authority: str, home: str, referral: str, child: str) -> None:
    """Waits for the word, then tries with every thread at once."""
    store, ready = Store(url), threading.Barrier(THREADS)
    now = datetime.now(UTC)

    def want(_: int) -> str:
        hold = Hold(
            id=HoldId(uuid4()),
            authority=AuthorityId(UUID(authority)),
            home=HomeId(UUID(home)),
            referral=ReferralId(UUID(referral)),
            child=ChildId(UUID(child)),
            first_night=today(),
            last_morning=None,
            held_until=now + timedelta(hours=1),
        )
        ready.wait()
        try:
            with store.writing(hold.authority) as work:
                work.holds.add(hold, Act(actor="racer", role="placements", action="hold-bed", at=now))
        except BedTaken:
            return "taken"
        return "held"

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        print(json.dumps(list(threads.map(want, range(THREADS)))), flush=True)
    store.close()


if __name__ == "__main__":
    race(*sys.argv[1:6])
