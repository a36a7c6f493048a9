"""Offers, sign-offs, recommendations, decisions and reviews of placements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Table, bindparam, func, insert, select

from db.acts import Act
from db.errors import Stale
from db.mapping.shapes import Stored, Values
from db.mapping.workflow import DECISIONS, OFFERS, RECOMMENDATIONS, SIGN_OFFS
from db.pages import Listable
from db.repositories.repository import Repository
from db.rows import changing, one_of, owned
from db.tables.workflow import (
    decision_homes,
    decisions,
    offers,
    placement_reviews,
    recommendations,
    sign_offs,
)
from db.units import Unit
from matching.codes import SignOffRole
from matching.values import PlacementId
from matching.workflow.decisions import Decision, Recommendation
from matching.workflow.offers import Offer
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import DecisionState, OfferState, SignOffState


def _listable(table: Table, filters: Iterable[str], sorts: Iterable[str]) -> Listable:
    return Listable(
        key=table.c.id,
        filters={name: table.c[name] for name in filters},
        sorts={name: table.c[name] for name in ("created_at", "updated_at", *sorts)},
    )


_OFFERS_OF = offers.c.referral_id == bindparam("referral")
_DECLINED_BY = (offers.c.home_id == bindparam("home")) & (offers.c.state == OfferState.DECLINED)
_SIGN_OFFS_OF = sign_offs.c.referral_id == bindparam("referral")
_DECISIONS_OF = decisions.c.id.in_(
    select(decision_homes.c.decision_id).where(decision_homes.c.placement_id == bindparam("placement"))
)
_NEWEST = (
    select(recommendations.c.id)
    .where(owned(recommendations), recommendations.c.referral_id == bindparam("referral"))
    .order_by(recommendations.c.at.desc(), recommendations.c.id.desc())
    .limit(1)
)
"""Conditions and a statement that are made once."""


class Offers(Repository[Offer]):
    """The authority's offers."""

    def __init__(self, unit: Unit) -> None:
        names = ("referral_id", "home_id", "provider_id", "state", "made_at", "answer_by", "declined_for")
        super().__init__(unit, OFFERS, _listable(offers, names, ("made_at", "answer_by")))

    def of_referral(self, referral: UUID) -> tuple[Stored[Offer], ...]:
        """The offers made for a referral, oldest first."""
        return _oldest(self, _OFFERS_OF, {"referral": referral})

    def open(self) -> tuple[Stored[Offer], ...]:
        """Those that wait for an answer or a decision, oldest first; some may have expired by now."""
        states = (OfferState.MADE, OfferState.VIEWED, OfferState.WILLING)
        return _oldest(self, offers.c.state.in_(states))

    def of_home(self, home: UUID) -> tuple[Stored[Offer], ...]:
        """Everything the authority has asked of a home, oldest first."""
        return _oldest(self, offers.c.home_id == home)

    def declined(self, homes: Sequence[UUID]) -> tuple[Stored[Offer], ...]:
        """The offers that these homes declined, oldest first."""
        if len(homes) == 1:
            return _oldest(self, _DECLINED_BY, {"home": homes[0]})
        theirs = one_of(self.unit.connection, offers.c.home_id, homes)
        return _oldest(self, theirs & (offers.c.state == OfferState.DECLINED))


class SignOffs(Repository[SignOff]):
    """The authority's sign-offs."""

    def __init__(self, unit: Unit) -> None:
        names = ("referral_id", "home_id", "child_id", "rule", "role", "deadline", "state", "first_night")
        super().__init__(unit, SIGN_OFFS, _listable(sign_offs, names, ("requested_at", "first_night")))

    def of_referral(self, referral: UUID) -> tuple[Stored[SignOff], ...]:
        """Those asked for one referral, oldest first."""
        return _oldest(self, _SIGN_OFFS_OF, {"referral": referral})

    def requested(self, role: SignOffRole | None = None) -> tuple[Stored[SignOff], ...]:
        """Those that wait, of one role or of all, oldest first."""
        waiting = sign_offs.c.state == SignOffState.REQUESTED
        return _oldest(self, waiting if role is None else waiting & (sign_offs.c.role == role))


class Recommendations(Repository[Recommendation]):
    """The authority's recommendations; the newest of a referral is in force."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, RECOMMENDATIONS, _listable(recommendations, ("referral_id", "at"), ("at",)))

    def newest(self, referral: UUID) -> Stored[Recommendation] | None:
        """The one in force for a referral; None when nothing is recommended."""
        found = self.unit.connection.execute(_NEWEST, {"own": self.unit.authority, "referral": referral}).first()
        return None if found is None else self.get(found.id)


class Decisions(Repository[Decision]):
    """The authority's decisions."""

    def __init__(self, unit: Unit) -> None:
        names = ("referral_id", "state", "role", "at", "decided_by")
        super().__init__(unit, DECISIONS, _listable(decisions, names, ("at",)))
        self._planned: dict[UUID, tuple[UUID, ...]] = {}
        """The decision that planned each placement asked about: none or one."""

    def of_referral(self, referral: UUID) -> tuple[Stored[Decision], ...]:
        """The decisions made for a referral, oldest first: those reversed, and at most one that holds."""
        return _oldest(self, decisions.c.referral_id == referral)

    def becomes(self, stored: Stored[Decision], state: DecisionState, act: Act, because: str = "") -> Stored[Decision]:
        """Moves a decision to a state. What was chosen and shown is never written again. Raises Stale."""
        row = {"state": state, "reversed_because": because, "version": stored.version + 1, "updated_at": act.at}
        moving = {**row, "of_id": stored.value.id, "of_version": stored.version}
        self.changes()
        if self.unit.connection.execute(changing(decisions), moving).rowcount != 1:
            raise Stale("decision", stored.value.id, self.get(stored.value.id).version)
        facts = {"referral_id": stored.value.referral, "state": state}
        self.unit.audit.append(act, "decision", stored.value.id, before={"state": stored.value.state}, after=facts)
        changed = replace(stored.value, state=state, reversed_because=because)
        return replace(stored, value=changed, version=stored.version + 1, updated_at=act.at)

    def of_placement(self, placement: UUID) -> Stored[Decision] | None:
        """The decision that planned a placement, without what was shown; None when it came some other way."""
        if placement not in self._planned:
            self._planned[placement] = tuple(self.where(_DECISIONS_OF, {"placement": placement}, words=False))
        found = self.many(self._planned[placement], words=False)
        return next(iter(found.values()), None)


class Reviews:
    """When placements were reviewed."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, placement: UUID, held_on: date, act: Act) -> UUID:
        """Records that a placement was reviewed on a day."""
        made = uuid4()
        row = {"id": made, "authority_id": self._unit.authority, "placement_id": placement, "held_on": held_on}
        self._unit.connection.execute(insert(placement_reviews).values({**row, "recorded_at": act.at}))
        after = {"placement_id": placement, "held_on": held_on}
        self._unit.audit.append(act, "placement review", made, after=after)
        return made

    def last(self) -> Mapping[PlacementId, date]:
        """The last review of each placement that has had one."""
        table = placement_reviews
        mine = select(table.c.placement_id, func.max(table.c.held_on)).where(
            table.c.authority_id == self._unit.authority
        )
        rows = self._unit.connection.execute(mine.group_by(table.c.placement_id))
        return {PlacementId(placement): day for placement, day in rows}


def _oldest(
    records: Repository[Any], wanted: ColumnElement[bool], given: Values | None = None
) -> tuple[Stored[Any], ...]:
    found = records.where(wanted, given)
    return tuple(sorted(found.values(), key=lambda stored: (stored.created_at, stored.value.id)))
