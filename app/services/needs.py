"""Use cases about needs: profiles with their history, and the frameworks they are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.services.callers import Caller
from app.services.office import Office
from app.services.recording import Change as Changed
from app.services.recording import Noun
from db.mapping.shapes import Stored
from matching.errors import Faults
from matching.needs import Change, Framework, NeedsProfile, changes, steps_down
from matching.values import ChildId, FrameworkId


def _check(change: Changed[NeedsProfile]) -> None:
    profile, faults = change.now, Faults()
    framework = change.work.frameworks.get(profile.framework)
    known = {domain.code for domain in framework.domains}
    faults.unless(
        profile.made_on <= change.today, "made_on", "The profile would be made in the future", "Give a day up to today"
    )
    for at, finding in enumerate(profile.findings):
        faults.unless(
            finding.domain in known,
            f"findings/{at}/domain",
            "The framework has no such domain",
            f"Give one of {', '.join(domain.code for domain in framework.domains)}",
        )
    faults.raise_if_any()


PROFILES: Noun[NeedsProfile] = Noun(
    name="needs profile",
    plural="needs-profiles",
    records=lambda work: work.profiles,
    check=_check,
    of_children=True,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One profile of a child's history, and how it differs from the one before."""

    profile: Stored[NeedsProfile]
    framework: Framework
    changes: tuple[Change, ...]
    """Empty for the first, and when another framework was used before."""
    steps_down: bool
    """Whether needs have fallen overall: a step down could be considered."""


def read_needs_history(office: Office, caller: Caller, child: ChildId) -> tuple[Step, ...]:
    """A child's profiles, newest first, each with what changed; leaves an audit event. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        work.children.get(child)
        profiles = work.profiles.history(child)
        frameworks = {framework.id: framework for framework in work.frameworks.all()}
        work.audit.append(caller.act("read-needs-history", office.clock()), "child", child)
    steps = pairwise((*profiles, None))  # of a child without any there are none
    return tuple(_step(now, before, frameworks[now.value.framework]) for now, before in steps if now is not None)


def _step(now: Stored[NeedsProfile], before: Stored[NeedsProfile] | None, framework: Framework) -> Step:
    if before is None or before.value.framework != framework.id:
        return Step(now, framework, (), steps_down=False)
    moved = changes(framework, before.value, now.value)
    return Step(now, framework, moved, steps_down(framework, before.value, now.value))


def list_frameworks(office: Office, caller: Caller) -> tuple[tuple[Framework, bool], ...]:
    """Every framework the authority may use, and whether it is the one in use."""
    with office.store.reading(caller.authority) as work:
        known = work.frameworks.all()
        in_use = work.frameworks.in_use().id if known else None
    return tuple((framework, framework.id == in_use) for framework in known)


def framework_in_use(office: Office, caller: Caller) -> Framework:
    """The framework that new profiles are made with."""
    with office.store.reading(caller.authority) as work:
        return work.frameworks.in_use()


def levels_in_force(office: Office, caller: Caller, child: ChildId) -> Mapping[str, int]:
    """A child's levels by the newest profile, none without one; leaves an audit event."""
    with office.store.writing(caller.authority) as work:
        work.audit.append(caller.act("read-needs-history", office.clock()), "child", child)
        newest = next(iter(work.profiles.history(child)), None)
        return {} if newest is None else newest.value.levels


def read_framework(office: Office, caller: Caller, wanted: FrameworkId) -> Framework:
    """One framework. Raises NotFound."""
    known = office.frameworks.get((caller.authority, wanted))
    if known is not None:
        return known
    with office.store.reading(caller.authority) as work:
        return office.frameworks.keep((caller.authority, wanted), work.frameworks.get(wanted))


def record_framework(office: Office, caller: Caller, framework: Framework) -> tuple[Framework, bool]:
    """Records a version of the authority's own framework, and whether it is new; a version never changes.

    Raises AlreadyExists when that version says something else.
    """
    with office.store.writing(caller.authority) as work:
        same = (framework.code, framework.version)
        mine = [one for one in work.frameworks.all() if one.authority == caller.authority]
        known = next((one for one in mine if (one.code, one.version) == same), None)
        if known is not None and _said(known) == _said(framework):
            return known, False
        return work.frameworks.add(framework, caller.act("record-framework", office.clock())), True


def use_framework(office: Office, caller: Caller, wanted: FrameworkId) -> Framework:
    """Makes a framework the one that new profiles are made with. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        return work.frameworks.use(wanted, caller.act("use-framework", office.clock()))


def _said(framework: Framework) -> tuple[object, ...]:
    return framework.name, framework.domains, dict(framework.band_starts)
