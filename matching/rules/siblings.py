"""How near a home is to brothers and sisters who live elsewhere."""

from __future__ import annotations

from matching.facts import Facts
from matching.policy import Measure
from matching.rules.model import Charge, Otherwise, Rule, Score, Source
from matching.rules.place import LINE, UNKNOWN_WAY
from matching.rules.words import Where, miles


def _reason(f: Facts, at: Where) -> str:
    if not f.journey.has_siblings_elsewhere.at(*at):
        return "No brother or sister lives elsewhere"
    farthest = f.journey.sibling_farthest.at(*at)
    if farthest is None:
        return "Where a brother or sister lives is not on record"
    return f"The brother or sister who lives farthest is {miles(farthest)} away, {LINE}"


SIBLINGS_NEAR = Rule(
    id="siblings.near",
    says="Brothers and sisters who live elsewhere are within 20 miles, or the distance the authority has set",
    applies=lambda f: f.journey.has_siblings_elsewhere,
    met=lambda f: f.journey.sibling_farthest <= f.parameters["distant_miles"],
    otherwise=(Otherwise(Score()),),
    reason=_reason,
    sources=(Source("Children Act 1989 s22C(8)(c)"),),
    reads=("journey.has_siblings_elsewhere", "journey.sibling_farthest", "journey.sibling_distance"),
    charge=Charge(Measure.SIBLING_DISTANCE, lambda f: f.journey.sibling_distance, unknown_units=UNKNOWN_WAY),
    parameters=("distant_miles",),
)

SIBLINGS = (SIBLINGS_NEAR,)
