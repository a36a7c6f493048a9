"""Templates are held to their view models: a field that is not there is found, in branches that no test renders too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, fields

import pytest
from jinja2 import DictLoader

from app.pages import rendering
from app.pages.rendering import TEMPLATES, Frame
from tests.pages.template_types import Checker, views

VIEWS = tuple(views("app.pages"))


@dataclass(frozen=True)
class Bed:
    """Part of a view."""

    number: int
    note: str | None = None

    @property
    def words(self) -> str:
        return f"bed {self.number}"


@dataclass(frozen=True)
class View:
    """A view."""

    title: str
    beds: tuple[Bed, ...] = ()
    best: Bed | None = None
    by_name: Mapping[str, Bed] = None  # type: ignore[assignment]


def checked(text: str, **more: str) -> Checker:
    """What the checker says of a template."""
    checker = Checker(rendering.environment().overlay(loader=DictLoader({"t": text, **more})))
    checker.check("t", {"view": View, "page": Frame})
    return checker


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_template_asks_of_its_view_only_what_the_view_has(view: type) -> None:
    checker = Checker(rendering.environment())
    checker.check(view.template, {"view": view, "page": Frame})  # type: ignore[attr-defined]
    assert checker.wrong == []
    assert checker.looked > 10


def test_the_inventory_of_views_sees_them_and_every_template_is_somebodys() -> None:
    assert {"ChoosePage", "HomePage", "ProblemPage"} <= {view.__name__ for view in VIEWS}
    named = {view.template for view in VIEWS}  # type: ignore[attr-defined]
    files = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    pages = {name for name, text in files.items() if "{% extends" in text}
    assert pages == named


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_view_is_frozen_and_has_a_title(view: type) -> None:
    assert view.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "title" in {one.name for one in fields(view)} or isinstance(getattr(view, "title", None), property)


@pytest.mark.parametrize(
    "text",
    [
        "{{ view.titel }}",
        "{% if false %}{{ view.titel }}{% endif %}",
        "{% for bed in view.beds %}{{ bed.nr }}{% endfor %}",
        "{% set one = view.best %}{{ one.nr }}",
        "{{ view.best.nr if view.best }}",
        "{{ view.beds[0].nr }}",
        "{{ (view.beds | first).nr }}",
        "{{ view.beds | map(attribute='nr') | join }}",
        "{{ view.beds | selectattr('nr') | list }}",
        "{% for name, bed in view.by_name.items() %}{{ bed.nr }}{% endfor %}",
        "{{ view.by_name['x'].nr }}",
        "{{ view.title.upperr() }}",
        "{% from 'm' import bed %}{{ bed(view.best) }}",
        "{% from 'm' import bad %}",
        "{% from 'm' import bed %}{{ bed() }}",
        "{% include 'i' %}",
        "{% extends 'i' %}",
        "{{ views.title }}",
        "{{ view.title | poundds }}",
        "{{ page.persn }}",
    ],
)
def test_a_misspelt_name_is_found_wherever_it_stands(text: str) -> None:
    macro = "{% macro bed(one) %}{{ one.words }}{{ one.nr }}{% endmacro %}"
    assert checked(text, m=macro, i="{{ view.titel }}").wrong


def test_what_is_there_is_not_complained_of() -> None:
    text = """{% from 'm' import bed %}{{ view.title.upper() }}{% for one in view.beds | sort(attribute='number') %}
    {{ bed(one) }}{{ loop.index }}{{ one.note or 'none' }}{{ one.words | capital }}{% else %}nothing{% endfor %}
    {{ view.by_name.get('x') }}{% set n = namespace(a=[]) %}{% set n.a = n.a + [1] %}{{ n.a }}{{ page.token() }}"""
    assert checked(text, m="{% macro bed(one, level=2) %}{{ one.words }}{{ level }}{% endmacro %}").wrong == []


def test_a_field_that_is_not_there_is_an_error_when_rendered() -> None:
    template = rendering.environment().from_string("{{ view.titel }}")
    with pytest.raises(AssertionError, match="View has no titel"):
        template.render(view=View("x"))


def test_a_view_cannot_be_changed_by_a_template() -> None:
    with pytest.raises(FrozenInstanceError):
        View("x").title = "y"  # type: ignore[misc]
