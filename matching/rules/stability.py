"""Children whose placements have broken down before."""

from __future__ import annotations

from matching.codes import SignOffRole
from matching.facts import Facts
from matching.rules.model import Otherwise, Rule, SignOff, Source
from matching.rules.words import Where, count


def _reason(f: Facts, at: Where) -> str:
    plan = "a stability plan is made" if f.child.stability_plan.at(*at) else "no stability plan by the first night"
    return f"{count(f.child.breakdowns.at(*at) or 0, 'placement')} broke down; {plan}"


STABILITY_THIRD_PLACEMENT = Rule(
    id="stability.third-placement",
    says="After two breakdowns, or as many as the authority has set, a stability plan comes before the next placement",
    applies=lambda f: f.child.breakdowns >= f.parameters["breakdowns_for_plan"],
    met=lambda f: f.child.stability_plan > 0,
    otherwise=(Otherwise(SignOff(SignOffRole.TEAM_MANAGER)),),
    reason=_reason,
    sources=(Source("North East Lincolnshire improvement plan, item 17"),),
    reads=("child.breakdowns", "child.stability_plan"),
    parameters=("breakdowns_for_plan",),
)

STABILITY = (STABILITY_THIRD_PLACEMENT,)
