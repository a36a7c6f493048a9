"""A draft is its writer's alone, holds whatever was typed, tells the audit trail nothing of it, and does not stay for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from db.errors import NotFound
from db.repositories.drafts import KEPT_FOR, Draft
from db.session import Store
from tests.db.conftest import Scene
from tests.db.examples import NOW, act


def a_draft(person: str = "SW-1", **more: object) -> Draft:
    """A draft of a new referral."""
    return replace(
        Draft(
            id=uuid4(),
            person=person,
            kind="referral",
            referral=None,
            child=None,
            answers={"search/when": {"wanted-by-day": ["31"], "wanted-by-month": ["2"]}},
            bases={},
            version=1,
            created_at=NOW,
            updated_at=NOW,
        ),
        **more,  # type: ignore[arg-type]
    )


def begun(store: Store, scene: Scene, draft: Draft) -> Draft:
    """The draft, kept."""
    with store.writing(scene.authority.id) as work:
        return work.drafts.begin(draft, act("begin-draft"))


def test_a_draft_comes_back_as_it_was_typed(store: Store, scene: Scene) -> None:
    draft = begun(store, scene, a_draft(bases={"referral": 3}))
    with store.reading(scene.authority.id) as work:
        assert work.drafts.get(draft.id, "SW-1") == draft
        assert work.drafts.of_person("SW-1") == (draft,)


def test_nobody_else_finds_it(store: Store, scene: Scene) -> None:
    draft = begun(store, scene, a_draft())
    with store.reading(scene.authority.id) as work:
        assert work.drafts.of_person("SW-2") == ()
        with pytest.raises(NotFound):
            work.drafts.get(draft.id, "SW-2")


def test_saving_raises_the_version_and_discarding_leaves_nothing(store: Store, scene: Scene) -> None:
    draft = begun(store, scene, a_draft())
    with store.writing(scene.authority.id) as work:
        kept = work.drafts.save(replace(draft, answers={}), act("save-draft"), ["search/when"])
        assert kept.version == 2
    with store.writing(scene.authority.id) as work:
        assert work.drafts.get(draft.id, "SW-1").answers == {}
        work.drafts.discard(kept, act("discard-draft"))
        assert work.drafts.of_person("SW-1") == ()


def test_the_audit_trail_says_which_questions_and_never_what(store: Store, scene: Scene) -> None:
    draft = begun(store, scene, a_draft())
    with store.writing(scene.authority.id) as work:
        work.drafts.save(
            replace(draft, answers={"a/name": {"given-name": ["Rosalind"]}}), act("save-draft"), ["a/name"]
        )
    with store.reading(scene.authority.id) as work:
        told = work.audit.events(limit=100, noun_id=draft.id)
        assert [one.action for one in told] == ["begin-draft", "save-draft"]
        assert told[1].after == {"kind": "referral", "questions": ["a/name"]}
        assert work.events.after(0, nouns=("draft",)) == ()


def test_a_draft_that_nobody_touched_for_long_is_let_go(store: Store, scene: Scene) -> None:
    old = begun(store, scene, a_draft(updated_at=NOW - KEPT_FOR - timedelta(days=1)))
    new = begun(store, scene, a_draft())
    with store.reading(scene.authority.id) as work:
        assert [one.id for one in work.drafts.of_person("SW-1")] == [new.id]
        with pytest.raises(NotFound):
            work.drafts.get(UUID(str(old.id)), "SW-1")


def test_events_about_one_thing_may_be_of_some_actions_only(store: Store, scene: Scene) -> None:
    draft = begun(store, scene, a_draft())
    with store.reading(scene.authority.id) as work:
        assert work.audit.events(noun_id=draft.id, actions=("save-draft",)) == ()
        assert len(work.audit.events(noun_id=draft.id, actions=("begin-draft", "save-draft"))) == 1
