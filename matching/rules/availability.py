"""Whether a home may be asked at all, and how fresh what we know of it is."""

from __future__ import annotations

from collections.abc import Callable

from matching.answers import Answer, Fact
from matching.codes import AvailabilityState, OnHoldReason, Setting
from matching.facts import Facts
from matching.facts.columns import LONG_HENCE
from matching.rules.model import Block, Flag, Otherwise, Rule, Source
from matching.rules.words import Where, count, day, decoded, word

LESSON = Source("Lesson of Family-Match: matched families were unavailable or unwilling")


def _closing(f: Facts) -> Answer:
    return f.home.availability.is_(AvailabilityState.CLOSING)


def _matchable(f: Facts) -> Answer:
    """Available; or what keeps it from being so does not fall on the first night; or it closes after the stay."""
    home, first = f.home, f.child.first_night
    elsewhen = (first < home.away_from) | (home.away_until < first)
    available = home.availability.is_(AvailabilityState.AVAILABLE)
    closes_later = _closing(f) & (home.away_until < LONG_HENCE) & (f.child.morning_after <= home.away_until)
    return available | (~_closing(f) & elsewhen) | closes_later


def _matchable_reason(f: Facts, at: Where) -> str:
    state, until = decoded(AvailabilityState, f.home.availability.at(*at) or 0), f.home.away_until.at(*at) or 0
    why, starts = f.home.hold_reason.at(*at), f.home.away_from.at(*at) or 0
    said = word(state).capitalize()
    if state is AvailabilityState.AVAILABLE:
        return said
    if why is not None:
        said += f" ({word(decoded(OnHoldReason, why))})"
    if starts > 0:
        said += f" from {day(f, starts)}"
    if until < LONG_HENCE:
        return f"{said}{' on ' if state is AvailabilityState.CLOSING else ' until '}{day(f, until)}"
    return said if starts > 0 else f"{said}, no date given"


AVAILABILITY_MATCHABLE = Rule(
    id="availability.matchable",
    says="The home is available on the first night, and does not close before the stay ends",
    met=_matchable,
    otherwise=(Otherwise(Block()),),
    reason=_matchable_reason,
    sources=(Source("'Not available' is a state, not an absence: about a quarter of approved fostering places"),),
    reads=(
        "home.availability",
        "home.hold_reason",
        "home.away_from",
        "home.away_until",
        "child.first_night",
        "child.morning_after",
    ),
    remedy="The home's own word that it is available again opens it",
)


AVAILABILITY_ANOTHER_HOME = Rule(
    id="availability.another-home",
    says="The home is not the one the child lives in now",
    met=lambda f: ~f.journey.being_left,
    otherwise=(Otherwise(Block()),),
    reason=lambda f, at: "The child lives here now" if f.journey.being_left.at(*at) else "The child lives elsewhere",
    sources=(Source("A search for a home is a search for another one; a stay that goes on needs no search"),),
    reads=("journey.being_left",),
    remedy="Extending the present placement, with the home's agreement, opens it",
)


def _fresh_reason(f: Facts, at: Where) -> str:
    days = f.home.confirmed.at(*at)
    if days is None:
        return "Nobody has confirmed what the home can offer"
    return f"Last confirmed {count(days, 'day')} ago" if days > 0 else "Confirmed today"


AVAILABILITY_FRESH = Rule(
    id="availability.fresh",
    says="What the home can offer was confirmed recently",
    met=lambda f: f.home.confirmed <= f.parameters["confirmed_within_days"],
    otherwise=(Otherwise(Flag("ring the home before relying on it")),),
    reason=_fresh_reason,
    sources=(LESSON,),
    reads=("home.confirmed",),
    parameters=("confirmed_within_days",),
)


def _in_date(
    name: str,
    what: str,
    due: Callable[[Facts], Fact],
    reads: tuple[str, ...],
    applies: Callable[[Facts], Answer] | None,
) -> Rule:
    def reason(f: Facts, at: Where) -> str:
        when, first = due(f).at(*at), f.child.first_night.at(*at) or 0
        if when is None:
            return f"{what}: when due is not recorded"
        if when >= first:
            return f"{what}: due on {day(f, when)}"
        return (
            f"{what}: overdue since {day(f, when)}"
            if when < 0
            else f"{what}: due on {day(f, when)}, before the first night"
        )

    return Rule(
        id=f"availability.{name}",
        says=f"{what}: not overdue on the first night",
        applies=applies,
        met=lambda f: due(f) >= f.child.first_night,
        otherwise=(Otherwise(Flag("bring it up to date before the start")),),
        reason=reason,
        sources=(LESSON, Source("Norfolk sufficiency papers 2017")),
        reads=(*reads, "child.first_night"),
    )


AVAILABILITY_ANNUAL_REVIEW = _in_date(
    "annual-review",
    "Annual review of the carers",
    lambda f: f.home.annual_review,
    ("home.annual_review", "home.setting"),
    lambda f: f.home.setting.is_(Setting.FOSTERING),
)
AVAILABILITY_DBS = _in_date(
    "dbs",
    "Disclosure and Barring Service checks of the household",
    lambda f: f.home.dbs,
    ("home.dbs", "home.household"),
    lambda f: f.home.household > 0,
)

AVAILABILITY = (
    AVAILABILITY_MATCHABLE,
    AVAILABILITY_ANOTHER_HOME,
    AVAILABILITY_FRESH,
    AVAILABILITY_ANNUAL_REVIEW,
    AVAILABILITY_DBS,
)
