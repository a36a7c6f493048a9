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
    keys = {ask.child: key for key, ask in zip(KEYS, referral.asks, strict=False)}
    found, bases = answers_of(work, stored, keys)
    answers = {CHILDREN: {"keys": list(keys.values())}, **children_of(referral), **remembered(found)}
    return Beginning(kind="edit", referral=referral.id, answers=answers, bases=bases)


def of_needs(work: Work, child: UUID) -> Beginning:
    """The needs of a child, to be written down anew. Raises NotFound."""
    stored = work.children.get(child)
    answers: Answers = {CHILDREN: {"keys": ["a"]}, "a/known": _known(work, stored)}
    return Beginning(kind="needs", child=child, answers=answers)


def answers_of(work: Work, stored: Stored[Referral], keys: Mapping[ChildId, str]) -> tuple[Answers, dict[str, int]]:
    """What somebody would have typed to record a referral as it is, and the version of each record it is made of.

    `keys` are those of the children in the draft; what is asked for others of the referral is left out.
    """
    referral = stored.value
    answers: Answers = {}
    bases = {"referral": stored.version}
    for question in (search.KIND, search.WHEN, search.HOW_LONG, search.REFERENCE):
        answers[f"search/{question.slug}"] = typed_from(question, object_of(referral))
    for ask in referral.asks:
        if ask.child in keys:
            answers |= _asked(work, keys[ask.child], ask)
    of_children, versions = children_answers(work, keys)
    return {address: typed for address, typed in (answers | of_children).items() if typed}, bases | versions


def children_answers(work: Work, keys: Mapping[ChildId, str]) -> tuple[Answers, dict[str, int]]:
    """What somebody would have typed of children who are on record and of each two of them, and the versions of both."""
    answers: Answers = {}
    versions: dict[str, int] = {}
    for id_, key in keys.items():
        child = work.children.get(id_)
        answers |= child_answers(work, key, child)
        versions[f"child/{key}"] = child.version
    groups = (group for id_ in keys for group in work.sibling_groups.of_child(id_))
    group = min(groups, key=lambda one: one.value.id, default=None)
    if group is not None:
        answers |= _pairs(group.value, keys)
        versions["group"] = group.version
    return answers, versions


def children_of(referral: Referral) -> Answers:
    """Whose referral it is, kept beside a draft so that children others add or take out meanwhile can be told."""
    return {f"{WAS}{CHILDREN}": {"known": [str(ask.child) for ask in referral.asks]}}


def with_others_children(work: Work, draft: Draft, stored: Stored[Referral]) -> tuple[Draft, tuple[str, ...]]:
    """The draft with the children that others added to its referral since it began and without those they took out.

    Says both in words.
    """
    was = {ChildId(UUID(one)) for one in draft.answers.get(f"{WAS}{CHILDREN}", {}).get("known", ())}
    mine, now = by_child(draft), {ask.child: ask for ask in stored.value.asks}
    said = []
    for child in sorted(was - set(now)):
        if child in mine:
            draft = without_child(draft, mine[child])
            said.append(f"Child {work.children.get(child).value.external_ref}: no longer in this search")
    for child in sorted(set(now) - was - set(mine)):
        known, key = work.children.get(child), free_key(draft)
        begun = remembered(child_answers(work, key, known) | _asked(work, key, now[child]))
        draft = _grown(draft, key, begun, known.version)
        said.append(f"Child {known.value.external_ref}: now in this search")
    return replace(draft, answers={**draft.answers, **children_of(stored.value)}), tuple(said)


def with_known_child(work: Work, draft: Draft, number: str) -> Draft:
    """The draft with a child who is on record. Raises NotFound for a number that nobody has."""
    child = work.children.find(number.strip())
    if child is None:
        raise NotFound("child", number)
    if child.value.id in by_child(draft):
        return draft
    key = free_key(draft)
    grown = _grown(draft, key, remembered(child_answers(work, key, child)), child.version)
    told, versions = children_answers(work, by_child(grown))
    new = {address: typed for address, typed in told.items() if address not in grown.answers}
    bases = {name: version for name, version in versions.items() if name == "group"}
    return replace(grown, answers={**grown.answers, **remembered(new)}, bases={**grown.bases, **bases})


def _grown(draft: Draft, key: str, begun: Answers, version: int) -> Draft:
    """The draft with one more child, of whom something is on record in a version."""
    keys = list(draft.answers.get(CHILDREN, {}).get("keys", ()))
    answers = {**draft.answers, CHILDREN: {"keys": [*keys, key]}, **begun}
    return replace(draft, answers=answers, bases={**draft.bases, f"child/{key}": version})


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


def by_child(draft: Draft) -> dict[ChildId, str]:
    """The key of each child of a draft who is on record."""
    found = {}
    for key in draft.answers.get(CHILDREN, {}).get("keys", ()):
        written = draft.answers.get(f"{key}/known", {}).get("id", ())
        if written:
            found[ChildId(UUID(written[0]))] = key
    return found


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
