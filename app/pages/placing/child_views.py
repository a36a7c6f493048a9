"""The child's own view: what each child says, word for word, or why a child could not be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar
from zlib import crc32

from fastapi import APIRouter, Depends, Response

from app.pages.clashes import Clash, clash
from app.pages.naming import sex_and_age
from app.pages.typed import NOTHING_TYPED, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.wording import KNOWN, VIEWS
from app.services.case_files import find_referral
from app.services.references import References
from app.services.workflow.views import OfChild, read_view, record_view
from db.errors import NotFound, Stale
from matching.codes import Known, ViewAsked
from matching.errors import Invalid
from matching.people import Child
from matching.referrals import ChildView
from matching.values import ChildId

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("read_child_view"))]
Recorder = Annotated[Visit, Depends(May("record_child_view"))]
_HELP = {
    ViewAsked.ASKED: "Use the child's own words wherever you can",
    ViewAsked.TOO_URGENT: "Ask as soon as the child is safe, and change this then",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    text: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewForm:
    """The page."""

    template: ClassVar[str] = "placing/child_view.html"

    reference: str
    child: str
    action: str
    asked: tuple[Option, ...]
    visit_wanted: tuple[Option, ...]
    said: str
    places: str
    people: str
    may_record: bool
    seen: int
    clash: Clash | None = None
    typed: Typed = NOTHING_TYPED

    @property
    def title(self) -> str:
        """Of the page."""
        return f"What {self.child} says"


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child of several."""

    name: str
    says: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryView:
    """The list of children, when there are several."""

    template: ClassVar[str] = "placing/child_views.html"

    reference: str
    children: tuple[ChildLine, ...]
    title: str = "What the children say"


@router.get("/referrals/{reference}/view", name="page_child_views")
def child_views(visit: Reader, reference: str) -> Response:
    """Leads to the child's page, or lists the children when there are several."""
    referral = find_referral(visit.office, visit.caller, reference)
    with visit.office.store.reading(visit.caller.authority) as work:
        found = work.referrals.get(referral).value
        children = work.children.many(list(found.children))
    here = f"/referrals/{reference}/children"
    lines = tuple(
        ChildLine(
            f"{children[ask.child].value.external_ref} ({sex_and_age(children[ask.child].value, found.wanted_by)})",
            VIEWS[ask.view.asked],
            f"{here}/{children[ask.child].value.external_ref}/view",
        )
        for ask in found.asks
    )
    return visit.go(lines[0].href) if len(lines) == 1 else visit.page(EveryView(reference=reference, children=lines))


@router.get("/referrals/{reference}/children/{child}/view", name="page_child_view")
def child_view(visit: Reader, reference: str, child: str) -> Response:
    """The form, with what is on record."""
    of, who = _of(visit, reference, child)
    _, view = read_view(visit.office, visit.caller, of)
    return visit.page(_form(visit, reference, who, view))


@router.post("/referrals/{reference}/children/{child}/view", name="page_record_child_view")
def record(visit: Recorder, reference: str, child: str) -> Response:
    """Records what was typed; what somebody else recorded meanwhile is shown beside it."""
    of, who = _of(visit, reference, child)
    stored, before = read_view(visit.office, visit.caller, of)
    reading = Reading(visit.sent)
    view = ChildView(
        asked=reading.choice("asked", ViewAsked, "Say whether the child was asked, or why that could not be")
        or ViewAsked.NOT_YET,
        said=reading.text("said"),
        places_wanted=reading.text("places_wanted"),
        people_wanted=reading.text("people_wanted"),
        pre_visit_wanted=reading.choice("pre_visit_wanted", Known) or Known.UNKNOWN,
    )
    seen = _seal(before) if visit.sent.version is None else visit.sent.version
    form = replace(_form(visit, reference, who, view), typed=reading.typed, seen=seen)
    if reading.wrong:
        return visit.page(form, 422)
    if seen != _seal(before) and view != before:
        return visit.page(replace(form, seen=_seal(before), clash=_both(before, view)), 412)
    of = replace(of, expected=stored.version)
    try:
        reply = record_view(
            visit.office,
            visit.caller,
            of,
            view,
            lambda _: visit.gone(f"/referrals/{reference}", said="view-recorded"),
            visit.sent.repeat,
        )
    except Invalid as refused:
        return visit.page(replace(form, typed=visit.sent.typed.told(refused, {})), 422)
    except Stale:
        _, now = read_view(visit.office, visit.caller, of)
        return visit.page(replace(form, seen=_seal(now), clash=_both(now, view)), 412)
    return answered(reply)


def _of(visit: Visit, reference: str, child: str) -> tuple[OfChild, Child]:
    """The child that is named, of the referral that is. Raises NotFound."""
    referral = find_referral(visit.office, visit.caller, reference)
    with visit.office.store.reading(visit.caller.authority) as work:
        found = References(work).find(ChildId, child)
        if found is None:
            raise NotFound("child", child)
        who = work.children.get(found).value
    return OfChild(referral=referral, child=ChildId(found)), who


def _form(visit: Visit, reference: str, who: Child, view: ChildView) -> ViewForm:
    return ViewForm(
        reference=reference,
        child=f"{who.external_ref} ({sex_and_age(who, visit.office.today())})",
        action=f"/referrals/{reference}/children/{who.external_ref}/view",
        asked=tuple(
            Option(one.value, VIEWS[one], _HELP.get(one, ""), one is view.asked)
            for one in ViewAsked
            if one is not ViewAsked.NOT_YET
        ),
        visit_wanted=tuple(Option(one.value, KNOWN[one], "", one is view.pre_visit_wanted) for one in Known),
        said=view.said,
        places=view.places_wanted,
        people=view.people_wanted,
        may_record=visit.may("record_child_view"),
        seen=_seal(view),
    )


def _seal(view: ChildView) -> int:
    """A number that is another when anything of the view is: the referral's own version changes with every offer too."""
    return crc32(repr(view).encode()) % 10**9


def _both(theirs: ChildView, yours: ChildView) -> Clash:
    return clash(_seal(theirs), _in_words(yours), _in_words(theirs))


def _in_words(view: ChildView) -> dict[str, str]:
    return {
        "Asked": VIEWS[view.asked],
        "What the child said": view.said,
        "Places the child wants": view.places_wanted,
        "People the child wants": view.people_wanted,
        "A visit before moving": KNOWN[view.pre_visit_wanted],
    }
