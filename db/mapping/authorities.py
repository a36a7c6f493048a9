"""Regions, authorities and policies."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from db.mapping.shapes import Values
from matching.authorities import Authority, Region
from matching.codes import SearchKind, SiblingAssessed, SignOffRole
from matching.policy import Measure, Policy


def region_row(region: Region) -> Values:
    """The row of a region, without its stamps."""
    return {"id": region.id, "external_ref": region.external_ref, "name": region.name}


def region_of(row: Any) -> Region:
    """The region that a row holds."""
    return Region(id=row.id, external_ref=row.external_ref, name=row.name)


def authority_row(authority: Authority) -> Values:
    """The row of an authority, without its stamps and what it has decided."""
    return {
        "id": authority.id,
        "code": authority.code,
        "name": authority.name,
        "region_id": authority.region,
        "adjoining": authority.adjoining,
    }


def authority_of(row: Any) -> Authority:
    """The authority that a row holds."""
    return Authority(id=row.id, code=row.code, name=row.name, region=row.region_id, adjoining=row.adjoining)


def policy_definition(policy: Policy) -> Values:
    """What a policy's row holds as a small map."""
    return {
        "weights": {key.value: value for key, value in policy.weights.items()},
        "urgency": {key.value: value for key, value in policy.urgency.items()},
        "sibling_pairs": {key.value: value for key, value in policy.sibling_pairs.items()},
        "gravity": {key.value: value for key, value in policy.gravity.items()},
        "check_gravity": policy.check_gravity,
    }


def policy_of(row: Any) -> Policy:
    """The policy that a row holds."""
    written = row.definition
    return Policy(
        name=row.name,
        version=row.policy_version,
        weights=MappingProxyType({Measure(key): value for key, value in written["weights"].items()}),
        urgency=MappingProxyType({SearchKind(key): value for key, value in written["urgency"].items()}),
        sibling_pairs=MappingProxyType({SiblingAssessed(k): value for k, value in written["sibling_pairs"].items()}),
        gravity=MappingProxyType({SignOffRole(key): value for key, value in written["gravity"].items()}),
        check_gravity=written["check_gravity"],
    )
