"""The default needs framework: complete, in our own words, and sensible in what it asks of a home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from matching.codes import NeedsBand, Skill
from matching.default_framework import DEFAULT_FRAMEWORK, FLOURISH_OUTCOMES, REVIEW_MONTHS
from matching.needs import HIGHEST_LEVEL, Domain, gaps

ROOT = Path(__file__).resolve().parents[2]
TWELVE = (
    "health",
    "disability-and-self-care",
    "emotional-wellbeing",
    "behaviour",
    "relationships-and-attachment",
    "identity-and-culture",
    "family-time",
    "education-and-learning",
    "risk-to-self",
    "risk-from-others",
    "risk-to-others",
    "independence-and-life-skills",
)
every_domain = pytest.mark.parametrize("domain", DEFAULT_FRAMEWORK.domains, ids=lambda domain: domain.code)


def test_there_are_twelve_domains_in_pairs_under_six_outcomes() -> None:
    assert tuple(domain.code for domain in DEFAULT_FRAMEWORK.domains) == TWELVE
    outcomes = [domain.outcome for domain in DEFAULT_FRAMEWORK.domains]
    assert len(set(outcomes)) == 6
    assert outcomes[0::2] == outcomes[1::2]


@every_domain
def test_each_level_has_its_own_sentence(domain: Domain) -> None:
    assert len(domain.descriptors) == HIGHEST_LEVEL + 1
    assert len(set(domain.descriptors)) == HIGHEST_LEVEL + 1
    for sentence in domain.descriptors:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert len(sentence) > 25


@every_domain
def test_each_gap_above_universal_has_support_that_would_close_it(domain: Domain) -> None:
    assert sorted(domain.support) == [2, 3, 4]
    assert len(set(domain.support.values())) == 3


@every_domain
def test_skills_are_called_for_only_by_high_needs_and_never_fewer_at_a_higher_level(domain: Domain) -> None:
    assert domain.skills_at(2) == frozenset()
    assert domain.skills_at(3) <= domain.skills_at(4)


@every_domain
def test_tags_are_flourish_outcomes(domain: Domain) -> None:
    assert domain.tags
    assert domain.tags <= set(FLOURISH_OUTCOMES)


def test_every_flourish_outcome_is_tagged_somewhere() -> None:
    tagged = frozenset().union(*(domain.tags for domain in DEFAULT_FRAMEWORK.domains))
    assert tagged == set(FLOURISH_OUTCOMES)


def test_names_read_as_words() -> None:
    assert DEFAULT_FRAMEWORK.domains[1].name == "Disability and self care"
    assert all("-" not in domain.name for domain in DEFAULT_FRAMEWORK.domains)


@pytest.mark.parametrize(
    ("level", "band"),
    [
        (0, NeedsBand.UNIVERSAL),
        (1, NeedsBand.UNIVERSAL),
        (2, NeedsBand.ADDITIONAL),
        (3, NeedsBand.HIGH),
        (4, NeedsBand.COMPLEX),
    ],
)
def test_a_level_held_in_every_domain_gives_the_band_of_that_name(level: int, band: NeedsBand) -> None:
    assert DEFAULT_FRAMEWORK.band(dict.fromkeys(TWELVE, level)) is band


def test_danger_weighs_most() -> None:
    weights = {domain.code: domain.weight for domain in DEFAULT_FRAMEWORK.domains}
    assert max(weights.values()) == weights["risk-to-others"]
    assert min(weights.values()) == 1


def test_a_gap_says_what_would_close_it_and_which_skill_is_missing() -> None:
    (gap,) = gaps(DEFAULT_FRAMEWORK, {"behaviour": 3, "health": 1}, {"behaviour": 2, "health": 2}, frozenset())
    assert gap.levels == 1
    assert gap.skills_missing == {Skill.DE_ESCALATION}
    assert gap.support == DEFAULT_FRAMEWORK.domains[3].support[3]


def test_it_is_the_same_framework_in_every_process() -> None:
    code = "from matching.default_framework import DEFAULT_FRAMEWORK as f; print(f.id)"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str(DEFAULT_FRAMEWORK.id)


def test_profiles_are_made_anew_about_every_half_year() -> None:
    assert REVIEW_MONTHS == 6
