"""Somebody who works the cycle over HTTP: offer, answer, hold, sign-off, decide, place; again when nothing answers."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.workflow.county import County
from tests.workflow.line import Line

GIVE_UP_AFTER = 60.0
"""Seconds after which a request that nothing answers is lost; where servers are killed, only when the killing is over."""
AGAIN = frozenset({502, 503})


class Lost(AssertionError):
    """The service answered in a way that it never should."""


@dataclass(slots=True)
class Answered:
    """What one worker was told: times by step, and what was promised, which nothing may undo."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    decided: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Decision by referral, as it was answered."""
    started: set[str] = field(default_factory=set)
    """Placements that were answered to have started."""
    refused: int = 0
    """Beds that another search had: a clear 409."""
    again: int = 0
    """Requests sent again, because nothing answered or the service said that it was busy."""
    busy: int = 0
    """Of those, the ones that were answered with 503."""


class Worker:
    """One client, with every role's key in hand. Each request carries an Idempotency-Key and may be sent again."""

    def __init__(self, address: str, county: County, seed: int, pause: Callable[[], float] = lambda: 0.0) -> None:
        self.patience = GIVE_UP_AFTER
        self._line = Line(address)
        self._county, self._random, self._pause = county, random.Random(seed), pause
        self.told = Answered()

    def place(self, referral: str, child: str) -> bool:
        """Works one search to its placement; False when no home had a bed for it."""
        homes = self._random.sample(self._county.homes, min(40, len(self._county.homes)))
        for home in homes:
            offer = self._offer(referral, str(home))
            if offer is not None and self._yes(offer):
                self._finish(referral, child, str(home))
                return True
        return False

    def close(self) -> None:
        """Closes the connection."""
        self._line.close()

    def _offer(self, referral: str, home: str) -> str | None:
        told = self._post("offer", "placements", f"/referrals/{referral}/offers", {"offers": [{"home": home}]})
        return None if told is None else str(told["items"][0]["id"])

    def _yes(self, offer: str) -> bool:
        return self._post("answer", "provider", f"/offers/{offer}/say-willing") is not None

    def _finish(self, referral: str, child: str, home: str) -> None:
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 5 * 86_400))
        self._post("hold", "placements", f"/referrals/{referral}/holds", {"home": home, "child": child, "until": until})
        chosen = [{"child": child, "home": home}]
        asked = self._post("sign-off", "placements", f"/referrals/{referral}/sign-offs", {"chosen": chosen})
        for one in (asked or {"items": []})["items"]:
            if "agree" in one["possible"] or one["state"] == "requested":
                self._post("sign-off", one["role"], f"/sign-offs/{one['id']}/agree", {"by": "staff-3"})
        reasons = {"other-than-first-rank": "The first that was willing"}
        choice = {"chosen": chosen, "decided_by": "staff-1", "reasons": reasons}
        decided = self._post("decide", "team-manager", f"/referrals/{referral}/decisions", choice)
        if decided is None:
            raise Lost("a bed that was held was not there for the decision")
        self.told.decided[referral] = decided
        stay = decided["placements"][child]
        if self._post("place", "social-worker", f"/placements/{stay}/start", {}) is None:
            raise Lost("a bed that was decided was not there at the start")
        self.told.started.add(stay)

    def _post(self, step: str, who: str, path: str, body: Any = None) -> dict[str, Any] | None:
        """One step; None when it was refused because another search has the bed."""
        time.sleep(self._pause())
        headers = {"Authorization": f"Bearer {self._county.keys[who]}", "Idempotency-Key": uuid4().hex}
        began, until = time.perf_counter(), time.monotonic() + self.patience
        while True:
            answer = self._line.post(path, body or {}, headers)
            if answer is not None and answer.status not in AGAIN:
                break
            if time.monotonic() > until:
                raise Lost(f"{step} was not answered within {self.patience:.0f} s")
            self.told.again += 1
            self.told.busy += answer is not None
            time.sleep(0.05 + self._random.random() * 0.1)
        self.told.seconds.setdefault(step, []).append(time.perf_counter() - began)
        if answer.status in (200, 201):
            told: dict[str, Any] = answer.json()
            return told
        if answer.status == 409 and answer.json()["type"].endswith(("bed-taken", "already-asked")):
            self.told.refused += 1
            return None
        raise Lost(f"{step} {path} was answered {answer.status}: {answer.text}")
