"""What a caller may call something by: the id that the service gave it, or the authority's own reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from db.repositories.repository import Repository
from db.session import Work
from matching.values import ChildId, FrameworkId, HomeId, ProviderId, ReferralId, RegionId, SiblingGroupId

_BY_KIND: dict[Any, tuple[str, Callable[[Work], Repository[Any]]]] = {
    ChildId: ("child", lambda work: work.children),
    SiblingGroupId: ("sibling group", lambda work: work.sibling_groups),
    ProviderId: ("provider", lambda work: work.providers),
    HomeId: ("home", lambda work: work.homes),
    ReferralId: ("referral", lambda work: work.referrals),
}
_NAMES = {FrameworkId: "framework", RegionId: "region"}


class References:
    """Looks up what is named, within one transaction; each name once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: dict[tuple[Any, str], UUID | None] = {}

    def noun(self, kind: Any) -> str:
        """What an id of a kind is of, in words."""
        return _NAMES.get(kind) or _BY_KIND[kind][0]

    def find(self, kind: Any, written: str) -> UUID | None:
        """The id of what is named; None when nothing on record for the authority is named so."""
        if (kind, written) not in self._found:
            self._found[kind, written] = self._look_up(kind, written)
        return self._found[kind, written]

    def _look_up(self, kind: Any, written: str) -> UUID | None:
        if kind is FrameworkId:
            return self._framework(written)
        if kind is RegionId:
            return self._region(written)
        records = _BY_KIND[kind][1](self._work)
        wanted = id_of(written)
        if wanted is not None and records.exist([wanted]):
            return wanted
        return records.ids_by_ref([written]).get(written)

    def _framework(self, written: str) -> UUID | None:
        known = self._work.frameworks.all()
        return next((one.id for one in known if written in (str(one.id), f"{one.code}/{one.version}")), None)

    def _region(self, written: str) -> UUID | None:
        """An authority shares homes with its own region only."""
        own = self._work.authorities.get(self._work.authority).value.region
        known = next((one for one in self._work.regions.all() if one.id == own), None)
        return own if known is not None and written in (str(own), known.external_ref) else None


def id_of(written: str) -> UUID | None:
    """The id that a text is; None when it is none."""
    try:
        return UUID(written)
    except ValueError:
        return None
