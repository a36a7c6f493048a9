"""What one more home of each kind, terms and area would be worth today: every figure a plan made anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.codes import HomeKind, Sex
from matching.homes import Availability, Home
from matching.pool import pool_of
from matching.records import Records
from matching.values import AgeRange, AuthorityCode, HomeId
from solver.differences import Difference, difference
from solver.made_plans import MadePlan, Pairing, proved

_ADDED = UUID("7f0c5c1e-4f0a-5d55-9d0d-2f6a3b1c9e10")
_NOT_TO_BE_HAD = frozenset({HomeKind.FOSTERING_CONNECTED, HomeKind.STAYING_PUT})
"""Kinds of which nobody can add one: they are particular people."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of home that could be added, and a home on record that is such a one."""

    kind: HomeKind
    ages: AgeRange | None
    sexes: frozenset[Sex]
    area: AuthorityCode | None
    like: HomeId

    def home(self, records: Records) -> Home:
        """One more like it: empty, of one bed, available. Raises KeyError when the home is not on record."""
        like = {home.id: home for home in records.homes}[self.like]
        return replace(
            like,
            id=HomeId(uuid5(_ADDED, like.external_ref)),
            external_ref=f"+{like.external_ref}",
            registered_beds=1,
            effective=None,
            bedrooms=1,
            availability=Availability(last_confirmed=records.as_of, nights_of_week=like.availability.nights_of_week),
            impact_assessed_on=None,
        )


@dataclass(frozen=True, slots=True)
class BedPrice:
    """What one more home would bring."""

    offer: Offer
    changes: Difference
    """From the plan of today to the best plan with the home; below zero is better."""
    exact: bool
    """Whether both plans are proved best."""


def offers(worth: Worth) -> tuple[Offer, ...]:
    """One of each kind, ages, sexes and area among the homes that some child could go to, in the order of the homes."""
    found: dict[tuple[object, ...], Offer] = {}
    for place in sorted({int(place) for place in worth.candidates.homes}):
        home = worth.pool.homes[place]
        offer = _offer(worth.pool.records, home)
        if home.kind not in _NOT_TO_BE_HAD:
            found.setdefault((offer.kind, offer.ages, offer.sexes, offer.area), offer)
    return tuple(found.values())


def _offer(records: Records, home: Home) -> Offer:
    terms = home.approval_on(records.as_of) or home.purpose_on(records.as_of)
    ages, sexes = (None, frozenset(Sex)) if terms is None else (terms.ages, terms.sexes)
    return Offer(home.kind, ages, sexes, home.place.authority, home.id)


def bed_prices(made: MadePlan, wanted: Sequence[Offer]) -> tuple[BedPrice, ...]:
    """What each offer would bring, the most useful first.

    All the homes are put into one pool, so that every rule is asked once; for each figure all but one are forbidden to
    everybody, which is the same as if they were not there.
    """
    with_all = _with_all(made, wanted)
    if with_all is None:
        return ()
    added = _pairings(with_all, [offer.home(made.worth.pool.records).id for offer in wanted])
    every = frozenset(pair for pairs in added.values() for pair in pairs)
    found = []
    for offer, pairs in zip(wanted, added.values(), strict=True):
        wishes = replace(made.wishes, forbidden=made.wishes.forbidden | (every - pairs))
        solved = made.solver.again(with_all, wishes, made.settings)
        changes = difference(made.worth, made.plan, solved.plan, with_all)
        found.append(BedPrice(offer, changes, proved(made.best, solved)))
    return tuple(sorted(found, key=lambda price: price.changes.levels))


def _with_all(made: MadePlan, wanted: Iterable[Offer]) -> Worth | None:
    pool = made.worth.pool
    homes = tuple(offer.home(pool.records) for offer in wanted)
    if not homes:
        return None
    assessor = Assessor(pool_of(replace(pool.records, homes=(*pool.records.homes, *homes))), made.worth.policy)
    return Worth(assessor, candidates_of(assessor))


def _pairings(worth: Worth, homes: Iterable[HomeId]) -> dict[HomeId, frozenset[Pairing]]:
    """The pairings of some homes that may be proposed."""
    found: dict[HomeId, set[Pairing]] = {home: set() for home in homes}
    for kid, seeker in enumerate(worth.pool.seekers):
        for place in worth.candidates.of_child(kid):
            home = worth.pool.homes[int(place)].id
            if home in found:
                found[home].add((seeker.child.id, home))
    return {home: frozenset(pairs) for home, pairs in found.items()}
