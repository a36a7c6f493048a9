"""Digests of records that share most of their objects: each object is written once, however many scenarios hold it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from matching.record_documents import canonical, canonical_text, to_json, unsaid, without_words
from matching.records import Records
from matching.referrals import Referral

_LISTS = ("children", "homes", "placements", "providers", "referrals", "sibling_groups")
_BARE: dict[str, Any] = {**dict.fromkeys((*_LISTS, "holds"), ()), "profiles": {}}


class Digests:
    """Gives the digest of records, as matching.record_documents does, and remembers how each object is written."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[object, str]] = {}
        """By identity; the object is kept too, so that no other can take its place."""

    def of(self, records: Records) -> str:
        """SHA-256 of the facts, in hexadecimal: equal for equal facts, in whatever order they were read."""
        bare = canonical(replace(records, **_BARE))
        parts = {name: canonical_text(value) for name, value in to_json(bare).items() if name != "now"}
        for name in _LISTS:
            found = sorted(getattr(records, name), key=lambda one: (one.external_ref, one.id))
            if found:
                parts[name] = f"[{','.join(self._texts(found))}]"
        holds = sorted((one for one in records.holds if one.held_until > records.now), key=lambda one: one.id)
        if holds:
            parts["holds"] = f"[{','.join(self._texts(holds))}]"
        if records.profiles:
            parts["profiles"] = self._profiles(records)
        whole = ",".join(f"{json.dumps(name)}:{parts[name]}" for name in sorted(parts))
        return hashlib.sha256(f"{{{whole}}}".encode()).hexdigest()

    def _profiles(self, records: Records) -> str:
        by_child = {str(child): profile for child, profile in records.profiles.items()}
        written = (f"{json.dumps(child)}:{self._text(by_child[child], without_words)}" for child in sorted(by_child))
        return f"{{{','.join(written)}}}"

    def _texts(self, found: Iterable[object]) -> Iterable[str]:
        return (self._text(one, unsaid if isinstance(one, Referral) else None) for one in found)

    def _text(self, one: Any, plainly: Callable[[Any], Any] | None) -> str:
        known = self._written.get(id(one))
        if known is None:
            known = self._written[id(one)] = (one, canonical_text(to_json(one if plainly is None else plainly(one))))
        return known[1]
