"""Who saw and did what: the audit trail, the newest first, by person, search, kind and day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, ClassVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response

from app.pages.typed import FieldError, Typed
from app.pages.visits import May, Visit
from app.pages.wording import ROLES
from app.pages.words import capital, moment, plain
from app.services.audits import Audited, read_audit
from db.audit import AuditEvent
from db.errors import NotFound
from db.repositories.audit_search import READS, AuditAsked
from matching.workflow.roles import Role

router = APIRouter(include_in_schema=False)

_ON_A_PAGE = 50
_HERE = ZoneInfo("Europe/London")
_LONGEST = 120
"""Letters of a value that are shown; the trail itself keeps all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """One thing that somebody saw or did."""

    number: str
    when: str
    who: str
    role: str
    what: str
    about: str
    href: str
    saw: bool
    changes: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilters:
    """What was asked for, as it stands in the form."""

    who: str
    search: str
    kind: str
    since: str
    """Empty when it is no day: an input for days can hold nothing else."""
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """The audit trail, looked through."""

    template: ClassVar[str] = "audit.html"
    title: str = "Who saw and did what"
    filters: AuditFilters
    events: tuple[EventShown, ...]
    older: str
    """Where to go on; empty on the last page."""
    newest: str
    """Where the first page is; empty on it."""
    hidden: str
    """What the filters leave out, in words; empty when they leave out nothing."""
    typed: Typed


_Word = Annotated[str, Query(max_length=100)]


@router.get("/audit", name="page_audit")
def audit(
    visit: Annotated[Visit, Depends(May("read_audit"))],
    who: _Word = "",
    search: _Word = "",
    kind: _Word = "",
    since: _Word = "",
    until: _Word = "",
    before: _Word = "",
) -> Response:
    """Looking through the trail leaves an event of its own."""
    errors = tuple(_wrong(since=since, until=until))
    filters = AuditFilters(
        who=who.strip(),
        search=search.strip().upper(),
        kind=kind,
        since=since if _day(since) else "",
        until=until if _day(until) else "",
    )
    asked = AuditAsked(
        actor=filters.who or None,
        reads={"saw": True, "did": False}.get(kind),
        since=_beginning(_day(since)),
        until=_beginning(_day(until), days=1),
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
        limit=_ON_A_PAGE,
    )
    found = Audited(events=(), more=False, children={}, referrals={}, homes={})
    if not errors:
        try:
            found = read_audit(visit.office, visit.caller, asked, filters.search or None)
        except NotFound:
            errors = (FieldError("search", "No search has this reference. References look like R-7K3M9"),)
    return visit.page(_view(filters, found, errors, first=asked.before is None), 422 if errors else 200)


def _view(filters: AuditFilters, found: Audited, errors: tuple[FieldError, ...], *, first: bool) -> AuditPage:
    asked = {name: getattr(filters, name) for name in AuditFilters.__dataclass_fields__}
    asked = {name: value for name, value in asked.items() if value}
    older = {**asked, "before": str(found.events[-1].sequence)} if found.more else {}
    return AuditPage(
        filters=filters,
        events=tuple(_shown(event, found) for event in found.events),
        older=f"/audit?{urlencode(older)}" if older else "",
        newest="" if first else f"/audit?{urlencode(asked)}" if asked else "/audit",
        hidden="Only what fits the filters is shown." if asked else "",
        typed=Typed(errors=errors),
    )


def _wrong(**days: str) -> Iterator[FieldError]:
    for name, written in days.items():
        if written and _day(written) is None:
            yield FieldError(name, "This is no day of the calendar. Give it as year-month-day, for example 2026-09-27")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
    except ValueError:
        return None


def _beginning(day: date | None, days: int = 0) -> datetime | None:
    """The first moment in England of a day, or of one so many days later."""
    if day is None or day.year > 9000:
        return None
    return datetime.combine(day + timedelta(days=days), time(), _HERE).astimezone(UTC)


# --- one event -----------------------------------------------------------------------------------------


def _shown(event: AuditEvent, named: Audited) -> EventShown:
    about, href = _about(event, named)
    return EventShown(
        number=f"event-{event.sequence}",
        when=moment(event.at),
        who=_who(event.actor),
        role=ROLES[Role(event.role)] if event.role in set(Role) else capital(plain(event.role)),
        what=capital(plain(event.action)),
        about=about,
        href=href,
        saw=event.action.startswith(READS),
        changes=tuple(_changes(event.before, event.after)),
        origin=event.origin,
    )


def _who(actor: str) -> str:
    is_key = re.fullmatch(r"[0-9a-f-]{36}", actor) is not None
    return f"System key {actor[:8]}" if is_key else capital(plain(actor)) if actor == "command-line" else actor


def _about(event: AuditEvent, named: Audited) -> tuple[str, str]:
    if event.noun_id is None:
        return capital(event.noun), ""
    search = named.referrals.get(event.noun_id, "")
    if search:
        return f"Search {search}", f"/referrals/{search}"
    known = named.children.get(event.noun_id) or named.homes.get(event.noun_id) or str(event.noun_id)[:8]
    href = f"/sign-offs/{event.noun_id}" if event.noun == "sign-off" else ""
    return f"{capital(event.noun)} {known}", href


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        label, was, now = capital(plain(name)), _short(before.get(name)), _short(after.get(name))
        if name == "shown" and isinstance(after.get(name), list):
            yield f"Shown: {len(after[name])}"
        elif name in before and was != now:
            yield f"{label}: {was} became {now}"
        elif name in after:
            yield f"{label}: {now}"


def _short(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "nothing"
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
