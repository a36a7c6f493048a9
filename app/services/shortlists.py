"""Use cases about one referral's homes: the ranked shortlist, and why or why not one home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from app.services.callers import Caller
from app.services.errors import NotWaitingNow
from app.services.office import Office
from app.services.pools import ReadyPool
from db.errors import NotFound
from matching.needs import gaps
from matching.policy import Preset
from matching.shortlist_answers import Shortlist, WhyThisHome
from matching.shortlists import NotWaiting
from matching.values import HomeId, ReferralId


@dataclass(frozen=True, slots=True)
class ChildGap:
    """A need of one child above what the home can meet, and what would close it."""

    child: str
    domain: str
    name: str
    needed: int
    met: int
    support: str
    """What to arrange, in words."""
    skills_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyWithGaps(WhyThisHome):
    """Every finding for one referral with one home, and the support that would close each gap in what it can meet."""

    gaps: tuple[ChildGap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which referral, as at which day, and by which policy: None for the one in force."""

    referral: ReferralId
    as_of: date
    preset: Preset | None = None


def read_shortlist(
    office: Office, caller: Caller, asked: Asked, write: Callable[[Shortlist], bytes], most: int = 20, near: int = 10
) -> bytes:
    """The homes for a referral, ranked, with reasons, as it is written down; leaves an audit event.

    Raises NotFound, and NotWaitingNow when no child of the referral waits for a home on that day.
    """
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    name = ("shortlist", asked.referral, most, near)
    answer = ready.answers.get(name)
    if answer is None:
        answer = ready.answers.keep(name, write(shortlist_of(office, caller, ready, asked, most, near)))
    _audit(office, caller, asked, "read-shortlist")
    return answer


def read_why_this_home(
    office: Office, caller: Caller, asked: Asked, home: HomeId, write: Callable[[WhyWithGaps], bytes]
) -> bytes:
    """Every finding for a referral with one home, as it is written down; leaves an audit event.

    Raises NotFound for either, and NotWaitingNow.
    """
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    column = ready.pool.home_index.get(home)
    if column is None:
        raise NotFound("home", home)
    name = ("why", asked.referral, home)
    answer = ready.answers.get(name)
    if answer is None:
        answer = ready.answers.keep(name, write(why_of(office, caller, ready, asked, column)))
    _audit(office, caller, asked, "read-why-this-home", home)
    return answer


def shortlist_of(office: Office, caller: Caller, ready: ReadyPool, asked: Asked, most: int, near: int) -> Shortlist:
    """The shortlist from a pool; leaves no audit event. Raises NotFound, NotWaitingNow."""
    try:
        with ready.at_work:
            return ready.shortlister.shortlist(asked.referral, most, near)
    except NotWaiting as error:
        raise _not_waiting(office, caller, asked) from error


def why_of(office: Office, caller: Caller, ready: ReadyPool, asked: Asked, column: int) -> WhyWithGaps:
    """Every finding with one home of a pool; leaves no audit event. Raises NotFound, NotWaitingNow."""
    try:
        why = ready.shortlister.why(asked.referral, column)
    except NotWaiting as error:
        raise _not_waiting(office, caller, asked) from error
    told = {field.name: getattr(why, field.name) for field in fields(why)}
    return WhyWithGaps(**told, gaps=tuple(_gaps(ready, asked, column)))


def _gaps(ready: ReadyPool, asked: Asked, column: int) -> Iterator[ChildGap]:
    home = ready.pool.homes[column]
    for seeker in ready.pool.seekers:
        if seeker.referral.id == asked.referral and seeker.profile is not None:
            for gap in gaps(seeker.framework, seeker.profile.levels, home.meets, home.skills_held):
                missing = tuple(sorted(skill.value for skill in gap.skills_missing))
                child = seeker.child.external_ref
                yield ChildGap(child, gap.domain, gap.name, gap.needed, gap.met, gap.support, missing)


def _not_waiting(office: Office, caller: Caller, asked: Asked) -> NotWaitingNow:
    """Why there is nobody to look for. Raises NotFound when there is no such referral."""
    with office.store.reading(caller.authority) as work:
        return NotWaitingNow(work.referrals.get(asked.referral).value.state.value)


def _audit(office: Office, caller: Caller, asked: Asked, action: str, home: UUID | None = None) -> None:
    """A shortlist says much of what a child needs: reading one is reading the child's record."""
    told = {"as_of": asked.as_of, "home": home, "policy": asked.preset}
    with office.store.writing(caller.authority, alone=False) as work:
        work.audit.append(caller.act(action, office.clock()), "referral", asked.referral, after=told)
