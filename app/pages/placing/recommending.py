"""The social worker's recommendation: which home, and why. The newest is in force; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.matches.cards import Cards
from app.pages.naming import kind
from app.pages.placing.case import Key, chosen_ids, keys_of
from app.pages.typed import NOTHING_TYPED, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.words import capital, counted, pounds
from app.services.case_files import find_referral
from app.services.options import Options, read_options
from app.services.shortlists import Asked
from app.services.workflow.views import Preference, recommend
from matching.shortlist_answers import Entry
from matching.values import ChildId, HomeId

router = APIRouter(include_in_schema=False)

Recommender = Annotated[Visit, Depends(May("recommend"))]
MOST_WAYS = 20


@dataclass(frozen=True, slots=True)
class WayToRecommend:
    """One of the ways proposed."""

    value: str
    text: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendPage:
    """The page."""

    template: ClassVar[str] = "placing/recommend.html"

    reference: str
    ways: tuple[WayToRecommend, ...]
    reason: str
    typed: Typed = NOTHING_TYPED
    title: str = "What do you recommend?"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


@router.get("/referrals/{reference}/recommend", name="page_recommend")
def recommend_form(visit: Recommender, reference: str) -> Response:
    """The ways proposed, to recommend one of."""
    return visit.page(_page(_options(visit, reference), reference, visit.sent.typed))


@router.post("/referrals/{reference}/recommend", name="page_make_recommendation")
def make(visit: Recommender, reference: str) -> Response:
    """Records it."""
    options = _options(visit, reference)
    reading = Reading(visit.sent)
    written = reading.one_of("way", [_value(options, entry) for entry in _entries(options)], "Choose one of the ways")
    reason = reading.text("reason", "Say why you recommend this")
    if reading.wrong:
        return visit.page(_page(options, reference, reading.typed), 422)
    preference = Preference(
        referral=options.referral.value.id, chosen=_chosen(options, written), by=visit.person, reason=reason
    )
    reply = recommend(
        visit.office,
        visit.caller,
        preference,
        lambda _: visit.gone(f"/referrals/{reference}/offers", said="recommended"),
        visit.sent.repeat,
    )
    return answered(reply)


def _options(visit: Visit, reference: str) -> Options:
    referral = find_referral(visit.office, visit.caller, reference)
    return read_options(visit.office, visit.caller, Asked(referral=referral, as_of=visit.office.today()), MOST_WAYS)


def _entries(options: Options) -> tuple[Entry, ...]:
    """The ways that leave nobody out."""
    return tuple(entry for entry in options.shortlist.entries if not entry.left_out)


def _value(options: Options, entry: Entry) -> str:
    every = len(options.rows)
    keys = (Key(one.home, () if len(one.children) == every else one.children) for one in entry.homes)
    return ",".join(key.written for key in keys)


def _chosen(options: Options, written: str) -> dict[ChildId, HomeId]:
    seekers = [options.ready.pool.seekers[row] for row in options.rows]
    children = {one.child.external_ref: one.child.id for one in seekers}
    keys = keys_of([written])
    return chosen_ids(keys, children, {key.home: options.home(key.home).id for key in keys})


def _page(options: Options, reference: str, typed: Typed) -> RecommendPage:
    cards = Cards(options)
    return RecommendPage(
        reference=reference,
        ways=tuple(_ways(options, cards, typed.value("way"))),
        reason=typed.value("reason"),
        typed=typed,
    )


def _ways(options: Options, cards: Cards, chosen: str) -> Iterator[WayToRecommend]:
    for entry in _entries(options):
        value = _value(options, entry)
        homes = (
            f"{one.home}, {kind(one.kind)}"
            + (f" for {' and '.join(map(cards.short, one.children))}" if len(entry.homes) > 1 else "")
            for one in entry.homes
        )
        needs = counted(entry.sign_offs, "sign-off") if entry.sign_offs else "no sign-off"
        hint = f"{pounds(entry.weekly_pence)} a week, {needs}"
        yield WayToRecommend(value, capital(" and ".join(homes)), hint, value == chosen)
