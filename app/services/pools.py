"""Pools kept in memory: one for each authority, day and policy, for as long as nothing that it shows has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from db.repositories.pool import PoolVersion
from db.session import Store
from matching.assess import Assessor
from matching.policy import PRESETS, Policy, Preset
from matching.pool import Pool, pool_of
from matching.scenarios.digests import Digests
from matching.shortlists import Shortlister
from matching.values import AuthorityId

T = TypeVar("T")


class ReadyPool:
    """One pool with every rule already asked of every pairing, by one policy."""

    def __init__(self, pool: Pool, policy: Policy, version: PoolVersion) -> None:
        self.pool, self.policy, self.version = pool, policy, version
        self.shortlister = Shortlister(Assessor(pool, policy))
        self.answers: Recent[tuple[object, ...], bytes] = Recent(1_000)
        """What was answered from this pool: the same question has the same answer until the pool changes."""
        self.worked_out: Recent[tuple[object, ...], Any] = Recent(40)
        """What was worked out from this pool for scenarios: kept while the pool stands, like the answers."""
        self.digests = Digests()
        self.at_work = threading.Lock()
        """Answers are worked out one at a time: side by side, threads would only take the interpreter from each other."""


K = TypeVar("K")


class Recent(Generic[K, T]):
    """The things most recently asked for, up to a number of them. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: K) -> T | None:
        """What is kept under a name; None when nothing is."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def keep(self, name: K, value: T) -> T:
        """Keeps a value, and lets go of the one asked for longest ago when there are too many."""
        with self._lock:
            self._kept[name] = value
            self._kept.move_to_end(name)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value


@dataclass(frozen=True, slots=True)
class _Loaded:
    pool: Pool
    version: PoolVersion
    by_policy: Recent[str, ReadyPool]

    def is_current(self, version: PoolVersion, now: datetime) -> bool:
        """Whether nothing was written since, and no hold that it counts has run out."""
        return self.version == version and all(hold.held_until > now for hold in self.pool.records.holds)


class Pools:
    """Loads pools, one thread for each at a time, and keeps those asked for most recently."""

    def __init__(self, store: Store, clock: Callable[[], datetime], *, most: int = 8) -> None:
        self._store, self._clock = store, clock
        self._loaded: Recent[tuple[AuthorityId, date], _Loaded] = Recent(most)
        self._turns: Recent[tuple[AuthorityId, date], threading.Lock] = Recent(most * 8)
        self._giving_turns = threading.Lock()

    def ready(self, authority: AuthorityId, as_of: date, preset: Preset | None = None) -> ReadyPool:
        """The pool as at a day by the authority's own policy, or by a preset. Raises Busy."""
        name = (authority, as_of)
        loaded = self._current(name)
        if loaded is None:
            with self._turn(name):
                loaded = self._current(name) or self._loaded.keep(name, self._load(*name))
        return self._by_policy(name, loaded, preset)

    def recent(self, authority: AuthorityId, as_of: date, within: timedelta) -> ReadyPool:
        """The same, or one read within a time before now though something was written since. Raises Busy.

        For what was seen a moment ago, such as ranks; never for what must hold at this moment.
        """
        loaded = self._loaded.get((authority, as_of))
        if loaded is None or loaded.pool.records.now + within < self._clock():
            return self.ready(authority, as_of)
        return self._by_policy((authority, as_of), loaded, None)

    def _current(self, name: tuple[AuthorityId, date]) -> _Loaded | None:
        loaded = self._loaded.get(name)
        if loaded is None:
            return None
        with self._store.reading(name[0]) as work:
            version = work.pool.version()
        return loaded if loaded.is_current(version, self._clock()) else None

    def _load(self, authority: AuthorityId, as_of: date) -> _Loaded:
        with self._store.reading(authority) as work:
            version = work.pool.version()
            records = work.pool.load(as_of, self._clock())
        return _Loaded(pool_of(records), version, Recent(len(Preset) + 1))

    def _by_policy(self, name: tuple[AuthorityId, date], loaded: _Loaded, preset: Preset | None) -> ReadyPool:
        wanted = preset.value if preset else ""
        ready = loaded.by_policy.get(wanted)
        if ready is not None:
            return ready
        with self._turn(name):
            ready = loaded.by_policy.get(wanted)
            if ready is None:
                policy = PRESETS[preset] if preset else completed(loaded.pool.records.policy)
                ready = loaded.by_policy.keep(wanted, ReadyPool(loaded.pool, policy, loaded.version))
        return ready

    def _turn(self, name: tuple[AuthorityId, date]) -> threading.Lock:
        with self._giving_turns:
            return self._turns.get(name) or self._turns.keep(name, threading.Lock())


def completed(policy: Policy) -> Policy:
    """The policy with the balanced weight for whatever it does not weigh: a word may be newer than the policy."""
    usual = PRESETS[Preset.BALANCED]
    return replace(
        policy,
        urgency={**usual.urgency, **policy.urgency},
        sibling_pairs={**usual.sibling_pairs, **policy.sibling_pairs},
        gravity={**usual.gravity, **policy.gravity},
    )
