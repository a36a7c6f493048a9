"""Where people go back to after signing in: a path of our own, and never an address of somebody else's."""

from __future__ import annotations

import re
from urllib.parse import urlencode

_OURS = re.compile(r"/(?![/\\])[\w./~%-]{0,300}")


def own_path(written: str) -> str:
    """The path, when it is one of ours; else the first page."""
    return written if _OURS.fullmatch(written) else "/"


def sign_in_address(back: str, *, kept: bool = False) -> str:
    """Where to sign in and come back from; `kept` says that what was typed waits there."""
    asked = {name: value for name, value in (("back", own_path(back)), ("kept", "yes" if kept else "")) if value}
    return f"/sign-in?{urlencode(asked)}"
