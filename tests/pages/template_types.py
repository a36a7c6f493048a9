"""Reads templates as a type checker would: every field that a template asks of a view model must be one that it has.

It follows loops, conditions, filters, macros (with the types that they are called with), included and extended templates, in
branches that no test renders too. What it cannot know it lets be; what it knows and does not find it names.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes

Scope = dict[str, Any]
UNKNOWN: Any = object()
"""The type of what the checker does not follow."""
_GLOBAL = {"range", "dict", "namespace", "loop", "caller", "varargs", "kwargs", "super", "true", "false", "none"}
_KEEPS = {
    "list",
    "sort",
    "reverse",
    "unique",
    "selectattr",
    "rejectattr",
    "select",
    "reject",
    "default",
    "batch",
    "slice",
}
_ONE_OF = {"first", "last", "min", "max", "random"}


@dataclass(frozen=True)
class Method:
    """What an attribute is that is called: the type of what it returns."""

    returns: Any


@dataclass
class Macro:
    """A macro of ours, and the names known where it stands."""

    node: nodes.Macro
    known: Scope


@dataclass
class Checker:
    """Checks templates of one environment; what it found is in `wrong`, how much it looked at in `looked`."""

    environment: Environment
    wrong: list[str] = field(default_factory=list)
    looked: int = 0
    _template: str = ""
    _done: set[Any] = field(default_factory=set)

    def check(self, template: str, scope: Mapping[str, Any]) -> None:
        """A template, with the types of the names that it is rendered with."""
        self._file(template, dict(scope))

    def _file(self, template: str, scope: Scope) -> Scope:
        assert self.environment.loader is not None, "templates come from files"
        source, _, _ = self.environment.loader.get_source(self.environment, template)
        before, self._template = self._template, template
        self._body(self.environment.parse(source).body, scope)
        self._template = before
        return scope

    # --- statements ------------------------------------------------------------------------------

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            act = getattr(self, f"_on_{type(node).__name__.lower()}", None)
            if act is not None:
                act(node, scope)
            else:
                self._children(node, scope)

    def _children(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self._type(child, scope)
            else:
                self._body([child], scope)

    def _on_extends(self, node: nodes.Extends, scope: Scope) -> None:
        assert isinstance(node.template, nodes.Const), "a template extends one that is named"
        self._file(node.template.value, dict(scope))

    def _on_include(self, node: nodes.Include, scope: Scope) -> None:
        assert isinstance(node.template, nodes.Const), "a template includes one that is named"
        self._file(node.template.value, dict(scope))

    def _on_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        assert isinstance(node.template, nodes.Const), "macros come from a file that is named"
        known: Scope = {}
        if not node.template.value.startswith("govuk_frontend_jinja/"):
            known = self._file(node.template.value, {})
        for name in node.names:
            theirs, ours = name if isinstance(name, tuple) else (name, name)
            if not known:
                scope[ours] = UNKNOWN
            elif theirs not in known:
                self._note(node, f"{node.template.value} has no macro {theirs}")
            else:
                scope[ours] = known[theirs]

    def _on_macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = Macro(node, scope)

    def _on_callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._type(node.call, scope)
        self._body(node.body, {**scope, **{self._name(one): UNKNOWN for one in node.args}})

    def _on_block(self, node: nodes.Block, scope: Scope) -> None:
        self._body(node.body, dict(scope))

    def _on_for(self, node: nodes.For, scope: Scope) -> None:
        inner = {**scope, "loop": UNKNOWN}
        self._bind(node.target, _element(self._type(node.iter, scope)), inner)
        if node.test is not None:
            self._type(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, scope)

    def _on_if(self, node: nodes.If, scope: Scope) -> None:
        self._type(node.test, scope)
        for body in (node.body, node.elif_, node.else_):
            self._body(body, scope)

    def _on_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self._type(node.node, scope), scope)

    def _on_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._body(node.body, dict(scope))
        self._bind(node.target, str, scope)

    def _on_with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self._type(value, scope), inner)
        self._body(node.body, inner)

    def _bind(self, target: nodes.Node, kind: Any, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            parts = get_args(kind) if get_origin(kind) is tuple else ()
            fixed = len(parts) == len(target.items) and Ellipsis not in parts
            for at, item in enumerate(target.items):
                self._bind(item, parts[at] if fixed else UNKNOWN, scope)

    @staticmethod
    def _name(node: nodes.Node) -> str:
        assert isinstance(node, nodes.Name), "an argument has a name"
        return node.name

    # --- expressions ------------------------------------------------------------------------------

    def _type(self, node: nodes.Node, scope: Scope) -> Any:
        act = getattr(self, f"_of_{type(node).__name__.lower()}", None)
        if act is not None:
            return act(node, scope)
        for child in node.iter_child_nodes():
            self._type(child, scope)
        return UNKNOWN

    def _of_name(self, node: nodes.Name, scope: Scope) -> Any:
        if node.name not in scope and node.name not in _GLOBAL | set(self.environment.globals):
            self._note(node, f"nothing is called {node.name}")
        return scope.get(node.name, UNKNOWN)

    def _of_const(self, node: nodes.Const, _: Scope) -> Any:
        return type(node.value)

    def _of_getattr(self, node: nodes.Getattr, scope: Scope) -> Any:
        return self._attribute(node, self._type(node.node, scope), node.attr)

    def _of_getitem(self, node: nodes.Getitem, scope: Scope) -> Any:
        kind, _ = _without_none(self._type(node.node, scope)), self._type(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return kind
        if is_dataclass(kind) and isinstance(node.arg, nodes.Const):
            return self._attribute(node, kind, str(node.arg.value))
        parts = get_args(kind)
        return parts[-1] if _is_a(kind, Mapping) and parts else _element(kind)

    def _of_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Any:
        self._type(node.test, scope)
        found = [self._type(one, scope) for one in (node.expr1, node.expr2) if one is not None]
        return next((one for one in found if one not in (UNKNOWN, type(None))), UNKNOWN)

    def _of_or(self, node: nodes.Or, scope: Scope) -> Any:
        found = self._type(node.left, scope)
        self._type(node.right, scope)
        return found

    def _of_call(self, node: nodes.Call, scope: Scope) -> Any:
        called = self._type(node.node, scope)
        given = [self._type(one, scope) for one in node.args]
        named = {one.key: self._type(one.value, scope) for one in node.kwargs}
        if isinstance(called, Macro):
            self._call_macro(node, called, given, named)
            return str
        return called.returns if isinstance(called, Method) else UNKNOWN

    def _call_macro(self, at: nodes.Node, macro: Macro, given: list[Any], named: dict[str, Any]) -> None:
        names = [one.name for one in macro.node.args]
        strange = set(named) - set(names)
        if len(given) > len(names) or strange:
            self._note(at, f"{macro.node.name} does not take these arguments {sorted(strange)}")
        needed = names[: len(names) - len(macro.node.defaults)]
        bound = {**dict.fromkeys(names[len(needed) :], UNKNOWN), **dict(zip(names, given, strict=False)), **named}
        if set(needed) - set(bound):
            self._note(at, f"{macro.node.name} needs {sorted(set(needed) - set(bound))}")
        key = (macro.node.name, id(macro.node), tuple(sorted((name, repr(kind)) for name, kind in bound.items())))
        if key not in self._done:
            self._done.add(key)
            self._body(macro.node.body, {**macro.known, **dict.fromkeys(names, UNKNOWN), **bound})

    def _of_filter(self, node: nodes.Filter, scope: Scope) -> Any:
        kind = UNKNOWN if node.node is None else self._type(node.node, scope)
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self._type(one, scope)
        if node.name not in self.environment.filters:
            self._note(node, f"there is no filter {node.name}")
        asked = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
        if node.name in ("selectattr", "rejectattr", "groupby") and node.args:
            asked = node.args[0]
        found = UNKNOWN
        if isinstance(asked, nodes.Const):
            found = self._attribute(node, _element(kind), str(asked.value))
        if node.name == "map":
            return _many(found) if found is not UNKNOWN else UNKNOWN
        return kind if node.name in _KEEPS else _element(kind) if node.name in _ONE_OF else UNKNOWN

    def _attribute(self, node: nodes.Node, kind: Any, name: str) -> Any:
        kind = _without_none(kind)
        if kind is UNKNOWN or isinstance(kind, Macro | Method) or kind is Any:
            return UNKNOWN
        owner = get_origin(kind) or kind
        if not isinstance(owner, type):
            return UNKNOWN
        self.looked += 1
        hints = get_type_hints(owner) if is_dataclass(owner) else {}
        if name in hints:
            return hints[name]
        if not hasattr(owner, name):
            self._note(node, f"{owner.__name__} has no {name}")
            return UNKNOWN
        return _member(kind, getattr(owner, name), name)

    def _note(self, node: nodes.Node, says: str) -> None:
        self.wrong.append(f"{self._template}:{node.lineno}: {says}")


def _member(kind: Any, member: Any, name: str) -> Any:
    if isinstance(member, property) and member.fget is not None:
        return get_type_hints(member.fget).get("return", UNKNOWN)
    if _is_a(kind, Mapping) and name in ("items", "values", "keys") and len(get_args(kind)) == 2:
        key, value = get_args(kind)
        pair = types.GenericAlias(tuple, (key, value))
        return Method(_many({"items": pair, "values": value, "keys": key}[name]))
    if inspect.isfunction(member):
        return Method(get_type_hints(member).get("return", UNKNOWN))
    return UNKNOWN


def _many(kind: Any) -> Any:
    """The type of several of a type."""
    return types.GenericAlias(list, (kind,))


def _without_none(kind: Any) -> Any:
    """An optional's type; the type of a callable field's result where it is called is not followed."""
    if get_origin(kind) in (Union, types.UnionType):
        left = [one for one in get_args(kind) if one is not type(None)]
        return left[0] if len(left) == 1 else UNKNOWN
    return UNKNOWN if get_origin(kind) is Callable else kind


def _is_a(kind: Any, wanted: type) -> bool:
    owner = get_origin(kind) or kind
    return isinstance(owner, type) and issubclass(owner, wanted)


def _element(kind: Any) -> Any:
    """The type of what one gets by going through something."""
    kind = _without_none(kind)
    parts = tuple(one for one in get_args(kind) if one is not Ellipsis)
    if kind is UNKNOWN or not parts or not _is_a(kind, Iterable):
        return UNKNOWN
    alike = len(set(map(repr, parts))) == 1 or _is_a(kind, Mapping)
    return parts[0] if alike else UNKNOWN


def views(package: str) -> Iterator[type]:
    """Every view model below a package: every dataclass that names its template."""
    root = importlib.import_module(package)
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            ours = is_dataclass(kind) and isinstance(kind, type) and kind.__module__ == module.__name__
            if ours and isinstance(getattr(kind, "template", None), str):
                yield kind
