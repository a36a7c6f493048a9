"""The five routes that every noun has: list, record, read, replace and amend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as JsonField

from app.api import answers
from app.bodies import shapes
from app.bodies.building import Builder
from app.bodies.wire import object_of, written
from app.dependencies import CallerHere, ExpectedHere, IdHere, OfficeHere, RepeatHere
from app.services import recording
from app.services.callers import Caller
from app.services.office import Office
from app.services.recording import Noun
from app.services.references import References
from app.services.repeats import Reply
from db.mapping.shapes import Stored
from db.pages import Listing
from db.session import Work

T = TypeVar("T")
Json = dict[str, Any]

ROOT = "/api/v1"
_UNSAID = frozenset({"id", "authority"})
MERGE_PATCH = "application/merge-patch+json"


class Asked(BaseModel):
    """What may be asked of every list."""

    model_config = ConfigDict(extra="forbid")

    limit: int = JsonField(50, ge=1, le=500, description="How many on a page, at most.")
    after: str | None = JsonField(None, max_length=500, description="`next` of the page before.")


class WorkAsked(Asked):
    """What may be asked of every list of work that was done at some time: the newest first unless asked otherwise."""

    sort: Literal["created_at", "-created_at", "as_of", "-as_of"] = "-created_at"

    def listing(self, **wanted: Any) -> Listing:
        """The list as it is asked for; `wanted` says what a row must be, None where nothing is asked."""
        return Listing(
            where={name: value for name, value in wanted.items() if value is not None},
            sort=self.sort.lstrip("-"),
            descending=self.sort.startswith("-"),
            after=self.after,
            limit=self.limit,
        )


def _nothing_more(stored: Stored[Any], office: Office, caller: Caller) -> Json:
    del stored, office, caller
    return {}


def _nothing_fixed(body: Any, before: Any, at: datetime) -> Json:
    del body, before, at
    return {}


@dataclass(frozen=True, kw_only=True)
class Resource(Generic[T]):
    """One noun as JSON over HTTP."""

    noun: Noun[T]
    kind: type[T]
    one: str
    many: str
    path: str
    examples: tuple[Json, ...]
    filters: Mapping[str, tuple[Any, str]]
    """By the name in the query: its kind, and the name by which the list knows it."""
    sorts: tuple[str, ...]
    replaced: shapes.Told = field(default_factory=dict)
    """Fields of the body that are not as in the domain."""
    also_shown: shapes.Told = field(default_factory=dict)
    """Fields that only the service knows, and shows."""
    more: Callable[[Stored[T], Office, Caller], Json] = _nothing_more
    """The values of those; they take the place of what the record itself would show."""
    fixed: Callable[[Any, T | None, datetime], Json] = _nothing_fixed
    """Fields of the domain object that the body does not decide alone, at the moment of the change."""

    @cached_property
    def given(self) -> type[shapes.Given]:
        """The body that is sent."""
        return shapes.given(self.kind, f"{self.kind.__name__}Given", without=_UNSAID, also=self.replaced)

    @cached_property
    def shown(self) -> type[BaseModel]:
        """The body that is shown."""
        return shapes.shown(self.kind, self.kind.__name__, without=_UNSAID, also=self.also_shown)

    @cached_property
    def listed(self) -> type[BaseModel]:
        """One page of them."""
        following: Any = (str | None, JsonField(description="Give it as `after` for the next page; null on the last."))
        items: Any = (list[self.shown], JsonField(description="In the order asked for."))  # type: ignore[name-defined]
        return create_model(f"{self.kind.__name__}Page", items=items, next=following)

    @cached_property
    def asked(self) -> type[Asked]:
        """What may be asked of the list."""
        told: Json = {
            name: (kind | None, JsonField(None, description=f"Only those with this {name.replace('_', ' ')}."))
            for name, (kind, _) in self.filters.items()
        }
        orders = Literal[(*self.sorts, *(f"-{name}" for name in self.sorts))]  # type: ignore[valid-type]
        told["sort"] = (orders, JsonField(self.sorts[0], description="With - before it: the other way round."))
        return create_model(f"{self.kind.__name__}Asked", __base__=Asked, **told)

    # --- what the routes do

    def listing(self, asked: Any) -> Listing:
        """What is asked of the store."""
        where = {column: getattr(asked, name) for name, (_, column) in self.filters.items()}
        return Listing(
            where={column: value for column, value in where.items() if value is not None},
            sort=asked.sort.lstrip("-"),
            descending=asked.sort.startswith("-"),
            after=asked.after,
            limit=asked.limit,
        )

    def told(self, stored: Stored[T], office: Office, caller: Caller) -> Json:
        """The record as it is shown."""
        value: Any = stored.value
        told = {name: one for name, one in object_of(value).items() if name != "authority"}
        stamps = {
            "version": stored.version,
            "created_at": stored.created_at,
            "updated_at": stored.updated_at,
        }
        return {**told, **self.more(stored, office, caller), **stamps}

    def reply(self, office: Office, caller: Caller) -> recording.Write[T]:
        """Writes the answer to a change."""

        def write(stored: Stored[T], new: bool) -> Reply:  # noqa: FBT001 - the shape that the use case calls
            value: Any = stored.value
            place = f"{ROOT}/{self.path}/{value.id}"
            headers = {"ETag": answers.etag(stored.version), "Location": place}
            return Reply(201 if new else 200, written(self.told(stored, office, caller)), headers)

        return write

    def build(self, office: Office, caller: Caller, body: Any) -> recording.Build[T]:
        """Makes the domain object from a body."""

        def made(work: Work, wanted: UUID, before: T | None, at: datetime) -> T:
            said = body(before) if callable(body) else body
            fixed = (
                {"id": wanted, "authority": caller.authority} if "authority" in _names(self.kind) else {"id": wanted}
            )
            builder = Builder(office.gazetteer, References(work), [])
            return builder.built(self.kind, said, **fixed, **self.fixed(said, before, at))

        return made

    def amended(self, patch: Json) -> Callable[[T], shapes.Given]:
        """The body that a merge patch makes of what is on record (RFC 7396)."""

        def merged(before: T) -> shapes.Given:
            now = {name: value for name, value in object_of(before).items() if name in self.given.model_fields}
            try:
                return self.given.model_validate(_merged(now, patch))
            except ValidationError as error:
                raise RequestValidationError([{**at, "loc": ("body", *at["loc"])} for at in error.errors()]) from error

        return merged


def _names(kind: Any) -> frozenset[str]:
    return frozenset(kind.__dataclass_fields__)


def _merged(now: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    merged = dict(now) if isinstance(now, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


def add_routes(router: APIRouter, resource: Resource[Any]) -> None:
    """Adds the five routes of a noun."""
    _add_reading(router, resource)
    _add_writing(router, resource)


def _add_reading(router: APIRouter, resource: Resource[Any]) -> None:
    noun = resource.noun

    def list_(request: Request, office: OfficeHere, caller: CallerHere, asked: Any) -> Response:
        page = recording.list_records(office, caller, noun, resource.listing(asked))
        items = [resource.told(stored, office, caller) for stored in page.items]
        return answers.page(request, items, page.next)

    def read(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
        stored = recording.read_record(office, caller, noun, id)
        return answers.json(resource.told(stored, office, caller), headers={"ETag": answers.etag(stored.version)})

    list_.__annotations__["asked"] = Annotated[resource.asked, Query()]
    own = " Leaves an audit event." if noun.of_children else ""
    router.add_api_route(
        f"/{resource.path}",
        list_,
        name=f"list_{resource.many}",
        summary=f"List {_words(resource.many)}",
        description=f"A page at a time, filtered and sorted; people's own words are left out.{own}",
        responses={**answers.shows(resource.listed), **answers.problems()},
    )
    router.add_api_route(
        f"/{resource.path}/{{id}}",
        read,
        name=f"read_{resource.one}",
        summary=f"Read a {noun.name}",
        description=f"As it is on record.{own}",
        responses={**answers.shows(resource.shown, with_etag=True), **answers.problems(404)},
    )


def _add_writing(router: APIRouter, resource: Resource[Any]) -> None:
    noun, one = resource.noun, resource.one

    def record(office: OfficeHere, caller: CallerHere, repeat: RepeatHere, body: Any) -> Response:
        build, write = resource.build(office, caller, body), resource.reply(office, caller)
        return answers.sent(recording.record(office, caller, noun, body.external_ref, build, write, repeat))

    def replace(office: OfficeHere, caller: CallerHere, id: IdHere, expected: ExpectedHere, body: Any) -> Response:  # noqa: A002
        build, write = resource.build(office, caller, body), resource.reply(office, caller)
        return answers.sent(recording.change(office, caller, noun, id, expected, build, write))

    def amend(office: OfficeHere, caller: CallerHere, id: IdHere, expected: ExpectedHere, patch: Any) -> Response:  # noqa: A002
        build, write = resource.build(office, caller, resource.amended(patch)), resource.reply(office, caller)
        return answers.sent(recording.change(office, caller, noun, id, expected, build, write))

    whole_body = _body(resource.given, *resource.examples)
    record.__annotations__["body"] = replace.__annotations__["body"] = whole_body
    amend.__annotations__["patch"] = Annotated[
        Json, Body(media_type=MERGE_PATCH, examples=[_first_amendment(resource)])
    ]
    shown = answers.shows(resource.shown, with_etag=True)
    router.add_api_route(
        f"/{resource.path}",
        record,
        methods=["POST"],
        status_code=201,
        name=f"record_{one}",
        summary=f"Record a {noun.name}",
        description="Sending the same again under the same `external_ref` changes nothing and is answered with 200.",
        responses={
            **answers.shows(resource.shown, 201, "Recorded", with_etag=True),
            **answers.shows(resource.shown, 200, "It was on record already, just so", with_etag=True),
            **answers.problems(400, 409, 413, 415),
        },
    )
    for method, route, name, summary, says in (
        (
            "PUT",
            replace,
            f"replace_{one}",
            f"Replace a {noun.name}",
            "The whole record: what is left out has its default.",
        ),
        (
            "PATCH",
            amend,
            f"amend_{one}",
            f"Change parts of a {noun.name}",
            "A JSON Merge Patch: null takes a field away.",
        ),
    ):
        router.add_api_route(
            f"/{resource.path}/{{id}}",
            route,
            methods=[method],
            name=name,
            summary=summary,
            description=says,
            responses={**shown, **answers.problems(400, 404, 409, 412, 413, 415, 428)},
        )


def _body(kind: Any, *examples: Json) -> Any:
    """What FastAPI is to know of a body."""
    return Annotated[kind, Body(examples=list(examples))]


def _first_amendment(resource: Resource[Any]) -> Json:
    return {"external_ref": resource.examples[0]["external_ref"]}


def _words(name: str) -> str:
    return name.replace("_", " ")
