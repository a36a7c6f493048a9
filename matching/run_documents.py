"""A match run as one file that needs nothing else: the facts it read, the plan, what it comes to, and its certificate."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from matching.plan import Levels, Plan, Wishes
from matching.record_documents import (
    Json,
    Unreadable,
    canonical,
    canonical_text,
    digest_of,
    from_json,
    to_json,
)
from matching.records import Records

FORMAT = "placement-match-run/1"
"""The first field of every run file; the number rises when older readers could misread it."""
NO_WISHES = Wishes()
_GZIP = b"\x1f\x8b"
MOST_BYTES = 1_000_000_000
"""A file that unpacks to more than this is no run."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What is claimed of a plan, and what a checker with no solver needs to see that it is so."""

    proof: str
    """proved-optimal or best-so-far."""
    bound: Levels
    """No plan comes to less, level by level in order."""
    method: str
    evidence: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDocument:
    """One match run and everything it read. Children are named by id and reference alone."""

    run: str
    """The run's reference."""
    made: datetime
    """Aware UTC."""
    rule_book: str
    """Version of the rule book the plan was made with."""
    records: Records
    wishes: Wishes = NO_WISHES
    plan: Plan
    proven: Proven
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the product and what it ran on, for whoever repeats the run."""


def document_of(run: RunDocument) -> Json:
    """The run as plain JSON, with its records in canonical order and without people's words."""
    records = to_json(canonical(run.records))
    return {
        "format": FORMAT,
        "run": run.run,
        "made": run.made.isoformat(),
        "rule_book": run.rule_book,
        "pool_digest": digest_of(records),
        "wishes": to_json(run.wishes),
        "plan": to_json(run.plan),
        "certificate": {
            "proof": run.proven.proof,
            "bound": to_json(run.proven.bound),
            "method": run.proven.method,
            "evidence": dict(run.proven.evidence),
        },
        "versions": dict(run.versions),
        "records": records,
    }


def run_of(document: Json) -> RunDocument:
    """The run a document holds. Raises Unreadable when it is none, or is of another format."""
    if not isinstance(document, dict) or not str(document.get("format", "")).startswith("placement-match-run/"):
        raise Unreadable("This is not an exported match run. Give the file that exporting a run made.")
    if document["format"] != FORMAT:
        raise Unreadable(
            f"This run is in the format {document['format']!r}; this version reads {FORMAT!r}. "
            "Use the version of the product that exported it."
        )
    try:
        certificate = document["certificate"]
        return RunDocument(
            run=str(document["run"]),
            made=datetime.fromisoformat(document["made"]),
            rule_book=str(document["rule_book"]),
            records=from_json(Records, document["records"]),
            wishes=from_json(Wishes, document["wishes"]),
            plan=from_json(Plan, document["plan"]),
            proven=Proven(
                str(certificate["proof"]),
                from_json(Levels, certificate["bound"]),
                str(certificate["method"]),
                dict(certificate["evidence"]),
            ),
            versions=dict(document["versions"]),
        )
    except (KeyError, TypeError) as error:
        raise Unreadable("This run lacks a part that every exported run has. Export it again.") from error


def packed(document: Json) -> bytes:
    """The document as gzipped JSON; the same document always gives the same bytes."""
    return gzip.compress(canonical_text(document).encode(), compresslevel=6, mtime=0)


def unpacked(content: bytes) -> Json:
    """The document in a file, gzipped or plain. Raises Unreadable when it is neither."""
    try:
        plain = _unzipped(content) if content.startswith(_GZIP) else content
        return json.loads(plain)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise Unreadable(
            "This file is not JSON, nor gzipped JSON, or it was cut short. Give the file that exporting a run made."
        ) from error


def _unzipped(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    plain = unpacking.decompress(content, MOST_BYTES)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise EOFError
    return plain
