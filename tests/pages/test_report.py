"""The match report: the findings as they stood, said to be so; on paper one page, in every script that names need."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from app.pages.facts import Fact
from app.pages.report.printed import FONTS, Sheet, fitted, pdf
from app.pages.report.stood import HomeReported, Report, WayReported
from matching.workflow.roles import Role
from tests.api.service import NOW
from tests.pages.conftest import SignedIn
from tests.pages.searches import decided, empty, search_like, simple, whole_group

SHORT = Report(
    reference="R-7K3M9",
    own_reference="R00034",
    authority="County (synthetic)",
    stood="The findings as they stand now.",
    children=("Zoë Łukasiewicz, Ελένη, Жанна",),
    wanted="Planned, until 18, from 1 December 2026",
    views=(Fact("CB", "Asked. Near my nan"),),
    homes_heading="The first ways found",
    homes=(HomeReported("FH-1: fostering household", "CB", "£840", ("Aged 7; approved for 0-10",), ("No car.",), ()),),
    ways=(WayReported(1, "FH-1", 0, "£840", "1,591", chosen=True),),
    summary="",
    decision=(),
    made="Made on 2 September 2026 for Amina Yusuf",
)


def test_it_says_that_the_findings_are_of_now_until_something_is_decided(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    reference = search_like(browser.service, whole_group)
    page = browser.open(f"/referrals/{reference}/report")
    assert "The findings as they stand now, 2 September 2026 at 10:00am. Nothing is decided." in page.text
    assert "What it lacks" in page.text
    assert "Ways that stood beside one another" in page.text


def test_after_a_decision_it_shows_what_was_kept_with_it_whatever_changes_later(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    path = decided(simple, then="/report")(browser.service)
    before = browser.open(path).text
    assert "The findings as they stood when it was decided, on 2 September 2026" in before
    assert "(chosen)" in before
    assert "staff-0101" in before
    browser.service.clock.move(minutes=10)
    after = browser.open(path).text
    assert [line for line in before.splitlines() if "Made on" not in line] == [
        line for line in after.splitlines() if "Made on" not in line
    ]


def test_it_prints_when_nothing_fits(in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    page = browser.open(f"/referrals/{search_like(browser.service, empty)}/report")
    assert "Nothing fits" in page.text


def test_the_pdf_is_one_page_and_the_same_bytes_each_time(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    path = f"/referrals/{search_like(browser.service, whole_group)}/report.pdf"
    first, second = browser.client.get(path), browser.client.get(path)
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-disposition"].startswith("inline; filename=")
    assert first.content.startswith(b"%PDF-")
    assert first.content.count(b"/Type /Page\n") == 1
    assert first.content == second.content


def test_a_long_report_is_set_smaller_until_it_fits_one_page() -> None:
    home = replace(SHORT.homes[0], lacks=("Lacks something that takes a while to say in full words.",) * 7)
    said = Fact("CB", "I want to stay with my brother and my dog. " * 12)
    long = replace(SHORT, homes=(home,) * 3, views=(said,) * 4)
    with fitted(SHORT, NOW) as short, fitted(long, NOW) as smaller:
        assert short.size > smaller.size
        assert smaller.page == 1


def test_a_report_longer_than_any_page_loses_nothing() -> None:
    endless = replace(SHORT, views=(Fact("CB", "I want to stay. " * 1_000),))
    with fitted(endless, NOW) as sheet:
        assert sheet.page > 1
    assert pdf(endless, NOW).startswith(b"%PDF-")


def test_names_in_latin_greek_and_cyrillic_are_printed_and_other_letters_are_named_in_their_place() -> None:
    alphabets = "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x3B1, 0x3CA), *range(0x410, 0x460)]))
    with Sheet(9, NOW) as sheet:
        assert sheet.drawable(alphabets) == alphabets
        assert not sheet.spelled_out
        assert sheet.drawable("I am \u674e.") == "I am [1 letter in Chinese script]."
        assert sheet.drawable("\u0645\u0631\u064a\u0645 \U0001f436") == "[4 letters in Arabic script] [dog face]"
        assert sheet.spelled_out


def test_a_report_says_where_letters_it_has_no_type_for_can_be_read() -> None:
    said = Fact("CB", "\u1230\u120b\u121d")
    with fitted(replace(SHORT, views=(said,)), NOW) as sheet, fitted(SHORT, NOW) as plain:
        assert sheet.spelled_out
        assert sheet.get_y() > plain.get_y()
        assert sheet.page == 1


def test_the_typefaces_are_what_their_checksums_say() -> None:
    lines = (FONTS / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == {file.name for file in FONTS.glob("*.ttf")}
    assert (FONTS / "LICENSE-dejavu.txt").exists()
    for name, digest in sums.items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest
