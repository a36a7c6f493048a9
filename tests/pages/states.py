"""Puts on record what a page needs to be seen in a state: by way of the API, as somebody at work would."""

from __future__ import annotations

from typing import Any

from matching.workflow.roles import Role
from tests.api.service import Service


def waiting(service: Service) -> list[dict[str, Any]]:
    """The searches of the county that wait for homes, by reference."""
    found: list[dict[str, Any]] = service.get("/referrals?limit=100").json()["items"]
    return sorted(
        (one for one in found if one["state"] in ("open", "searching")), key=lambda one: str(one["external_ref"])
    )


def asked_for_sign_off(service: Service, role: Role) -> str:
    """The address of a sign-off that is asked of a role, for the first home proposed that needs one."""
    for search in waiting(service):
        shortlist = service.get(f"/referrals/{search['id']}/shortlist", Role.PLACEMENTS).json()
        for entry in shortlist["entries"]:
            for home in entry["homes"]:
                if any(one["role"] == role.value for one in home["sign_offs"]):
                    return f"/sign-offs/{_ask(service, search, home, role)}"
    raise AssertionError(f"no home that is proposed needs the {role}")


def _ask(service: Service, search: dict[str, Any], home: dict[str, Any], role: Role) -> str:
    chosen = [{"child": child, "home": home["home"]} for child in home["children"]]
    answer = service.post(f"/referrals/{search['id']}/sign-offs", {"chosen": chosen}, Role.PLACEMENTS)
    assert answer.status_code == 201, answer.text
    return next(str(one["id"]) for one in answer.json()["items"] if one["role"] == role.value)


def a_sign_off_of_the_team_manager(service: Service) -> str:
    """Needs that a home meets in part."""
    return asked_for_sign_off(service, Role.TEAM_MANAGER)


def a_sign_off_of_the_nominated_officer(service: Service) -> str:
    """A move in the years of examinations, mostly."""
    return asked_for_sign_off(service, Role.NOMINATED_OFFICER)


def sign_offs_asked(service: Service) -> str:
    """The list, with some in it."""
    a_sign_off_of_the_team_manager(service)
    a_sign_off_of_the_nominated_officer(service)
    return "/sign-offs"


def something_to_audit(service: Service) -> str:
    """Somebody has looked at children and asked for sign-offs."""
    sign_offs_asked(service)
    return "/audit"
