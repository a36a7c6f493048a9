"""Strategies for what happens between proposal and placement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from matching.codes import (
    Access,
    Communication,
    ExpectedLength,
    Health,
    Known,
    LivingWith,
    Risk,
    RiskLevel,
    SearchKind,
    Sex,
    SignOffRole,
    Skill,
    Staffing,
    ViewAsked,
)
from matching.explanations import Finding, SignOffNeeded, Verdict
from matching.rules.model import Deadline
from matching.workflow.decisions import (
    Decision,
    ReasonNeeded,
    Recommendation,
    Shown,
    ShownHome,
    ShownPlacing,
    ShownWay,
)
from matching.workflow.offers import ChildAsSeen, DeclineReason, Enquiry, Offer
from matching.workflow.roles import Role
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import DecisionState, OfferState, SignOffState
from tests.db.invented import DAYS, LEVELS, MOMENTS, REFS, WORDS, ids, maps, one


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


SAID = WORDS.filter(str.strip)
POINTS = st.integers(0, 10**6)
PENCE = st.none() | POINTS

SEEN: st.SearchStrategy[ChildAsSeen] = st.builds(
    ChildAsSeen,
    letter=st.sampled_from("ABC"),
    age=st.integers(0, 17),
    sex=one(Sex),
    needs=LEVELS,
    communication=several(one(Communication)),
    access=several(one(Access)),
    health=several(one(Health)),
    skills=several(one(Skill)),
    risks=maps(Risk, one(RiskLevel)),
    staffing=one(Staffing),
    living_with=one(LivingWith),
    pets=one(Known),
    in_school=one(Known),
    school_year=st.none() | st.integers(0, 13),
)

ENQUIRIES: st.SearchStrategy[Enquiry] = st.builds(
    Enquiry,
    kind=one(SearchKind),
    first_night=DAYS,
    last_morning=st.none() | DAYS,
    length=one(ExpectedLength),
    children=several(SEEN),
    siblings_elsewhere=st.integers(0, 5),
)


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    state, made = draw(one(OfferState)), draw(MOMENTS)
    return Offer(
        id=draw(ids(1, 999)),
        authority=draw(ids(1, 9)),
        referral=draw(ids(1, 9)),
        home=draw(ids(1, 9)),
        provider=draw(ids(1, 9)),
        children=tuple(draw(st.lists(ids(1, 9), min_size=1, max_size=3, unique=True))),
        enquiry=draw(ENQUIRIES),
        state=state,
        made_at=made,
        answer_by=made + timedelta(hours=draw(st.integers(1, 99))),
        viewed_at=draw(st.none() | MOMENTS),
        answered_at=draw(st.none() | MOMENTS),
        declined_for=draw(one(DeclineReason)) if state is OfferState.DECLINED else None,
    )


@st.composite
def sign_offs(draw: st.DrawFn) -> SignOff:
    state = draw(one(SignOffState))
    answered = state in (SignOffState.AGREED, SignOffState.REFUSED)
    return SignOff(
        id=draw(ids(1, 999)),
        authority=draw(ids(1, 9)),
        referral=draw(ids(1, 9)),
        home=draw(ids(1, 9)),
        child=draw(st.none() | ids(1, 9)),
        rule=draw(REFS),
        says=draw(WORDS),
        facts=draw(WORDS),
        sources=draw(several(WORDS)),
        role=draw(one(SignOffRole)),
        deadline=draw(one(Deadline)),
        first_night=draw(DAYS),
        state=state,
        requested_at=draw(MOMENTS),
        answered_at=draw(MOMENTS) if answered else None,
        answered_by=draw(SAID) if answered else None,
        reason=draw(SAID),
    )


RECOMMENDATIONS: st.SearchStrategy[Recommendation] = st.builds(
    Recommendation,
    id=ids(1, 999),
    authority=ids(1, 9),
    referral=ids(1, 9),
    chosen=st.dictionaries(ids(1, 3), ids(1, 9), min_size=1),
    reason=SAID,
    by=SAID,
    at=MOMENTS,
)

FINDINGS: st.SearchStrategy[Finding] = st.builds(
    Finding,
    rule=REFS,
    says=WORDS,
    standing=WORDS,
    reason=WORDS,
    child=st.none() | REFS,
    sign_off=st.none() | st.builds(SignOffNeeded, REFS, WORDS, WORDS, WORDS),
    timer=st.none() | WORDS,
    remedy=st.none() | WORDS,
    sources=several(WORDS),
)

SHOWN: st.SearchStrategy[Shown] = st.builds(
    Shown,
    as_of=DAYS,
    run=st.none() | ids(1, 9),
    summary=WORDS,
    ways=several(
        st.builds(
            ShownWay, st.integers(1, 9), several(st.builds(ShownPlacing, REFS, several(REFS))), POINTS, POINTS, PENCE
        )
    ),
    chosen=several(st.builds(ShownHome, REFS, several(REFS), one(Verdict), several(FINDINGS), POINTS, PENCE)),
)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    children = draw(st.lists(ids(1, 3), min_size=1, unique=True))
    return Decision(
        id=draw(ids(1, 999)),
        authority=draw(ids(1, 9)),
        referral=draw(ids(1, 9)),
        chosen={child: draw(ids(1, 9)) for child in children},
        decided_by=draw(SAID),
        role=draw(one(Role)),
        at=draw(MOMENTS),
        reasons=draw(maps(ReasonNeeded, WORDS)),
        views={child: draw(one(ViewAsked)) for child in children},
        recommendation=draw(st.none() | ids(1, 9)),
        shown=draw(SHOWN),
        placements={child: draw(ids(10 * at + 1, 10 * at + 9)) for at, child in enumerate(children)},
        state=draw(one(DecisionState)),
        reversed_because=draw(WORDS),
    )
