"""Health and the household: smoke and animals."""

from __future__ import annotations

import numpy as np

from matching.answers import Answer
from matching.codes import RiskLevel, SignOffRole
from matching.facts import Facts
from matching.policy import Measure
from matching.rules.model import Block, Charge, Otherwise, Rule, Score, SignOff, Source
from matching.rules.words import Where


def _harmed_by_smoke(f: Facts) -> Answer:
    young = f.child.age < f.parameters["smoke_free_age"]
    return young | (f.child.disabled > 0) | (f.child.smoke_sensitive > 0)


def _smoking_blocks(f: Facts) -> Answer:
    return Answer(np.array([[f.parameters["smoking_blocks"] == 1]]))


def _smoking_reason(f: Facts, at: Where) -> str:
    smokes = {
        None: "whether anybody smokes or vapes is not recorded",
        1: "somebody smokes or vapes",
        0: "nobody smokes",
    }
    why = []
    if f.child.age.at(*at) is not None and (f.child.age < f.parameters["smoke_free_age"]).at(*at):
        why.append(f"aged {f.child.age.at(*at)}")
    if f.child.disabled.at(*at):
        why.append("disabled")
    if f.child.smoke_sensitive.at(*at):
        why.append("a condition that smoke makes worse")
    if not why:
        why.append({None: "health not fully recorded", False: "no condition that smoke makes worse"}[_known_no(f, at)])
    return f"{', '.join(why).capitalize()}; {smokes[f.home.smokers.at(*at)]}"


def _known_no(f: Facts, at: Where) -> bool | None:
    return None if _harmed_by_smoke(f).at(*at) is None else False


HEALTH_SMOKING = Rule(
    id="health.smoking",
    says="No child under five, disabled, or with a condition of lungs, heart or ears lives with a smoker",
    applies=lambda f: (f.home.household > 0) & _harmed_by_smoke(f) & ~f.journey.connected,
    met=lambda f: f.home.smokers.equals(0),
    otherwise=(
        Otherwise(Block(), _smoking_blocks, "the authority's policy blocks it"),
        Otherwise(SignOff(SignOffRole.TEAM_MANAGER)),
    ),
    reason=_smoking_reason,
    sources=(Source("CoramBAAF Practice Note 68"), Source("Council policy")),
    reads=(
        "child.age",
        "child.disabled",
        "child.smoke_sensitive",
        "home.household",
        "home.smokers",
        "journey.connected",
    ),
    remedy="A smoke-free home, confirmed by the supervising social worker, opens it",
    parameters=("smoke_free_age", "smoking_blocks"),
)


def _must_not(f: Facts) -> Answer:
    """Whether the child must not live with animals: so the referral says, or the risk to them is high."""
    return f.child.may_live_with_pets.equals(0) | f.child.harm_to_animals.is_(RiskLevel.HIGH)


def _had_better_not(f: Facts) -> Answer:
    """Whether animals weigh against the home: an allergy nobody has cleared, or a low risk to them."""
    cleared = Answer((f.child.may_live_with_pets > 0).yes)
    return ((f.child.allergy > 0) & ~cleared) | f.child.harm_to_animals.is_(RiskLevel.LOW)


def _pets_reason(f: Facts, at: Where) -> str:
    pets = {None: "whether there are animals is not recorded", 1: "there are animals", 0: "there are no animals"}
    if _must_not(f).at(*at):
        said = "The child must not live with animals"
    elif _had_better_not(f).at(*at):
        said = "An allergy, or a low risk to animals, is recorded"
    elif (_must_not(f) | _had_better_not(f)).at(*at) is None:
        said = "Whether the child may live with animals is not fully recorded"
    else:
        said = "The child may live with animals"
    return f"{said}; {pets[f.home.pets.at(*at)]}"


HEALTH_PETS = Rule(
    id="health.pets",
    says="A child whom animals may harm, or who may harm them, lives where there are none",
    met=lambda f: f.home.pets.equals(0) | ~(_must_not(f) | _had_better_not(f)),
    otherwise=(
        Otherwise(Block(), _must_not, "the child must not live with animals, or is a high risk to them"),
        Otherwise(Score()),
    ),
    reason=_pets_reason,
    sources=(Source("South West Regional Care Cooperative placement data standard v3"),),
    reads=("home.pets", "child.may_live_with_pets", "child.allergy", "child.harm_to_animals"),
    charge=Charge(
        Measure.PETS, lambda f: ((f.home.pets > 0) & (_must_not(f) | _had_better_not(f))).count(), unknown_units=1
    ),
    remedy="The social worker's new view of living with animals opens it",
)

HEALTH = (HEALTH_SMOKING, HEALTH_PETS)
