"""The domains of need that a pool speaks of, in one order, and levels of need in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matching.answers import Fact
from matching.needs import Domain
from matching.records import Records


def domains_of(records: Records) -> tuple[Domain, ...]:
    """The domains of the authority's framework, then those that only an older framework in use has."""
    found = {domain.code: domain for domain in records.framework.domains}
    for framework in sorted(records.older_frameworks.values(), key=lambda one: (one.code, one.version)):
        for domain in framework.domains:
            found.setdefault(domain.code, domain)
    return tuple(found.values())


def levels_down(levels: Sequence[Mapping[str, int]], domains: tuple[Domain, ...]) -> tuple[Fact, ...]:
    """By domain, the level of each child, shape (n, 1) of 0 to 4; not known where a level is not recorded."""
    return tuple(Fact(fact.values.T, None if fact.known is None else fact.known.T) for fact in _levels(levels, domains))


def levels_across(levels: Sequence[Mapping[str, int]], domains: tuple[Domain, ...]) -> tuple[Fact, ...]:
    """By domain, a level of each home, shape (1, m) of 0 to 4; not known where a level is not recorded."""
    return _levels(levels, domains)


def _levels(levels: Sequence[Mapping[str, int]], domains: tuple[Domain, ...]) -> tuple[Fact, ...]:
    codes = [domain.code for domain in domains]
    rows = [[level(code, -1) for code in codes] for level in (each.get for each in levels)]
    table = np.array(rows, dtype=np.int8).reshape(len(rows), len(codes)).T.copy()
    known = table >= 0
    return tuple(
        Fact(np.maximum(row, 0)[None, :], None if here.all() else here[None, :])
        for row, here in zip(table, known, strict=True)
    )
