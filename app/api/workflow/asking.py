"""What bodies name: homes and children by id or by the authority's own reference, looked up before anything is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.bodies.kinds import Reference, text
from app.bodies.shapes import Given
from app.services.callers import Caller
from app.services.office import Office
from app.services.references import References
from matching.errors import Fault, Invalid
from matching.values import ChildId, HomeId

Named: Any = Reference
"""The id of something on record, or the authority's own reference for it."""
Person = text(100, 1)
"""The staff reference of a person; never a name."""
Words = text(4_000)
Said = text(4_000, 1)


class Placing(Given):
    """One child, and the home chosen for the child."""

    child: Named
    home: Named


Placings = Annotated[list[Placing], Field(min_length=1, max_length=20)]
PLACING = {"chosen": [{"child": "CH-10412", "home": "FH-0291"}]}
"""An example."""


class PlacingsGiven(Given):
    """Homes for children of the referral."""

    chosen: Placings


def ids(office: Office, caller: Caller, wanted: Sequence[tuple[Any, str, str]]) -> tuple[UUID, ...]:
    """The ids of what is named: (kind, as written, where in the body). Raises Invalid naming every one there is not."""
    with office.store.reading(caller.authority) as work:
        references = References(work)
        found = [(references.find(kind, written), kind, where) for kind, written, where in wanted]
        faults = [_unknown(references.noun(kind), where) for one, kind, where in found if one is None]
    if faults:
        raise Invalid(faults)
    return tuple(one for one, _, _ in found if one is not None)


def _unknown(noun: str, where: str) -> Fault:
    wrong = f"There is no such {noun} on record for this authority"
    return Fault(where, wrong, f"Give the id of a {noun}, or the authority's own reference for it")


def chosen(office: Office, caller: Caller, placings: Sequence[Placing]) -> Mapping[ChildId, HomeId]:
    """Home by child. Raises Invalid."""
    named: list[tuple[Any, str, str]] = [(ChildId, one.child, f"chosen/{at}/child") for at, one in enumerate(placings)]
    named += [(HomeId, one.home, f"chosen/{at}/home") for at, one in enumerate(placings)]
    found = ids(office, caller, named)
    children, homes = found[: len(placings)], found[len(placings) :]
    if len(set(children)) < len(children):
        raise Invalid([Fault("chosen", "A child is named twice", "Name each child once")])
    return MappingProxyType({ChildId(child): HomeId(home) for child, home in zip(children, homes, strict=True)})
