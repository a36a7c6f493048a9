"""Routes about what an authority has decided: the weights by which plans are made, and its own parameters."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, create_model
from pydantic import Field as JsonField

from app.api import answers, examples
from app.bodies import shapes
from app.bodies.kinds import MOST_WHOLE, whole
from app.bodies.wire import object_of
from app.dependencies import AsOfHere, CallerHere, ExpectedHere, OfficeHere
from app.services import decisions
from matching.errors import DomainError, Fault, Invalid
from matching.policy import PRESETS, Policy
from matching.rules.parameters import PARAMETERS, Parameters

router = APIRouter(tags=["policies"])
PolicyGiven: Any = shapes.given(
    Policy,
    "PolicyGiven",
    without=frozenset({"version"}),
    also={
        field: (dict[shapes.keys_of(Policy, field), whole(0, 1_000)], JsonField(description=says))  # type: ignore[misc]
        for field, says in (
            ("weights", "Points for one unit of each measure, 0 to 1,000; one left out weighs nothing."),
            ("urgency", "How much placing one child weighs against placing another, 0 to 1,000."),
            ("sibling_pairs", "How much it weighs to part a pair, 0 to 1,000."),
            ("gravity", "How much a sign-off by each role weighs, 0 to 1,000."),
        )
    },
)
PolicyShown: Any = create_model("Policy", __base__=PolicyGiven, __doc__=Policy.__doc__, version=(int, ...))


class Policies(BaseModel):
    """The policy in force, the presets to begin from, and those that were in force before."""

    in_force: PolicyShown
    presets: list[PolicyShown]
    history: list[PolicyShown]


class ParametersGiven(shapes.Given):
    """The authority's own values, by name; those left out are as law or the default has them."""

    own: dict[str, whole(0, MOST_WHOLE)] = JsonField(max_length=100)  # type: ignore[valid-type]


class ParameterTold(BaseModel):
    """One dated value."""

    name: str
    says: str
    unit: str
    source: str
    value: int
    """In force on the day for the authority."""
    default: int
    own: int | None
    """The authority's own, when it has set one."""
    may_be_set: bool
    """False for what the law sets."""
    least: int
    most: int


class ParametersShown(BaseModel):
    """Every value that law or policy sets."""

    as_of: date
    items: list[ParameterTold]


@router.get(
    "/policies",
    name="list_policies",
    summary="List policies",
    responses={**answers.shows(Policies), **answers.problems()},
)
def list_policies(office: OfficeHere, caller: CallerHere) -> Response:
    """The policy in force, the presets, and the history."""
    known = decisions.read_policies(office, caller)
    told = {
        "in_force": object_of(known.in_force),
        "presets": [object_of(preset) for preset in PRESETS.values()],
        "history": [object_of(policy) for policy in known.history],
    }
    return answers.json(told)


@router.get(
    "/policies/in-force",
    name="read_policy_in_force",
    summary="Read the policy in force",
    responses={**answers.shows(PolicyShown, with_etag=True), **answers.problems()},
)
def read_policy_in_force(office: OfficeHere, caller: CallerHere) -> Response:
    """By which shortlists are ranked and plans made unless a preset is asked for."""
    known = decisions.read_policies(office, caller)
    return answers.json(object_of(known.in_force), headers={"ETag": answers.etag(known.version)})


@router.put(
    "/policies/in-force",
    name="adopt_policy",
    summary="Adopt a policy",
    responses={**answers.shows(PolicyShown, with_etag=True), **answers.problems(400, 412, 413, 415, 428)},
)
def adopt_policy(
    office: OfficeHere,
    caller: CallerHere,
    expected: ExpectedHere,
    body: Annotated[PolicyGiven, Body(examples=[examples.POLICY])],
) -> Response:
    """Puts it in force under the next version number; the one before is kept. Levels are never traded for points."""
    try:
        policy = Policy(**{name: _read_only(getattr(body, name)) for name in PolicyGiven.model_fields})
    except DomainError as wrong:
        raise Invalid([Fault("", str(wrong), "Change the weights")]) from wrong
    adopted = decisions.adopt_policy(office, caller, policy, expected)
    return answers.json(object_of(adopted), headers={"ETag": answers.etag(adopted.version)})


@router.get(
    "/parameters",
    name="read_parameters",
    summary="Read the values that law and policy set",
    responses={**answers.shows(ParametersShown, with_etag=True), **answers.problems()},
)
def read_parameters(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """As in force on a day, each with its source and the authority's own value where it has one."""
    parameters, version = decisions.read_parameters(office, caller, as_of)
    return answers.json(_told(parameters), headers={"ETag": answers.etag(version)})


@router.put(
    "/parameters",
    name="set_parameters",
    summary="Set the authority's own values",
    responses={**answers.shows(ParametersShown, with_etag=True), **answers.problems(400, 412, 413, 415, 428)},
)
def set_parameters(
    office: OfficeHere,
    caller: CallerHere,
    expected: ExpectedHere,
    body: Annotated[ParametersGiven, Body(examples=[examples.PARAMETERS])],
) -> Response:
    """All of them at once: one that is left out goes back to its default. What the law sets cannot be set."""
    parameters, version = decisions.set_parameters(office, caller, body.own, expected)
    return answers.json(_told(parameters), headers={"ETag": answers.etag(version)})


def _read_only(value: Any) -> Any:
    return MappingProxyType(value) if isinstance(value, dict) else value


def _told(parameters: Parameters) -> dict[str, Any]:
    items = [
        {
            "name": known.name,
            "says": known.says,
            "unit": known.unit,
            "source": known.source,
            "value": parameters[known.name],
            "default": known.on(parameters.as_of),
            "own": parameters.own.get(known.name),
            "may_be_set": known.local,
            "least": known.least,
            "most": known.most,
        }
        for known in PARAMETERS.values()
    ]
    return {"as_of": parameters.as_of, "items": items}
