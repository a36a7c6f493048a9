"""What is known against a home or its provider."""

from __future__ import annotations

from matching.codes import Ofsted, SignOffRole
from matching.facts import Facts
from matching.rules.model import Deadline, Otherwise, Rule, SignOff, Source
from matching.rules.words import Where, decoded, word


def _ofsted_reason(f: Facts, at: Where) -> str:
    judgement = decoded(Ofsted, f.home.ofsted.at(*at) or 0)
    if judgement is Ofsted.NOT_YET_INSPECTED:
        return "Not yet inspected"
    return f"Judged {word(judgement)} at the last full inspection"


QUALITY_OFSTED = Rule(
    id="quality.ofsted",
    says="The last full inspection did not judge the home inadequate",
    applies=lambda f: ~f.home.ofsted.is_(Ofsted.NOT_YET_INSPECTED),
    met=lambda f: ~f.home.ofsted.is_(Ofsted.INADEQUATE),
    otherwise=(Otherwise(SignOff(SignOffRole.NOMINATED_OFFICER, Deadline.BEFORE_DECISION)),),
    reason=_ofsted_reason,
    sources=(Source("Council policy"),),
    reads=("home.ofsted",),
)

QUALITY_PROVIDER_CONCERN = Rule(
    id="quality.provider-concern",
    says="No concern about the home or its provider is open",
    met=lambda f: f.home.concern.equals(0),
    otherwise=(Otherwise(SignOff(SignOffRole.NOMINATED_OFFICER, Deadline.BEFORE_DECISION)),),
    reason=lambda f, at: "A concern is open" if f.home.concern.at(*at) else "No concern is open",
    sources=(Source("North East Lincolnshire improvement plan, item 23"),),
    reads=("home.concern",),
)

QUALITY = (QUALITY_OFSTED, QUALITY_PROVIDER_CONCERN)
