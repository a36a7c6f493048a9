"""What the match report says: the findings as they stood at the decision, or as they stand now, and which of the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.pages.facts import Fact
from app.pages.naming import kind, role
from app.pages.placing.case import Case, named
from app.pages.placing.deciding import REASONS
from app.pages.wording import KINDS, LENGTHS, SIGN_OFF_STATES, VIEWS
from app.pages.words import capital, day, moment, pounds, sentence
from db.mapping.shapes import Stored
from matching.explanations import Finding
from matching.homes import Home
from matching.shortlist_answers import Entry, HomeOption, Shortlist, lacks_in
from matching.values import ChildId, HomeId
from matching.workflow.decisions import Decision, ShownHome, ShownWay
from matching.workflow.sign_offs import latest
from matching.workflow.states import DecisionState

MOST_LACKS, MOST_HOMES, MOST_WAYS = 6, 3, 5


@dataclass(frozen=True, slots=True)
class HomeReported:
    """One home of the choice, or one of the first ways."""

    title: str
    children: str
    weekly: str
    fits: tuple[str, ...]
    lacks: tuple[str, ...]
    sign_offs: tuple[str, ...]

    @property
    def costs(self) -> str:
        """What a week costs, as a sentence of its own."""
        return "What it costs is not known" if self.weekly == "not known" else f"{self.weekly} a week"


@dataclass(frozen=True, slots=True)
class WayReported:
    """One of the alternatives that stood beside it."""

    rank: int
    homes: str
    sign_offs: int
    weekly: str
    points: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One page."""

    template: ClassVar[str] = "report/report.html"

    reference: str
    own_reference: str
    authority: str
    stood: str
    """Which findings these are: of the decision, or of now."""
    children: tuple[str, ...]
    wanted: str
    views: tuple[Fact, ...]
    homes_heading: str
    homes: tuple[HomeReported, ...]
    ways: tuple[WayReported, ...]
    summary: str
    decision: tuple[Fact, ...]
    made: str
    """When this page was made, and by whom."""

    @property
    def title(self) -> str:
        """Of the page."""
        return f"Match report {self.reference}"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


def decision_in_force(case: Case) -> Stored[Decision] | None:
    """The decision that holds; None when nothing is decided, or all was taken back."""
    return next((one for one in reversed(case.file.decisions) if one.value.state is not DecisionState.REVERSED), None)


def report(case: Case, authority: str, person: str, *, decided: Decision | None, now: Shortlist | None) -> Report:
    """The page, of a decision with what was shown, or else of a shortlist made now; of neither when nobody waits."""
    referral = case.file.referral.value
    until = f", until {day(referral.until)}" if referral.until else ""
    wanted = f"{KINDS[referral.kind]}, {LENGTHS[referral.length].lower()}, from {day(referral.wanted_by)}{until}"
    homes, ways, summary = _shown(case, decided, now)
    return Report(
        reference=case.reference,
        own_reference=referral.external_ref,
        authority=authority,
        stood=_stood(decided, now, case.now),
        children=tuple(named(one, case.file) for one in case.file.children),
        wanted=wanted,
        views=tuple(_views(case)),
        homes_heading="What was decided" if decided else "The first ways found",
        homes=homes,
        ways=ways,
        summary=summary,
        decision=() if decided is None else tuple(_decision(case, decided)),
        made=f"Made on {moment(case.now)} for {person}",
    )


def _stood(decided: Decision | None, now: Shortlist | None, at: datetime) -> str:
    if decided is not None:
        return f"The findings as they stood when it was decided, on {moment(decided.at)}."
    if now is not None:
        return f"The findings as they stand now, {moment(at)}. Nothing is decided."
    return "No child of this referral waits for a home, and nothing was decided here."


def _shown(
    case: Case, decided: Decision | None, now: Shortlist | None
) -> tuple[tuple[HomeReported, ...], tuple[WayReported, ...], str]:
    if decided is not None:
        shown = decided.shown
        ways = tuple(_way_shown(way, shown.rank) for way in _first(shown.ways, shown.rank))
        return tuple(_chosen(case, home) for home in shown.chosen), ways, shown.summary
    if now is None:
        return (), (), ""
    options = [option for entry in now.entries[:MOST_HOMES] for option in entry.homes][:MOST_HOMES]
    return tuple(_option(case, one) for one in options), tuple(map(_way_now, now.entries[:MOST_WAYS])), now.summary


def _first(ways: tuple[ShownWay, ...], rank: int | None) -> Iterator[ShownWay]:
    """The first ways, and the one that was chosen wherever it stood."""
    yield from ways[:MOST_WAYS]
    yield from (way for way in ways[MOST_WAYS:] if way.rank == rank)


def _way_shown(way: ShownWay, rank: int | None) -> WayReported:
    homes = "; ".join(one.home for one in way.placings)
    chosen = way.rank == rank
    return WayReported(way.rank, homes, way.sign_offs, pounds(way.weekly_pence), f"{way.points:,}", chosen)


def _way_now(entry: Entry) -> WayReported:
    homes = "; ".join(one.home for one in entry.homes)
    return WayReported(
        entry.rank, homes, entry.sign_offs, pounds(entry.weekly_pence), f"{entry.points:,}", chosen=False
    )


def _chosen(case: Case, home: ShownHome) -> HomeReported:
    record = next((one for one in case.file.homes.values() if one.external_ref == home.home), None)
    return HomeReported(
        title=_title(home.home, record),
        children="; ".join(_child(case, child) for child in home.children),
        weekly=pounds(home.weekly_pence),
        fits=(f"{sum(one.standing == 'met' for one in home.findings)} rules met",),
        lacks=_lacks(case, lacks_in(home.findings)),
        sign_offs=tuple(_asked(case, record, home.findings)),
    )


def _option(case: Case, option: HomeOption) -> HomeReported:
    return HomeReported(
        title=f"{option.home}: {kind(option.kind)}",
        children="; ".join(_child(case, child) for child in option.children),
        weekly=pounds(option.weekly_pence),
        fits=tuple(option.fits[:3]),
        lacks=_lacks(case, option.lacks),
        sign_offs=tuple(f"{capital(role(one.role))}, {one.deadline}" for one in option.sign_offs),
    )


def _title(reference: str, record: Home | None) -> str:
    return reference if record is None else f"{reference}: {kind(record.kind.value)}"


def _lacks(case: Case, findings: Iterable[Finding]) -> tuple[str, ...]:
    found = list(dict.fromkeys(f"{_whose(case, one.child)}{sentence(_short(one))}" for one in findings))
    more = len(found) - MOST_LACKS
    return (*found[:MOST_LACKS], *([f"And {more} more, in the full findings."] if more > 0 else []))


def _whose(case: Case, child: str | None) -> str:
    """Whom a finding is about, where there are several children."""
    found = next((one for one in case.file.children if one.child.value.external_ref == child), None)
    return f"{found.initials or child}: " if found is not None and case.many else ""


def _short(finding: Finding) -> str:
    """A finding on one line: of gaps in what a home can meet, the domains and not the support."""
    if finding.rule != "needs.met":
        return finding.reason
    parts = [part.split("; would close it")[0] for part in finding.reason.split(". ")]
    return "; ".join(parts)


def _asked(case: Case, record: Home | None, findings: Iterable[Finding]) -> Iterator[str]:
    """Each sign-off that the choice needed, with its answer."""
    answers = {
        (one.rule, one.child): one
        for one in latest(stored.value for stored in case.file.sign_offs)
        if record is not None and one.home == record.id
    }
    ids = {one.child.value.external_ref: one.child.value.id for one in case.file.children}
    for finding in findings:
        if finding.standing == "sign-off" and finding.sign_off is not None:
            asked = answers.get((finding.rule, ids.get(finding.child or "")))
            state = "not asked for" if asked is None else SIGN_OFF_STATES[asked.state].lower()
            by = f" by {asked.answered_by}, {day(asked.answered_at.date())}" if asked and asked.answered_at else ""
            yield f"{capital(role(finding.sign_off.role))}: {finding.rule}, {state}{by}"


def _child(case: Case, reference: str) -> str:
    found = next((one for one in case.file.children if one.child.value.external_ref == reference), None)
    return reference if found is None else named(found, case.file)


def _views(case: Case) -> Iterator[Fact]:
    for ask in case.file.referral.value.asks:
        words = "; ".join(said for said in (ask.view.said, ask.view.places_wanted, ask.view.people_wanted) if said)
        yield Fact(case.child(ask.child), f"{VIEWS[ask.view.asked]}. {words}".strip())


def _decision(case: Case, decided: Decision) -> Iterator[Fact]:
    yield Fact("Decided by", f"{decided.decided_by}, {role(decided.role.value)}, {moment(decided.at)}")
    for reason, words in decided.reasons.items():
        yield Fact(REASONS[reason], words)
    newest = case.file.recommendation
    if newest is not None:
        yield Fact(
            "Recommended by the social worker", _recommended(case, newest.value.chosen.items(), newest.value.reason)
        )


def _recommended(case: Case, chosen: Iterable[tuple[ChildId, HomeId]], reason: str) -> str:
    homes = "; ".join(dict.fromkeys(case.home(home) for _, home in chosen))
    return f"{homes}. {sentence(reason)}"
