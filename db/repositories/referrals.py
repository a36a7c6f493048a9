"""Referrals: searches for a home, by id, by their short reference and by child."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

from sqlalchemy import bindparam, select

from db.acts import Act
from db.errors import Stale
from db.mapping.referrals import REFERRALS
from db.mapping.shapes import Stored, Values
from db.pages import Listable
from db.references import short_references
from db.repositories.repository import Repository
from db.rows import changing
from db.tables.referrals import referral_asks, referrals
from db.tables.workflow import decision_homes, decisions, offers, sign_offs
from db.units import Unit
from matching.referrals import Referral, ReferralState

_LISTABLE = Listable(
    key=referrals.c.id,
    filters={
        name: referrals.c[name]
        for name in ("state", "kind", "wanted_by", "opened", "sibling_group_id", "reference", "external_ref")
    },
    sorts={
        name: referrals.c[name]
        for name in ("created_at", "updated_at", "opened", "wanted_by", "reference", "external_ref")
    },
)


_OF_OFFER = referrals.c.id.in_(select(offers.c.referral_id).where(offers.c.id == bindparam("offer")))
_OF_SIGN_OFF = referrals.c.id.in_(select(sign_offs.c.referral_id).where(sign_offs.c.id == bindparam("sign_off")))
_OF_PLACEMENT = referrals.c.id.in_(
    select(decisions.c.referral_id)
    .select_from(decisions.join(decision_homes, decision_homes.c.decision_id == decisions.c.id))
    .where(decision_homes.c.placement_id == bindparam("placement"))
)
"""Conditions that are made once."""


class Referrals(Repository[Referral]):
    """The authority's referrals."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, REFERRALS, _LISTABLE)

    def by_reference(self, reference: str) -> Stored[Referral] | None:
        """The referral that a short reference (R-7K3M9) names; None when none does."""
        wanted = select(referrals.c.id).where(self.visible(), referrals.c.reference == reference.upper())
        found = self.unit.connection.execute(wanted).scalar_one_or_none()
        return None if found is None else self.get(found)

    def of_child(self, child: UUID) -> tuple[Stored[Referral], ...]:
        """The referrals that name a child, oldest first."""
        asks = select(referral_asks.c.referral_id).where(referral_asks.c.child_id == child)
        found = self.where(referrals.c.id.in_(asks))
        return tuple(sorted(found.values(), key=lambda stored: (stored.value.opened, stored.value.id)))

    def lock(self, referral: UUID) -> Stored[Referral]:
        """A referral without the child's own words, with all that belongs to it, kept from others until the unit ends.

        Raises NotFound.
        """
        found = self.lock_these([referral])
        return found[0] if found else self.get(referral)

    def lock_of_offer(self, offer: UUID) -> None:
        """The same for the referral that an offer belongs to."""
        self.locked(_OF_OFFER, {"offer": offer})

    def lock_of_sign_off(self, sign_off: UUID) -> None:
        """The same for the referral that a sign-off belongs to."""
        self.locked(_OF_SIGN_OFF, {"sign_off": sign_off})

    def lock_of_placement(self, placement: UUID) -> None:
        """The same for the referral whose decision planned a placement, when one did."""
        self.locked(_OF_PLACEMENT, {"placement": placement})

    def becomes(self, stored: Stored[Referral], state: ReferralState, act: Act) -> None:
        """Moves a referral to a state, leaving what it asks as it is. Raises Stale when somebody else moved it."""
        if stored.value.state is state:
            return
        row = {"state": state, "version": stored.version + 1, "updated_at": act.at}
        moving = {**row, "of_id": stored.value.id, "of_version": stored.version}
        wordless = self.remembered(stored.value.id)
        self.changes()
        if self.unit.connection.execute(changing(referrals), moving).rowcount != 1:
            raise Stale("referral", stored.value.id, self.get(stored.value.id).version)
        before, after = {"state": stored.value.state}, {"state": state}
        self.unit.audit.append(act, "referral", stored.value.id, before=before, after=after)
        if wordless is not None and wordless.version == stored.version:
            moved_to = dataclasses.replace(wordless.value, state=state)
            now = Stored(moved_to, stored.version + 1, stored.created_at, act.at.astimezone(UTC))
            self.learn(now, moved_to.id)
        self.unit.pool_changes()

    def beside(self, new: Sequence[Referral]) -> Sequence[Values]:
        """A short reference for each new referral."""
        ids = [referral.id for referral in new]
        given = short_references(self.unit.connection, referrals, self.unit.authority, "R", ids)
        return [{"reference": given[wanted]} for wanted in ids]
