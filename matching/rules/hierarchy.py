"""Relatives, friends and other connected people come before others."""

from __future__ import annotations

from matching.facts import Facts
from matching.policy import Measure
from matching.rules.model import Charge, Flag, Otherwise, Rule, Source
from matching.rules.words import Where


def _reason(f: Facts, at: Where) -> str:
    if not f.journey.has_connected.at(*at):
        return "No connected person who is available is approved for the child"
    if f.journey.connected.at(*at):
        return "A connected person's home, approved for the child"
    return "A connected person who is available is approved for the child, and this is another home"


HIERARCHY_CONNECTED_FIRST = Rule(
    id="hierarchy.connected-first",
    says="A connected person who is available and approved for the child comes before other homes",
    applies=lambda f: f.journey.has_connected,
    met=lambda f: f.journey.connected,
    otherwise=(Otherwise(Flag("a reason is recorded when the connected person is passed over")),),
    reason=_reason,
    sources=(Source("Children Act 1989 s22C(6)-(7)"),),
    reads=("journey.has_connected", "journey.connected"),
    charge=Charge(Measure.NOT_CONNECTED, lambda f: (~f.journey.connected).count()),
)

HIERARCHY = (HIERARCHY_CONNECTED_FIRST,)
