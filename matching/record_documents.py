"""Records as plain JSON and back, and the digest by which two readings of the same facts are known to be the same.

One codec for every frozen dataclass of the domain, made from its annotations: a new field is written and read without
a word being added here. Fields that hold their default are left out, so that older documents and digests stay good
when a field with a default is added.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from matching.errors import DomainError
from matching.records import Records
from matching.referrals import Asks, ChildView, Referral

T = TypeVar("T")
Json = Any
"""What json.loads gives: maps, lists, texts, whole numbers, true, false and null."""
Way = Callable[[Any], Any]


class Unreadable(DomainError):
    """A document does not hold what its kind holds."""


def to_json(value: object) -> Json:
    """A domain object as plain JSON. Sets are sorted, moments are ISO 8601 in UTC, defaults are left out."""
    kind: Any = type(value)
    return _ways(kind)[0](value)


def from_json(kind: type[T], document: Json) -> T:
    """The domain object a document holds. Raises Unreadable, or the DomainError of a value that cannot be."""
    annotation: Any = kind
    try:
        made: T = _ways(annotation)[1](document)
    except DomainError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(
            f"This does not hold {kind.__name__.lower()} as this version writes them ({type(error).__name__}). "
            "Export it again, or use the version that wrote it."
        ) from error
    return made


def canonical(records: Records) -> Records:
    """The same facts in one order, with no words in them and no hold that has expired: what a run is worked out from.

    Words (what a child said, strengths, evidence) are never read by a rule, so they stay where they are stored.
    """
    return replace(
        records,
        children=_in_order(records.children),
        sibling_groups=_in_order(records.sibling_groups),
        profiles=MappingProxyType(
            {child: without_words(profile) for child, profile in sorted(records.profiles.items())}
        ),
        older_frameworks=MappingProxyType(dict(sorted(records.older_frameworks.items()))),
        providers=_in_order(records.providers),
        homes=_in_order(records.homes),
        placements=_in_order(records.placements),
        holds=tuple(sorted((h for h in records.holds if h.held_until > records.now), key=lambda hold: hold.id)),
        referrals=tuple(unsaid(referral) for referral in _in_order(records.referrals)),
    )


def digest(records: Records) -> str:
    """SHA-256 of the facts, in hexadecimal: equal for equal facts, whenever and in whatever order they were read."""
    return digest_of(to_json(canonical(records)))


def digest_of(document: Json) -> str:
    """The digest of records that are canonical JSON already; the moment of reading does not count."""
    facts = {name: value for name, value in document.items() if name != "now"}
    return hashlib.sha256(canonical_text(facts).encode()).hexdigest()


def canonical_text(document: Json) -> str:
    """JSON with its keys sorted and no spaces: equal documents give equal text."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _in_order(found: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(sorted(found, key=lambda one: (one.external_ref, one.id)))  # type: ignore[attr-defined]


def without_words(profile: Any) -> Any:
    """A needs profile without what people said of the child: no rule reads it."""
    findings = tuple(
        replace(found, strength="", evidence="", childs_words="")
        if found.strength or found.evidence or found.childs_words
        else found
        for found in profile.findings
    )
    return replace(profile, findings=findings)


def unsaid(referral: Referral) -> Referral:
    """A referral without what children said, which no rule reads."""
    return replace(referral, asks=tuple(_ask_unsaid(ask) for ask in referral.asks))


def _ask_unsaid(ask: Asks) -> Asks:
    view = ChildView(asked=ask.view.asked, pre_visit_wanted=ask.view.pre_visit_wanted)
    return ask if view == ask.view else replace(ask, view=view)


# --- one pair of ways, out and back, for each kind of value -----------------------------------------


@cache
def _ways(kind: Any) -> tuple[Way, Way]:
    """How values of an annotated kind are written and read. A kind that nothing is said of here is a bug."""
    if isinstance(kind, NewType):
        return _ways(kind.__supertype__)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str.__str__, kind  # the word itself, which is many times quicker to have than the value
    if is_dataclass(kind):
        return _dataclass_ways(kind)
    origin = get_origin(kind)
    assert origin in _GENERIC, f"no way to write {kind}"
    return _GENERIC[origin](get_args(kind))


_PLAIN: dict[Any, tuple[Way, Way]] = {
    UUID: (str, UUID),
    date: (date.isoformat, date.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
}


def _exactly(kind: type) -> tuple[Way, Way]:
    def back(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(kind.__name__)
        return value

    return _as_it_is, back


def _as_it_is(value: Any) -> Any:
    return value


_PLAIN.update({kind: _exactly(kind) for kind in (int, str, bool)})


def _optional_ways(inner: tuple[Any, ...]) -> tuple[Way, Way]:
    kinds = [kind for kind in inner if kind is not NoneType]
    assert len(kinds) == 1, "a field is one kind of value, or none"
    out, back = _ways(kinds[0])
    return (
        lambda value: None if value is None else out(value),
        lambda value: None if value is None else back(value),
    )


def _tuple_ways(inner: tuple[Any, ...]) -> tuple[Way, Way]:
    if inner[-1] is Ellipsis:
        out, back = _ways(inner[0])
        return (lambda found: [out(one) for one in found]), (lambda found: tuple(back(one) for one in found))
    ways = [_ways(kind) for kind in inner]
    return (
        lambda found: [out(one) for (out, _), one in zip(ways, found, strict=True)],
        lambda found: tuple(back(one) for (_, back), one in zip(ways, found, strict=True)),
    )


def _set_ways(inner: tuple[Any, ...]) -> tuple[Way, Way]:
    out, back = _ways(inner[0])
    return (lambda found: sorted(map(out, found))), (lambda found: frozenset(map(back, found)))


def _mapping_ways(inner: tuple[Any, ...]) -> tuple[Way, Way]:
    """Maps become maps of texts: JSON has no other keys. Whole-numbered keys are written in figures."""
    key, value = inner
    (key_out, key_back), (out, back) = _ways(key), _ways(value)
    if key is int:
        key_out, key_back = str, int
    return (
        lambda found: {key_out(name): out(one) for name, one in found.items()},
        lambda found: MappingProxyType({key_back(name): back(one) for name, one in found.items()}),
    )


_GENERIC: dict[Any, Callable[[tuple[Any, ...]], tuple[Way, Way]]] = {
    Union: _optional_ways,
    UnionType: _optional_ways,
    tuple: _tuple_ways,
    frozenset: _set_ways,
    Mapping: _mapping_ways,
}


def _dataclass_ways(kind: Any) -> tuple[Way, Way]:
    hints = get_type_hints(kind)
    parts = [(field.name, *_ways(hints[field.name]), _default(field)) for field in fields(kind) if field.init]
    by_name = {name: back for name, _, back, _ in parts}
    names = by_name.keys()
    told = [(name, None if one_out is _as_it_is else one_out, default) for name, one_out, _, default in parts]

    def out(value: Any) -> dict[str, Json]:
        written = {}
        for name, one_out, default in told:
            held = getattr(value, name)
            if held is not default and held != default:
                written[name] = held if one_out is None else one_out(held)
        return written

    def back(document: Any) -> Any:
        if not document.keys() <= names:
            raise KeyError(kind.__name__)
        return kind(**{name: by_name[name](held) for name, held in document.items()})

    return out, back


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return MISSING if field.default_factory is MISSING else field.default_factory()
