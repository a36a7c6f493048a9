"""Use cases about what an authority has decided: its policy and its own parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.services.callers import Caller
from app.services.office import Office
from db.errors import Stale
from matching.codes import SearchKind, SignOffRole
from matching.errors import Fault, Invalid
from matching.policy import Policy
from matching.rules.parameters import PARAMETERS, Parameters


@dataclass(frozen=True, slots=True)
class Adopted:
    """The policy in force, and those before it, newest first."""

    in_force: Policy
    history: tuple[Policy, ...]

    @property
    def version(self) -> int:
        """Of the authority's own policy; 0 while it has adopted none."""
        return self.history[0].version if self.history else 0


def read_policies(office: Office, caller: Caller) -> Adopted:
    """The authority's policies."""
    with office.store.reading(caller.authority) as work:
        return Adopted(work.policies.in_force(), work.policies.history())


def adopt_policy(office: Office, caller: Caller, policy: Policy, expected: int | None) -> Policy:
    """Puts a policy in force. Raises Invalid for one that leaves a weight out, Stale."""
    _check_complete(policy)
    with office.store.writing(caller.authority) as work:
        history = work.policies.history()
        now = history[0].version if history else 0
        if expected is not None and expected != now:
            raise Stale("policy", caller.authority, now)
        return work.policies.adopt(policy, caller.act("adopt-policy", office.clock()))


def _check_complete(policy: Policy) -> None:
    """A measure may be left out, and weighs nothing; who must agree, and how urgent a search is, may not."""
    faults = [
        Fault(field, "Not everything here has a weight", f"Give weights for {', '.join(word.value for word in words)}")
        for field, words, given in (
            ("urgency", SearchKind, policy.urgency),
            ("gravity", SignOffRole, policy.gravity),
        )
        if set(words) - set(given)
    ]
    if faults:
        raise Invalid(faults)


def read_parameters(office: Office, caller: Caller, as_of: date) -> tuple[Parameters, int]:
    """The values in force on a day, and the version of the authority's own."""
    with office.store.reading(caller.authority) as work:
        return work.parameters.on(as_of), work.pool.version().own


def set_parameters(
    office: Office, caller: Caller, own: Mapping[str, int], expected: int | None
) -> tuple[Parameters, int]:
    """Puts the authority's own values in place of those it had. Raises Invalid for what it may not set, Stale."""
    _check_own(own)
    with office.store.writing(caller.authority) as work:
        now = work.pool.version().own
        if expected is not None and expected != now:
            raise Stale("parameters", caller.authority, now)
        parameters = work.parameters.set(MappingProxyType(dict(own)), caller.act("set-parameters", office.clock()))
    return parameters, now + 1


def _check_own(own: Mapping[str, int]) -> None:
    faults = []
    for name, value in own.items():
        known = PARAMETERS.get(name)
        if known is None:
            local = ", ".join(one.name for one in PARAMETERS.values() if one.local)
            faults.append(Fault(f"own/{name}", "There is no such parameter", f"Give one of {local}"))
        elif not known.local:
            faults.append(Fault(f"own/{name}", f"This is set by law ({known.source})", "Leave it out"))
        elif not known.least <= value <= known.most:
            limits = f"Give a whole number of {known.unit} from {known.least} to {known.most}"
            faults.append(Fault(f"own/{name}", "The value lies outside its limits", limits))
    if faults:
        raise Invalid(faults)
