"""References and ids of one authority's records, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from app.interchange.nouns import BadRow, Noun, Record
from app.interchange.shared_columns import read_place
from app.interchange.tables import Row
from db.repositories.repository import Repository
from db.session import Work
from matching.authorities import Authority
from matching.errors import DomainError
from matching.geography import Gazetteer
from matching.needs import Framework
from matching.places import Place


def repository(work: Work, noun: str) -> Repository[Any]:
    """Where records of a noun are kept."""
    found: Repository[Any] = getattr(work, _REPOSITORIES[noun])
    return found


_REPOSITORIES = {
    "provider": "providers",
    "child": "children",
    "sibling_group": "sibling_groups",
    "profile": "profiles",
    "home": "homes",
    "placement": "placements",
    "referral": "referrals",
}


class Names:
    """Turns references into ids and back. What a batch of records needs is looked up before they are made."""

    def __init__(self, work: Work, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.authority: Authority = work.authorities.get(work.authority).value
        self._work = work
        self._frameworks = {f"{one.code}/{one.version}": one for one in work.frameworks.all()}
        self._framework_names = {one.id: name for name, one in self._frameworks.items()}
        self._ids: dict[str, dict[str, UUID]] = {}
        self._refs: dict[str, dict[UUID, str]] = {}
        self.refused: dict[str, set[str]] = {}
        """References of records that this bundle holds and that could not be made, by noun: what refers to them is
        not reported, for it may well be right."""

    # --- from files --------------------------------------------------------------------------------

    def look_up(self, noun: Noun, records: Sequence[Record]) -> dict[str, UUID]:
        """Looks up everything that records refer to; gives back the ids on record of the records themselves."""
        wanted: dict[str, set[str]] = {}
        for record in records:
            for row in record.every_row():
                for key, to in noun.refers_to.items():
                    ref = row.values.get(key)
                    if ref:
                        wanted.setdefault(to, set()).add(ref)
        self._ids = {to: repository(self._work, to).ids_by_ref(refs) for to, refs in wanted.items()}
        return repository(self._work, noun.name).ids_by_ref([record.ref for record in records])

    def require(self, row: Row, noun: str, key: str) -> UUID:
        """The id of what a cell refers to. Raises BadRow when there is no such record."""
        found = self._ids.get(noun, {}).get(row[key])
        if found is None:
            raise BadRow(
                row,
                None if row[key] in self.refused.get(noun, ()) else key,
                f"There is no such {noun.replace('_', ' ')} on record or in the bundle",
                "Correct the reference, or add what it refers to",
            )
        return found

    def home(self, row: Row) -> UUID:
        """The id of the home that a row names by reference, and by authority when it is another's. Raises BadRow."""
        if row["home_authority"] in (None, self.authority.code):
            return self.require(row, "home", "home_ref")
        wanted = (row["home_authority"], row["home_ref"])
        found = next((home for home, known in self._shared.items() if known == wanted), None)
        if found is None:
            wrong = "That authority shares no such home with you"
            raise BadRow(row, "home_ref", wrong, "Correct the reference or the code; leave the code out for your own")
        return found

    def is_known_trouble(self, error: DomainError, noun: Noun) -> bool:
        """Whether an error only says that something refers to a record which was refused itself."""
        if not isinstance(error, BadRow):
            return False
        return any(error.row.values.get(key) in self.refused.get(to, ()) for key, to in noun.refers_to.items())

    def place(self, row: Row) -> Place:
        """The place that a row's postcode names. Raises BadRow."""
        try:
            return read_place(row, self.gazetteer)
        except DomainError as error:
            wrong, _, right = str(error).partition(". ")
            raise BadRow(row, "postcode", wrong, right.rstrip(".")) from error

    def framework(self, row: Row, key: str) -> Framework:
        """The framework that a cell names by code and version. Raises BadRow."""
        found = self._frameworks.get(row[key])
        if found is None:
            known = ", ".join(sorted(self._frameworks))
            raise BadRow(row, key, "There is no such framework", f"Give code and version: one of {known}")
        return found

    # --- to files ----------------------------------------------------------------------------------

    def know_refs(self, nouns: Iterable[str]) -> None:
        """Reads every reference of some nouns, so that ids can be written as references."""
        for noun in nouns:
            self._refs[noun] = {found: ref for ref, found in repository(self._work, noun).ids_by_ref().items()}

    def ref(self, noun: str, wanted: UUID) -> str:
        """The reference of a record."""
        return self._refs[noun][wanted]

    def home_ref(self, wanted: UUID) -> tuple[str | None, str]:
        """The authority (None for one's own) and the reference of a home."""
        own = self._refs["home"].get(wanted)
        return (None, own) if own is not None else self._shared[wanted]

    @cached_property
    def _shared(self) -> dict[UUID, tuple[str, str]]:
        """The homes of others that the authority may see."""
        return self._work.homes.shared_by_others()

    def framework_name(self, wanted: UUID) -> str:
        """A framework by code and version."""
        return self._framework_names[wanted]  # type: ignore[index]  # ids are ids
