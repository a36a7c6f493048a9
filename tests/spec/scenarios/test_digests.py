"""Digests of many scenarios of the same records are what the plain digest is, and quicker."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import Invalid
from matching.record_documents import digest
from matching.scenarios import apply
from matching.scenarios.digests import Digests
from tests.spec.building import Given
from tests.spec.scenarios.drawn import changing, small


@settings(max_examples=20)
@given(data=st.data(), seed=st.integers(1, 3))
def test_a_remembered_digest_is_the_plain_one(data: st.DataObject, seed: int) -> None:
    digests = Digests()
    records = small(seed)
    assert digests.of(records) == digest(records)
    try:
        changed = apply(records, tuple(data.draw(st.lists(changing(records), max_size=3))))
    except Invalid:
        return
    assert digests.of(changed) == digest(changed)
    assert digests.of(records) == digest(records)


def test_the_order_of_records_and_the_moment_of_reading_do_not_count() -> None:
    records = Given(held=True).records()
    other = replace(records, homes=records.homes[::-1], children=records.children[::-1], profiles={})
    assert Digests().of(other) == digest(other) != digest(records)
    assert Digests().of(records) == digest(records)
