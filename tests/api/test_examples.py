"""The examples of the description are real: each can be sent as it stands."""

from __future__ import annotations

from app.api import examples
from tests.api.service import Service


def test_every_example_of_a_noun_is_recorded_and_sending_it_again_changes_nothing(family: Service) -> None:
    for path, bodies in examples.IN_ORDER.items():
        for body in bodies:
            again = family.post(f"/{path}", body)
            assert again.status_code == 200, again.text
            assert again.json() == family.recorded[body["external_ref"]]


def test_a_shortlist_of_the_example_is_made(family: Service) -> None:
    answer = family.get(f"/referrals/{family.id('RF-5520')}/shortlist")
    assert answer.status_code == 200, answer.text
    assert answer.json()["children"] == ["CH-10412", "CH-10413"]


def test_a_plan_of_the_example_is_made(family: Service) -> None:
    answer = family.post("/match-runs", examples.MATCH_RUN)
    assert answer.status_code == 201, answer.text
