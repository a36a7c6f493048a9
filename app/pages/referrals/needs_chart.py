"""A child's needs as they changed: one strip for each domain, drawn as steps over time, with a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.pages.words import counted, day
from matching.needs import HIGHEST_LEVEL, LEVEL_NAMES, Domain, Framework, NeedsProfile

WIDTH, LEFT, RIGHT = 340, 142, 292
"""Of the drawing: the strips lie between left and right, the names before them, the level now after them."""
ROW, TOP = 30, 22
_TALL = 20
"""Of one strip, for level 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One domain: what was found each time, as a drawing and in words."""

    name: str
    lines: tuple[str, ...]
    """The name, broken so that it fits before the strip."""
    y: int
    """Of the foot of the strip."""
    steps: str
    """The path of the steps; empty when the domain was never recorded."""
    area: str
    level: str
    """Now: a number, or a dash."""
    high: bool
    """Whether the level now is high or complex."""
    then: str
    now: str
    change: str
    strength: str
    childs_words: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsChart:
    """Every strip, the days along the top, and what the drawing shows in a sentence."""

    id: str
    title: str
    says: str
    width: int
    height: int
    left: int
    right: int
    first: str
    last: str
    marks: tuple[int, ...]
    """Where each profile was made, along the width."""
    strips: tuple[Strip, ...]


def needs_chart(id_: str, framework: Framework, profiles: Sequence[NeedsProfile], who: str) -> NeedsChart:
    """The chart of profiles made with one framework, given oldest first; at least one."""
    days = [one.made_on for one in profiles]
    marks = _across(days)
    strips = tuple(_strip(at, domain, profiles, marks) for at, domain in enumerate(framework.domains))
    made = f"{counted(len(profiles), 'profile')}, " + (
        f"from {day(days[0])} to {day(days[-1])}" if len(profiles) > 1 else f"made on {day(days[0])}"
    )
    return NeedsChart(
        id=id_,
        title=f"Needs of {who} over time",
        says=f"{made}. {_summary(framework, profiles)} The table below says the same in words.",
        width=WIDTH,
        height=TOP + ROW * len(strips) + 6,
        left=LEFT,
        right=RIGHT,
        first=_short(days[0]),
        last=_short(days[-1]) if len(days) > 1 else "",
        marks=marks,
        strips=strips,
    )


def _across(days: Sequence[date]) -> tuple[int, ...]:
    span = (days[-1] - days[0]).days
    return tuple(LEFT if span == 0 else LEFT + (RIGHT - LEFT) * (one - days[0]).days // span for one in days)


def _strip(at: int, domain: Domain, profiles: Sequence[NeedsProfile], marks: Sequence[int]) -> Strip:
    foot = TOP + ROW * at + _TALL
    levels = [one.levels.get(domain.code) for one in profiles]
    steps, area = _steps(levels, marks, foot)
    newest = next((one for one in profiles[-1].findings if one.domain == domain.code), None)
    now = levels[-1]
    return Strip(
        name=domain.name,
        lines=_lines(domain.name),
        y=foot,
        steps=steps,
        area=area,
        level="-" if now is None else str(now),
        high=now is not None and now >= HIGHEST_LEVEL - 1,
        then=_level(levels[-2]) if len(levels) > 1 else "",
        now=_level(now),
        change=_change(levels),
        strength=newest.strength if newest else "",
        childs_words=newest.childs_words if newest else "",
        evidence=newest.evidence if newest else "",
    )


def _steps(levels: Sequence[int | None], marks: Sequence[int], foot: int) -> tuple[str, str]:
    """The line of the steps and the area below it: a level holds until the next profile, the last to the edge."""
    known = [(x, level) for x, level in zip(marks, levels, strict=True) if level is not None]
    if not known:
        return "", ""
    ends = [x for x, _ in known[1:]] + [RIGHT + 6]
    line = []
    for at, ((start, level), end) in enumerate(zip(known, ends, strict=True)):
        y = foot - _TALL * level // HIGHEST_LEVEL
        line.append(f"{'M' if at == 0 else 'L'}{start} {y}L{end} {y}")
    path = "".join(line)
    return path, f"{path}L{ends[-1]} {foot}L{known[0][0]} {foot}Z"


def _level(level: int | None) -> str:
    return "not recorded" if level is None else f"{level} {LEVEL_NAMES[level]}"


def _change(levels: Sequence[int | None]) -> str:
    before, now = (levels[-2] if len(levels) > 1 else None), levels[-1]
    if before is None or now is None:
        return ""
    moved = now - before
    if moved == 0:
        return "the same"
    return f"{'up' if moved > 0 else 'down'} {counted(abs(moved), 'level')}"


def _summary(framework: Framework, profiles: Sequence[NeedsProfile]) -> str:
    now = profiles[-1].levels
    highest = [one.name for one in framework.domains if now.get(one.code, 0) >= HIGHEST_LEVEL - 1]
    return f"High or complex now: {', '.join(highest)}." if highest else "No need is high or complex now."


def _lines(name: str) -> tuple[str, ...]:
    """The name in at most two lines of about twenty letters."""
    if len(name) <= 20:
        return (name,)
    words, first = name.split(), ""
    while words and len(f"{first} {words[0]}".strip()) <= 20:
        first = f"{first} {words.pop(0)}".strip()
    return (first, " ".join(words)) if words else (first,)


def _short(value: date) -> str:
    return f"{value:%b %Y}"
