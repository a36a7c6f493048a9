"""Scenarios in the description of the API: what may be sent, ready to try."""

from __future__ import annotations

from typing import Any

TWENTY_HOUSEHOLDS: dict[str, Any] = {
    "name": "20 more households",
    "says": "Twelve of them for ages 10 to 15.",
    "changes": [
        {
            "change": "add-homes",
            "count": 12,
            "kind": "fostering-mainstream",
            "ages": {"youngest": 10, "oldest": 15},
        },
        {"change": "add-homes", "count": 8, "kind": "fostering-mainstream"},
    ],
}
SURGE: dict[str, Any] = {
    "name": "A surge of 33 in a month",
    "changes": [{"change": "add-children", "count": 33, "within_days": 30}],
}
CLOSING: dict[str, Any] = {
    "name": "A home closes",
    "changes": [{"change": "close-homes", "which": {"homes": ["FH-0291"]}}],
}
SCENARIOS: Any = {
    "twenty-households": {"summary": "20 more households", "value": TWENTY_HOUSEHOLDS},
    "surge": {"summary": "A surge", "value": SURGE},
}
RUNS: Any = {
    "two": {
        "summary": "Two scenarios, and both at once",
        "value": {
            "scenarios": [
                TWENTY_HOUSEHOLDS,
                SURGE,
                {"name": "Both", "changes": [*TWENTY_HOUSEHOLDS["changes"], *SURGE["changes"]]},
            ]
        },
    },
    "waiting": {
        "summary": "What waiting one, three, seven or fourteen days would bring",
        "value": {
            "scenarios": [
                {"name": f"{days} days later", "changes": [{"change": "postpone-searches", "days": days}]}
                for days in (1, 3, 7, 14)
            ]
        },
    },
    "closing": {"summary": "What closing a home costs, and whom", "value": {"scenarios": [CLOSING]}},
}
AHEAD: Any = {
    "twenty-households": {
        "summary": "Three years ahead, with 20 more households and without",
        "value": {
            "years": 3,
            "replicates": 200,
            "scenarios": [TWENTY_HOUSEHOLDS],
            "targets": [{"aim": "unmet-nights", "kind": "fostering", "year": 2, "at_most": 365}],
            "assumed": {"inflation_per_mille": 30},
        },
    },
}
_HOUSEHOLD: dict[str, Any] = {
    "name": "a household for one teenager",
    "adding": {
        "change": "add-homes",
        "count": 6,
        "kind": "fostering-mainstream",
        "ages": {"youngest": 10, "oldest": 17},
        "place": "NR5 8TA",
    },
    "weekly": 42_000,
}
BED_PRICES: Any = {
    "usual": {"summary": "The usual homes, on twelve days", "value": {}},
    "one": {"summary": "One kind of home, on five days", "value": {"offers": [_HOUSEHOLD], "days": 5}},
}
CHEAPEST: Any = {
    "usual": {
        "summary": "95 % of children placed, nobody of an urgent search left",
        "value": {"level": {"placed_per_cent": 95, "emergencies": True}},
    },
    "surge": {
        "summary": "The same after a surge, with one kind of home",
        "value": {
            "level": {"placed_per_cent": 95, "together_per_cent": 95},
            "offers": [_HOUSEHOLD],
            "changes": SURGE["changes"],
        },
    },
}
