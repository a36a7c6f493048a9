"""A bed tonight: a duty worker says age, sex and what kind of bed, and sees at once who could take the child, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.asking import about_child, about_search
from app.pages.asking.beginnings import new_referral, with_new_child
from app.pages.asking.questions import typed_from
from app.pages.facts import Fact
from app.pages.filters import Choice
from app.pages.matches.pictures import animals, confirmed, known, living_there
from app.pages.naming import kind, listed, role, sector
from app.pages.typed import NOTHING_TYPED, Reading, Sent, Typed
from app.pages.visits import May, Visit
from app.pages.wording import KINDS, SEXES
from app.pages.words import capital, counted, moment, pounds, sentence
from app.services.beds_tonight import MOST, BedsTonight, WantedTonight, read_beds_tonight
from app.services.drafts import begin_draft, save_answers
from db.repositories.drafts import Draft
from db.session import Work
from matching.codes import SearchKind, Sex
from matching.homes import Home, Provider
from matching.shortlist_answers import Entry
from matching.values import OLDEST_CHILD, ProviderId

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("read_shortlist"))]
Starter = Annotated[Visit, Depends(May("record_referral"))]
TONIGHT = (SearchKind.EMERGENCY, SearchKind.SAME_DAY, SearchKind.PACE, SearchKind.REMAND)
"""Searches for a bed tonight."""
_UNSAID = frozenset({"place.near-home", "place.school", "child.view", "needs.met", "availability.fresh", "cost.weekly"})
"""Rules that cannot say anything yet of a child of whom nothing is on record, or are said beside the home's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedShown:
    """One home that could take the child tonight."""

    reference: str
    title: str
    sector: str
    fits: tuple[str, ...]
    agrees: tuple[str, ...]
    """Who must agree, and by when."""
    lacks: tuple[str, ...]
    facts: tuple[Fact, ...]
    confirmed: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TonightPage:
    """The page: the form, and below it what was found."""

    template: ClassVar[str] = "matches/tonight.html"

    age: str
    sexes: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    solo: bool
    asked: str
    """What was asked for, in words; empty before anything was."""
    beds: tuple[BedShown, ...]
    found: str
    """How many there are, in words, and how many of them need nobody's agreement."""
    near: tuple[tuple[str, str], ...]
    """What keeps the nearest homes away, and what would open them."""
    considered: int
    as_at: str
    may_start: bool
    typed: Typed = NOTHING_TYPED
    title: str = "Find a bed tonight"


@router.get("/tonight", name="page_tonight")
def tonight(visit: Reader) -> Response:
    """The form; once it is filled in, the homes as well."""
    query = visit.request.query_params
    fields = {name: tuple(query.getlist(name)) for name in query}
    if not {"age", "sex", "kind"} & set(fields):
        return visit.page(_page(visit, NOTHING_TYPED, None, None))
    wanted, typed = _wanted(fields)
    if wanted is None:
        return visit.page(_page(visit, typed, None, None), 422)
    return visit.page(_page(visit, typed, wanted, read_beds_tonight(visit.office, visit.caller, wanted)))


@router.post("/tonight/referral", name="page_start_tonight")
def start(visit: Starter) -> Response:
    """Begins a referral with what was said already, as a draft of the person's own."""
    wanted, typed = _wanted(dict(visit.sent.typed.fields))
    if wanted is None:
        return visit.page(_page(visit, typed, None, None), 422)
    draft = begin_draft(visit.office, visit.caller, new_referral)
    if not draft.answers:
        told = {"kind": wanted.kind.value, "wanted_by": visit.office.today().isoformat(), "length": "night"}

        def answered(_: Work, kept: Draft) -> Draft:
            return _begun(kept, told, wanted)

        save_answers(visit.office, visit.caller, draft.id, answered, ["search/kind", "search/when", "children"])
    return visit.go(f"/drafts/{draft.id}", said="tonight-begun")


def _begun(kept: Draft, told: dict[str, str], wanted: WantedTonight) -> Draft:
    """The draft with what is known of the search and the child."""
    if kept.answers:  # pressed twice
        return kept
    grown, key = with_new_child(kept)
    answers = dict(grown.answers)
    for question in (about_search.KIND, about_search.WHEN, about_search.HOW_LONG):
        answers[f"search/{question.slug}"] = typed_from(question, told)
    answers[f"{key}/{about_child.WHO.slug}"] = typed_from(about_child.WHO, {"sex": wanted.sex.value})
    if wanted.solo:
        answers[f"{key}/{about_search.LIVING.slug}"] = typed_from(about_search.LIVING, {"living_with": "solo"})
    return replace(grown, answers=answers)


def _wanted(fields: dict[str, tuple[str, ...]]) -> tuple[WantedTonight | None, Typed]:
    reading = Reading(Sent(typed=Typed(fields)))
    age = reading.whole("age", 0, OLDEST_CHILD, f"Give the child's age in whole years, 0 to {OLDEST_CHILD}")
    sex = reading.choice("sex", Sex, "Choose the child's sex, or that it is not known")
    found = reading.choice("kind", SearchKind, "Choose the kind of bed")
    if reading.wrong or age is None or sex is None or found is None:
        return None, reading.typed
    solo = "yes" in fields.get("solo", ())
    return WantedTonight(age=age, sex=sex, kind=found, solo=solo), reading.typed


def _page(visit: Visit, typed: Typed, wanted: WantedTonight | None, beds: BedsTonight | None) -> TonightPage:
    shown = () if beds is None else tuple(_bed(beds, entry) for entry in beds.shortlist.entries)
    return TonightPage(
        age=typed.value("age"),
        sexes=tuple(Choice(one.value, SEXES[one], typed.value("sex") == one.value) for one in Sex),
        kinds=tuple(
            Choice(one.value, KINDS[one], typed.value("kind", SearchKind.EMERGENCY.value) == one.value)
            for one in TONIGHT
        ),
        solo="yes" in typed.values("solo"),
        asked="" if wanted is None else _asked(wanted),
        beds=shown,
        found=_found(shown),
        near=() if beds is None else tuple(_near(beds)),
        considered=0 if beds is None else beds.shortlist.homes_considered,
        as_at=moment(visit.office.clock()),
        may_start=visit.may("record_referral"),
        typed=typed,
    )


def _found(shown: tuple[BedShown, ...]) -> str:
    without = sum(not bed.agrees for bed in shown)
    if not shown:
        return "No home can take the child tonight"
    many = f"The best {MOST} homes" if len(shown) == MOST else counted(len(shown), "home")
    return f"{many} that can take the child tonight, {without} of them without a sign-off"


def _asked(wanted: WantedTonight) -> str:
    who = {Sex.FEMALE: "a girl", Sex.MALE: "a boy"}.get(wanted.sex, "a child")
    alone = ", with no other child in the home" if wanted.solo else ""
    return f"{KINDS[wanted.kind]}: {who} of {wanted.age}{alone}"


def _bed(beds: BedsTonight, entry: Entry) -> BedShown:
    option, pool = entry.homes[0], beds.pool
    column = next(at for at, home in enumerate(pool.homes) if home.external_ref == option.home)
    home = pool.homes[column]
    other = [one for one in option.lacks if one.rule not in _UNSAID and one.sign_off is None]
    return BedShown(
        reference=option.home,
        title=f"{option.home}: {kind(option.kind)}",
        sector=sector(option.sector),
        fits=tuple(sentence(reason) for reason in option.fits[:2]),
        agrees=tuple(
            f"{capital(role(one.role))} must agree, {one.deadline}: {sentence(one.reason)}" for one in option.sign_offs
        ),
        lacks=tuple(dict.fromkeys(sentence(one.reason) for one in other)),
        facts=(
            Fact("Beds free tonight", str(int(pool.beds_free[column, 0]))),
            Fact("Who lives there", capital(living_there(pool, column, pool.as_of))),
            Fact("Smoking or vaping", capital(known(home.household.smokers, "somebody does", "nobody does"))),
            Fact("Animals", capital(animals(home))),
            Fact("Drives", capital(known(home.household.drives, "yes", "no"))),
            Fact("A week costs", _weekly(home, beds.age)),
            Fact("Provider", _provider(pool.records.providers, home.provider)),
        ),
        confirmed=confirmed(home, pool.as_of),
        stale=any(one.rule == "availability.fresh" for one in option.lacks),
    )


def _weekly(home: Home, age: int) -> str:
    """From the lowest to the highest price for the age: the band of need is not known yet."""
    prices = sorted(row.weekly for row in home.prices.base if age in row.ages)
    if not prices:
        return "Not known"
    return pounds(prices[0]) if prices[0] == prices[-1] else f"{pounds(prices[0])} to {pounds(prices[-1])}"


def _provider(providers: tuple[Provider, ...], wanted: ProviderId) -> str:
    return next((one.name for one in providers if one.id == wanted), "Not on record")


def _near(beds: BedsTonight) -> Iterator[tuple[str, str]]:
    """The nearest homes by what keeps them away, each reason once."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for miss in beds.shortlist.near_misses:
        blocking = [finding for finding in miss.findings if finding.standing == "blocked"]
        for finding in blocking[:1]:
            said = (sentence(finding.reason), sentence(finding.remedy or ""))
            by_reason.setdefault(said, []).append(miss.home)
    for (says, opens), homes in by_reason.items():
        yield f"{listed(homes)}: {says}", opens
