"""From a draft to the records it makes or changes: each as a step, through the same shapes and use cases as the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from app.bodies.building import Builder
from app.bodies.identities import IdentityGiven
from app.bodies.reading import DoesNotFit, read
from app.bodies.shapes import Given, given
from app.bodies.wire import object_of
from app.pages.asking.questions import About, Compiled
from app.pages.asking.sheets import Sheet, in_order
from app.services.children import CHILDREN
from app.services.intakes import Naming, Step
from app.services.needs import PROFILES
from app.services.office import Office
from app.services.references import References
from app.services.referrals import REFERRALS
from app.services.siblings import SIBLING_GROUPS
from app.services.workflow.doing import Doing
from db.repositories.children import Identity
from db.repositories.drafts import Draft
from matching.needs import NeedsProfile
from matching.people import Child, SiblingGroup
from matching.referrals import Referral, ReferralState
from matching.values import ChildId

T = TypeVar("T")

_UNSAID = frozenset({"id", "authority"})
_CHILD = given(Child, "ChildTyped", without=_UNSAID)
_GROUP = given(SiblingGroup, "SiblingGroupTyped", without=_UNSAID)
_PROFILE = given(NeedsProfile, "NeedsProfileTyped", without=_UNSAID)
_REFERRAL = given(Referral, "ReferralTyped", without=_UNSAID | {"state", "opened"})


@dataclass(slots=True)
class Steps:
    """The steps of one draft, and where each part of each came from.

    Lenient, it stands something in for what is missing and notes it, so that one question can be checked while others
    are not answered; otherwise what does not fit is refused.
    """

    sheet: Sheet
    office: Office
    lenient: bool = False
    bodies: dict[str, Compiled] = field(default_factory=dict)
    """What each step was made from, by its name."""
    unfit: dict[str, DoesNotFit] = field(default_factory=dict)
    """What did not fit, in a lenient look."""

    def __call__(self, doing: Doing, draft: Draft) -> Iterator[Step | Naming]:
        """Every step, in an order in which each can refer to those before."""
        self.sheet = Sheet(draft, self.sheet.framework)
        keys = self.sheet.keys
        if self.sheet.draft.kind != "needs":
            for key in keys:
                yield from self._child(key)
            if len(keys) > 1:
                yield self._group(doing)
        yield from self._profiles()
        if self.sheet.draft.kind != "needs":
            yield self._referral()

    # --- children

    def _child(self, key: str) -> Iterator[Step | Naming]:
        name, known = f"child/{key}", self.sheet.known(key)
        made = self.bodies[name] = self.sheet.compiled(About.CHILD, key)

        def build(doing: Doing, wanted: UUID, before: Child | None) -> Child:
            base = {} if before is None else _fields(before, _CHILD)
            stand_ins = {"external_ref": f"draft-{key}", "born": doing.today.isoformat(), "sex": "U"}
            return self._built(doing, name, Child, _CHILD, made.with_base(base), stand_ins, _own(doing, wanted))

        yield Step(name=name, noun=CHILDREN, build=build, wanted=known, expected=self._expected(name))
        named = self.sheet.compiled(About.NAME, key)
        if known is None and named.body:
            self.bodies[f"name/{key}"] = named
            yield Naming(name=f"name/{key}", identity=lambda doing: self._identity(doing, key, named))

    def _identity(self, doing: Doing, key: str, made: Compiled) -> Identity:
        said = read(IdentityGiven, made.body)
        found = References(doing.work).find(ChildId, self._number(key))
        if found is None:  # the child itself was refused, and that is told of
            raise DoesNotFit(())
        return Identity(ChildId(found), said.given_name, said.family_name, said.initials)

    def _number(self, key: str) -> str:
        """What the child is called by in a body: the id, or the number that was typed."""
        known = self.sheet.known(key)
        typed = self.sheet.compiled(About.CHILD, key).body.get("external_ref")
        return str(known) if known is not None else typed or f"draft-{key}"

    # --- brothers and sisters

    def _group(self, doing: Doing) -> Step:
        made = self.bodies["group"] = Compiled()
        known = [child for child in map(self.sheet.known, self.sheet.keys) if child is not None]
        groups = {one.value.id: one for child in known for one in doing.work.sibling_groups.of_child(child)}
        wanted = min(groups, default=None)
        pairs = self._pairs(made)

        def build(doing: Doing, id_: UUID, before: SiblingGroup | None) -> SiblingGroup:
            members = [] if before is None else [str(one) for one in before.members]
            mine = [self._number(key) for key in self.sheet.keys]
            body: dict[str, Any] = {
                "external_ref": self._made_up("G") if before is None else before.external_ref,
                "members": members + [one for one in mine if one not in members],
                "pairs": pairs + ([] if before is None else _other_pairs(before, pairs)),
            }
            return self._built(doing, "group", SiblingGroup, _GROUP, body, {}, _own(doing, id_))

        return Step(name="group", noun=SIBLING_GROUPS, build=build, wanted=wanted, expected=self._expected("group"))

    def _pairs(self, made: Compiled) -> list[dict[str, Any]]:
        """The assessments that were typed, as the body has them; those not typed are left to what the domain takes."""
        found: list[dict[str, Any]] = []
        for address, task in self.sheet.tasks.items():
            subject = address.split("/", 1)[0]
            if task.question.about is About.PAIR:
                pair = self.sheet.compiled(About.PAIR, subject)
                if pair.body:
                    made.origins |= {f"pairs/{len(found)}/{path}": one for path, one in pair.origins.items()}
                    one, other = (self._number(key) for key in subject.split("-"))
                    found.append({"one": one, "other": other, **pair.body})
        return found

    # --- needs

    def _profiles(self) -> Iterator[Step]:
        for key in self.sheet.keys:
            name = f"profile/{key}"
            made = in_order(self.sheet.compiled(About.PROFILE, key), self.sheet.framework)
            if made.body or self.sheet.draft.kind == "needs":
                self.bodies[name] = made
                yield Step(name=name, noun=PROFILES, build=self._profile(key, made))

    def _profile(self, key: str, made: Compiled) -> Callable[[Doing, UUID, Any], NeedsProfile]:
        framework = self.sheet.framework

        def build(doing: Doing, wanted: UUID, before: Any) -> NeedsProfile:
            del before
            body = {
                **made.body,
                "external_ref": self._made_up(f"N{key.upper()}"),
                "child": self._number(key),
                "framework": f"{framework.code}/{framework.version}",
            }
            body.setdefault("findings", [])
            today = doing.today.isoformat()
            stand_ins = {"made_on": today, "author": "-", "review_due": made.body.get("made_on", today)}
            return self._built(doing, f"profile/{key}", NeedsProfile, _PROFILE, body, stand_ins, {"id": wanted})

        return build

    # --- the search

    def _referral(self) -> Step:
        made = self.bodies["referral"] = self.sheet.compiled(About.SEARCH, "search")
        asks = {key: self.sheet.compiled(About.ASK, key) for key in self.sheet.keys}
        for at, key in enumerate(self.sheet.keys):
            made.origins |= {f"asks/{at}/{path}": one for path, one in asks[key].origins.items()}
            made.origins[f"asks/{at}/child"] = self.bodies[f"child/{key}"].origins["external_ref"]
        made.asked.add("asks")

        def build(doing: Doing, wanted: UUID, before: Referral | None) -> Referral:
            base = {} if before is None else _fields(before, _REFERRAL)
            body = made.with_base(base)
            body["external_ref"] = body.get("external_ref") or self._made_up("W")
            body["asks"] = [self._ask(key, asks[key], before) for key in self.sheet.keys]
            body["sibling_group"] = self._sibling_group(doing)
            fixed = _own(doing, wanted) | {
                "state": ReferralState.OPEN if before is None else before.state,
                "opened": doing.now if before is None else before.opened,
            }
            stand_ins = {"kind": "planned", "wanted_by": doing.today.isoformat(), "length": "short-term"}
            return self._built(doing, "referral", Referral, _REFERRAL, body, stand_ins, fixed)

        draft = self.sheet.draft
        return Step(
            name="referral", noun=REFERRALS, build=build, wanted=draft.referral, expected=self._expected("referral")
        )

    def _ask(self, key: str, made: Compiled, before: Referral | None) -> dict[str, Any]:
        known = self.sheet.known(key)
        ask = None if before is None else next((one for one in before.asks if one.child == known), None)
        base = {} if ask is None else object_of(ask)
        return {**made.with_base(base), "child": self._number(key)}

    def _sibling_group(self, doing: Doing) -> str | None:
        """The group that the children are in: made or found by the step before, or the one of an only child here."""
        keys = self.sheet.keys
        found = References(doing.work).find(ChildId, self._number(keys[0])) if keys else None
        groups = () if found is None else doing.work.sibling_groups.of_child(found)
        return min((str(one.value.id) for one in groups), default=None)

    # --- what all have in common

    def _built(
        self,
        doing: Doing,
        name: str,
        kind: type[T],
        shape: type[Given],
        body: dict[str, Any],
        stand_ins: Mapping[str, Any],
        fixed: Mapping[str, Any],
    ) -> T:
        """The domain object. Raises DoesNotFit, and Invalid for what the domain refuses."""
        try:
            said = read(shape, body)
        except DoesNotFit as wrong:
            if not self.lenient:
                raise
            self.unfit[name] = wrong
            said = read(shape, _repaired(body, wrong, stand_ins))
        return Builder(self.office.gazetteer, References(doing.work), []).built(kind, said, **fixed)

    def _expected(self, name: str) -> int | None:
        return None if self.lenient else self.sheet.draft.bases.get(name)

    def _made_up(self, letter: str) -> str:
        """A reference of our own, the same however often the draft is sent."""
        return f"{letter}-{self.sheet.draft.id.hex[:12]}"


def _repaired(body: Mapping[str, Any], wrong: DoesNotFit, stand_ins: Mapping[str, Any]) -> dict[str, Any]:
    """The body without what does not fit, and with something in the place of what must be there."""
    refused = {one.pointer.split("/", 1)[0] for one in wrong.unfit}
    kept = {name: value for name, value in body.items() if name not in refused}
    if "asks" in refused:
        bad = {tuple(one.pointer.split("/")[1:3]) for one in wrong.unfit if one.pointer.startswith("asks/")}
        kept["asks"] = [
            {name: value for name, value in ask.items() if (str(at), name) not in bad}
            for at, ask in enumerate(body["asks"])
        ]
    if "findings" in refused:
        kept["findings"] = []
    return {**stand_ins, **kept}


def _own(doing: Doing, wanted: UUID) -> dict[str, Any]:
    return {"id": wanted, "authority": doing.caller.authority}


def _fields(record: Any, shape: type[Given]) -> dict[str, Any]:
    """A record as a body of its shape."""
    return {name: value for name, value in object_of(record).items() if name in shape.model_fields}


def _other_pairs(before: SiblingGroup, pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The assessments on record of which nothing was typed."""
    typed = [{pair["one"], pair["other"]} for pair in pairs]
    return [object_of(pair) for pair in before.pairs if {str(one) for one in pair.children} not in typed]
