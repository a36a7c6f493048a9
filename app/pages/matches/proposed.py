"""The page of proposed matches: the ways to place a referral's children with their reasons, and what would open more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from app.pages.charts.options_map import OptionsMap, Spot, options_map
from app.pages.matches.cards import STRAIGHT_LINE, Cards, HomeShown
from app.pages.matches.filters import Filters, Hidden, narrowed
from app.pages.naming import code, kind, listed, sector
from app.pages.words import counted, day, pounds, sentence
from app.services.options import Options
from matching.codes import Known, PlaceKind, ViewAsked
from matching.geography import Point
from matching.shortlist_answers import BlockedCount, Entry, NearMiss, Shortlist

SHOWN = 6
"""Ways shown at first; more are one click away."""
MOST_WAYS = 40
"""Ways that are worked out; filters look among them."""


@dataclass(frozen=True, slots=True)
class ViewShown:
    """What one child has said, or why the child was not asked."""

    child: str
    asked: str
    said: tuple[tuple[str, str], ...]
    """Heading and words."""
    is_recorded: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayShown:
    """One way to place the children."""

    mark: str
    """Its number on the map."""
    title: str
    verdict: str
    colour: str
    homes: tuple[HomeShown, ...]
    together: str
    left_out: tuple[str, ...]
    weekly: str
    rank: int
    points: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearShown:
    """Homes that the same thing keeps from being proposed, and what would open them."""

    says: str
    opens: str
    homes: tuple[tuple[str, str], ...]
    """Reference, and what it is."""
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Everything that the page shows."""

    template: ClassVar[str] = "matches/proposed.html"

    reference: str
    own_reference: str
    heading: str
    children: tuple[str, ...]
    wanted: str
    summary: str
    as_of: str
    views: tuple[ViewShown, ...]
    ways: tuple[WayShown, ...]
    found: int
    """Ways that were found, before any filter."""
    more: str
    """Says so where more ways than these may exist, among which no filter looks; otherwise empty."""
    left: int
    """Ways that the filters leave."""
    show_more: str
    """Where the rest is; empty when all are shown."""
    filters: Filters
    hidden: tuple[Hidden, ...]
    chart: OptionsMap | None
    near: tuple[NearShown, ...]
    to_check: tuple[NearShown, ...]
    blocked: tuple[BlockedCount, ...]
    considered: int
    nothing_fits: bool
    may_offer: bool
    may_open: bool
    straight_line: str = STRAIGHT_LINE

    @property
    def title(self) -> str:
        """Of the window."""
        return f"{self.heading}: {self.reference}"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


@dataclass(frozen=True, slots=True)
class Looking:
    """How somebody looks at the page: filters, whether at all that was found, and what they may do."""

    filters: Filters
    everything: bool
    may_offer: bool
    may_open: bool
    query: tuple[tuple[str, str], ...] = ()


def proposed(options: Options, reference: str, looking: Looking) -> Proposed:
    """The page, from what was read."""
    cards, shortlist, referral = Cards(options), options.shortlist, options.referral.value
    kept, hidden = narrowed(options, looking.filters)
    shown = kept if looking.everything else kept[:SHOWN]
    ways = tuple(_way(cards, shortlist, entry) for entry in shown)
    more = urlencode([*(pair for pair in looking.query if pair[0] != "show"), ("show", "all")])
    return Proposed(
        reference=reference,
        own_reference=referral.external_ref,
        heading=_heading(shortlist),
        children=tuple(cards.name(one.child.external_ref) for one in cards.seekers),
        wanted=f"{code(referral.kind)}, {code(referral.length).lower()}, from {day(referral.wanted_by)}",
        summary=shortlist.summary,
        as_of=day(options.asked.as_of),
        views=views_shown(options, cards, reference),
        ways=ways,
        found=len(shortlist.entries),
        more=_more(len(shortlist.entries)),
        left=len(kept),
        show_more=f"?{more}#ways" if len(shown) < len(kept) else "",
        filters=looking.filters,
        hidden=hidden,
        chart=_map(options, ways),
        near=tuple(_near(shortlist.near_misses, opened=True)),
        to_check=tuple(_near(shortlist.to_check, opened=False)),
        blocked=shortlist.blocked[:12],
        considered=shortlist.homes_considered,
        nothing_fits=not shortlist.entries or bool(shortlist.entries[0].left_out),
        may_offer=looking.may_offer,
        may_open=looking.may_open,
    )


def _more(found: int) -> str:
    if found < MOST_WAYS:
        return ""
    return (
        f"Only the {MOST_WAYS} best ways are worked out, and only among them does this page choose: others may fit "
        "what you ask for here. Why not another home? finds any home by its name."
    )


def _heading(shortlist: Shortlist) -> str:
    if not shortlist.entries:
        return "No home can be proposed yet"
    return f"Homes proposed for {counted(len(shortlist.children), 'child', 'children')}"


_ASKED = {
    ViewAsked.ASKED: "Asked",
    ViewAsked.TOO_YOUNG: "Not asked: too young to say",
    ViewAsked.NOT_IN_CONTACT: "Not asked: not in contact",
    ViewAsked.TOO_URGENT: "Not asked: too urgent",
    ViewAsked.DECLINED: "Not asked: the child did not want to be",
    ViewAsked.NOT_YET: "No decision can be made until it is, or why it could not be had",
}


def views_shown(options: Options, cards: Cards, reference: str) -> tuple[ViewShown, ...]:
    """What each child has said, word for word."""
    found = []
    for ask in options.referral.value.asks:
        child = next((one.child for one in cards.seekers if one.child.id == ask.child), None)
        if child is None:
            continue
        said = (
            ("What the child said", ask.view.said),
            ("Places the child wants", ask.view.places_wanted),
            ("People the child wants", ask.view.people_wanted),
            ("A visit before moving", _visit(ask.view.pre_visit_wanted)),
        )
        words = tuple((heading, words) for heading, words in said if words)
        href = f"/referrals/{reference}/children/{child.external_ref}/view"
        recorded = ask.view.asked is not ViewAsked.NOT_YET
        found.append(ViewShown(cards.name(child.external_ref), _ASKED[ask.view.asked], words, recorded, href))
    return tuple(found)


def _visit(wanted: Known) -> str:
    return {Known.YES: "Wanted", Known.NO: "Not wanted"}.get(wanted, "")


# --- ways ------------------------------------------------------------------------------------------


def _way(cards: Cards, shortlist: Shortlist, entry: Entry) -> WayShown:
    homes = tuple(cards.of(option) for option in entry.homes)
    needed = sum(home.sign_offs for home in homes)
    verdict = f"Needs {counted(needed, 'sign-off')}" if needed else "No sign-off needed"
    return WayShown(
        mark=str(entry.rank),
        title=_title(homes),
        verdict=verdict,
        colour="purple" if needed else "green",
        homes=homes,
        together=_together(cards, shortlist, entry),
        left_out=tuple(cards.name(child) for child in entry.left_out),
        weekly=pounds(entry.weekly_pence),
        rank=entry.rank,
        points=entry.points,
        keys=tuple(home.key for home in homes),
    )


def _title(homes: tuple[HomeShown, ...]) -> str:
    if len(homes) == 1:
        return f"{homes[0].reference}: {homes[0].kind}"
    return f"{len(homes)} homes: {listed(home.reference for home in homes)}"


def _together(cards: Cards, shortlist: Shortlist, entry: Entry) -> str:
    """Whether brothers and sisters stay together, and who is parted from whom."""
    if len(shortlist.children) == 1:
        return ""
    if not entry.parted:
        return "Both together" if len(shortlist.children) == 2 else f"All {len(shortlist.children)} together"
    pairs = (f"{cards.short(one)} from {cards.short(other)}" for one, other in entry.parted)
    return f"Parts {listed(pairs)}"


# --- what nearly fits ------------------------------------------------------------------------------

_LISTED = 4


def _near(misses: Iterable[NearMiss], *, opened: bool) -> Iterator[NearShown]:
    """Homes that one thing keeps away, those of one reason together. Only what the rules say may be opened is here."""
    standing = "blocked" if opened else "check-first"
    by_reason: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for miss in misses:
        in_the_way = [finding for finding in miss.findings if finding.standing == standing]
        reasons = dict.fromkeys(finding.reason for finding in in_the_way)
        opens = dict.fromkeys(finding.remedy for finding in in_the_way if finding.remedy)
        key = ("; ".join(reasons), "; ".join(opens))
        by_reason.setdefault(key, []).append((miss.home, f"{kind(miss.kind)}, {sector(miss.sector)}"))
    for (says, opens_it), homes in by_reason.items():
        yield NearShown(sentence(says), sentence(opens_it), tuple(homes[:_LISTED]), max(0, len(homes) - _LISTED))


# --- the map ---------------------------------------------------------------------------------------

_PLACES = {
    PlaceKind.SCHOOL: ("S", "school", "School"),
    PlaceKind.FAMILY_TIME: ("V", "visit", "Family time"),
    PlaceKind.OTHER: ("O", "visit", "Another important place"),
}


def _map(options: Options, ways: tuple[WayShown, ...]) -> OptionsMap | None:
    """The homes shown around the family home; None when nobody knows where that is."""
    middle = _middle(options)
    if middle is None or not ways:
        return None
    return options_map(middle, "the family home", [*_places(options), *_homes(options, ways)])


def _middle(options: Options) -> Point | None:
    for row in options.rows:
        for visit in options.ready.pool.seekers[row].child.important_places:
            if visit.kind is PlaceKind.FAMILY_HOME and visit.place.point is not None:
                return visit.place.point
    return None


def _places(options: Options) -> Iterator[Spot]:
    seen: set[object] = set()
    for row in options.rows:
        seeker = options.ready.pool.seekers[row]
        for visit in seeker.child.important_places:
            point = visit.place.point
            if point is not None and visit.kind in _PLACES and (visit.kind, point) not in seen:
                seen.add((visit.kind, point))
                yield Spot(*_spot(visit.kind), point)
        for avoid in seeker.asks.avoid:
            if avoid.place.point is not None and avoid.place.point not in seen:
                seen.add(avoid.place.point)
                yield Spot("X", "To be avoided: no home is proposed here", "avoid", avoid.place.point, avoid.radius)


def _spot(found: PlaceKind) -> tuple[str, str, str]:
    mark, its_kind, says = _PLACES[found]
    return mark, says, its_kind


def _homes(options: Options, ways: tuple[WayShown, ...]) -> Iterator[Spot]:
    seen: dict[str, list[str]] = {}
    for way in ways:
        for home in way.homes:
            seen.setdefault(home.reference, []).append(way.mark)
    for reference, marks in seen.items():
        there = options.home(reference)
        if there.place.point is not None:
            mark = marks[0] if len(marks) == 1 else f"{marks[0]}+"
            yield Spot(mark, f"{reference}, {kind(there.kind)}", "home", there.place.point)
