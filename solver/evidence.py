"""What is kept of a proof, so that matching/certificates.py can work the bound out again with no solver."""

from __future__ import annotations

import numpy as np

from solver.goals import PROVED_BY_PRICE
from solver.prices import SCALE
from solver.settled import Settled


def evidence_of(proofs: list[Settled]) -> dict[str, object]:
    """The prices behind the bound of each level, as whole numbers in the pool's order of children."""
    return {
        "scale": SCALE,
        "levels": [_proof(level, proof) for level, proof in zip(PROVED_BY_PRICE, proofs, strict=True)],
    }


def _proof(level: int, proof: Settled) -> dict[str, object]:
    return {
        "level": level,
        "weights": proof.weights.tolist(),
        "children": np.minimum(proof.prices.children, 0).tolist(),
        "cuts": [{"members": list(cut.members), "price": price} for cut, price in proof.prices.cuts],
        "bound": proof.bound,
        "searched": proof.searched,
    }
