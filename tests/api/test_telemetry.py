"""What the service tells of itself: ids and figures, and never a person's data."""

from __future__ import annotations

import logging

import pytest

from app.api import examples
from tests.api.service import Service


@pytest.fixture(autouse=True)
def silent_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client logs what it asks for; the service is what is listened to here."""
    monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)


def test_a_request_is_logged_by_its_id_and_with_nothing_that_was_asked_or_sent(
    sqlite_family: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    child = sqlite_family.id("CH-10412")
    sqlite_family.call("PUT", f"/children/{child}/identity", json=examples.IDENTITY)
    sqlite_family.get("/children?external_ref=CH-10412&born_from=2021-03-09")
    answer = sqlite_family.post("/children", {"external_ref": "CH-SECRET", "sex": "girl", "born": "2019-05-05"})
    assert answer.headers["x-request-id"] in caplog.text
    assert "/api/v1/children" in caplog.text
    for secret in ("CH-10412", "2021-03-09", "CH-SECRET", "girl", "2019-05-05", examples.IDENTITY["family_name"]):
        assert secret not in caplog.text
    assert all(key not in caplog.text for key in sqlite_family.keys.values())


def test_an_address_that_somebody_invented_is_not_logged(
    sqlite_service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    sqlite_service.get("/jane-doe-4-mill-lane")
    assert "jane" not in caplog.text


def test_the_id_that_a_proxy_gave_is_kept_and_an_odd_one_is_not(sqlite_service: Service) -> None:
    given = sqlite_service.get("/rules", headers={"X-Request-Id": "proxy-0001"})
    assert given.headers["x-request-id"] == "proxy-0001"
    odd = sqlite_service.get("/rules", headers={"X-Request-Id": "two words"})
    assert odd.headers["x-request-id"] != "two words"


def test_nothing_that_is_answered_is_kept_by_a_cache(sqlite_service: Service) -> None:
    answer = sqlite_service.get("/rules")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
