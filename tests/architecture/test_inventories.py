"""Inventories of the tree: each looks at everything of a kind, and first proves that it looked."""

from __future__ import annotations

import ast
import re
import sys

import dev
from tests.architecture import tree

MOST_LINES = 400
NOWHERE = {
    "notes left in code": r"\b(TODO|FIXME|XXX)\b",
    "a package registry's host": r"\b(pypi|pythonhosted|npmjs|crates)\.(org|com|io)\b|\bregistry\.[a-z]+\.(org|com|io)\b",
    "a path of one machine": r"(?<![\w.$}~-])/(home|Users|work|opt|root|mnt)/\w",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}
VAGUE_MODULES = {
    "common",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "manager",
    "misc",
    "util",
    "utils",
}
VAGUE_ENDINGS = ("Model", "Schema", "DTO", "Manager", "Helper", "Handler")


def test_the_inventories_see_the_tree() -> None:
    assert {"dev.py", "tests/architecture/tree.py", "matching/__init__.py"} <= set(tree.modules())
    assert {"README.md", "pyproject.toml", "locks/runtime.txt"} <= set(tree.texts())


def test_no_python_file_outgrows_a_reader() -> None:
    lines = {name: tree.texts()[name].count("\n") for name in tree.modules()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_module_says_in_a_sentence_what_lives_there() -> None:
    silent = [name for name, module in tree.modules().items() if len((ast.get_docstring(module) or "").split()) < 3]
    assert silent == []


def test_no_file_says_what_should_be_said_nowhere() -> None:
    found = [
        f"{name}: {what}: {match[0]}"
        for name, text in tree.texts().items()
        if name != "tests/architecture/test_inventories.py"
        for what, pattern in NOWHERE.items()
        for match in re.finditer(pattern, text)
    ]
    assert found == []


def test_the_search_for_what_should_be_said_nowhere_finds_it() -> None:
    guilty = [
        "# TODO later",
        "https://pypi.org/simple",
        "open('/home/ann/pool.csv')",
        "-----BEGIN RSA PRIVATE KEY-----",
    ]
    innocent = ["GET /homes/17", "docs/home/index.md", "/usr/lib/postgresql", "the TODOs", "$ROOT/work/x"]
    for text, pattern in zip(guilty, NOWHERE.values(), strict=True):
        assert re.search(pattern, text)
    assert not [text for text in innocent for pattern in NOWHERE.values() if re.search(pattern, text)]


def test_no_module_or_class_has_a_name_that_says_nothing() -> None:
    stems = {name: name.rpartition("/")[2].removesuffix(".py") for name in tree.modules()}
    assert [name for name, stem in stems.items() if stem in VAGUE_MODULES] == []
    classes = [
        f"{name}: {node.name}"
        for name, module in tree.modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name.endswith(VAGUE_ENDINGS)
    ]
    assert classes == []


def test_the_domain_imports_numpy_and_the_standard_library_alone() -> None:
    domain = {name: module for name, module in tree.modules().items() if name.startswith("matching/")}
    assert domain
    allowed = {"matching", "numpy", *sys.stdlib_module_names} - {"sqlite3", "socket", "http", "urllib", "subprocess"}
    strangers = {name: tree.imported(module) - allowed for name, module in domain.items()}
    assert {name: names for name, names in strangers.items() if names} == {}


def test_the_specification_needs_neither_database_nor_network() -> None:
    spec = {name: module for name, module in tree.modules().items() if name.startswith("tests/spec/")}
    assert [name for name in spec if "/test_" in name]
    barred = {"app", "db", "fastapi", "httpx2", "psycopg", "socket", "sqlalchemy", "sqlite3", "starlette"}
    found = {name: tree.imported(module) & barred for name, module in spec.items()}
    assert {name: names for name, names in found.items() if names} == {}


def test_import_contracts_are_sentences_about_packages_that_exist() -> None:
    contracts = tree.settings()["tool"]["importlinter"]["contracts"]
    packages = set(tree.settings()["tool"]["importlinter"]["root_packages"])
    assert len(contracts) >= 5
    for contract in contracts:
        assert len(contract["name"].split()) >= 4
        layers = re.findall(r"[a-z_]+", " ".join(contract.get("layers", [])))
        named = {*contract.get("containers", layers), *contract.get("source_modules", [])}
        assert named
        assert named <= packages
    assert packages <= {name.partition("/")[0] for name in tree.modules()}


def test_every_command_that_the_documents_name_exists() -> None:
    commands = {name for group in dev.COMMANDS.values() for name in group}
    documents = {name: text for name, text in tree.texts().items() if name.endswith(".md")}
    named = {(name, word) for name, text in documents.items() for word in re.findall(r"python3 dev\.py ([a-z]+)", text)}
    assert ("README.md", "demo") in named
    assert sorted(entry for entry in named if entry[1] not in commands) == []


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = {name: text for name, text in tree.texts().items() if name.endswith(".md")}
    links = [
        (name, target)
        for name, text in documents.items()
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    ]
    assert links
    astray = [(name, target) for name, target in links if not (tree.ROOT / name).parent.joinpath(target).exists()]
    assert astray == []
