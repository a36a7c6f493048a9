"""What kinds of care are called, and whose the beds are."""

from __future__ import annotations

from app.pages.words import capital, plain
from matching.sufficiency.kinds import CareKind, Supplier


def care(kind: CareKind, supplier: Supplier) -> str:
    """Fostering, our own; residential, bought."""
    return f"{capital(plain(kind.value))}, {'our own' if supplier is Supplier.OWN else 'bought'}"
