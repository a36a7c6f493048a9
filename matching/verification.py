"""Checks an exported match run again, from its own facts and the rules alone: no solver, nothing taken on trust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.certificates import proven_levels
from matching.plan import Levels, faults, levels_of
from matching.pool import Pool, pool_of
from matching.record_documents import Json, digest_of
from matching.rules.book import RULE_BOOK_VERSION
from matching.run_documents import RunDocument, run_of


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, whether it holds, and what was found."""

    what: str
    holds: bool
    found: str
    decides: bool = True
    """Whether the run fails when this does not hold; otherwise it is a thing to know."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that was looked at."""

    run: str
    children: int
    homes: int
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing that decides failed."""
        return all(check.holds for check in self.checks if check.decides)


def verify(document: Json) -> Verification:
    """Looks at all that an exported run claims. Raises Unreadable when the document is no run."""
    run = run_of(document)
    pool = pool_of(run.records)
    checks = (*_facts(document), _rule_book(run), *_plan(run, pool))
    return Verification(run.run, len(pool.seekers), len(pool.homes), checks)


def _facts(document: Json) -> Iterator[Check]:
    found = digest_of(document["records"])
    same = found == document.get("pool_digest")
    yield Check(
        "the facts are those the run read",
        same,
        f"digest {found[:16]}…" if same else "the facts were changed since: their digest is another",
    )


def _rule_book(run: RunDocument) -> Check:
    same = run.rule_book == RULE_BOOK_VERSION
    words = f"version {RULE_BOOK_VERSION}"
    if not same:
        words = f"the run was made with {run.rule_book}; the answers below are by {RULE_BOOK_VERSION}, and may differ for that"
    return Check("the rules are those the run was made with", same, words, decides=False)


def _plan(run: RunDocument, pool: Pool) -> Iterator[Check]:
    policy = run.records.policy
    found = faults(pool, run.plan, policy, run.wishes)
    placed = len(run.plan.home_of)
    words = f"{placed} of {len(pool.seekers)} children proposed a home; no rule is broken, nobody counted twice"
    yield Check("the plan has no faults", not found, "; ".join(sorted({fault.what for fault in found})) or words)
    if not found:
        worth = Worth(assessor := Assessor(pool, policy), candidates_of(assessor))
        given = [(pool.home_index[i.home], tuple(pool.seeker_index[c] for c in i.children)) for i in run.plan.intakes]
        yield _levels(levels_of(worth, given), run.plan.levels)
        yield _bound(run, worth)


def _levels(found: Levels, said: Levels) -> Check:
    return Check("it comes to what it says", found == said, _amounts(found))


def _bound(run: RunDocument, worth: Worth) -> Check:
    """Whether any plan could be better, by the prices in the certificate, worked out again."""
    what = "no plan is better" if run.proven.proof == "proved-optimal" else "how much better a plan could be"
    try:
        proven = proven_levels(worth, run.plan.levels, run.proven.evidence)
    except (KeyError, TypeError, ValueError):
        return Check(what, holds=False, found="the evidence in the file is not of a kind that can be worked out")
    if not proven:
        return Check(what, holds=False, found="the file holds no evidence", decides=False)
    if any(level.gap < 0 for level in proven):
        return Check(what, holds=False, found="the plan comes to less than the evidence says any plan can")
    open_ = [level for level in proven if level.gap]
    if not open_:
        levels = ", ".join(level.level for level in proven)
        return Check(what, holds=True, found=f"worked out again from {len(proven)} sets of prices: {levels}")
    first = open_[0]
    found = (
        f"the prices leave {first.gap:,} open at {first.level}; what closed it was a search, which is not repeated here"
    )
    return Check(what, holds=False, found=found, decides=False)


def _amounts(levels: Levels) -> str:
    return ", ".join(f"{level.name} {getattr(levels, level.name):,}" for level in fields(levels))
