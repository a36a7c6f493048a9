"""The authorities responsible for children's services in Britain, their districts and who adjoins whom, from tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching.geography import UnknownAuthority
from matching.values import AuthorityCode

TABLES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Authority:
    """One council: its GSS code, its name as National Statistics writes it, and its region (or Wales, or Scotland)."""

    code: AuthorityCode
    name: str
    region: str

    @property
    def is_english(self) -> bool:
        """Whether it is one of the 153 that this service can belong to."""
        return self.code.startswith("E")


@dataclass(frozen=True, slots=True)
class Authorities:
    """England's 153 authorities and those of Wales and Scotland, by code; and everything known of their edges."""

    by_code: Mapping[AuthorityCode, Authority]
    by_district: Mapping[str, AuthorityCode]
    neighbours: Mapping[AuthorityCode, frozenset[AuthorityCode]]
    letters: Mapping[AuthorityCode, str]
    """The first letters of the postcodes found in each authority."""

    def get(self, code: str) -> Authority:
        """The authority with this code. Raises UnknownAuthority, for a district's code too."""
        found = self.by_code.get(AuthorityCode(code))
        if found is None:
            raise UnknownAuthority(code)
        return found

    def responsible_for(self, district: str) -> AuthorityCode | None:
        """The authority running children's services in a local authority district: itself, or its county.

        None where nobody in Britain is responsible: Northern Ireland, the islands, and codes not known here.
        """
        code = self.by_district.get(district, AuthorityCode(district))
        return code if code in self.by_code else None

    def adjoining(self, code: str) -> frozenset[AuthorityCode]:
        """The authorities that share a boundary with an English one. Raises UnknownAuthority, for others too."""
        authority = self.get(code)
        if not authority.is_english:
            raise UnknownAuthority(code)
        return self.neighbours.get(authority.code, frozenset())

    def english(self) -> list[Authority]:
        """The 153 authorities responsible for children's services in England, in order of code."""
        return [authority for authority in self.by_code.values() if authority.is_english]


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables beside this module, as the header names their columns."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def authorities() -> Authorities:
    """The tables, read once."""
    neighbours: dict[AuthorityCode, set[AuthorityCode]] = {}
    for row in rows("adjoining"):
        one, other = AuthorityCode(row["authority"]), AuthorityCode(row["neighbour"])
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    codes = {AuthorityCode(row["code"]): row for row in rows("authorities")}
    return Authorities(
        by_code={code: Authority(code, row["name"], row["region"]) for code, row in codes.items()},
        by_district={row["code"]: AuthorityCode(row["authority"]) for row in rows("districts")},
        neighbours={code: frozenset(found) for code, found in neighbours.items()},
        letters={AuthorityCode(row["authority"]): row["letters"] for row in rows("postcode_letters")},
    )
