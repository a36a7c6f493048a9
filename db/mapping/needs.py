"""Frameworks of need and children's profiles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from db.mapping.shapes import Part, Shape, Values
from db.tables import needs
from matching.codes import NeedsBand, Skill
from matching.needs import Domain, DomainFinding, Framework, NeedsProfile


def framework_row(framework: Framework) -> Values:
    """The row of a framework, without its stamp."""
    return {
        "id": framework.id,
        "authority_id": framework.authority,
        "code": framework.code,
        "framework_version": framework.version,
        "name": framework.name,
        "definition": {
            "domains": [_domain_json(domain) for domain in framework.domains],
            "band_starts": {band.value: start for band, start in framework.band_starts.items()},
        },
    }


def framework_of(row: Any) -> Framework:
    """The framework that a row holds."""
    starts = row.definition["band_starts"]
    return Framework(
        id=row.id,
        authority=row.authority_id,
        code=row.code,
        version=row.framework_version,
        name=row.name,
        domains=tuple(_domain_of(domain) for domain in row.definition["domains"]),
        band_starts=MappingProxyType({NeedsBand(band): start for band, start in starts.items()}),
    )


def _domain_json(domain: Domain) -> Values:
    return {
        "code": domain.code,
        "name": domain.name,
        "outcome": domain.outcome,
        "descriptors": list(domain.descriptors),
        "weight": domain.weight,
        "skills": [[level, sorted(skills)] for level, skills in domain.skills.items()],
        "support": [[level, words] for level, words in domain.support.items()],
        "tags": sorted(domain.tags),
    }


def _domain_of(written: Values) -> Domain:
    none, universal, additional, high, complex_ = written["descriptors"]
    return Domain(
        code=written["code"],
        name=written["name"],
        outcome=written["outcome"],
        descriptors=(none, universal, additional, high, complex_),
        weight=written["weight"],
        skills=MappingProxyType({level: frozenset(map(Skill, skills)) for level, skills in written["skills"]}),
        support=MappingProxyType(dict(written["support"])),
        tags=frozenset(written["tags"]),
    )


def _profile_row(profile: NeedsProfile) -> Values:
    return {
        "id": profile.id,
        "child_id": profile.child,
        "external_ref": profile.external_ref,
        "framework_id": profile.framework,
        "made_on": profile.made_on,
        "author": profile.author,
        "review_due": profile.review_due,
        "levels": profile.levels,
    }


def _word_rows(profile: NeedsProfile) -> list[Values]:
    return [
        {
            "profile_id": profile.id,
            "domain": finding.domain,
            "strength": finding.strength,
            "evidence": finding.evidence,
            "childs_words": finding.childs_words,
        }
        for finding in profile.findings
        if finding.strength or finding.evidence or finding.childs_words
    ]


def profile_of(row: Any, words: Sequence[Any]) -> NeedsProfile:
    """The profile that a row holds, with the words beside each level when they were read."""
    said = {at.domain: (at.strength, at.evidence, at.childs_words) for at in words}
    return NeedsProfile(
        id=row.id,
        child=row.child_id,
        external_ref=row.external_ref,
        framework=row.framework_id,
        made_on=row.made_on,
        author=row.author,
        review_due=row.review_due,
        findings=tuple(
            DomainFinding(domain, level, *said[domain]) if domain in said else _level(domain, level)
            for domain, level in row.levels.items()
        ),
    )


@lru_cache(maxsize=4096)
def _level(domain: str, level: int) -> DomainFinding:
    """A level without words. There are few, so thousands of profiles share them."""
    return DomainFinding(domain, level)


PROFILES: Shape[NeedsProfile] = Shape(
    noun="needs profile",
    table=needs.needs_profiles,
    row=_profile_row,
    build=profile_of,
    parts=(Part(table=needs.needs_words, parent="profile_id", rows=_word_rows, words=True),),
    audited=frozenset({"external_ref", "child_id", "framework_id", "made_on", "review_due"}),
)
