"""A draft read as a whole: whose children, which questions in which order, and what each body of it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from uuid import UUID

from app.pages.asking import about_child as child
from app.pages.asking import about_search as search
from app.pages.asking.fields import Typed
from app.pages.asking.questions import About, Compiled, Question, compile_into
from db.repositories.drafts import Draft
from matching.needs import Framework
from matching.values import age_on

CHILDREN = "children"
"""The address under which a draft keeps the keys of its children, in their order."""
KEYS = "abcdefghijkl"
_NOTHING: Typed = {}

_SEARCH = (search.KIND, search.WHEN, search.HOW_LONG, search.REFERENCE)
_CHILD = (child.WHO, child.NAME, child.LAW, child.HEALTH_AND_BODY, child.SPEAKING, child.BACKGROUND, child.PLACES)
_ASKS = (
    search.SETTINGS_SUIT,
    search.SCHOOL,
    search.MATTERS,
    search.LIVING,
    child.AVOID,
    search.SUPPORT,
    search.RISKS_TO_CHILD,
    search.RISKS_FOR_OTHERS,
    search.OLDER,
    search.BABY,
    search.STABILITY,
)


@dataclass(frozen=True, slots=True)
class Task:
    """One question of a draft."""

    address: str
    """Within the draft: `search/kind`, `a/about`, `a-b/together`."""
    question: Question
    who: str

    @property
    def title(self) -> str:
        """The question, about whom it is."""
        return self.question.title.format(who=self.who)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Sheet:
    """One draft, with the framework that a new needs profile is made with."""

    draft: Draft
    framework: Framework

    @staticmethod
    def questions(about: About) -> tuple[Question, ...]:
        """The questions about a child, or about what is asked for one."""
        return tuple(one for one in (*_CHILD, *_ASKS) if one.about is about)

    def typed(self, address: str) -> Typed:
        """What was typed at a question."""
        return self.draft.answers.get(address, _NOTHING)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the children, in their order."""
        return tuple(self.typed(CHILDREN).get("keys", ()))

    def known(self, key: str) -> UUID | None:
        """The id of a child who is on record already."""
        written = self.typed(f"{key}/known").get("id", ())
        return UUID(written[0]) if written else None

    def who(self, key: str) -> str:
        """What pages call a child: the initials, the number, or which child of the draft it is."""
        for address, name in ((f"{key}/name", "initials"), (f"{key}/known", "initials"), (f"{key}/about", "number")):
            said = " ".join(self.typed(address).get(name, ())).strip()
            if said:
                return said[:40]
        return f"child {self.keys.index(key) + 1}"

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every question there is to answer, in order."""
        return tuple(section for section in self._sections() if section.tasks)

    def _sections(self) -> Iterator[Section]:
        if self.draft.kind != "needs":
            yield Section("The search", tuple(Task(f"search/{one.slug}", one, "") for one in _SEARCH))
        for key in self.keys:
            who = self.who(key)
            if self.draft.kind != "needs":
                yield Section(f"About {who}", self._of(key, (one for one in _CHILD if self._is_asked(key, one))))
                asks = (one for one in _ASKS if self._is_asked(key, one))
                yield Section(f"The home that {who} needs", self._of(key, asks))
            made = (child.MADE, *child.needs_questions(self.framework))
            yield Section(f"A new needs profile of {who}", self._of(key, made))
        if self.draft.kind != "needs":
            yield Section("Brothers and sisters", tuple(self._pairs()))

    def _is_asked(self, key: str, question: Question) -> bool:
        """Whether a question is to be asked about a child: what was answered always is."""
        if self.typed(f"{key}/{question.slug}"):
            return True
        known, age = self.known(key) is not None, self._age(key)
        if question is child.NAME or question is search.STABILITY:
            return known is (question is search.STABILITY)
        ages = {search.OLDER.slug: range(15, 30), search.BABY.slug: (*range(2), *range(12, 30))}.get(question.slug)
        return ages is None or age is None or age in ages

    def _age(self, key: str) -> int | None:
        """About how old a child is; None when the date of birth is no date yet."""
        born = self._born(key)
        return None if born is None else age_on(born, self.draft.updated_at.date())

    def _born(self, key: str) -> date | None:
        """The date of birth that was typed; None when it is none."""
        try:
            return date.fromisoformat(str(child.WHO.fields[1].said(self.typed(f"{key}/{child.WHO.slug}"))))
        except ValueError:
            return None

    def _of(self, key: str, questions: Iterator[Question] | tuple[Question, ...]) -> tuple[Task, ...]:
        return tuple(Task(f"{key}/{one.slug}", one, self.who(key)) for one in questions)

    def _pairs(self) -> Iterator[Task]:
        for one, other in combinations(self.keys, 2):
            yield Task(f"{one}-{other}/{search.PAIR.slug}", search.PAIR, f"{self.who(one)} and {self.who(other)}")

    @cached_property
    def tasks(self) -> Mapping[str, Task]:
        """Every question by its address."""
        return {task.address: task for section in self.sections for task in section.tasks}

    def after(self, address: str) -> str | None:
        """The next question of the same section; None after the last."""
        for section in self.sections:
            addresses = [task.address for task in section.tasks]
            if address in addresses[:-1]:
                return addresses[addresses.index(address) + 1]
        return None

    def compiled(self, about: About, subject: str) -> Compiled:
        """What was typed about something, as a body in the making."""
        made = Compiled()
        for address, task in self.tasks.items():
            if task.question.about is about and address.split("/", 1)[0] == subject:
                compile_into(made, task.question, address, self.typed(address))
        return made

    def answering(self, address: str, typed: Typed) -> Draft:
        """The draft with a question answered, in place of what was typed there before."""
        kept = {name: list(values) for name, values in typed.items() if any(value.strip() for value in values)}
        answers = {at: one for at, one in self.draft.answers.items() if at != address}
        return replace(self.draft, answers={**answers, address: kept})


def in_order(made: Compiled, framework: Framework) -> Compiled:
    """A profile whose findings stand by their domain, with the findings in a list as the body has them."""
    by_domain = made.body.pop("findings", {})
    order = [domain.code for domain in framework.domains if domain.code in by_domain]
    if order:
        made.body["findings"] = [{"domain": code, **by_domain[code]} for code in order]
    moved = {}
    for path, origin in made.origins.items():
        names = path.split("/")
        if names[0] == "findings":
            names[1] = str(order.index(names[1])) if names[1] in order else names[1]
        moved["/".join(names)] = origin
    made.origins = moved
    return made
