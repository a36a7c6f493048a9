"""Use cases of those who look into what was done: who saw and did what, when, about which search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.callers import Caller
from app.services.office import Office
from db.audit import AuditEvent
from db.errors import NotFound
from db.repositories.audit_search import AuditAsked, AuditSearch
from db.session import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """Events, the newest first; `more` says whether there are older ones of the kind."""

    events: tuple[AuditEvent, ...]
    more: bool
    children: dict[UUID, str]
    """The reference of each child and search that an event here is about."""
    referrals: dict[UUID, str]
    homes: dict[UUID, str]


def read_audit(office: Office, caller: Caller, asked: AuditAsked, referral: str | None = None) -> Audited:
    """Looks through the trail; of one search and all that belongs to it, when its short reference is given.

    Leaves an audit event of its own, after what it shows. Raises NotFound for a search there is not.
    """
    with office.store.writing(caller.authority) as work:
        about = None if referral is None else frozenset(_all_of(work, referral))
        wanted = asked if about is None else replace(asked, about=about)
        found = AuditSearch(work).newest(replace(wanted, limit=asked.limit + 1))
        shown = found[: asked.limit]
        told = {"shown": [event.sequence for event in shown]}
        work.audit.append(caller.act("read-audit", office.clock()), "audit trail", None, after=told)
        return _named(work, shown, more=len(found) > asked.limit)


def _named(work: Work, events: tuple[AuditEvent, ...], *, more: bool) -> Audited:
    ids: dict[str, list[UUID]] = {}
    for event in events:
        if event.noun_id is not None:
            ids.setdefault(event.noun, []).append(event.noun_id)
    searches = work.referrals.many(ids.get("referral", []), words=False)
    children = work.children.many(ids.get("child", []), words=False)
    homes = work.homes.many(ids.get("home", []), words=False)
    return Audited(
        events=events,
        more=more,
        children={one: stored.value.external_ref for one, stored in children.items()},
        referrals={one: stored.reference or "" for one, stored in searches.items()},
        homes={one: stored.value.external_ref for one, stored in homes.items()},
    )


def _all_of(work: Work, reference: str) -> Iterator[UUID]:
    """The ids of a search, its children, and everything that was made for it."""
    stored = work.referrals.by_reference(reference)
    if stored is None:
        raise NotFound("referral", reference)
    yield stored.value.id
    yield from stored.value.children
    for records in (work.offers, work.sign_offs):
        yield from (one.value.id for one in records.of_referral(stored.value.id))
    for decision in work.decisions.of_referral(stored.value.id):
        yield decision.value.id
        yield from decision.value.placements.values()
    newest = work.recommendations.newest(stored.value.id)
    if newest is not None:
        yield newest.value.id
