"""What the outbox tells: every change that left an audit event, in the same transaction, by ids and codes alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

READS = ("read-", "list-", "export-", "verify-")
"""How the actions begin that change nothing."""
UNTOLD_NOUNS = frozenset({"api key", "child identity", "webhook", "dead letter", "draft"})
"""Nouns whose changes are nobody's but the authority's own."""
TOLD = frozenset(
    {
        "referral_id",
        "home_id",
        "child_id",
        "provider_id",
        "placement_id",
        "offer_id",
        "decision_id",
        "recommendation_id",
        "state",
    }
)
"""What an event tells of a change: where to look, and the state it led to."""


def told_of(audited: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the outbox that tell of audit events: of those that changed something on record."""
    return [_told(row) for row in audited if _is_change(row)]


def _is_change(row: Mapping[str, Any]) -> bool:
    named = row["noun_id"] is not None and row["noun"] not in UNTOLD_NOUNS
    return named and not row["action"].startswith(READS)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {**row["before"], **row["after"]}
    return {
        **{name: row[name] for name in ("authority_id", "sequence", "at", "action", "noun", "noun_id")},
        "told": {name: value for name, value in facts.items() if name in TOLD},
    }
