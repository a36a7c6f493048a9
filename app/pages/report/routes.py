"""Routes of the match report: to read and print, and as PDF."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.pages.placing.case import Case, case_of
from app.pages.rendering import HEADERS
from app.pages.report.printed import pdf
from app.pages.report.stood import Report, decision_in_force, report
from app.pages.visits import May, Visit
from app.services.errors import NotWaitingNow
from app.services.options import read_options
from app.services.shortlists import Asked
from app.services.workflow.deciding import read_decision
from matching.shortlist_answers import Shortlist

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("read_shortlist"))]


@router.get("/referrals/{reference}/report", name="page_report")
def on_screen(visit: Reader, reference: str) -> Response:
    """The report, to be read or printed."""
    return visit.page(_report(visit, case_of(visit, reference)))


@router.get("/referrals/{reference}/report.pdf", name="page_report_pdf")
def on_paper(visit: Reader, reference: str) -> Response:
    """The same on one page of A4."""
    case = case_of(visit, reference)
    name = f'inline; filename="match-report-{case.file.referral.value.external_ref.encode("ascii", "ignore").decode()}.pdf"'
    headers = {**HEADERS, "Content-Disposition": name.replace("\r", "").replace("\n", "")}
    return Response(pdf(_report(visit, case), case.now), headers=headers, media_type="application/pdf")


def _report(visit: Visit, case: Case) -> Report:
    stored = decision_in_force(case)
    decided = None if stored is None else read_decision(visit.office, visit.caller, stored.value.id).value
    now = None if decided is not None else _now(visit, case)
    with visit.office.store.reading() as work:
        authority = work.authorities.get(visit.caller.authority).value.name
    return report(case, authority, visit.signed_in.session.name, decided=decided, now=now)


def _now(visit: Visit, case: Case) -> Shortlist | None:
    asked = Asked(referral=case.file.referral.value.id, as_of=visit.office.today())
    try:
        return read_options(visit.office, visit.caller, asked, 20, 0).shortlist
    except NotWaitingNow:
        return None
