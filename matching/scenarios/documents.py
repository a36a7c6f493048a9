"""Changes and scenarios as plain JSON and back, and the key from which what a change invents is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from matching.record_documents import Json, Unreadable, canonical_text, from_json, to_json
from matching.scenarios.changes import NAMES, Change

_KINDS: Mapping[str, type[Change]] = {name: kind for kind, name in NAMES.items()}
_NOT_DRAWN_FROM = {"count": 1, "years": 1, "confirmed": False}
"""What does not alter who is drawn: the first ten of twenty homes are the ten homes."""


def change_document(change: Change) -> dict[str, Json]:
    """A change as JSON, with its kind under 'change'."""
    return {"change": NAMES[type(change)], **to_json(change)}


def change_of(document: Json) -> Change:
    """The change a document holds. Raises Unreadable, and Invalid for one that cannot be."""
    if not isinstance(document, dict) or document.get("change") not in _KINDS:
        raise Unreadable(f"This is no change of a scenario. The kinds: {', '.join(_KINDS)}.")
    kind: Any = _KINDS[document["change"]]
    made: Change = from_json(kind, {name: value for name, value in document.items() if name != "change"})
    return made


def changes_document(changes: Iterable[Change]) -> list[dict[str, Json]]:
    """Changes as JSON, in the order given."""
    return [change_document(change) for change in changes]


def changes_of(documents: Iterable[Json]) -> tuple[Change, ...]:
    """The changes that documents hold."""
    return tuple(change_of(document) for document in documents)


def drawing_key(change: Change) -> str:
    """What a change's drawings are named by: the same for the same kind of home or child, however many."""
    names = {field.name for field in fields(change)}
    alike: Any = {name: value for name, value in _NOT_DRAWN_FROM.items() if name in names}
    like: Change = replace(change, **alike)
    return hashlib.sha256(canonical_text(change_document(like)).encode()).hexdigest()[:12]


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes in the one order in which they are applied, whatever the order they were given in."""
    ranks = {kind: at for at, kind in enumerate(NAMES)}
    return tuple(sorted(changes, key=lambda one: (ranks[type(one)], canonical_text(change_document(one)))))
