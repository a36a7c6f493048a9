"""What a page says at its top after something was done: a word in the address, a sentence on the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "agreed": "You agreed to the sign-off. Your name, your role and the moment are on record.",
        "plan-kept": "The plan is kept as it stands. No home has been asked and nothing is decided.",
        "child-added": "The child is added, with what is on record. Look through it and change what is no longer so.",
        "profile-recorded": "The needs profile is recorded. It is in force from now on.",
        "referral-changed": "Your changes are recorded.",
        "referral-recorded": "The referral is recorded and the search is open.",
        "refused": "You refused the sign-off. Whoever asked for it sees your reason.",
        "sign-off-withdrawn": "The sign-off is asked for no longer.",
        "thrown-away": "What you had typed was thrown away.",
    }
)
"""Sentence by word: `visit.go("/sign-offs", said="agreed")`. Each word is used by one place and holds nothing personal."""
