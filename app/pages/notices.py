"""What a page says at its top after something was done: a word in the address, a sentence on the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "agreed": "You agreed to the sign-off. Your name, your role and the moment are on record.",
        "change-kept": "The change is kept, as a new version of the scenario.",
        "change-taken-away": "The change is taken away, as a new version of the scenario.",
        "scenario-removed": "The scenario is removed. What was kept of comparisons made with it stays.",
        "study-kept": "The comparison is kept. It can be read again as it stands, printed and taken along as files.",
        "study-stopped": "It has been asked to stop.",
        "home-changed": "The home is changed, and confirmed today.",
        "home-confirmed": "The home is confirmed as it stands, today.",
        "plan-kept": "The plan is kept as it stands. No home has been asked and nothing is decided.",
        "child-added": "The child is added, with what is on record. Look through it and change what is no longer so.",
        "profile-recorded": "The needs profile is recorded. It is in force from now on.",
        "referral-changed": "Your changes are recorded.",
        "referral-recorded": "The referral is recorded and the search is open.",
        "refused": "You refused the sign-off. Whoever asked for it sees your reason.",
        "search-closed": "The search is closed. Beds that were held are free, and no home is asked any longer.",
        "search-opened": "The search is open.",
        "search-withdrawn": "The search is withdrawn. Beds that were held are free, and no home is asked any longer.",
        "sign-off-withdrawn": "The sign-off is asked for no longer.",
        "view-recorded": "What the child says is on record.",
        "recommended": "Your recommendation is on record. Whoever decides sees it.",
        "asked": "The homes have been asked. Their answers will stand here.",
        "offer-read": "The home has read it.",
        "offer-willing": "The home says yes. Its bed is held for 24 hours.",
        "offer-declined": "The home's answer is on record, with its reason.",
        "offer-withdrawn": "The home is asked no longer.",
        "held": "The bed is held.",
        "released": "The bed is free again.",
        "sign-offs-asked": "What this home needs has been asked for. If nothing is listed, it needs no sign-off.",
        "decided": "Your decision is on record. The placements are planned, and the other homes are asked no longer.",
        "reversed": "The decision was taken back. The search goes on.",
        "started": "The child has moved in.",
        "cancelled": "The placement will not happen. The bed is free again.",
        "ended": "The placement has ended.",
        "moved": "The child has moved to the other home.",
        "tonight-begun": "A referral is begun with what you said. Only the questions marked as needed must be answered.",
        "thrown-away": "What you had typed was thrown away.",
    }
)
"""Sentence by word: `visit.go("/sign-offs", said="agreed")`. Each word is used by one place and holds nothing personal."""
