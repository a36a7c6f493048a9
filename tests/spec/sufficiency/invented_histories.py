"""Care histories for examples: a child is a list of stretches, each a PLACE code with its first day and its end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import CollectionYear, ReasonNewEpisode
from matching.histories import AuthorityHistory, CareHistory, Episode, pseudonym
from matching.values import AuthorityId

AUTHORITY = AuthorityId(UUID(int=1))
Stretch = tuple[str, date, date | None]


def a_child(number: int, born: date, *stretches: Stretch, legal: str = "C2") -> CareHistory:
    """A child whose every stretch is one episode with other carers."""
    episodes = tuple(
        Episode(
            begins=begins,
            ends=ends,
            reason_new=ReasonNewEpisode("S" if at == 0 or stretches[at - 1][2] != begins else "P"),
            legal_status=LegalStatus(legal),
            need="N1",
            placement=code,
            provider="PR1",
        )
        for at, (code, begins, ends) in enumerate(stretches)
    )
    return CareHistory(child=pseudonym(AUTHORITY, str(number)), sex=Sex.FEMALE, born=born, episodes=episodes)


def a_history(*children: CareHistory, years: tuple[int, ...] = (2022, 2023, 2024)) -> AuthorityHistory:
    """Everybody, over some collection years."""
    return AuthorityHistory(
        authority=AUTHORITY, years=tuple(CollectionYear(year) for year in years), children=tuple(children)
    )
