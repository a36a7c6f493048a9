"""Routes that ask what would be: what a bed is worth, the cheapest homes for a service level, and who could step down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel
from pydantic import Field as JsonField

from app.api import answers, examples_of_what_ifs
from app.api.studies import StudyShown, shown
from app.bodies import scenarios as bodies
from app.bodies.kinds import Day, Flag, text, whole
from app.bodies.scenarios import AddHomesGiven, ChangesGiven
from app.bodies.shapes import Given
from app.bodies.wire import written
from app.dependencies import AsOfHere, CallerHere, OfficeHere, PresetHere, RepeatHere
from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.scenarios import bed_prices, cheapest, long_work, stepping
from app.services.scenarios.bed_prices import BedPrices
from app.services.scenarios.cheapest import CheapestHomes
from app.services.scenarios.long_work import Question
from app.services.scenarios.stepping import SteppingDown
from db.repositories.studies import Study
from matching.errors import Fault, Invalid
from matching.policy import Preset
from matching.scenarios import SEED, AddHomes, Change
from matching.scenarios.documents import change_document, changes_document

ROOT = "/api/v1"
MOST_OFFERS, MOST_OF_EACH, MOST_IN_ALL = 40, 20, 60
router = APIRouter(tags=["studies"])


class OfferGiven(Given):
    """Homes that could be added, all alike, and what one costs a week to have, used or not."""

    name: text(200, 1)  # type: ignore[valid-type]  # made while running
    adding: AddHomesGiven = JsonField(description="One kind of home; its count is as many as could be had, at most 20.")
    weekly: whole(0, 5_000_000)  # type: ignore[valid-type]


OffersGiven = Annotated[
    list[OfferGiven],
    JsonField(max_length=MOST_OFFERS),
]
_USUAL = "The homes that could be had; a usual range of kinds, terms and areas when left out."


class LevelGiven(Given):
    """A service level; what is left out is not asked for."""

    placed_per_cent: whole(0, 100) = JsonField(95, description="Of the children who wait: with a home.")  # type: ignore[valid-type]
    together_per_cent: whole(0, 100) = JsonField(  # type: ignore[valid-type]
        0,
        description="Of the pairs of brothers and sisters who should live together: together, and near home for both.",
    )
    emergencies: Flag = JsonField(default=True, description="Nobody of an urgent search is left without a home.")


class BedPricesAsked(Given):
    """What is asked of bed prices."""

    as_of: Day | None = None
    policy: Preset | None = None
    days: whole(2, bed_prices.MOST_DAYS) = JsonField(bed_prices.USUAL_DAYS, description="Days to plan anew.")  # type: ignore[valid-type]
    seed: whole(0, 1_000_000) = SEED  # type: ignore[valid-type]
    offers: OffersGiven = JsonField([], description=_USUAL)


class CheapestAsked(Given):
    """What is asked of the cheapest homes."""

    as_of: Day | None = None
    policy: Preset | None = None
    level: LevelGiven = JsonField(default_factory=lambda: LevelGiven.model_validate({}))
    offers: OffersGiven = JsonField([], description=_USUAL)
    changes: ChangesGiven = JsonField([], description="A scenario on top of which the homes are added.")
    seed: whole(0, 1_000_000) = SEED  # type: ignore[valid-type]


class SteppingDownTold(BaseModel):
    """Who could step down, and the study under which it is kept."""

    study: UUID
    answer: SteppingDown


class BedPricesAnswered(StudyShown):
    """A study of bed prices, once it is finished."""

    answer: BedPrices | None


class CheapestAnswered(StudyShown):
    """A study of the cheapest homes, once it is finished."""

    answer: CheapestHomes | None


@router.post(
    "/studies/bed-prices",
    name="ask_bed_prices",
    status_code=202,
    summary="Ask what one more home of each kind would be worth",
    responses={**answers.shows(BedPricesAnswered, 202, "Asked: read the study"), **answers.problems(400, 413, 415)},
)
def ask_bed_prices(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[BedPricesAsked, Body(openapi_examples=examples_of_what_ifs.BED_PRICES)],
) -> Response:
    """Every figure is a plan made anew, on several sampled days, with an interval; the most useful home first. Worked
    out by a worker: read the study until it is finished. It can be stopped, and survives a restart.
    """
    return _asked(office, caller, repeat, bed_prices.KIND, body, {"days": body.days})


@router.post(
    "/studies/cheapest-homes",
    name="ask_cheapest_homes",
    status_code=202,
    summary="Ask for the cheapest homes that reach a service level",
    responses={**answers.shows(CheapestAnswered, 202, "Asked: read the study"), **answers.problems(400, 404, 413, 415)},
)
def ask_cheapest_homes(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[CheapestAsked, Body(openapi_examples=examples_of_what_ifs.CHEAPEST)],
) -> Response:
    """The cheapest mix found, with the proved bound below which nothing does as much, and what less service would cost;
    every point is a plan made anew. Worked out by a worker: read the study until it is finished.
    """
    with office.store.reading(caller.authority) as work:
        changes = bodies.changes_built(office, work, body.changes)
    asked = {"level": body.level.model_dump(), "changes": changes_document(changes)}
    return _asked(office, caller, repeat, cheapest.KIND, body, asked, changes)


@router.post(
    "/studies/step-down",
    name="find_step_downs",
    status_code=201,
    summary="Find who in residential care could live with a foster family",
    responses={**answers.shows(SteppingDownTold, 201, "Found and kept"), **answers.problems()},
)
def find_step_downs(
    office: OfficeHere,
    caller: CallerHere,
    as_of: AsOfHere,
    policy: PresetHere = None,
) -> Response:
    """By the real rules and the beds that are free: each child's best foster homes with reasons, what falls short and
    the support that closes it, and the saving a week; how many at once; and placements that need has outgrown. What
    nobody has asked for these children is assumed (docs/what-if.md). People decide; this is a place to begin.
    """

    def write(study: Study, told: SteppingDown) -> tuple[bytes, Reply]:
        answer = written(told)
        body = b'{"study":' + written(study.id) + b',"answer":' + answer + b"}"
        return answer, Reply(201, body, {"Location": f"{ROOT}/studies/{study.id}"})

    return answers.sent(stepping.read_step_down(office, caller, as_of, policy, write))


def _adding(office: Office, caller: Caller, given: Sequence[OfferGiven]) -> tuple[Change, ...]:
    """The homes that are offered. Raises Invalid naming every fault."""
    with office.store.reading(caller.authority) as work:
        made = bodies.changes_built(office, work, [one.adding for one in given], "offers")
    faults = [
        Fault(f"offers/{at}/adding/count", "So many of one kind take too long to search", f"Give 1 to {MOST_OF_EACH}")
        for at, one in enumerate(made)
        if isinstance(one, AddHomes) and one.count > MOST_OF_EACH
    ]
    if sum(one.count for one in made if isinstance(one, AddHomes)) > MOST_IN_ALL:
        faults.append(Fault("offers", "So many homes take too long to search", f"Offer at most {MOST_IN_ALL} in all"))
    if faults:
        raise Invalid(faults)
    return made


def _asked(
    office: Office,
    caller: Caller,
    repeat: Repeat | None,
    kind: str,
    body: BedPricesAsked | CheapestAsked,
    asked: dict[str, Any],
    changes: Sequence[Change] = (),
) -> Response:
    as_of, adding = office.day(body.as_of), _adding(office, caller, body.offers)
    long_work.check(office, caller, as_of, body.policy, (*changes, *adding))
    offers = [
        {"name": one.name, "weekly": one.weekly, "adding": {**change_document(change), "alike": True}}
        for one, change in zip(body.offers, adding, strict=True)
    ]
    policy = None if body.policy is None else body.policy.value

    def write(study: Study) -> Reply:
        place = {"Location": f"{ROOT}/studies/{study.id}", "Retry-After": "1"}
        return Reply(202, written({**shown(study), "answer": None}), place)

    kept = {"policy": policy, "seed": body.seed, "offers": offers, **asked}
    return answers.sent(long_work.ask(office, caller, Question(kind=kind, as_of=as_of, asked=kept), write, repeat))
