"""Use cases about children: their records, and apart from them who they are."""

from __future__ import annotations

from app.services.callers import Caller
from app.services.errors import SayWhichVersion
from app.services.office import Office
from app.services.recording import Change, Noun
from db.errors import Stale
from db.repositories.children import Identity
from matching.errors import Faults
from matching.people import Child
from matching.values import ChildId

OLDEST_ON_RECORD = 25
"""Somebody who stays put with former carers may be on record until this age."""


def _check(change: Change[Child]) -> None:
    child, today, faults = change.now, change.today, Faults()
    faults.unless(child.born <= today, "born", "The child would be born in the future", "Give a day up to today")
    faults.unless(
        child.born > today or child.age_on(today) <= OLDEST_ON_RECORD,
        "born",
        f"Nobody over {OLDEST_ON_RECORD} is on record as a child",
        "Give the date of birth as it is on the birth certificate",
    )
    faults.unless(
        child.in_care_since is None or child.born <= child.in_care_since <= today,
        "in_care_since",
        "Care began before the child was born, or begins in the future",
        "Give a day from the date of birth up to today",
    )
    faults.raise_if_any()


CHILDREN: Noun[Child] = Noun(
    name="child", plural="children", records=lambda work: work.children, check=_check, of_children=True
)


ANY = -2
"""In the place of a version: whatever is on record."""


def read_identity(office: Office, caller: Caller, child: ChildId) -> tuple[Identity, int]:
    """Who a child is, and the version; leaves an audit event. Raises NotFound when no name is on record."""
    with office.store.writing(caller.authority) as work:
        work.children.get(child)
        found = work.identities.read(child, caller.act("read-identity", office.clock()))
        return found, work.identities.version(child)


def record_identity(office: Office, caller: Caller, identity: Identity, expected: int | None) -> int:
    """Records who a child is; gives back the version. `expected` is the one that was read, None when none was.

    Raises NotFound for a child there is not, SayWhichVersion when a name is on record, Stale when it is another.
    """
    with office.store.writing(caller.authority) as work:
        work.children.get(identity.child)
        now = work.identities.version(identity.child)
        if expected is None and now:
            raise SayWhichVersion
        if expected not in (None, ANY, now):
            raise Stale("name for child", identity.child, now)
        work.identities.record(identity, caller.act("record-identity", office.clock()))
        return work.identities.version(identity.child)
