"""The rule book: every rule, in reading order, and the version that a match run stores."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from matching.rules.approval import APPROVAL
from matching.rules.availability import AVAILABILITY
from matching.rules.bed import BED
from matching.rules.child import CHILD
from matching.rules.cost import COST
from matching.rules.health import HEALTH
from matching.rules.hierarchy import HIERARCHY
from matching.rules.living_together import LIVING_TOGETHER_RULES
from matching.rules.model import Rule
from matching.rules.needs import NEEDS
from matching.rules.place import PLACE
from matching.rules.purpose import PURPOSE
from matching.rules.quality import QUALITY
from matching.rules.setting import SETTING
from matching.rules.siblings import SIBLINGS
from matching.rules.stability import STABILITY

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "approval": "Terms of approval (fostering)",
        "purpose": "Statement of purpose (children's homes and supported accommodation)",
        "setting": "Kind of setting",
        "limit": "Who may live together",
        "siblings": "Brothers and sisters",
        "hierarchy": "Connected people first",
        "place": "Where the home is",
        "needs": "What the child needs",
        "health": "Health and the household",
        "quality": "Quality",
        "availability": "Availability",
        "bed": "The right kind of bed",
        "stability": "Stability",
        "cost": "Cost",
        "child": "The child's view",
    }
)
"""Topics in reading order, with their headings."""

_EVERY_RULE = (
    *APPROVAL,
    *PURPOSE,
    *SETTING,
    *LIVING_TOGETHER_RULES,
    *SIBLINGS,
    *HIERARCHY,
    *PLACE,
    *NEEDS,
    *HEALTH,
    *QUALITY,
    *AVAILABILITY,
    *BED,
    *STABILITY,
    *COST,
    *CHILD,
)


def topic_of(rule: Rule) -> str:
    """The topic a rule stands under: the first part of its id."""
    return rule.id.partition(".")[0]


RULE_BOOK: tuple[Rule, ...] = tuple(sorted(_EVERY_RULE, key=lambda rule: list(TOPICS).index(topic_of(rule))))
"""Every rule, in reading order."""

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULE_BOOK})
"""Every rule by id; ids are never used again."""


def _digest() -> str:
    """A digest of the text of every rule and every fact: any change of either is another version."""
    here = Path(__file__).resolve().parent
    files = [*sorted(here.glob("*.py")), *sorted((here.parent / "facts").glob("*.py"))]
    found = sha256()
    for file in files:
        found.update(file.name.encode())
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


RULE_BOOK_VERSION = f"1.{_digest()}"
"""Changes with every change of a rule, a fact or a parameter; stored with each match run."""


def rule_of(rule_id: str) -> Rule:
    """The rule with an id; raises KeyError when the book has none."""
    return RULES[rule_id]
