"""Plans that were kept: the list of match runs, and one of them as it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.plan.lines import WAYS, Line, Part, by_referral, in_parts, proposed, totals
from app.pages.visits import May, Visit
from app.pages.words import counted, day, moment
from app.services.match_runs import JOINT, export_match_run, list_match_runs, read_match_run
from app.services.planning import short_references_of
from db.pages import Listing
from db.repositories.match_runs import MatchRun
from matching.values import MatchRunId

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One kept plan in the list."""

    reference: str
    href: str
    made: str
    as_of: str
    placed: str
    proof: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """Every plan that was kept, the newest first."""

    template: ClassVar[str] = "plan/kept_list.html"
    title: str = "Plans that were kept"
    rows: tuple[KeptRow, ...]
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """One kept plan."""

    template: ClassVar[str] = "plan/kept.html"
    title: str
    made: str
    as_of: str
    proof: str
    policy: str
    rule_book: str
    digest: str
    pinned: int
    forbidden: int
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    export_href: str
    """Empty for whoever may not take it along."""


@router.get("/plan/kept", name="page_kept_plans")
def kept_plans(visit: Annotated[Visit, Depends(May("list_match_runs"))]) -> Response:
    """The list."""
    after = visit.request.query_params.get("after")
    asked = Listing(where={}, sort="created_at", descending=True, after=after, limit=ON_A_PAGE)
    page = list_match_runs(visit.office, visit.caller, asked)
    later = f"/plan/kept?after={page.next}" if page.next else ""
    return visit.page(KeptList(rows=tuple(map(_row, page.items)), later=later))


@router.get("/plan/kept/{run}", name="page_kept_plan")
def kept_plan(visit: Annotated[Visit, Depends(May("read_match_run"))], run: UUID) -> Response:
    """One plan as it stood when it was kept."""
    found, proposals = read_match_run(visit.office, visit.caller, MatchRunId(run))
    ways: Mapping[str, Mapping[str, Any]] = found.totals.get("ways", {})
    facts = {one.facts["child"]: one.facts for one in proposals}
    children = [(told["referral"], child) for child, told in facts.items()]
    references = short_references_of(visit.office, visit.caller, {one.referral for one in proposals})
    proposed_to = {child: proposed(told, "", ()) for child, told in facts.items()}
    return visit.page(
        KeptPage(
            title=f"Plan {found.reference}",
            made=moment(found.created_at),
            as_of=day(found.as_of),
            proof=_proof(found),
            policy=str((found.policy or {}).get("name", "not known")),
            rule_book=found.rule_book_version or "not known",
            digest=found.pool_digest or "not known",
            pinned=len(found.totals.get("pinned", ())),
            forbidden=len(found.totals.get("forbidden", ())),
            columns=tuple(words for _, words in WAYS),
            lines=totals([ways[way] for way, _ in WAYS]) if ways else (),
            parts=in_parts(by_referral(references, children, proposed_to)),
            export_href=f"/plan/kept/{run}/file" if visit.may("export_match_run") else "",
        )
    )


@router.get("/plan/kept/{run}/file", name="page_kept_plan_file")
def kept_plan_file(visit: Annotated[Visit, Depends(May("export_match_run"))], run: UUID) -> Response:
    """The file with which anybody can check the plan again without this service."""
    found, document = export_match_run(visit.office, visit.caller, MatchRunId(run))
    headers = {"Content-Disposition": f'attachment; filename="match-run-{found.reference}.json.gz"'}
    return Response(document, headers=headers, media_type="application/gzip")


def _row(run: MatchRun) -> KeptRow:
    way = run.totals.get("ways", {}).get(JOINT, {})
    placed = f"{way['placed']} of {counted(way['children'], 'child', 'children')}" if way else run.status.value
    return KeptRow(
        reference=run.reference or str(run.id),
        href=f"/plan/kept/{run.id}",
        made=moment(run.created_at),
        as_of=day(run.as_of),
        placed=placed,
        proof=_proof(run),
        policy=str((run.policy or {}).get("name", "not known")),
    )


def _proof(run: MatchRun) -> str:
    return "Proved best" if run.totals.get("proof") == "proved-optimal" else "Best found; a better one may exist"
