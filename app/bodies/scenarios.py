"""Scenarios as they are sent: each kind of change has a shape made from the domain, told apart by the word 'change'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, Union
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as JsonField

from app.bodies import shapes
from app.bodies.building import Builder
from app.bodies.kinds import text, whole
from app.bodies.wire import object_of
from app.services.office import Office
from app.services.references import References
from db.session import Work
from matching.errors import Fault, Invalid
from matching.scenarios import AddHomes, Change, ChangeBeds, ChangeDemand, ChangePrices, Scenario
from matching.scenarios.changes import NAMES

MOST_CHANGES = 50
_ANY_SIGN: dict[Any, shapes.Told] = {
    ChangeBeds: {"by": (whole(-60, 60) | None, JsonField(None, description="So many more; fewer below zero."))},
    ChangePrices: {
        "per_mille": (
            whole(-1_000, 10_000) | None,
            JsonField(None, description="Thousandths more, base and add-ons: 30 is three per cent; less below zero."),
        )
    },
    ChangeDemand: {
        "per_mille_a_year": (
            whole(-1_000, 10_000),
            JsonField(description="Thousandths a year: 30 is three per cent more, -20 two per cent fewer."),
        )
    },
}
"""Fields that may lie below zero."""


def _given(kind: Any) -> type[shapes.Given]:
    word: Any = Literal[NAMES[kind]]
    said = {"change": (word, JsonField(description="The kind of change.")), **_ANY_SIGN.get(kind, {})}
    return shapes.given(kind, f"{kind.__name__}Given", without=frozenset(), also=said)


_GIVEN = {kind: _given(kind) for kind in NAMES}
_KIND_OF: dict[type[BaseModel], Any] = {shape: kind for kind, shape in _GIVEN.items()}
AddHomesGiven: Any = _GIVEN[AddHomes]
_Any: Any = Union[tuple(_GIVEN.values())]  # noqa: UP007 - of what was made while running
ChangeGiven: Any = Annotated[_Any, JsonField(discriminator="change")]
ChangesGiven: Any = Annotated[list[ChangeGiven], JsonField(max_length=MOST_CHANGES)]


class ScenarioGiven(shapes.Given):
    """A what-if with a name: what would be different. The order of changes does not matter."""

    name: text(200, 1)  # type: ignore[valid-type]  # made while running
    says: text(1_000) = JsonField("", description="What it is about, in a sentence.")  # type: ignore[valid-type]
    changes: ChangesGiven = JsonField([], description="None: tonight as it is.")


class ScenarioAsked(shapes.Given):
    """A scenario to run: its changes here, and those of scenarios that are saved or ready, all put together."""

    name: text(200, 1)  # type: ignore[valid-type]
    says: text(1_000) = JsonField("", description="What it is about, in a sentence.")  # type: ignore[valid-type]
    saved: list[UUID] = JsonField([], max_length=10, description="Ids of saved scenarios whose changes are part of it.")
    ready: list[text(60, 1)] = JsonField(  # type: ignore[valid-type]
        [], max_length=10, description="Ids of ready scenarios whose changes are part of it: see /scenarios/ready."
    )
    changes: ChangesGiven = JsonField([], description="Further changes.")


def changes_built(office: Office, work: Work, given: Iterable[BaseModel], path: str = "changes") -> tuple[Change, ...]:
    """The changes that bodies say. Raises Invalid naming every fault by its place."""
    builder, faults, made = Builder(office.gazetteer, References(work), []), list[Fault](), list[Change]()
    for at, body in enumerate(given):
        try:
            made.append(builder.built(_KIND_OF[type(body)], body))
        except Invalid as wrong:
            faults += [Fault(f"{path}/{at}/{one.field}", one.wrong, one.remedy) for one in wrong.faults]
            builder.faults.clear()
    if faults:
        raise Invalid(faults)
    return tuple(made)


def scenario_built(office: Office, work: Work, given: ScenarioGiven) -> Scenario:
    """The scenario that a body says. Raises Invalid naming every fault."""
    return Scenario(name=given.name, says=given.says, changes=changes_built(office, work, given.changes))


def changes_shown(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes as they may be sent again: a place is its postcode."""
    return [_shown(change) for change in changes]


def _shown(change: Change) -> dict[str, Any]:
    told = object_of(change)
    if "postcode" in told:
        told["place"] = told.pop("postcode")
    return {"change": NAMES[type(change)], **told}
