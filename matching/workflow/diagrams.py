"""The tables of moves as a document: one diagram and one list for each noun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matching.workflow.states import TABLES
from matching.workflow.transitions import Move, Transitions

_HEAD = """\
# States

Generated from the tables of moves in `matching/workflow/states.py`: what is drawn here is what the service allows.
An illegal move is answered with 409 and what is possible now.
"""


def states_document() -> str:
    """The whole of docs/states.md."""
    return "\n".join([_HEAD, *(line for table in TABLES for line in _section(table))])


def _section(table: Transitions[Any]) -> Iterator[str]:
    yield f"## {table.noun.capitalize()}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {_node(table.initial.value)}"
    for move in table.moves:
        for source in _ordered(table, move):
            yield f"    {_node(source)} --> {_node(move.target.value)}: {move.name}"
    for state in table.every_state:
        if table.is_final(state):
            yield f"    {_node(state.value)} --> [*]"
    yield "```\n"
    yield "| Move | From | To | Made by | What has happened |\n|---|---|---|---|---|"
    for move in table.moves:
        sources = ", ".join(_ordered(table, move))
        yield f"| {move.name} | {sources} | {move.target.value} | {_who(move)} | {move.says} |"
    yield ""


def _ordered(table: Transitions[Any], move: Move[Any]) -> tuple[str, ...]:
    return tuple(state.value for state in table.every_state if state in move.sources)


def _who(move: Move[Any]) -> str:
    return "time" if move.by_time else ", ".join(sorted(role.value for role in move.by))


def _node(state: str) -> str:
    return state.replace("-", "_")
