"""Searches of the made-up county and of small cases, found by what they are like."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matching.shortlist_answers import Shortlist
from matching.values import ReferralId
from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser, Seen

Like = Callable[[Shortlist], bool]


def searches(service: Service) -> Iterator[tuple[str, Shortlist]]:
    """Each search that waits, by its short reference, with its shortlist."""
    ready = service.office.pools.ready(service.authority, service.office.today())
    with service.store.reading(service.authority) as work:
        for referral in ready.pool.referrals:
            stored = work.referrals.get(referral.id)
            yield str(stored.reference), ready.shortlister.shortlist(ReferralId(referral.id), 40, 12)


_FOUND: dict[Like, str] = {}


def search_like(service: Service, like: Like) -> str:
    """The short reference of the first search of the made-up county whose shortlist is so: the same in every copy."""
    if like not in _FOUND:
        _FOUND[like] = next(reference for reference, shortlist in searches(service) if like(shortlist))
    return _FOUND[like]


def page_of(like: Like, path: str) -> Callable[[Service], str]:
    """The address of a page of the first search that is so."""
    return lambda service: f"/referrals/{search_like(service, like)}{path}"


def whole_group(shortlist: Shortlist) -> bool:
    """Brothers and sisters whom some home can take together, with a choice of homes and a sign-off among them."""
    some = len(shortlist.children) > 1 and len(shortlist.entries) > 5
    return some and any(len(entry.homes) == 1 for entry in shortlist.entries)


def parted(shortlist: Shortlist) -> bool:
    """Brothers and sisters whom no home can take together."""
    return bool(shortlist.entries) and all(entry.parted for entry in shortlist.entries)


def empty(shortlist: Shortlist) -> bool:
    """A search for which nothing can be proposed, and something nearly could."""
    return not shortlist.entries and bool(shortlist.near_misses)


def long(shortlist: Shortlist) -> bool:
    """A search with more ways than a page shows at first."""
    return len(shortlist.children) == 1 and len(shortlist.entries) == 40


def simple(shortlist: Shortlist) -> bool:
    """A search for one child with some ways, of which the first needs no sign-off: it can be decided at once."""
    some = len(shortlist.children) == 1 and 1 < len(shortlist.entries) < 40
    return some and shortlist.entries[0].sign_offs == 0


def first_homes(service: Service, reference: str, many: int = 2) -> list[str]:
    """The first homes that could take all the children."""
    shortlist = next(found for named, found in searches(service) if named == reference)
    return [entry.homes[0].home for entry in shortlist.entries if len(entry.homes) == 1 and not entry.parted][:many]


# --- what people do to bring a search into a state --------------------------------------------------


def form_for(page: Seen, ends: str, at: int = 0) -> str:
    """The address of a form whose address ends so."""
    return [form.action for form in page.forms if form.action.endswith(ends)][at]


def ask(browser: Browser, reference: str, homes: list[str]) -> Seen:
    """Asks homes."""
    browser.open(f"/referrals/{reference}/offers/new?" + "&".join(f"homes={home}" for home in homes))
    return browser.send()


def record_views(browser: Browser, reference: str) -> None:
    """Records what each child says."""
    page = browser.open(f"/referrals/{reference}/view")
    links = [href for _, href in page.links if href.endswith("/view") and "/children/" in href] or [page.address]
    for href in links:
        browser.open(href)
        browser.send({"asked": "asked", "said": "Near my nan, with a dog"})


def homes_of(like: Like, path: str) -> Callable[[Service], str]:
    """The address of a page of the first search that is so, with the first homes put in."""

    def prepare(service: Service) -> str:
        reference = search_like(service, like)
        return f"/referrals/{reference}{path.format(*first_homes(service, reference, path.count('{}')))}"

    return prepare


def asked(like: Like, then: str = "/offers") -> Callable[[Service], str]:
    """The address of a page of a search for which two homes were asked, of which the first is willing."""

    def prepare(service: Service) -> str:
        reference, browser = search_like(service, like), Browser(service)
        browser.sign_in(Role.PLACEMENTS)
        page = browser.open(f"/referrals/{reference}/offers")
        if "No home has been asked yet." in page.text:
            record_views(browser, reference)
            page = ask(browser, reference, first_homes(service, reference))
            browser.send(action=form_for(page, "/say-willing", -1))
        page = browser.open(f"/referrals/{reference}/decide")
        ways = [value for form in page.forms for value in form.offered.get("choose", ())]
        return f"/referrals/{reference}{then.format(*ways)}"

    return prepare


def decided(like: Like, then: str = "/decision") -> Callable[[Service], str]:
    """The address of a page of a search that has been decided."""

    def prepare(service: Service) -> str:
        reference, browser = search_like(service, like), Browser(service)
        browser.sign_in(Role.PLACEMENTS)
        if "Nothing has been decided yet." in browser.open(f"/referrals/{reference}/decision").text:
            browser.open(asked(like, "/decide?choose={}")(service))
            needed = ("other-than-first-rank", "siblings-split", "connected-carer-passed-over")
            said = dict.fromkeys(needed, "Nearest to school, and the child wants it")
            browser.send(said, action=f"/referrals/{reference}/decide")
        return f"/referrals/{reference}{then}"

    return prepare
