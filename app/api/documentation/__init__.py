"""The interactive description: Swagger UI, served from this tree so that nobody's browser is sent elsewhere with a key."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

HERE = Path(__file__).resolve().parent
PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Placement matching: the API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="description"></div>
<noscript>This page needs JavaScript. The description itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  deepLinking: true,
  docExpansion: "none",
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null
});
"""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy. Swagger UI styles its parts in line; it runs no script in line."""

router = APIRouter(include_in_schema=False)


@router.get("/docs", name="documentation")
def documentation() -> Response:
    """The page."""
    return Response(PAGE, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@router.get("/docs/start.js", name="documentation_start")
def start() -> Response:
    """What starts it."""
    return Response(START, media_type="text/javascript")


@router.get("/docs/swagger-ui-bundle.js", name="documentation_script")
def script() -> Response:
    """Swagger UI itself."""
    return _packed("swagger-ui-bundle.js.gz", "text/javascript")


@router.get("/docs/swagger-ui.css", name="documentation_style")
def style() -> Response:
    """How it looks."""
    return _packed("swagger-ui.css.gz", "text/css")


def _packed(name: str, media_type: str) -> Response:
    """A file that is kept gzipped, sent as it is: every browser unpacks it."""
    return Response(_content(name), media_type=media_type, headers={"Content-Encoding": "gzip"})


@cache
def _content(name: str) -> bytes:
    return (HERE / name).read_bytes()
