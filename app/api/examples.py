"""Bodies that can be sent as they stand, in this order: they are in the description, and a test sends them.

Nobody in them is real. They name one another by the authority's own references.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

Bodies = tuple[dict[str, Any], ...]

_AS_MOST = (
    "disability-and-self-care",
    "behaviour",
    "relationships-and-attachment",
    "identity-and-culture",
    "family-time",
    "risk-to-self",
    "risk-from-others",
    "risk-to-others",
    "independence-and-life-skills",
)
"""Domains in which the child of the example is as most children are."""

CHILDREN: Bodies = (
    {
        "external_ref": "CH-10412",
        "born": "2021-03-09",
        "sex": "F",
        "ethnicity": "WBRI",
        "languages": ["en"],
        "health": ["glue-ear"],
        "disabled": "no",
        "legal_status": "C1",
        "care_plan": "long-term-fostering",
        "in_care_since": "2026-08-20",
        "important_places": [
            {"kind": "family-home", "postcode": "NR3 1JU", "frequency": "weekly"},
            {"kind": "school", "postcode": "NR5 8TA", "frequency": "daily"},
        ],
    },
    {
        "external_ref": "CH-10413",
        "born": "2016-11-30",
        "sex": "M",
        "legal_status": "C1",
        "in_care_since": "2026-08-20",
        "important_places": [{"kind": "family-home", "postcode": "NR3 1JU", "frequency": "weekly"}],
    },
)
SIBLING_GROUPS: Bodies = (
    {
        "external_ref": "SG-2207",
        "members": ["CH-10412", "CH-10413"],
        "pairs": [
            {
                "one": "CH-10412",
                "other": "CH-10413",
                "assessed": "together-required",
                "assessed_by": "team-4",
                "assessed_on": "2026-08-28",
            }
        ],
    },
)
PROFILES: Bodies = (
    {
        "external_ref": "NP-10412-1",
        "child": "CH-10412",
        "framework": "default/1",
        "made_on": "2026-09-01",
        "author": "sw-118",
        "review_due": "2027-03-01",
        "findings": [
            {"domain": "health", "level": 2, "evidence": "Hearing clinic every six weeks."},
            {"domain": "emotional-wellbeing", "level": 2, "strength": "Settles quickly with a story."},
            {"domain": "education-and-learning", "level": 1},
            *({"domain": domain, "level": 1} for domain in _AS_MOST),
        ],
    },
)
PROVIDERS: Bodies = (
    {"external_ref": "PR-OWN", "name": "County fostering service", "sector": "in-house"},
    {"external_ref": "PR-31", "name": "Invented Fostering Agency", "sector": "independent-agency", "framework_tier": 1},
)
HOMES: Bodies = (
    {
        "external_ref": "FH-0291",
        "provider": "PR-OWN",
        "sector": "in-house",
        "kind": "fostering-mainstream",
        "postcode": "NR4 7TJ",
        "registered": "yes",
        "approvals": [
            {
                "period": {"starts": "2024-05-01"},
                "ages": {"youngest": 0, "oldest": 12},
                "number": 2,
                "care_types": ["short-term", "long-term", "bridging"],
            }
        ],
        "preferred": {"ages": {"youngest": 3, "oldest": 10}},
        "registered_beds": 2,
        "bedrooms": 2,
        "availability": {"state": "available", "last_confirmed": "2026-09-01"},
        "household": {"smokers": "no", "pets": "yes", "languages": ["en"], "drives": "yes"},
        "skills": [{"skill": "attachment", "level": "trained", "since": "2025-02-01"}],
        "meets": {"health": 2, "emotional-wellbeing": 3, "education-and-learning": 2},
        "prices": {
            "base": [
                {"ages": {"youngest": 0, "oldest": 17}, "band": "universal", "weekly": 42000},
                {"ages": {"youngest": 0, "oldest": 17}, "band": "additional", "weekly": 47500},
            ]
        },
        "annual_review_due": "2027-04-30",
        "dbs_due": "2028-01-31",
    },
    {
        "external_ref": "FH-0305",
        "provider": "PR-OWN",
        "sector": "in-house",
        "kind": "fostering-mainstream",
        "postcode": "NR7 0TL",
        "registered": "yes",
        "approvals": [
            {
                "period": {"starts": "2025-02-01"},
                "ages": {"youngest": 0, "oldest": 17},
                "number": 2,
                "care_types": ["short-term", "long-term"],
            }
        ],
        "registered_beds": 2,
        "bedrooms": 2,
        "availability": {"state": "available", "last_confirmed": "2026-08-30"},
        "household": {"smokers": "no", "pets": "no"},
        "prices": {
            "base": [
                {"ages": {"youngest": 0, "oldest": 17}, "band": "universal", "weekly": 45000},
                {"ages": {"youngest": 0, "oldest": 17}, "band": "additional", "weekly": 45000},
            ]
        },
        "annual_review_due": "2027-02-01",
        "dbs_due": "2027-11-15",
    },
)
PLACEMENTS: Bodies = (
    {
        "external_ref": "PL-88120",
        "child": "CH-10412",
        "home": "FH-0291",
        "state": "started",
        "starts": "2026-08-20",
        "planned_end": "2026-10-01",
    },
)
REFERRALS: Bodies = (
    {
        "external_ref": "RF-5520",
        "kind": "planned",
        "wanted_by": "2026-10-01",
        "length": "short-term",
        "sibling_group": "SG-2207",
        "asks": [
            {
                "child": "CH-10412",
                "suitability": {"fostering": "preferred", "residential": "unsuitable"},
                "close_to_family": "yes",
                "keep_school": "yes",
                "school_year": 0,
                "pets": "yes",
                "risks": {"self-harm": "no-known", "going-missing": "no-known"},
                "view": {"asked": "not-asked-too-young"},
            },
            {
                "child": "CH-10413",
                "living_with": "with-others",
                "avoid": [{"postcode": "NR1 3QY", "radius": 3000, "reason": "alleged-abuser"}],
                "view": {"asked": "asked", "said": "I want to stay with my sister."},
            },
        ],
    },
)
IDENTITY = {"given_name": "Invented", "family_name": "Example", "initials": "IE"}
POLICY: dict[str, Any] = {
    "name": "closer-to-home",
    "weights": {"need-gap": 100, "home-distance": 4, "school-distance": 3, "cost": 1, "out-of-area": 200},
    "urgency": {"planned": 4, "emergency": 5, "same-day": 6, "pace": 6, "remand": 6},
    "sibling_pairs": {"together-required": 4, "together-preferred": 2},
    "gravity": {
        "team-manager": 1,
        "registered-manager": 1,
        "nominated-officer": 2,
        "fostering-panel": 2,
        "resource-panel": 2,
        "area-authority": 2,
        "director-of-childrens-services": 4,
    },
}
PARAMETERS = {"own": {"confirmed_within_days": 7, "distant_miles": 150}}
MATCH_RUN = {"as_of": "2026-09-02", "policy": "child-first"}
FRAMEWORK: dict[str, Any] = {
    "code": "county",
    "version": 1,
    "name": "Our own two domains",
    "domains": [
        {
            "code": name,
            "name": name.capitalize(),
            "outcome": "Well and safe",
            "descriptors": ["None.", "As most children.", "Some help.", "Much help.", "Constant help."],
            "weight": 2,
            "skills": {"3": ["medication"]},
            "support": {"2": "A plan agreed with the nurse"},
            "tags": ["healthy"],
        }
        for name in ("health", "safety")
    ],
    "band_starts": {"universal": 0, "additional": 4, "high": 8, "complex": 12},
}

IN_ORDER = MappingProxyType(
    {
        "children": CHILDREN,
        "sibling-groups": SIBLING_GROUPS,
        "needs-profiles": PROFILES,
        "providers": PROVIDERS,
        "homes": HOMES,
        "placements": PLACEMENTS,
        "referrals": REFERRALS,
    }
)
"""By path, in an order in which each finds what it names."""
