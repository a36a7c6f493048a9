"""Use case: by how much forecasts erred on years that are known from the statutory returns on record."""

from __future__ import annotations

from app.services.callers import Caller
from app.services.errors import NoReturns
from app.services.office import Office
from matching.sufficiency.back_tests import BackTest, back_test


def read_back_test(office: Office, caller: Caller) -> BackTest:
    """Every half year from which a whole year is known, held out; worked out once for the same returns.

    Raises NoReturns, and Invalid where less than two years are on record.
    """
    with office.store.reading(caller.authority) as work:
        known = tuple((one.year.starts, one.sha256) for one in work.care_histories.returns())
    if not known:
        raise NoReturns
    ready = office.pools.ready(caller.authority, office.today())
    kept: BackTest | None = ready.worked_out.get(("sufficiency/back-test", known))
    if kept is not None:
        return kept
    with office.store.reading(caller.authority) as work:
        history = work.care_histories.load()
    made: BackTest = ready.worked_out.keep(("sufficiency/back-test", known), back_test(history))
    return made
