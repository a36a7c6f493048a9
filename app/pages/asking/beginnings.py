"""What a draft begins from: nothing, a referral as it is on record, or a child whose needs are to be written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from app.bodies.wire import object_of
from app.pages.asking import about_search as search
from app.pages.asking.questions import About, typed_from
from app.pages.asking.sheets import CHILDREN, KEYS, Sheet
from app.services.case_files import open_file
from app.services.drafts import Beginning
from db.errors import NotFound
from db.mapping.shapes import Stored
from db.repositories.drafts import Draft
from db.session import Work
from matching.codes import Sex
from matching.people import Child, SiblingGroup
from matching.referrals import Asks, Referral
from matching.values import AuthorityId, ChildId

Answers = dict[str, dict[str, list[str]]]

WAS = "was "
"""Before an address: what was on record there when the draft began."""


def new_referral(work: Work) -> Beginning:
    """A referral of which nothing is said yet."""
    del work
    return Beginning(kind="referral")


def of_referral(work: Work, reference: str) -> Beginning:
    """A referral as it is on record. Raises NotFound."""
    stored = open_file(work, reference)
    referral = stored.value
    found, bases = answers_of(work, stored)
    answers = {CHILDREN: found.pop(CHILDREN), **remembered(found)}
    return Beginning(kind="edit", referral=referral.id, answers=answers, bases=bases)


def of_needs(work: Work, child: UUID) -> Beginning:
    """The needs of a child, to be written down anew. Raises NotFound."""
    stored = work.children.get(child)
    answers: Answers = {CHILDREN: {"keys": ["a"]}, "a/known": _known(work, stored)}
    return Beginning(kind="needs", child=child, answers=answers)


def answers_of(work: Work, stored: Stored[Referral]) -> tuple[Answers, dict[str, int]]:
    """What somebody would have typed to record a referral as it is, and the version of each record it is made of."""
    referral = stored.value
    answers: Answers = {CHILDREN: {"keys": list(KEYS[: len(referral.asks)])}}
    bases = {"referral": stored.version}
    for question in (search.KIND, search.WHEN, search.HOW_LONG, search.REFERENCE):
        answers[f"search/{question.slug}"] = typed_from(question, object_of(referral))
    for key, ask in zip(KEYS, referral.asks, strict=False):
        child = work.children.get(ask.child)
        answers |= child_answers(work, key, child) | _asked(work, key, ask)
        bases[f"child/{key}"] = child.version
    keys = {ask.child: key for key, ask in zip(KEYS, referral.asks, strict=False)}
    if referral.sibling_group is not None:
        group = work.sibling_groups.get(referral.sibling_group)
        answers |= _pairs(group.value, keys)
        bases["group"] = group.version
    return {address: typed for address, typed in answers.items() if typed}, bases


def with_known_child(work: Work, draft: Draft, number: str) -> Draft:
    """The draft with a child who is on record. Raises NotFound for a number that nobody has."""
    child = work.children.find(number.strip())
    if child is None:
        raise NotFound("child", number)
    keys = list(draft.answers.get(CHILDREN, {}).get("keys", ()))
    if child.value.id in _children(draft):
        return draft
    key = free_key(draft)
    begun = remembered(child_answers(work, key, child))
    answers = {**draft.answers, CHILDREN: {"keys": [*keys, key]}, **begun}
    bases = {**draft.bases, f"child/{key}": child.version}
    grown = replace(draft, answers=answers, bases=bases)
    by_child = {known: one for one, known in _by_key(grown).items()}
    for group in work.sibling_groups.of_child(child.value.id):
        told = _pairs(group.value, by_child)
        answers |= remembered({address: typed for address, typed in told.items() if address not in draft.answers})
        bases["group"] = group.version
    return replace(draft, answers=answers, bases=bases)


def with_new_child(draft: Draft) -> tuple[Draft, str]:
    """The draft with a child of whom nothing is said yet, and the child's key."""
    keys, key = list(draft.answers.get(CHILDREN, {}).get("keys", ())), free_key(draft)
    return replace(draft, answers={**draft.answers, CHILDREN: {"keys": [*keys, key]}}), key


def without_child(draft: Draft, key: str) -> Draft:
    """The draft without a child, and without all that was typed about the child."""
    keys = [one for one in draft.answers.get(CHILDREN, {}).get("keys", ()) if one != key]
    kept = {
        address: typed
        for address, typed in draft.answers.items()
        if key not in address.removeprefix(WAS).split("/", 1)[0].split("-")
    }
    bases = {name: version for name, version in draft.bases.items() if name != f"child/{key}"}
    return replace(draft, answers={**kept, CHILDREN: {"keys": keys}}, bases=bases)


def remembered(answers: Answers) -> Answers:
    """The answers, and beside them the same as what was on record."""
    return answers | {f"{WAS}{address}": typed for address, typed in answers.items()}


def free_key(draft: Draft) -> str:
    """A key that no child of the draft has."""
    taken = draft.answers.get(CHILDREN, {}).get("keys", ())
    return next(key for key in KEYS if key not in taken)


def _by_key(draft: Draft) -> dict[str, ChildId]:
    found = {}
    for key in draft.answers.get(CHILDREN, {}).get("keys", ()):
        written = draft.answers.get(f"{key}/known", {}).get("id", ())
        if written:
            found[key] = ChildId(UUID(written[0]))
    return found


def _children(draft: Draft) -> set[ChildId]:
    return set(_by_key(draft).values())


def _known(work: Work, child: Stored[Child]) -> dict[str, list[str]]:
    initials = work.identities.initials([child.value.id]).get(child.value.id)
    return {"id": [str(child.value.id)], "initials": [initials or child.value.external_ref]}


def child_answers(work: Work, key: str, child: Stored[Child]) -> Answers:
    """What somebody would have typed to record a child as the child is on record."""
    body = object_of(child.value)
    answers = {f"{key}/known": _known(work, child)}
    return answers | _typed(key, About.CHILD, body)


def _asked(work: Work, key: str, ask: Asks) -> Answers:
    body = object_of(ask)
    others = work.children.many(sorted(ask.never_with), words=False)
    body["never_with"] = sorted(others[one].value.external_ref for one in ask.never_with)
    return _typed(key, About.ASK, body)


_ANYBODY = ChildId(UUID(int=0))
_DEFAULTS = {
    About.CHILD: object_of(
        Child(id=_ANYBODY, authority=AuthorityId(UUID(int=0)), external_ref="", born=date.min, sex=Sex.UNKNOWN)
    ),
    About.ASK: object_of(Asks(child=_ANYBODY)),
}
"""What a record says of itself when nobody has said anything."""


def _typed(key: str, about: About, body: Mapping[str, Any]) -> Answers:
    said = {name: None if name == "sex" else value for name, value in _DEFAULTS[about].items()}
    found = {f"{key}/{one.slug}": typed_from(one, body, said) for one in Sheet.questions(about)}
    return {address: typed for address, typed in found.items() if typed}


def _pairs(group: SiblingGroup, keys: Mapping[ChildId, str]) -> Answers:
    by_children = {pair.children: pair for pair in group.pairs}
    found: Answers = {}
    for one, other in combinations(keys, 2):
        pair = by_children.get(frozenset((one, other)))
        if pair is not None:
            found[f"{keys[one]}-{keys[other]}/{search.PAIR.slug}"] = typed_from(search.PAIR, object_of(pair))
    return found
