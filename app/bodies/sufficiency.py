"""What is asked of the years ahead, as it is sent."""

from __future__ import annotations

from datetime import date

from pydantic import Field as JsonField

from app.bodies import scenarios as bodies
from app.bodies.kinds import Day, whole
from app.bodies.scenarios import ScenarioAsked
from app.bodies.shapes import Given
from app.services.callers import Caller
from app.services.office import Office
from app.services.scenarios import keeping
from app.services.sufficiency.ahead import MOST_SIDE_BY_SIDE, AheadAsked
from app.services.sufficiency.situations import Assumed, Basis
from matching.errors import Fault, Invalid
from matching.scenarios import SEED, Scenario
from matching.sufficiency.kinds import CareKind
from matching.sufficiency.outlooks import Aim, Target

MOST_YEARS, MOST_REPLICATES, MOST_TARGETS, MOST_SNAPSHOTS = 5, 1_000, 20, 8
_LIMIT = 2**53
"""Pence that a number in JSON holds exactly."""


class TargetGiven(Given):
    """What is to be reached: at most, or at least, so much in a year."""

    aim: Aim
    year: whole(1, MOST_YEARS) = JsonField(1, description="Counted from 1.")  # type: ignore[valid-type]  # made while running
    kind: CareKind | None = JsonField(None, description="One kind of care; all together when left out.")
    at_most: whole(0, _LIMIT) | None = JsonField(None, description="Either this or at_least.")  # type: ignore[valid-type]
    at_least: whole(0, _LIMIT) | None = JsonField(None, description="Either this or at_most.")  # type: ignore[valid-type]


class AssumedGiven(Given):
    """What is assumed of the years ahead, beside the scenarios."""

    basis: Basis = JsonField(
        Basis.PLACEMENTS, description="Where rates come from: our own placements, or returns read in."
    )
    leave_per_mille: whole(0, 900) = JsonField(  # type: ignore[valid-type]
        146, description="Of a thousand own fostering households, how many leave in a year."
    )
    join_per_mille: whole(0, 2_000) = JsonField(  # type: ignore[valid-type]
        139, description="How many are approved in a year for every thousand there are."
    )
    inflation_per_mille: whole(-100, 500) = JsonField(  # type: ignore[valid-type]
        0, description="How much dearer everything grows a year, in thousandths: 30 is three per cent."
    )


class AheadGiven(Given):
    """Today's course for some years, many times over, beside up to four scenarios under the same luck."""

    as_of: Day | None = JsonField(None, description="The day to look ahead from; today when left out.")
    years: whole(1, MOST_YEARS) = JsonField(3, description="How many years of 365 nights.")  # type: ignore[valid-type]
    replicates: whole(50, MOST_REPLICATES) = JsonField(  # type: ignore[valid-type]
        500, description="How many futures are worked out: more give steadier bands, and take longer."
    )
    seed: whole(0, 1_000_000) = JsonField(SEED, description="The same seed has the same luck.")  # type: ignore[valid-type]
    scenarios: list[ScenarioAsked] = JsonField([], max_length=MOST_SIDE_BY_SIDE)
    targets: list[TargetGiven] = JsonField([], max_length=MOST_TARGETS)
    assumed: AssumedGiven = JsonField(default_factory=lambda: AssumedGiven.model_validate({}))


class LookAheadGiven(AheadGiven):
    """The same, with a night of every quarter really matched in some futures."""

    snapshots: whole(0, MOST_SNAPSHOTS) = JsonField(  # type: ignore[valid-type]
        4, description="In how many futures a night of every quarter is planned by the rules and the solver."
    )


def asked_ahead(office: Office, caller: Caller, given: AheadGiven) -> AheadAsked:
    """The question that a body asks. Raises Invalid naming every fault by its place, and NotFound for a saved scenario."""
    as_of = office.day(given.as_of)
    return AheadAsked(
        snapshots=given.snapshots if isinstance(given, LookAheadGiven) else 0,
        as_of=as_of,
        years=given.years,
        replicates=given.replicates,
        seed=given.seed,
        scenarios=tuple(_scenario(office, caller, as_of, at, one) for at, one in enumerate(given.scenarios)),
        targets=tuple(_target(at, one) for at, one in enumerate(given.targets)),
        assumed=Assumed(**given.assumed.model_dump()),
    )


def _scenario(office: Office, caller: Caller, as_of: date, at: int, one: ScenarioAsked) -> Scenario:
    with office.store.reading(caller.authority) as work:
        own = bodies.changes_built(office, work, one.changes, f"scenarios/{at}/changes")
    others = keeping.put_together(office, caller, as_of, one.saved, one.ready) if one.saved or one.ready else ()
    return Scenario(name=one.name, says=one.says, changes=(*own, *others))


def _target(at: int, given: TargetGiven) -> Target:
    try:
        return Target(**given.model_dump())
    except Invalid as wrong:
        faults = [Fault(f"targets/{at}/{one.field}", one.wrong, one.remedy) for one in wrong.faults]
        raise Invalid(faults) from wrong
