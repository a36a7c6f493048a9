"""One home of a proposed way, in words: why it fits, what it lacks, what would close the gap, who must agree, how far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.pages.facts import Fact
from app.pages.findings import shown
from app.pages.matches.pictures import confirmed, declined, living_there, picture
from app.pages.naming import kind, listed, role, sector, sex_and_age
from app.pages.wording import DECLINED
from app.pages.words import capital, miles, moment, plain, pounds, sentence
from app.services.options import Options
from matching.codes import Known
from matching.explanations import Finding
from matching.facts import Facts
from matching.needs import gaps
from matching.pool import Seeker
from matching.rules.book import RULES
from matching.shortlist_answers import HomeOption, WhyThisHome, fits_in, lacks_in
from matching.workflow.offers import Offer

STRAIGHT_LINE = "Miles are straight lines, not journeys by road."


@dataclass(frozen=True, slots=True)
class GapShown:
    """A need above what the home can meet, and what would close the gap."""

    need: str
    support: str


@dataclass(frozen=True, slots=True)
class Said:
    """One rule's answer about this home, in words."""

    weight: str
    colour: str
    child: str
    """Whom it is about; empty when about all, or when there is only one child."""
    says: str
    gaps: tuple[GapShown, ...]
    agrees: str
    """Who must agree and by when; empty when nobody must."""
    opens: str
    """What would lawfully open it; empty when nothing may, or nothing need."""
    after: str
    """What then has to be done: a warning's timer."""
    rule: str
    title: str
    """The rule as the rule book has it."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointsShown:
    """One line of the points."""

    child: str
    says: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeShown:
    """One home, for some of the children."""

    reference: str
    kind: str
    sector: str
    key: str
    """How the home is named in a form: its reference, and the children's when it is not for all of them."""
    children: str
    fits: tuple[str, ...]
    lacks: tuple[Said, ...]
    miles: tuple[Fact, ...]
    weekly: str
    price: tuple[str, ...]
    confirmed: str
    picture: tuple[Fact, ...]
    wishes: tuple[Fact, ...]
    declines: tuple[str, ...]
    asked: str
    """How the offer made to it for this referral stands; empty when it was not asked."""
    points: tuple[PointsShown, ...]
    sign_offs: int
    """How many sign-offs it would need."""


class Cards:
    """Makes the cards of one referral's homes; what the children share is worked out once."""

    def __init__(self, options: Options) -> None:
        self._options = options
        rows = options.rows
        self.seekers = tuple(options.ready.pool.seekers[at] for at in rows)
        self._facts = options.ready.shortlister.assessor.pairings(slice(rows[0], rows[-1] + 1)).facts
        self.first_night = options.referral.value.wanted_by
        self._many = len(self.seekers) > 1

    @property
    def references(self) -> tuple[str, ...]:
        """The children's references, in their order."""
        return tuple(one.child.external_ref for one in self.seekers)

    def whole(self, why: WhyThisHome) -> HomeShown:
        """The card of one home for all of the children, whatever the rules say of it."""
        column = self._options.column(why.home)
        home = self._options.ready.pool.homes[column]
        costs = [self._facts.journey.cost.at(at, column) for at in range(len(self.seekers))]
        known = [cost for cost in costs if cost is not None]
        return self.of(
            HomeOption(
                home=why.home,
                kind=home.kind.value,
                sector=home.sector.value,
                children=self.references,
                fits=fits_in(why.findings),
                lacks=lacks_in(why.findings),
                sign_offs=why.sign_offs,
                points=why.points,
                weekly_pence=sum(known) if len(known) == len(costs) else None,
            )
        )

    def of(self, option: HomeOption) -> HomeShown:
        """The card of one home of a way."""
        column = self._options.column(option.home)
        home = self._options.ready.pool.homes[column]
        mine = [at for at, one in enumerate(self.seekers) if one.child.external_ref in option.children]
        everybody = len(mine) == len(self.seekers)
        return HomeShown(
            reference=option.home,
            kind=kind(option.kind),
            sector=sector(option.sector),
            key=option.home if everybody else ":".join((option.home, *option.children)),
            children=listed(self.name(self.seekers[at].child.external_ref) for at in mine),
            fits=self.fits(option, column),
            lacks=self.said(option.lacks, column),
            miles=self.miles(column, mine),
            weekly=pounds(option.weekly_pence),
            price=self.price(column, mine),
            confirmed=confirmed(home, self._options.asked.as_of),
            picture=picture(self._options.ready.pool, column, self._options.provider(home), self.first_night),
            wishes=self.wishes(column, mine),
            declines=tuple(declined(one) for one in self._options.declines.get(home.id, ())),
            asked=self.asked(home.id),
            points=tuple(PointsShown(self.whose(one.child), one.says, one.points) for one in option.points),
            sign_offs=len(option.sign_offs),
        )

    def name(self, reference: str) -> str:
        """A child by initials and reference, with sex and age."""
        seeker = next(one for one in self.seekers if one.child.external_ref == reference)
        initials = self._options.initials.get(seeker.child.id, "")
        return f"{initials} {reference}".strip() + f" ({sex_and_age(seeker.child, self.first_night)})"

    def whose(self, reference: str | None) -> str:
        """Whom something is about, where that needs saying."""
        return "" if reference is None or not self._many else self.short(reference)

    def short(self, reference: str) -> str:
        """A child by initials, where no other child of the referral has the same; else by reference."""
        mine = {one.child.external_ref: self._options.initials.get(one.child.id, "") for one in self.seekers}
        initials = mine[reference]
        return initials if initials and list(mine.values()).count(initials) == 1 else reference

    def fits(self, option: HomeOption, column: int) -> tuple[str, ...]:
        """The reasons worth saying first, but when it was confirmed: that stands beside the home's name."""
        fresh = RULES["availability.fresh"].reason(self._facts, (0, column))
        return tuple(sentence(reason) for reason in option.fits if reason != fresh)

    # --- findings --------------------------------------------------------------------------------

    def said(self, findings: Iterable[Finding], column: int) -> tuple[Said, ...]:
        """Findings in words; one that says the same of several children is said once."""
        found: dict[tuple[object, ...], Said] = {}
        for finding in findings:
            said = self._said(finding, column)
            alike = (said.rule, said.says, said.gaps, said.weight)
            found[alike] = _both(found[alike], said) if alike in found else said
        return tuple(found.values())

    def _said(self, finding: Finding, column: int) -> Said:
        tag = shown(finding)
        short = tuple(self._gaps(finding.child, column)) if finding.rule == "needs.met" else ()
        needed = finding.sign_off if finding.standing == "sign-off" else None
        return Said(
            weight=tag.standing,
            colour=tag.colour,
            child=self.whose(finding.child),
            says="Needs above what the home says it can meet." if short else sentence(finding.reason),
            gaps=short,
            agrees="" if needed is None else f"{capital(role(needed.role))}, {needed.deadline}",
            opens=sentence(finding.remedy or ""),
            after=sentence(finding.timer or ""),
            rule=finding.rule,
            title=finding.says,
            sources=finding.sources,
        )

    def _gaps(self, reference: str | None, column: int) -> Iterator[GapShown]:
        home = self._options.ready.pool.homes[column]
        for seeker in self.seekers:
            if seeker.child.external_ref == reference and seeker.profile is not None:
                for gap in gaps(seeker.framework, seeker.profile.levels, home.meets, home.skills_held):
                    need = f"{gap.name}: needs level {gap.needed}, the home meets level {gap.met}"
                    skills = listed((plain(one) for one in sorted(gap.skills_missing)), "")
                    yield GapShown(need, _support(gap.support, skills))

    # --- how far, how much, what is wished for ----------------------------------------------------

    def miles(self, column: int, mine: list[int]) -> tuple[Fact, ...]:
        """Straight lines to the places that matter, once where the children share them."""
        found: dict[tuple[str, str], list[str]] = {}
        for at in mine:
            for name, says in _ways(self._facts, at, column):
                found.setdefault((name, says), []).append(self.whose(self.seekers[at].child.external_ref))
        return tuple(_distance(name, says, whose, len(mine)) for (name, says), whose in found.items())

    def price(self, column: int, mine: list[int]) -> tuple[str, ...]:
        """What a week costs for each child, with the add-ons."""
        reason = RULES["cost.weekly"].reason
        found = [(self.whose(self.seekers[at].child.external_ref), reason(self._facts, (at, column))) for at in mine]
        return tuple(f"{who}: {says}" if who else sentence(says) for who, says in found)

    def wishes(self, column: int, mine: list[int]) -> tuple[Fact, ...]:
        """What each child wants that can be held against a fact of this home."""
        there = living_there(self._options.ready.pool, column, self.first_night)
        pets = self._options.ready.pool.homes[column].household.pets
        found: dict[tuple[str, str], list[str]] = {}
        for at in mine:
            for name, says in _wishes(self.seekers[at], there, pets, self._facts, (at, column)):
                found.setdefault((name, says), []).append(self.whose(self.seekers[at].child.external_ref))
        return tuple(_distance(name, says, whose, len(mine)) for (name, says), whose in found.items())

    def asked(self, home: object) -> str:
        """How the newest offer to a home for this referral stands."""
        offers = [stored.value for stored in self._options.offers if stored.value.home == home]
        return "" if not offers else _standing(offers[-1], self._options)


def _both(one: Said, other: Said) -> Said:
    """One line for two children of whom the same is said."""
    fields = {name: getattr(one, name) for name in Said.__slots__}
    if other.child and other.child not in one.child:
        fields["child"] = f"{one.child} and {other.child}"
    return Said(**fields)


def _support(support: str, skills: str) -> str:
    found = [sentence(support)] if support else []
    found += [f"Skills missing: {skills}."] if skills else []
    return " ".join(found) or "No support is named for this gap: ask the family placement team."


def _ways(facts: Facts, at: int, column: int) -> Iterator[tuple[str, str]]:
    journey = facts.journey
    yield "Family home", miles(journey.home_distance.at(at, column))
    school = journey.school_distance.at(at, column)
    if school is not None:
        yield "School", miles(school)
    farthest = journey.family_time_farthest.at(at, column)
    if farthest:
        yield "Family time, the farthest", miles(farthest)


def _distance(name: str, says: str, whose: list[str], of: int) -> Fact:
    apart = [one for one in whose if one]
    return Fact(name if len(whose) == of or not apart else f"{name} ({listed(apart)})", says)


def _wishes(seeker: Seeker, there: str, pets: Known, facts: Facts, where: tuple[int, int]) -> Iterator[tuple[str, str]]:
    asks, view = seeker.asks, seeker.asks.view
    if asks.close_to_family is Known.YES or view.places_wanted or view.people_wanted:
        yield "Near family", f"{miles(facts.journey.home_distance.at(*where))} from the family home"
    if asks.keep_school is Known.YES:
        yield "The same school", f"{miles(facts.journey.school_distance.at(*where))} from school"
    if asks.pets is not Known.UNKNOWN:
        wish = "may live with animals" if asks.pets is Known.YES else "no animals"
        here = {Known.YES: "there are animals", Known.NO: "there are none"}.get(pets, "not recorded: ask")
        yield "Animals", f"Asked: {wish}. Here: {here}"
    if asks.living_with.value != "no-preference":
        yield "Other children", f"Asked: {plain(asks.living_with)}. Here: {there}"


def _standing(offer: Offer, options: Options) -> str:
    state = offer.state_at(options.now).value
    held = [one.value.held_until for one in options.holds if one.value.home == offer.home]
    words = {
        "made": f"Asked on {moment(offer.made_at)}; not read yet",
        "viewed": "Asked; the home has read it",
        "willing": "Willing",
        "chosen": "Chosen",
        "declined": f"Declined this search: {DECLINED[offer.declined_for].lower()}" if offer.declined_for else "",
        "expired": "Asked; no answer came in time",
        "withdrawn": "Asked, then withdrawn",
    }[state]
    return f"{words}; bed held until {moment(min(held))}" if held else words
