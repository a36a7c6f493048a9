"""Why, or why not, one home: every rule's answer, what choosing it would cost the others, and finding a home by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from app.pages.findings import FindingShown, shown
from app.pages.matches.cards import STRAIGHT_LINE, Cards, HomeShown
from app.pages.matches.comparison import VERDICTS
from app.pages.matches.proposed import ViewShown, views_shown
from app.pages.naming import kind, sector
from app.pages.words import counted
from app.services.options import Comparison
from app.services.pools import ReadyPool
from app.services.what_ifs import ChangesTold, PriceTold
from matching.explanations import Finding, Verdict

_GROUPS = (
    ("Why it cannot be proposed", ("blocked",)),
    ("What must be checked first", ("check-first", "check")),
    ("Who would have to agree", ("sign-off",)),
    ("Warnings", ("flagged",)),
    ("What counts against it", ("scored",)),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that come to the same."""

    heading: str
    findings: tuple[FindingShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The page about one home for one referral."""

    template: ClassVar[str] = "matches/why.html"

    reference: str
    home: HomeShown
    verdict: str
    colour: str
    summary: str
    may_be_proposed: bool
    groups: tuple[Group, ...]
    met: tuple[FindingShown, ...]
    others: int
    """Rules that say nothing of this pairing."""
    views: tuple[ViewShown, ...]
    may_offer: bool
    straight_line: str = STRAIGHT_LINE

    @property
    def title(self) -> str:
        """Of the page."""
        return f"{'Why' if self.may_be_proposed else 'Why not'} {self.home.reference} for {self.reference}"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


def why_shown(comparison: Comparison, reference: str, *, may_offer: bool) -> Why:
    """The page, from what was read about one home."""
    why, cards = comparison.whys[0], Cards(comparison.options)
    words, colour = VERDICTS[why.verdict]
    groups = ((heading, _of(why.findings, standings)) for heading, standings in _GROUPS)
    return Why(
        reference=reference,
        home=cards.whole(why),
        verdict=words,
        colour=colour,
        summary=why.summary,
        may_be_proposed=why.verdict in (Verdict.FITS, Verdict.FITS_WITH_SIGN_OFFS),
        groups=tuple(Group(heading, findings) for heading, findings in groups if findings),
        met=_of(why.findings, ("met",)),
        others=sum(one.standing == "not-applicable" for one in why.findings),
        views=views_shown(comparison.options, cards, reference),
        may_offer=may_offer,
    )


def _of(findings: Iterable[Finding], standings: tuple[str, ...]) -> tuple[FindingShown, ...]:
    return tuple(shown(one) for one in findings if one.standing in standings)


# --- finding a home --------------------------------------------------------------------------------

MOST_FOUND = 25


@dataclass(frozen=True, slots=True)
class FoundHome:
    """One home that what was typed could mean."""

    reference: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The page on which somebody names a home."""

    template: ClassVar[str] = "matches/why_not.html"

    reference: str
    asked: str
    found: tuple[FoundHome, ...]
    more: int
    title: str = "Why not this home?"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


def homes_named(ready: ReadyPool, asked: str) -> tuple[FoundHome, ...]:
    """Homes whose reference, or whose provider's name or reference, holds what was typed; the home so called first."""
    wanted = asked.strip().casefold()
    if not wanted:
        return ()
    providers = {one.id: one for one in ready.pool.records.providers}
    found = []
    for home in ready.pool.homes:
        provider = providers.get(home.provider)
        names = (home.external_ref, *(() if provider is None else (provider.name, provider.external_ref)))
        if any(wanted in name.casefold() for name in names):
            by = f", {provider.name}" if provider is not None else ""
            says = f"{kind(home.kind.value)}, {sector(home.sector.value)}{by}"
            found.append((home.external_ref.casefold() != wanted, FoundHome(home.external_ref, says)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


# --- what it would cost the others -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The page about what choosing a home would cost the other children who wait."""

    template: ClassVar[str] = "matches/price.html"

    reference: str
    home: str
    children: str
    blocked: tuple[tuple[str, str], ...]
    """What is in the way, and what would open it."""
    moves: tuple[tuple[str, str, str], ...]
    """Child, home in the best plan, home once these children are there."""
    lose: tuple[str, ...]
    levels: tuple[str, ...]
    exact: bool

    @property
    def title(self) -> str:
        """Of the page."""
        return f"What {self.home} would cost the other children"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


def price_shown(told: PriceTold, reference: str) -> Price:
    """The page, from what was worked out."""
    changes = told.changes
    return Price(
        reference=reference,
        home=told.home,
        children=" and ".join(told.children),
        blocked=tuple(
            (f"{one.says}.", one.remedy or "Nothing may open it: it keeps children safe.") for one in told.blocked_by
        ),
        moves=() if changes is None else _moves(changes, told.children),
        lose=() if changes is None else changes.lose_a_home,
        levels=() if changes is None else levels_in_words(changes),
        exact=told.exact,
    )


def _moves(changes: ChangesTold, mine: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    nowhere = "no home proposed"
    return tuple(
        (move.child, move.before or nowhere, move.after or nowhere) for move in changes.moves if move.child not in mine
    )


def levels_in_words(changes: ChangesTold) -> tuple[str, ...]:
    """What the plan as a whole would come to, against the best there is."""
    levels = changes.levels
    said = []
    if changes.lose_a_home:
        said.append(f"{counted(len(changes.lose_a_home), 'child', 'children')} more without a home")
    if changes.gain_a_home:
        said.append(f"{counted(len(changes.gain_a_home), 'child', 'children')} more with a home")
    if levels.parted:
        said.append("more brothers and sisters parted" if levels.parted > 0 else "fewer brothers and sisters parted")
    if levels.gravity:
        said.append("more, or graver, sign-offs" if levels.gravity > 0 else "fewer, or lighter, sign-offs")
    if levels.points:
        more = "more points (worse)" if levels.points > 0 else "fewer points (better)"
        said.append(f"{abs(levels.points):,} {more} over all children")
    return tuple(said) or ("nothing: the plan is as good either way",)
