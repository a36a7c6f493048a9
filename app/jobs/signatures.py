"""How deliveries are signed: HMAC-SHA256 over a timestamp and the body, so that neither can be changed nor kept."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "Placement-Signature"
"""`t=SECONDS,v1=HEX`: seconds since 1970, and the HMAC over `SECONDS.BODY` with the subscription's secret."""
TOLERATED_SECONDS = 300


def signature(secret: str, seconds: int, body: bytes) -> str:
    """What the header holds."""
    return f"t={seconds},v1={_digest(secret, seconds, body)}"


def is_genuine(secret: str, header: str, body: bytes, now: int) -> bool:
    """Whether a delivery was signed with the secret, of late; a receiver may do just this."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    try:
        seconds = int(parts["t"])
    except (KeyError, ValueError):
        return False
    expected = _digest(secret, seconds, body)
    return abs(now - seconds) <= TOLERATED_SECONDS and hmac.compare_digest(expected, parts.get("v1", ""))


def _digest(secret: str, seconds: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
