"""Who may live together in a home: the limit of three, beds, bedrooms, solo, never together, mix, and siblings."""

from __future__ import annotations

from matching.answers import Answer
from matching.codes import SignOffRole
from matching.facts import Facts
from matching.policy import Measure
from matching.rules.model import (
    Block,
    Charge,
    Deadline,
    Otherwise,
    Rule,
    Scope,
    Score,
    SignOff,
    Source,
)

Where = tuple[int, ...]


def _beds_reason(f: Facts, at: Where) -> str:
    short = f.living.beds_short.at(*at) or 0
    beds = f.living.beds.at(*at)
    if short > 0:
        return f"{_count(short, 'bed')} too few on at least one night of the stay (effective beds: {beds})"
    return f"A bed is free on every night of the stay (effective beds: {beds})"


def _usual_limit_reason(f: Facts, at: Where) -> str:
    number, limit = f.living.foster_children.at(*at) or 0, f.parameters["usual_fostering_limit"]
    if number <= limit:
        return f"{_count(number, 'foster child', 'foster children')} would live there; the usual limit is {limit}"
    if f.living.all_siblings.at(*at):
        return f"{number} children would live there, all brothers and sisters: the limit of {limit} does not apply"
    if (f.living.not_exempt.at(*at) or 0) == 0:
        return f"{number} children would live there; an exemption names those moving in"
    return f"{number} foster children would live there, not all siblings; the usual limit is {limit}"


def _bedrooms_reason(f: Facts, at: Where) -> str:
    short = f.living.rooms_short.at(*at)
    age = f.parameters["own_bedroom_age"]
    if short is None:
        return "How many bedrooms there are is not recorded"
    if short == 0:
        return f"Each child aged {age} or over would have their own bedroom"
    if f.living.may_share.at(*at):
        return f"{_count(short, 'child', 'children')} would share; sharing has been agreed with an assessment"
    return f"{_count(short, 'child', 'children')} aged {age} or over would have to share a bedroom"


def _solo_reason(f: Facts, at: Where) -> str:
    others = f.living.others.at(*at) or 0
    if others == 0:
        return "No other child would live there"
    whose = "The home takes one child only" if f.living.solo_home.at(*at) else "The child must live with no other child"
    if not (f.living.solo_home.at(*at) or f.living.asks_solo.at(*at)):
        return "Nobody asks to live alone"
    return f"{whose}; {_count(others, 'other')} would live there"


def _never_reason(f: Facts, at: Where) -> str:
    pairs = f.living.never_with.at(*at) or 0
    return (
        f"{_count(pairs, 'pair')} who must never live together" if pairs else "Nobody there is on the never-with list"
    )


def _risk_reason(f: Facts, at: Where) -> str:
    answer = f.living.risk_beside_vulnerable.at(*at)
    if answer is None:
        return "Risk is not recorded for everybody who would live there: check before deciding"
    if answer:
        return "A child who is a high risk to others would live beside a child at high risk from others"
    return "No high risk to others beside a child at high risk from others"


def _mix_reason(f: Facts, at: Where) -> str:
    ages, sexes = f.living.age_wishes_broken.at(*at) or 0, f.living.sex_wishes_broken.at(*at) or 0
    said = []
    if ages:
        said.append("the ages of the others are not as asked")
    if sexes:
        said.append("the sex of the others is not as asked")
    return f"Living with others: {' and '.join(said)}" if said else "The ages and sex of the others are as asked"


def _range_reason(f: Facts, at: Where) -> str:
    spread = f.living.age_spread.at(*at) or 0
    return f"{_count(spread, 'year')} between the youngest and the eldest (policy: {f.parameters['mix_years']})"


def _impact_reason(f: Facts, at: Where) -> str:
    if f.living.impact_assessed.at(*at):
        return "The impact on those who live there has been assessed in the last 28 days"
    residents = f.living.residents.at(*at) or 0
    if not residents:
        return "Nobody lives there during the stay"
    return f"{_count(residents, 'child lives', 'children live')} there: assess the impact on them first"


def _together_reason(f: Facts, at: Where) -> str:
    parted = f.living.required_parted.at(*at) or 0
    if parted:
        return f"Parted from {_count(parted, 'brother or sister', 'brothers and sisters')} they must live with"
    return "Nobody is parted from a brother or sister they must live with"


def _apart_reason(f: Facts, at: Where) -> str:
    joined = f.living.apart_joined.at(*at) or 0
    if joined:
        return f"{_count(joined, 'pair')} of siblings assessed to live apart would live together"
    return "No siblings assessed to live apart would live together"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _usual_limit_met(f: Facts) -> Answer:
    living = f.living
    within = living.foster_children <= f.parameters["usual_fostering_limit"]
    return within | living.all_siblings | living.not_exempt.equals(0)


LIMIT_BEDS = Rule(
    id="limit.beds",
    says="There is an effective bed for every child on every night of the stay",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: f.living.beds_short <= 0,
    otherwise=(Otherwise(Block()),),
    reason=_beds_reason,
    sources=(Source("A bed can be promised once; nights are counted from placements, holds and planned endings"),),
    reads=("living.beds_short", "living.beds"),
    remedy="A bed that comes free, or a review of the effective beds, opens it",
)

LIMIT_USUAL_FOSTERING = Rule(
    id="limit.usual-fostering",
    says="At most three foster children live there unless all are siblings to one another, or an exemption names them",
    scope=Scope.LIVING_TOGETHER,
    applies=lambda f: f.living.fostering,
    met=_usual_limit_met,
    otherwise=(Otherwise(Block()),),
    reason=_usual_limit_reason,
    sources=(Source("Children Act 1989 s63(12) and Schedule 7"),),
    reads=("living.foster_children", "living.all_siblings", "living.not_exempt", "living.fostering"),
    parameters=("usual_fostering_limit",),
    remedy="An exemption that names the child, from the authority where the carer lives, opens it",
)

LIMIT_BEDROOMS = Rule(
    id="limit.bedrooms",
    says="Each child over three has their own bedroom, or sharing is agreed by each authority with an assessment",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: f.living.may_share | (f.living.rooms_short <= 0),
    otherwise=(Otherwise(SignOff(SignOffRole.AREA_AUTHORITY, Deadline.BEFORE_START)),),
    reason=_bedrooms_reason,
    sources=(Source("Fostering National Minimum Standards 10.6"),),
    reads=("living.rooms_short", "living.may_share"),
    parameters=("own_bedroom_age",),
)

LIMIT_SOLO = Rule(
    id="limit.solo",
    says="A child who must live alone, or a home that takes one child, has no other child living there",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: ~(f.living.solo_home | f.living.asks_solo) | (f.living.others <= 0),
    otherwise=(Otherwise(Block()),),
    reason=_solo_reason,
    sources=(Source("South West Regional Care Cooperative placement data standard v3"),),
    reads=("living.solo_home", "living.asks_solo", "living.others"),
)

LIMIT_NEVER_TOGETHER = Rule(
    id="limit.never-together",
    says="Children named as never to live together do not share a home",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: f.living.never_with <= 0,
    otherwise=(Otherwise(Block()),),
    reason=_never_reason,
    sources=(Source("Safeguarding: named in the referral"),),
    reads=("living.never_with",),
)

LIMIT_RISK_BESIDE_VULNERABLE = Rule(
    id="limit.risk-beside-vulnerable",
    says="A child who is a high risk to others does not share a home with a child at high risk from others",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: ~f.living.risk_beside_vulnerable,
    otherwise=(Otherwise(SignOff(SignOffRole.TEAM_MANAGER, Deadline.BEFORE_DECISION)),),
    reason=_risk_reason,
    sources=(Source("Safeguarding: risks in the referral and the needs profiles of those who live there"),),
    reads=("living.risk_beside_vulnerable",),
)

LIMIT_MIX = Rule(
    id="limit.mix",
    says="The other children are only older, only younger or of the sex asked for",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: (f.living.age_wishes_broken <= 0) & (f.living.sex_wishes_broken <= 0),
    otherwise=(Otherwise(Block()),),
    reason=_mix_reason,
    sources=(Source("South West Regional Care Cooperative placement data standard v3"),),
    reads=("living.age_wishes_broken", "living.sex_wishes_broken"),
    remedy="The social worker reviewing whom the child may live with opens it",
)

LIMIT_MIX_RANGE = Rule(
    id="limit.mix-range",
    says="In shared accommodation the ages of those who live there lie close together",
    scope=Scope.LIVING_TOGETHER,
    applies=lambda f: f.living.shared,
    met=lambda f: f.living.age_spread <= f.parameters["mix_years"],
    otherwise=(Otherwise(Score()),),
    reason=_range_reason,
    sources=(Source("South West Regional Care Cooperative placement data standard v3"),),
    reads=("living.age_spread", "living.shared"),
    parameters=("mix_years",),
    charge=Charge(Measure.MIX, lambda f: (f.living.age_spread - f.parameters["mix_years"]).at_least(0)),
)

PURPOSE_IMPACT = Rule(
    id="purpose.impact",
    says="The impact on the children already living there has been assessed",
    scope=Scope.LIVING_TOGETHER,
    applies=lambda f: f.living.residential & (f.living.residents > 0),
    met=lambda f: f.living.impact_assessed,
    otherwise=(Otherwise(SignOff(SignOffRole.REGISTERED_MANAGER, Deadline.BEFORE_DECISION)),),
    reason=_impact_reason,
    sources=(Source("Children's Homes Regulations 2015 regs 12 and 14", checked=False),),
    reads=("living.residents", "living.impact_assessed", "living.residential"),
)

SIBLINGS_TOGETHER = Rule(
    id="siblings.together",
    says="Brothers and sisters who must live together do",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: f.living.required_parted <= 0,
    otherwise=(Otherwise(Block()),),
    reason=_together_reason,
    sources=(Source("Children Act 1989 s22C(8)(c)"), Source("The siblings' assessment")),
    reads=("living.required_parted",),
    remedy="A new assessment of the siblings opens it",
)

SIBLINGS_APART = Rule(
    id="siblings.apart",
    says="Brothers and sisters assessed to live apart do not live together",
    scope=Scope.LIVING_TOGETHER,
    met=lambda f: f.living.apart_joined <= 0,
    otherwise=(Otherwise(Block()),),
    reason=_apart_reason,
    sources=(Source("The siblings' assessment"),),
    reads=("living.apart_joined",),
)

LIVING_TOGETHER_RULES = (
    PURPOSE_IMPACT,
    LIMIT_USUAL_FOSTERING,
    LIMIT_BEDS,
    LIMIT_BEDROOMS,
    LIMIT_SOLO,
    LIMIT_NEVER_TOGETHER,
    LIMIT_RISK_BESIDE_VULNERABLE,
    LIMIT_MIX,
    LIMIT_MIX_RANGE,
    SIBLINGS_TOGETHER,
    SIBLINGS_APART,
)
