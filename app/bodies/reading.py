"""Reading a body that was put together here, and not sent as JSON: what does not fit its shape, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from matching.errors import DomainError

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Unfit:
    """One part that does not fit: where it is, and what kind of wrong it is, by the rule's own name."""

    pointer: str
    """A path of names and positions parted by '/'."""
    kind: str
    limits: Mapping[str, Any]
    says: str


class DoesNotFit(DomainError):
    """A body does not fit its shape; every part is named."""

    def __init__(self, unfit: tuple[Unfit, ...]) -> None:
        self.unfit = unfit
        super().__init__("Some of this cannot be as it is given; each part is named.")


def read(shape: type[Shape], body: Mapping[str, Any]) -> Shape:
    """The body in its shape. Raises DoesNotFit."""
    try:
        return shape.model_validate(dict(body))
    except ValidationError as error:
        raise DoesNotFit(tuple(_unfit(one) for one in error.errors())) from error


def _unfit(found: Mapping[str, Any]) -> Unfit:
    path = [str(part) for part in found["loc"] if part != "[key]"]
    return Unfit("/".join(path), found["type"], found.get("ctx", {}), found["msg"])
