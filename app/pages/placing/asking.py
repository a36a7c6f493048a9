"""Asking homes: several at once, each shown what it may see and no more, with what it declined for before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.matches.cards import Cards, HomeShown
from app.pages.naming import listed, one_of_age
from app.pages.placing.case import Key, keys_of, refused
from app.pages.typed import NOTHING_TYPED, FieldError, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.wording import ACCESS, HEALTH, LENGTHS, LIVING_WITH, RISK_LEVELS, RISKS, SKILLS, STAFFING
from app.pages.words import capital, counted, day, moment, plain
from app.services.case_files import find_referral
from app.services.options import Comparison, Options, read_comparison
from app.services.shortlists import Asked
from app.services.workflow.errors import AlreadyAsked, OtherChild
from app.services.workflow.offers import Ask, make_offers
from db.errors import NotFound
from matching.codes import LivingWith, Risk, RiskLevel, Staffing
from matching.errors import Invalid
from matching.needs import Framework
from matching.pool import Seeker
from matching.values import ChildId
from matching.workflow.offers import ChildAsSeen, Enquiry, enquiry
from matching.workflow.transitions import IllegalMove

router = APIRouter(include_in_schema=False)

Asker = Annotated[Visit, Depends(May("make_offers"))]
MOST_HOMES = 20
HOURS = (2, 4, 12, 24, 48, 72)
"""Times to answer that can be chosen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One child as the home will see the child."""

    who: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """One home about to be asked."""

    card: HomeShown
    key: str
    nights: str
    sees: tuple[Seen, ...]
    elsewhere: int
    """Brothers and sisters of the search who are not in this offer."""
    as_before: bool = False
    """Whether it sees the same as the home before it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One time to answer."""

    value: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """The page."""

    template: ClassVar[str] = "placing/ask.html"

    reference: str
    homes: tuple[ToAsk, ...]
    hours: tuple[Hours, ...]
    typed: Typed = NOTHING_TYPED

    @property
    def title(self) -> str:
        """Of the page."""
        return f"Ask {counted(len(self.homes), 'home')}" if self.homes else "Choose homes to ask"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


@router.get("/referrals/{reference}/offers/new", name="page_ask_homes")
def ask_homes(visit: Asker, reference: str) -> Response:
    """What each home would be shown, before anything is sent."""
    keys = keys_of(visit.request.query_params.getlist("homes"))
    if not keys:
        wrong = FieldError("homes", "Choose at least one home on the page of proposed matches", "back-to-matches")
        return visit.page(AskPage(reference=reference, homes=(), hours=(), typed=Typed(errors=(wrong,))), 422)
    return visit.page(_page(_comparison(visit, reference, keys), keys, reference))


@router.post("/referrals/{reference}/offers/new", name="page_make_offers")
def make(visit: Asker, reference: str) -> Response:
    """Asks all of them, or none."""
    keys = keys_of(visit.sent.typed.values("homes"))[:MOST_HOMES]
    reading = Reading(visit.sent)
    hours = reading.whole("hours", HOURS[0], HOURS[-1], "Say by when they are to answer")
    comparison = _comparison(visit, reference, keys)
    if reading.wrong:
        return visit.page(replace(_page(comparison, keys, reference), typed=reading.typed), 422)
    until = visit.office.clock() + timedelta(hours=hours or HOURS[0])
    try:
        reply = make_offers(
            visit.office,
            visit.caller,
            comparison.options.referral.value.id,
            [_ask(comparison.options, key, until) for key in keys],
            lambda _: visit.gone(f"/referrals/{reference}/offers", said="asked"),
            visit.sent.repeat,
        )
    except (AlreadyAsked, OtherChild, Invalid, IllegalMove, NotFound) as error:
        typed, status = refused(visit.sent.typed, error, "homes")
        return visit.page(replace(_page(comparison, keys, reference), typed=typed), status)
    return answered(reply)


def _comparison(visit: Visit, reference: str, keys: tuple[Key, ...]) -> Comparison:
    referral = find_referral(visit.office, visit.caller, reference)
    asked = Asked(referral=referral, as_of=visit.office.today())
    return read_comparison(visit.office, visit.caller, asked, [key.home for key in keys[:MOST_HOMES]])


def _ask(options: Options, key: Key, until: datetime) -> Ask:
    return Ask(home=options.home(key.home).id, children=_children(options, key), answer_by=until)


def _children(options: Options, key: Key) -> tuple[ChildId, ...]:
    """The children of a key, by id, in the referral's order; all of them when it names none."""
    known = {seeker.child.external_ref: seeker.child.id for seeker in _seekers(options)}
    wanted = [known[child] for child in key.children if child in known] or list(known.values())
    return tuple(child for child in options.referral.value.children if child in wanted)


def _seekers(options: Options) -> list[Seeker]:
    return [options.ready.pool.seekers[row] for row in options.rows]


def _page(comparison: Comparison, keys: tuple[Key, ...], reference: str) -> AskPage:
    options, cards = comparison.options, Cards(comparison.options)
    homes = tuple(
        _to_ask(options, cards.whole(why), key) for key, why in zip(keys[:MOST_HOMES], comparison.whys, strict=True)
    )
    homes = tuple(
        replace(one, as_before=at > 0 and (one.sees, one.nights) == (homes[at - 1].sees, homes[at - 1].nights))
        for at, one in enumerate(homes)
    )
    usual = 4 if options.referral.value.kind.is_emergency else 48
    hours = tuple(Hours(one, _within(one, options.now), one == usual) for one in HOURS)
    return AskPage(reference=reference, homes=homes, hours=hours)


def _within(hours: int, now: datetime) -> str:
    return f"In {counted(hours, 'hour')}: by {moment(now + timedelta(hours=hours))}"


def _to_ask(options: Options, card: HomeShown, key: Key) -> ToAsk:
    named = _children(options, key)
    found = _enquiry(options, named)
    until = f" until {day(found.last_morning)}" if found.last_morning else ", no end planned"
    return ToAsk(
        card=card,
        key=key.written,
        nights=f"{LENGTHS[found.length]}, from {day(found.first_night)}{until}",
        sees=tuple(_seen(one, options.ready.pool.records.framework) for one in found.children),
        elsewhere=found.siblings_elsewhere,
    )


def _enquiry(options: Options, named: tuple[ChildId, ...]) -> Enquiry:
    seekers = _seekers(options)
    profiles = {one.child.id: one.profile for one in seekers if one.profile is not None}
    return enquiry(options.referral.value, [one.child for one in seekers], profiles, named)


def _seen(child: ChildAsSeen, framework: Framework) -> Seen:
    return Seen(f"Child {child.letter}: {one_of_age(child.sex, child.age)}", tuple(_lines(child, framework)))


def _lines(child: ChildAsSeen, framework: Framework) -> Iterator[tuple[str, str]]:
    names = {domain.code: domain.name for domain in framework.domains}
    needs = (f"{names.get(code, plain(code))} {level}" for code, level in child.needs.items() if level)
    yield "Levels of need (0 to 4)", listed(needs, "none recorded")
    for name, said in (
        ("Skills needed", [SKILLS[one] for one in child.skills]),
        ("Access needed", [ACCESS[one] for one in child.access]),
        ("Health", [HEALTH[one] for one in child.health]),
        ("Risks", _risks(child.risks)),
        ("Staffing", [] if child.staffing is Staffing.NOT_SPECIFIED else [STAFFING[child.staffing]]),
        ("Living with", [] if child.living_with is LivingWith.NO_PREFERENCE else [LIVING_WITH[child.living_with]]),
    ):
        if said:
            yield name, capital(listed(said))


def _risks(risks: Mapping[Risk, RiskLevel]) -> list[str]:
    known = {RiskLevel.LOW, RiskLevel.HIGH}
    return [f"{RISKS[risk].lower()} ({RISK_LEVELS[level].lower()})" for risk, level in risks.items() if level in known]
