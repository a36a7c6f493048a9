"""A referral is changed from what is on record; when two people change it, neither loses what was typed."""

from __future__ import annotations

from typing import Any

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser
from tests.pages.conftest import SignedIn
from tests.pages.test_making_referrals import answer, begun
from tests.pages.test_referral_file import file_of


def changing(browser: Browser, here: str) -> str:
    """The address of a draft of changes to a referral."""
    browser.open(here)
    return browser.send(action=f"{here}/change").address


def stored(service: Service) -> dict[str, Any]:
    """The referral on record."""
    found: dict[str, Any] = service.get("/referrals").json()["items"][0]
    return service.get(f"/referrals/{found['id']}").json()  # type: ignore[no-any-return]


def amended(service: Service, **patch: Any) -> None:
    """Somebody else changes the referral."""
    body = stored(service)
    assert service.patch(f"/referrals/{body['id']}", patch, body["version"]).status_code == 200


def recorded_third(service: Service) -> str:
    """A further child on record; gives back the id."""
    answer = service.post("/children", {"external_ref": "CH-10414", "born": "2019-03-04", "sex": "F"})
    assert answer.status_code == 201
    return str(answer.json()["id"])


def test_changing_nothing_changes_nothing(as_role: SignedIn, family: Service) -> None:
    before = stored(family)
    children = family.get("/children").json()["items"]
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    assert "To put right" not in browser.page.text
    browser.open(f"{draft}/check")
    page = browser.send()
    assert page.heading == f"Referral {before['reference']}"
    assert stored(family) == before
    assert family.get("/children").json()["items"] == children


def test_one_answer_is_changed_and_everything_else_stays(as_role: SignedIn, family: Service) -> None:
    before = stored(family)
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    answer(browser, f"{draft}/search/kind", {"kind": "emergency"})
    answer(browser, f"{draft}/b/avoid", {})
    browser.open(f"{draft}/check")
    assert "3000 metres" in browser.page.text
    assert "Your changes are recorded." in browser.send().text
    after = stored(family)
    assert after["kind"] == "emergency"
    assert after["asks"] == before["asks"]
    assert after["version"] == before["version"] + 1


def test_what_only_the_other_changed_is_taken_over_and_said(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    answer(browser, f"{draft}/search/kind", {"kind": "emergency"})
    amended(family, wanted_by="2026-10-09")
    browser.open(f"{draft}/check")
    page = browser.send(status=412)
    assert "Somebody changed this while you had it open" in page.text
    assert "First night" in page.text
    assert "9 October 2026" in page.text
    browser.send()
    after = stored(family)
    assert (after["kind"], after["wanted_by"]) == ("emergency", "2026-10-09")


def test_when_both_changed_the_same_both_versions_are_shown(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    answer(browser, f"{draft}/search/kind", {"kind": "emergency"})
    amended(family, kind="same-day")
    browser.open(f"{draft}/check")
    page = browser.send(status=412)
    assert "Somebody changed this while you had it open" in page.text
    row = page.text[page.text.index("What you typed") :]
    assert "Same day" in row
    assert "Emergency" in row
    assert stored(family)["kind"] == "same-day"
    browser.send()
    assert stored(family)["kind"] == "emergency"


def test_changes_that_were_begun_go_on(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    answer(browser, f"{draft}/search/when", {"wanted-time": "half past five"}, status=422)
    assert changing(browser, file_of(family)) == draft
    assert 'value="half past five"' in browser.open(f"{draft}/search/when").html


def test_a_brother_or_sister_is_added_to_a_search_and_another_taken_out(as_role: SignedIn, family: Service) -> None:
    third = recorded_third(family)
    before = stored(family)
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    browser.open(f"{draft}/children")
    browser.send({"whom": "known", "known-number": "CH-10414"})
    browser.open(draft)
    browser.send(action=f"{draft}/children/a/remove")
    assert "CH-10412" not in browser.page.text
    browser.open(f"{draft}/check")
    assert "Your changes are recorded." in browser.send().text
    after = stored(family)
    assert [ask["child"] for ask in after["asks"]] == [before["asks"][1]["child"], third]
    assert after["asks"][0] == before["asks"][1]
    members = family.get("/sibling-groups").json()["items"][0]["members"]
    assert set(members) == {str(family.id("CH-10412")), str(family.id("CH-10413")), third}
    browser.open(file_of(family))
    draft = changing(browser, file_of(family))
    browser.send(action=f"{draft}/children/b/remove")
    assert "Remove" not in browser.page.text, "a search is for somebody"


def test_children_whom_others_add_or_take_out_meanwhile_are_not_undone(as_role: SignedIn, family: Service) -> None:
    third = recorded_third(family)
    browser = as_role(Role.SOCIAL_WORKER)
    draft = changing(browser, file_of(family))
    answer(browser, f"{draft}/search/kind", {"kind": "emergency"})
    kept = stored(family)["asks"][1]
    group = family.get("/sibling-groups").json()["items"][0]
    grown = {"members": [*group["members"], third]}
    assert family.patch(f"/sibling-groups/{group['id']}", grown, group["version"]).status_code == 200
    amended(family, asks=[kept, {"child": "CH-10414", "school_year": 2}])
    browser.open(f"{draft}/check")
    page = browser.send(status=412)
    assert "Child CH-10412: no longer in this search" in page.text
    assert "Child CH-10414: now in this search" in page.text
    browser.send()
    after = stored(family)
    assert after["kind"] == "emergency"
    assert [ask["child"] for ask in after["asks"]] == [kept["child"], third]
    assert after["asks"][1]["school_year"] == 2


def test_siblings_on_record_bring_their_group_and_its_assessments(as_role: SignedIn, family: Service) -> None:
    group = family.get("/sibling-groups").json()["items"][0]
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    for number in ("CH-10412", "CH-10413"):
        browser.open(f"{draft}/children")
        browser.send({"whom": "known", "known-number": number})
    assert "They must live together" in browser.open(f"{draft}/check").text
    answer(browser, f"{draft}/search/kind", {"kind": "planned"})
    when = {"wanted-by-day": "1", "wanted-by-month": "10", "wanted-by-year": "2026"}
    answer(browser, f"{draft}/search/when", when)
    answer(browser, f"{draft}/search/length", {"length": "until-18"})
    browser.open(f"{draft}/check")
    assert browser.send().heading.startswith("Referral R-")
    assert family.get("/sibling-groups").json()["items"] == [group]
    assert family.get("/referrals").json()["items"][1]["sibling_group"] == group["id"]


def test_a_child_who_has_a_home_is_told_of_before_anything_is_recorded(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    browser.open(f"{draft}/children")
    browser.send({"whom": "known", "known-number": "CH-10412"})
    answer(browser, f"{draft}/search/kind", {"kind": "planned"})
    when = {"wanted-by-day": "9", "wanted-by-month": "9", "wanted-by-year": "2026"}
    answer(browser, f"{draft}/search/when", when)
    answer(browser, f"{draft}/search/length", {"length": "until-18"})
    browser.open(f"{draft}/check")
    assert "This child has a placement that is not planned to end" in browser.send(status=422).text
    assert len(family.get("/referrals").json()["items"]) == 1
