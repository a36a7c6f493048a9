"""The store: transactions, each for one authority, in which repositories read and write.

    store = Store("sqlite:///var/placement.db")
    with store.reading(authority) as work:
        child = work.children.get(child_id)                      # Stored[Child]: value, version, created_at, updated_at
    with store.writing(authority) as work:
        work.children.replace(changed, act, expected=child.version)   # audit event in the same transaction

Every noun's repository also has `find(external_ref)`, `ids_by_ref()`, `many(ids)`, `page(Listing(...))`, `count(where)`,
`add(value, act)` and `upsert_many(values, act)`, which writes only what differs and leaves one audit event.
`work.pool.load(as_of, now)` reads all that matching reads, `work.pool.version()` whether it has changed since, and
`work.audit` adds, lists and verifies the authority's events. `store.reading()` and `store.writing()` without an authority
serve what belongs to none: authorities, regions, a key by its hash, frameworks for everybody.

Leaving `writing` commits; an error rolls all of it back. Nobody else commits. What the database refuses, or that it
is busy, comes out as a DomainError from db.errors.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Engine, text

from db.engines import BUSY_SECONDS, engine_for
from db.errors import speaking_plainly
from db.kept import Kept
from db.places import Places
from db.repositories.access import ApiKeys, IdempotencyKeys, Imports
from db.repositories.authorities import Authorities, Regions
from db.repositories.care_histories import CareHistories
from db.repositories.children import Children, Identities
from db.repositories.decisions import Frameworks, OwnParameters, Policies
from db.repositories.drafts import Drafts
from db.repositories.events import Events
from db.repositories.homes import Homes, Providers
from db.repositories.match_runs import MatchRuns
from db.repositories.placements import Holds, Placements
from db.repositories.pool import Pool
from db.repositories.profiles import Profiles
from db.repositories.referrals import Referrals
from db.repositories.scenarios import Scenarios
from db.repositories.sessions import Sessions
from db.repositories.sibling_groups import SiblingGroups
from db.repositories.studies import Studies
from db.repositories.webhooks import Webhooks
from db.repositories.workers import Workers
from db.repositories.workflow import Decisions, Offers, Recommendations, Reviews, SignOffs
from db.turns import take_turn
from db.units import Unit
from matching.values import AuthorityId

_AT_A_TIME = 2
"""Writers of one authority in one process that hold a connection; others wait for them in the order they came."""


class Work(Unit):
    """One transaction with a repository for each noun, all of them the unit's authority's."""

    authorities = cached_property(Authorities)
    regions = cached_property(Regions)
    policies = cached_property(Policies)
    parameters = cached_property(OwnParameters)
    frameworks = cached_property(Frameworks)
    children = cached_property(Children)
    identities = cached_property(Identities)
    sibling_groups = cached_property(SiblingGroups)
    profiles = cached_property(Profiles)
    providers = cached_property(Providers)
    homes = cached_property(Homes)
    referrals = cached_property(Referrals)
    placements = cached_property(Placements)
    holds = cached_property(Holds)
    pool = cached_property(Pool)
    match_runs = cached_property(MatchRuns)
    api_keys = cached_property(ApiKeys)
    idempotency = cached_property(IdempotencyKeys)
    imports = cached_property(Imports)
    offers = cached_property(Offers)
    sign_offs = cached_property(SignOffs)
    recommendations = cached_property(Recommendations)
    decisions = cached_property(Decisions)
    reviews = cached_property(Reviews)
    events = cached_property(Events)
    webhooks = cached_property(Webhooks)
    scenarios = cached_property(Scenarios)
    studies = cached_property(Studies)
    sessions = cached_property(Sessions)
    drafts = cached_property(Drafts)
    workers = cached_property(Workers)
    care_histories = cached_property(CareHistories)


class Store:
    """One database. Safe to share between threads."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        engine = engine_for(url, connections=connections)
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._queues: dict[AuthorityId | None, Places] = {}
        self._making_queues = threading.Lock()
        self._kept = Kept()
        self._readers: Engine
        self._writers: Engine
        if self.is_sqlite:
            self._readers, self._writers = engine, engine.execution_options(writes=True)
        else:
            # a pool is read in many statements: they must all see the same moment
            self._readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writers = engine

    @contextmanager
    def reading(self, authority: AuthorityId | None = None) -> Iterator[Work]:
        """A unit of work that sees one moment and can write nothing. Raises Busy."""
        with speaking_plainly(), self._readers.begin() as connection:
            yield Work(connection, authority, writes=False, kept=self._kept)

    @contextmanager
    def writing(
        self, authority: AuthorityId | None = None, *, alone: bool = True, catching: bool = True
    ) -> Iterator[Work]:
        """A unit of work that commits when it ends well, and otherwise leaves nothing behind.

        Alone, it is the only writer of its authority for as long as it lasts. Not alone, it works beside others that
        are not: it locks what it changes before it looks at it (`locked` of repositories), and takes its turn only to
        join the audit trail at the end. On SQLite every writer is alone. `catching` is False for a unit in which no
        refusal is caught: one that is refused anything leaves nothing, and so needs no savepoints.

        Raises Busy when the turn does not come, NotFound for an authority there is not, and what repositories raise.
        """
        with self._queue(authority), speaking_plainly(), self._writers.begin() as connection:
            work = Work(connection, authority, writes=True, kept=self._kept, catching=catching)
            take_turn(work, alone=alone)
            yield work
            work.finish()
        for learned in work.learned:
            self._kept.learn(*learned)

    def check(self) -> None:
        """Raises Busy unless the database answers."""
        with self.reading() as work:
            work.connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    @contextmanager
    def _queue(self, authority: AuthorityId | None) -> Iterator[None]:
        """Keeps threads of this process in a queue of their own before they hold a connection and locks.

        SQLite's own waiting is by polling, which starves some. On PostgreSQL a few of one authority work at a time:
        more would take the interpreter from one another at each of their statements, while all of them hold locks.
        """
        name = None if self.is_sqlite else authority
        with self._making_queues:
            queue = self._queues.setdefault(name, Places(1 if self.is_sqlite else _AT_A_TIME))
        with queue.one(BUSY_SECONDS):
            yield
