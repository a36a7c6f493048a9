"""Every page that screenshots are taken of and that axe looks at: add a line for each page and each state of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages import drafted, states
from tests.pages.searches import asked, decided, empty, homes_of, long, page_of, parted, simple, whole_group

Prepare = Callable[[Service], str]
"""Puts on record what a state needs, by way of the API, and gives back the address of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """One page in one state, seen by somebody of a role, in the made-up county."""

    name: str
    """Of the picture's file."""
    path: str | Prepare
    """The address, or a function that prepares the state and gives the address back."""
    role: Role | None = Role.PLACEMENTS
    """None for whoever is not signed in."""
    press: str = ""
    """A button pressed once the page is there, by its text: for the state in which errors are shown."""
    status: int = 200
    """Of the page that is opened."""


VISITED: tuple[Visited, ...] = (
    Visited(name="sign-in", path="/sign-in/choose", role=None),
    Visited(name="sign-in-error", path="/sign-in/choose", role=None, press="Sign in"),
    Visited(name="home-placements", path="/"),
    Visited(name="home-auditor", path="/", role=Role.AUDITOR),
    Visited(name="home-nobody-waits", path="/", role=Role.FOSTERING_PANEL),
    Visited(name="alerts", path="/alerts"),
    Visited(name="sign-offs-none", path="/sign-offs", role=Role.FOSTERING_PANEL),
    Visited(name="sign-offs", path=states.sign_offs_asked, role=Role.TEAM_MANAGER),
    Visited(name="sign-offs-all", path=states.sign_offs_asked),
    Visited(name="sign-off", path=states.a_sign_off_of_the_nominated_officer, role=Role.NOMINATED_OFFICER),
    Visited(
        name="sign-off-error",
        path=states.a_sign_off_of_the_team_manager,
        role=Role.TEAM_MANAGER,
        press="Give this answer",
    ),
    Visited(name="matches-siblings", path=page_of(whole_group, "/matches")),
    Visited(name="matches-parted", path=page_of(parted, "/matches"), role=Role.TEAM_MANAGER),
    Visited(name="matches-empty", path=page_of(empty, "/matches"), role=Role.SOCIAL_WORKER),
    Visited(name="matches-all", path=page_of(long, "/matches?show=all")),
    Visited(name="compare", path=homes_of(long, "/compare?homes={}&homes={}&homes={}&homes={}")),
    Visited(name="compare-too-few", path=page_of(long, "/compare"), status=422),
    Visited(name="why-this-home", path=homes_of(whole_group, "/homes/{}"), role=Role.TEAM_MANAGER),
    Visited(name="why-not", path=page_of(long, "/why-not?home=meadowlark")),
    Visited(name="price-to-the-rest", path=homes_of(whole_group, "/homes/{}/price")),
    Visited(name="openings", path=page_of(empty, "/openings"), role=Role.SOCIAL_WORKER),
    Visited(name="child-view", path=page_of(long, "/view"), role=Role.SOCIAL_WORKER),
    Visited(name="child-views", path=page_of(whole_group, "/view")),
    Visited(name="recommend-error", path=page_of(long, "/recommend"), role=Role.SOCIAL_WORKER, press="Recommend"),
    Visited(name="ask-homes", path=homes_of(whole_group, "/offers/new?homes={}&homes={}")),
    Visited(name="offers-none", path=page_of(parted, "/offers")),
    Visited(name="offers", path=asked(whole_group)),
    Visited(name="decide-choose", path=asked(whole_group, then="/decide"), role=Role.TEAM_MANAGER),
    Visited(name="decide", path=asked(whole_group, then="/decide?choose={}"), role=Role.TEAM_MANAGER),
    Visited(name="decision", path=decided(simple)),
    Visited(name="decision-none", path=page_of(parted, "/decision")),
    Visited(name="report", path=page_of(whole_group, "/report"), role=Role.SOCIAL_WORKER),
    Visited(name="report-decided", path=decided(simple, then="/report")),
    Visited(name="tonight", path="/tonight"),
    Visited(name="tonight-found", path="/tonight?age=12&sex=F&kind=emergency"),
    Visited(name="tonight-error", path="/tonight?age=x", status=422),
    Visited(name="matches-filtered", path=page_of(long, "/matches?within=5&sign-offs=none")),
    Visited(name="plan", path="/plan?prices=yes"),
    Visited(name="plan-reweighed", path="/plan?policy=cost-aware", role=Role.COMMISSIONER),
    Visited(name="plan-refused", path="/plan?pin=NOBODY~FH-0001&weight-cost=-3", status=422),
    Visited(name="plan-kept-none", path="/plan/kept"),
    Visited(name="homes", path="/homes"),
    Visited(name="homes-filtered", path="/homes?free=tonight&age=12&setting=fostering", role=Role.COMMISSIONER),
    Visited(name="homes-none", path="/homes?find=no-such-home"),
    Visited(name="home", path="/homes/H00164"),
    Visited(name="home-large", path="/homes/H00774", role=Role.COMMISSIONER),
    Visited(name="home-availability", path="/homes/H00164/availability"),
    Visited(name="providers", path="/providers"),
    Visited(name="decisions", path="/decisions", role=Role.AUDITOR),
    Visited(name="audit", path=states.something_to_audit, role=Role.AUDITOR),
    Visited(name="audit-filtered", path="/audit?kind=did&who=staff-0101", role=Role.AUDITOR),
    Visited(name="audit-wrong-filter", path="/audit?search=NOBODY&since=yesterday", role=Role.AUDITOR, status=422),
    Visited(name="rules", path="/rules"),
    Visited(name="rules-searched", path="/rules?find=school"),
    Visited(name="how-matching-works", path="/how-matching-works", role=None),
    Visited(name="accessibility", path="/accessibility", role=None),
    Visited(name="privacy", path="/privacy"),
    Visited(name="referrals", path="/referrals"),
    Visited(name="referrals-filtered", path="/referrals?waits=me&wanted=week", role=Role.SOCIAL_WORKER),
    Visited(name="referrals-none-left", path="/referrals?state=draft&kind=remand", role=Role.AUDITOR),
    Visited(name="referrals-not-found", path="/referrals?find=R-00000", status=404),
    Visited(name="referral-siblings", path=page_of(whole_group, "")),
    Visited(name="referral-team-manager", path=page_of(parted, ""), role=Role.TEAM_MANAGER),
    Visited(name="referral-bare", path=drafted.bare),
    Visited(name="referral-named", path=drafted.bare, press="Show the full name of RE"),
    Visited(name="referral-ended", path=drafted.ended),
    Visited(name="referral-end", path=drafted.below_first("/end")),
    Visited(name="referral-end-error", path=drafted.below_first("/end"), press="End this search"),
    Visited(name="needs", path=drafted.needs_of_first),
    Visited(name="needs-none", path=drafted.needs_of_bare),
    Visited(name="draft-add-child", path=drafted.beginning),
    Visited(name="draft-add-child-error", path=drafted.beginning, press="Save and continue"),
    Visited(name="draft-tasks", path=drafted.half_done()),
    Visited(name="draft-about", path=drafted.half_done("/b/about")),
    Visited(name="draft-when-wrong", path=drafted.half_done("/search/when")),
    Visited(name="draft-places-wrong", path=drafted.half_done("/a/places")),
    Visited(name="draft-communication", path=drafted.half_done("/a/communication")),
    Visited(name="draft-risks", path=drafted.half_done("/a/risks")),
    Visited(name="draft-siblings", path=drafted.half_done("/a-b/together")),
    Visited(name="draft-check-wrong", path=drafted.half_done("/check"), press="Record this referral"),
    Visited(name="draft-check", path=drafted.complete("/check")),
    Visited(name="draft-raced", path=drafted.raced, press="Record these changes"),
    Visited(name="draft-needs", path=drafted.new_needs("/a/needs-1")),
    Visited(name="draft-needs-check", path=drafted.new_needs("/check")),
    Visited(name="draft-discard", path=drafted.half_done("/discard")),
    Visited(name="draft-gone", path="/drafts/00000000-0000-4000-8000-000000000000", status=404),
    Visited(name="measures", path="/measures", role=Role.COMMISSIONER),
    Visited(name="measures-supply", path="/measures/beds-and-gaps", role=Role.COMMISSIONER),
    Visited(name="measures-costs", path="/measures/needs-and-cost", role=Role.COMMISSIONER),
    Visited(name="what-if", path="/what-if", role=Role.COMMISSIONER),
    Visited(
        name="what-if-tonight",
        path="/what-if/tonight?ready=twenty-households&ready=uasc&together=yes",
        role=Role.COMMISSIONER,
    ),
    Visited(name="what-if-none-chosen", path="/what-if/tonight", role=Role.COMMISSIONER, status=422),
    Visited(name="what-if-new", path="/what-if/scenarios/new", role=Role.COMMISSIONER, press="Go on to its changes"),
    Visited(name="what-if-ask-ahead", path="/what-if/ahead", role=Role.COMMISSIONER),
    Visited(name="what-if-ask-cheapest", path="/what-if/cheapest", role=Role.COMMISSIONER),
    Visited(name="what-if-ask-prices", path="/what-if/bed-prices", role=Role.COMMISSIONER),
    Visited(name="what-if-ahead", path="/what-if/ahead", role=Role.COMMISSIONER, press="Look ahead"),
    Visited(
        name="what-if-step-down",
        path="/what-if",
        role=Role.COMMISSIONER,
        press="Find who could step down from residential care",
    ),
    Visited(name="what-if-studies", path="/what-if/studies", role=Role.COMMISSIONER),
    Visited(name="not-found", path="/no-such-page", status=404),
)


def show(page: Page, address: str, visited: Visited, service: Service) -> None:
    """Brings a page into the state that is wanted."""
    path = visited.path if isinstance(visited.path, str) else visited.path(service)
    answer = page.goto(f"{address}{path}")
    assert answer is not None, path
    assert answer.status == visited.status, (path, answer.status)
    if visited.press:
        page.get_by_role("button", name=visited.press, exact=True).first.click()
        page.wait_for_load_state()


def names() -> Iterator[str]:
    """The names of all, each of which is used once."""
    for one in VISITED:
        yield one.name
