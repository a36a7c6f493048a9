"""Style sheet, scripts and icon: read once, served below an address that changes with what they hold."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # ships no types
from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

HERE = Path(__file__).resolve().parent / "static"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
"""What is served, and as what; licences and checksums stay where they are."""
FOR_EVER = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@cache
def contents() -> dict[str, bytes]:
    """Every asset by its name."""
    return {file.name: file.read_bytes() for file in sorted(HERE.iterdir()) if file.suffix in KINDS}


@cache
def fingerprint() -> str:
    """Of all assets together, for they name one another: another whenever one byte of one is."""
    both = (part for name, content in contents().items() for part in (name.encode(), content))
    return hashlib.sha256(b"\0".join(both)).hexdigest()[:16]


def address(name: str) -> str:
    """Where an asset is."""
    assert name in contents(), f"there is no asset {name}"
    return f"/assets/{fingerprint()}/{name}"


@router.get("/assets/{seal}/{name}", name="page_asset")
def asset(request: Request, seal: str, name: str) -> Response:
    """One asset, packed as the browser can unpack it. An address of another release is answered, and not kept."""
    if name not in contents():
        raise HTTPException(404)
    accepted = request.headers.get("accept-encoding", "")
    way = next((way for way in ("br", "gzip") if way in accepted), "")
    headers = {
        "Cache-Control": FOR_EVER if seal == fingerprint() else "no-store",
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": way} if way else {}),
    }
    return Response(_packed(name, way), headers=headers, media_type=KINDS[Path(name).suffix])


@cache
def _packed(name: str, way: str) -> bytes:
    content = contents()[name]
    if way == "br":
        packed: bytes = brotli.compress(content)
        return packed
    return gzip.compress(content, mtime=0) if way == "gzip" else content
