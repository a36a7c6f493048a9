"""Everybody who takes part, each with a key of their own, and a small county in which a search can end well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.auth.keys import make_key
from matching.values import ProviderId
from matching.workflow.roles import Role
from tests.api.service import Service, act, running

Json = dict[str, Any]
TODAY = "2026-09-02"
"""The day of the clock in tests.api.service."""


def a_home(ref: str, provider: str = "PR-1", **more: Any) -> Json:
    """A fostering household near the school, for children of any age, confirmed yesterday."""
    body: Json = {
        "external_ref": ref,
        "provider": provider,
        "sector": "independent-agency",
        "kind": "fostering-mainstream",
        "postcode": "NR4 7TJ",
        "registered": "yes",
        "ofsted": "good",
        "approvals": [
            {
                "period": {"starts": "2024-05-01"},
                "ages": {"youngest": 0, "oldest": 17},
                "number": 3,
                "care_types": ["short-term", "long-term", "bridging", "emergency"],
            }
        ],
        "registered_beds": 2,
        "bedrooms": 3,
        "availability": {"state": "available", "last_confirmed": "2026-09-01"},
        "household": {"smokers": "no", "pets": "no", "languages": ["en"], "drives": "yes"},
        "meets": {"health": 4, "emotional-wellbeing": 4, "education-and-learning": 4},
        "annual_review_due": "2027-03-01",
        "dbs_due": "2028-03-01",
        "prices": {
            "base": [
                {"ages": {"youngest": 0, "oldest": 17}, "band": band, "weekly": 80_000}
                for band in ("universal", "additional", "high", "complex")
            ]
        },
    }
    return {**body, **more}


def a_child(ref: str, **more: Any) -> Json:
    """A child of ten without particular needs."""
    places = [
        {"kind": "family-home", "postcode": "NR3 1JU", "frequency": "weekly"},
        {"kind": "school", "postcode": "NR5 8TA", "frequency": "daily"},
    ]
    body: Json = {
        "external_ref": ref,
        "born": "2016-05-09",
        "sex": "F",
        "disabled": "no",
        "legal_status": "C1",
        "important_places": places,
    }
    return {**body, **more}


def a_search(ref: str, *children: str, group: str | None = None, **more: Any) -> Json:
    """A search for tonight; the children's views are not recorded yet."""
    body: Json = {
        "external_ref": ref,
        "kind": "planned",
        "wanted_by": TODAY,
        "length": "short-term",
        "expected_nights": 60,
        "sibling_group": group,
        "asks": [
            {"child": child, "suitability": {"fostering": "preferred"}, "pets": "yes", "keep_school": "no"}
            for child in children
        ],
    }
    return {**body, **more}


@dataclass
class Cast:
    """A service and its people. Each method is one call, and gives the answer back."""

    service: Service
    keys: Mapping[str, str]

    def call(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One call with the key of somebody: a role, or `other-provider`."""
        key = {"Authorization": f"Bearer {self.keys[who]}"}
        return self.service.client.request(
            method, f"/api/v1{path}", json=body, headers={**key, **{k.replace("_", "-"): v for k, v in headers.items()}}
        )

    def does(self, who: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Json:
        """A POST that is answered with a status."""
        answer = self.call(who, "POST", path, body if body is not None else {}, **headers)
        assert answer.status_code == status, (who, path, answer.status_code, answer.text)
        told: Json = answer.json()
        return told

    def sees(self, who: str, path: str, status: int = 200) -> Json:
        """A GET that is answered with a status."""
        answer = self.call(who, "GET", path)
        assert answer.status_code == status, (who, path, answer.status_code, answer.text)
        told: Json = answer.json()
        return told

    def recorded(self, noun: str, body: Json) -> Json:
        """Something on record."""
        return self.does("admin", f"/{noun}", body, 201)

    def says(self, referral: str, child: str, view: Json, status: int = 200) -> Any:
        """The social worker records a child's view."""
        path = f"/referrals/{referral}/children/{child}/view"
        answer = self.call("social-worker", "PUT", path, view, If_Match="*")
        assert answer.status_code == status, answer.text
        return answer.json()


@contextmanager
def playing(url: str) -> Iterator[Cast]:
    """A service with two providers and a key for everybody."""
    with running(url) as service:
        made = {ref: _provider(service, ref) for ref in ("PR-1", "PR-2")}
        office = service.office
        keys = {
            role.value: make_key(office.store, service.clock, service.authority, role, role.value, act)
            for role in Role
            if role is not Role.PROVIDER
        }
        for name, provider in (("provider", made["PR-1"]), ("other-provider", made["PR-2"])):
            keys[name] = make_key(
                office.store, service.clock, service.authority, Role.PROVIDER, name, act, provider=provider
            )
        yield Cast(service, keys)


def _provider(service: Service, ref: str) -> ProviderId:
    body = {"external_ref": ref, "name": f"Invented {ref}", "sector": "independent-agency"}
    answer = service.post("/providers", body)
    assert answer.status_code == 201, answer.text
    return ProviderId(UUID(answer.json()["id"]))
