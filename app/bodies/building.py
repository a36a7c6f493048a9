"""From a body to a domain object: places are located, references looked up, and all that is wrong said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel

from app.services.references import References
from matching.errors import DomainError, Fault, Invalid
from matching.geography import Gazetteer
from matching.places import Place

T = TypeVar("T")


@dataclass(slots=True)
class Builder:
    """Makes one domain object, and gathers what is wrong with the body it is made from."""

    gazetteer: Gazetteer
    references: References
    faults: list[Fault]

    def built(self, kind: type[T], body: BaseModel, **fixed: Any) -> T:
        """The domain object; `fixed` are fields that the body does not say. Raises Invalid naming every fault."""
        value = self._object(kind, body, "", fixed)
        if self.faults:
            raise Invalid(self.faults)
        made: T = value
        return made

    def _object(self, kind: Any, body: BaseModel, path: str, fixed: Mapping[str, Any]) -> Any:
        before = len(self.faults)
        values = dict(fixed)
        for name, hint in _hints(kind):
            said = "postcode" if hint is Place else name
            if name not in values and said in type(body).model_fields:
                values[name] = self._value(hint, getattr(body, said), f"{path}{said}")
        if len(self.faults) > before:
            return None
        try:
            return kind(**values)
        except Invalid as wrong:
            self.faults.extend(Fault(path + at.field, at.wrong, at.remedy) for at in wrong.faults)
        except DomainError as wrong:
            self._refuse(path.rstrip("/"), wrong)
        return None

    def _refuse(self, path: str, error: DomainError) -> None:
        wrong, _, remedy = str(error).partition(". ")
        self.faults.append(Fault(path, wrong.rstrip("."), remedy or "Give another value"))

    def _value(self, hint: Any, said: Any, path: str) -> Any:
        if said is None:
            return None
        if hint is Place:
            return self._place(said, path)
        if getattr(hint, "__supertype__", None) is UUID:
            return self._reference(hint, said, path)
        if is_dataclass(hint):
            return self._object(hint, said, f"{path}/", {})
        return self._compound(get_origin(hint), get_args(hint), said, path)

    def _compound(self, origin: Any, inner: tuple[Any, ...], said: Any, path: str) -> Any:
        if origin in (Union, UnionType):
            return self._value(next(one for one in inner if one is not NoneType), said, path)
        if origin in (tuple, frozenset):
            return origin(self._value(inner[0], one, f"{path}/{at}") for at, one in enumerate(said))
        if isinstance(said, dict):
            return MappingProxyType({key: self._value(inner[1], one, f"{path}/{key}") for key, one in said.items()})
        return said

    def _place(self, written: str, path: str) -> Place | None:
        try:
            found = self.gazetteer.require(written)
        except DomainError as wrong:
            self._refuse(path, wrong)
            return None
        return Place(str(found.postcode), found.point, found.authority)

    def _reference(self, kind: Any, written: str, path: str) -> Any:
        found = self.references.find(kind, written)
        if found is None:
            noun = self.references.noun(kind)
            self.faults.append(
                Fault(
                    path,
                    f"There is no such {noun} on record for this authority",
                    f"Give the id of a {noun}, or the authority's own reference for it; record it first if it is new",
                )
            )
        return found


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind) if field.init)
