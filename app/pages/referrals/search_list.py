"""The list of open searches: the most urgent and oldest first, with what waits for whom, and filters that say what they hide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Query, Response

from app.pages.filters import Filter, filters, page_address, turned
from app.pages.naming import aged, called, how_soon, listed
from app.pages.typed import FieldError, Typed
from app.pages.visits import May, Visit
from app.pages.wording import LENGTHS, ROLES, SHORT_KINDS, STATES
from app.pages.words import counted, day
from app.services.case_files import OPEN, Search, find_referral, list_searches
from app.services.drafts import list_drafts
from db.errors import NotFound
from matching.codes import SearchKind
from matching.workflow.roles import SIGN_OFF_ROLES, Role
from matching.workflow.waits import Urgency, Wait, turn

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that waits, and whose turn it is."""

    whose: str
    what: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One search."""

    reference: str
    href: str
    kind: str
    urgent: bool
    who: str
    wanted: str
    soon: str
    late: bool
    length: str
    state: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Something that the person has begun to write."""

    text: str
    href: str
    touched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchListPage:
    """Open searches."""

    template: ClassVar[str] = "referrals/list.html"
    title: str = "Open searches"
    rows: tuple[Row, ...]
    all_of_them: int
    shown: str
    hidden: str
    """What the filters hide, in a sentence; empty when they hide nothing."""
    filters: tuple[Filter, ...]
    filtered: bool
    mine: str
    """How many wait for this person's role, as a link to them; empty when none do, or only they are shown."""
    drafts: tuple[DraftRow, ...]
    may_create: bool
    earlier: str
    later: str
    typed: Typed
    """What was typed to find a referral."""


_WAITED_FOR = SIGN_OFF_ROLES | {Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.PROVIDER}
_Test = Callable[[Search], bool]
_WANTED: Mapping[str, tuple[str, Callable[[Urgency], bool]]] = MappingProxyType(
    {
        "overdue": ("Overdue", lambda one: one is Urgency.OVERDUE),
        "today": ("Today or overdue", lambda one: one <= Urgency.TODAY),
        "week": ("Within a week", lambda one: one <= Urgency.THIS_WEEK),
    }
)


@router.get("/referrals", name="page_searches")
def searches(
    visit: Annotated[Visit, Depends(May("list_referrals"))],
    waits: Annotated[str, Query(max_length=40)] = "",
    state: Annotated[str, Query(max_length=40)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    wanted: Annotated[str, Query(max_length=40)] = "",
    find: Annotated[str, Query(max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=1_000)] = 1,
) -> Response:
    """Open searches; or, when a reference is typed, the referral that it names."""
    typed = Typed()
    if find.strip():
        try:
            find_referral(visit.office, visit.caller, find)
        except NotFound:
            says = (
                "No referral of your authority has this reference. It is written like R-7K3M9; check it, or look below"
            )
            typed = Typed(MappingProxyType({"find": (find,)}), (FieldError("find", says),))
        else:
            return visit.go(f"/referrals/{find.strip().upper()}")
    asked = {"waits": waits, "state": state, "kind": kind, "wanted": wanted}
    return visit.page(_page(visit, asked, page, typed), 404 if typed.errors else 200)


def _page(visit: Visit, asked: dict[str, str], page: int, typed: Typed) -> SearchListPage:
    today = visit.office.today()
    found = list_searches(visit.office, visit.caller)
    tests = _tests(visit, asked)
    left = [one for one in found if all(test(one) for test in tests.values())]
    cut = turned(left, page)
    may_create = visit.may("record_referral")
    drafts = list_drafts(visit.office, visit.caller) if may_create else ()
    return SearchListPage(
        rows=tuple(_row(one, today, visit.role) for one in cut.shown),
        all_of_them=len(found),
        shown=_shown(cut.start, len(cut.shown), len(left)),
        hidden=_hidden(len(found) - len(left), asked, tests),
        filters=_filters(asked, visit.role),
        filtered=bool(tests),
        mine="" if asked["waits"] else _mine(found, visit.role),
        drafts=tuple(
            DraftRow(_drafted(one.kind), f"/drafts/{one.id}", f"last changed on {day(one.updated_at.date())}")
            for one in drafts
        ),
        may_create=may_create,
        earlier=page_address("/referrals", asked, cut.page - 1) if cut.earlier else "",
        later=page_address("/referrals", asked, cut.page + 1) if cut.later else "",
        typed=typed,
    )


def _mine(found: tuple[Search, ...], role: Role) -> str:
    number = sum(any(wait.role is role for wait in one.waits) for one in found)
    if number in (0, len(found)):
        return ""
    return f"Show only the {counted(number, 'search that waits', 'searches that wait')} for you"


def _drafted(kind: str) -> str:
    return {"referral": "A new referral", "edit": "Changes to a referral", "needs": "A needs profile"}[kind]


def _tests(visit: Visit, asked: Mapping[str, str]) -> dict[str, _Test]:
    """What a search must be to be shown, by the filter that asks it; an answer there is not asks nothing."""
    now, tests = visit.office.clock(), dict[str, _Test]()
    role = visit.role.value if asked["waits"] == "me" else asked["waits"]
    if role in set(Role):
        tests["waits"] = lambda one: any(wait.role.value == role for wait in one.waits)
    if asked["state"] in {one.value for one in OPEN}:
        tests["state"] = lambda one: one.referral.value.state.value == asked["state"]
    if asked["kind"] in set(SearchKind):
        tests["kind"] = lambda one: one.referral.value.kind.value == asked["kind"]
    if asked["wanted"] in _WANTED:
        soon = _WANTED[asked["wanted"]][1]
        tests["wanted"] = lambda one: soon(turn(one.referral.value, now)[0])
    return tests


def _filters(asked: Mapping[str, str], role: Role) -> tuple[Filter, ...]:
    others = {one.value: words for one, words in ROLES.items() if one in _WAITED_FOR and one is not role}
    answers: dict[str, tuple[str, Mapping[str, str]]] = {
        "waits": ("Waits for", {"": "Anybody", **({"me": "Me"} if role in _WAITED_FOR else {}), **others}),
        "wanted": ("Wanted", {"": "Any day", **{name: words for name, (words, _) in _WANTED.items()}}),
        "kind": ("Kind of search", {"": "Any kind", **{one.value: words for one, words in SHORT_KINDS.items()}}),
        "state": ("State", {"": "Any open state", **{one.value: STATES[one] for one in OPEN}}),
    }
    return filters(asked, answers)


def _shown(start: int, number: int, of: int) -> str:
    if number == of:
        return f"{counted(of, 'search', 'searches')}, the most urgent first."
    return f"Searches {start + 1} to {start + number} of {of}, the most urgent first."


def _hidden(number: int, asked: Mapping[str, str], tests: Mapping[str, _Test]) -> str:
    if not number:
        return ""
    said = {filter_.name: filter_ for filter_ in _filters(asked, Role.ADMIN)}
    why = [
        f"{said[name].label.lower()}: {next((c.text for c in said[name].choices if c.selected), asked[name]).lower()}"
        for name in tests
    ]
    return f"{counted(number, 'other open search is', 'other open searches are')} hidden by your filters ({'; '.join(why)})."


def _row(one: Search, today: date, role: Role) -> Row:
    referral = one.referral.value
    return Row(
        reference=one.referral.reference or referral.external_ref,
        href=f"/referrals/{one.referral.reference}",
        kind=SHORT_KINDS[referral.kind],
        urgent=referral.kind.is_emergency,
        who=listed([f"{called(child, initials)}, {aged(child, today)}" for child, initials in one.children]),
        wanted=day(referral.wanted_by),
        soon=_soon(referral.wanted_by, today),
        late=referral.wanted_by <= today and referral.state.is_waiting,
        length=LENGTHS[referral.length],
        state=STATES[referral.state],
        turns=tuple(_turn(wait, role) for wait in one.waits),
    )


def _soon(due: date, today: date) -> str:
    overdue = due < today
    return f"overdue by {how_soon(due, today).removesuffix(' ago')}" if overdue else how_soon(due, today)


def _turn(wait: Wait, role: Role) -> Turn:
    return Turn(ROLES[wait.role], wait.what, wait.role is role)
