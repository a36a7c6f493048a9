"""What was shown at the moment of a decision, as JSON and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from matching.explanations import Finding, SignOffNeeded, Verdict
from matching.values import MatchRunId
from matching.workflow.decisions import Shown, ShownHome, ShownPlacing, ShownWay

NOTHING_SHOWN = Shown(as_of=date.min, run=None, summary="", ways=(), chosen=())
"""Stands in lists, where what was shown is not read."""


def written_shown(shown: Shown) -> Any:
    """What was shown in what JSON has."""
    return {
        "as_of": shown.as_of.isoformat(),
        "run": None if shown.run is None else str(shown.run),
        "summary": shown.summary,
        "ways": [
            _same(way, _WAY) | {"placings": [_written_placing(one) for one in way.placings]} for way in shown.ways
        ],
        "chosen": [_written_home(home) for home in shown.chosen],
    }


def _written_placing(placing: ShownPlacing) -> dict[str, Any]:
    return {"home": placing.home, "children": list(placing.children)}


def _written_home(home: ShownHome) -> dict[str, Any]:
    findings = [_written_finding(finding) for finding in home.findings]
    own = {"children": list(home.children), "verdict": home.verdict.value, "findings": findings}
    return _same(home, _HOME) | own


def _written_finding(finding: Finding) -> dict[str, Any]:
    asked = None if finding.sign_off is None else _same(finding.sign_off, _ASKED)
    return _same(finding, _FINDING) | {"sign_off": asked, "sources": list(finding.sources)}


def _same(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Fields as they are; what JSON does not have is put in their place afterwards."""
    return {name: getattr(value, name) for name in names}


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_WAY, _HOME, _FINDING, _ASKED = map(_names, (ShownWay, ShownHome, Finding, SignOffNeeded))


def digest_of(written: Any) -> str:
    """SHA-256 over what was shown, so that a later reader can tell that it is unchanged."""
    return hashlib.sha256(json.dumps(written, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def shown_of(written: Mapping[str, Any]) -> Shown:
    """What was written."""
    run = written["run"]
    return Shown(
        as_of=date.fromisoformat(written["as_of"]),
        run=None if run is None else MatchRunId(UUID(run)),
        summary=written["summary"],
        ways=tuple(_way_of(way) for way in written["ways"]),
        chosen=tuple(_home_of(home) for home in written["chosen"]),
    )


def _way_of(written: Mapping[str, Any]) -> ShownWay:
    placings = tuple(ShownPlacing(one["home"], tuple(one["children"])) for one in written["placings"])
    return ShownWay(written["rank"], placings, written["points"], written["sign_offs"], written["weekly_pence"])


def _home_of(written: Mapping[str, Any]) -> ShownHome:
    return ShownHome(
        home=written["home"],
        children=tuple(written["children"]),
        verdict=Verdict(written["verdict"]),
        findings=tuple(_finding_of(finding) for finding in written["findings"]),
        points=written["points"],
        weekly_pence=written["weekly_pence"],
    )


def _finding_of(written: Mapping[str, Any]) -> Finding:
    asked = written["sign_off"]
    return Finding(
        **{
            **written,
            "sign_off": None if asked is None else SignOffNeeded(**asked),
            "sources": tuple(written["sources"]),
        }
    )
