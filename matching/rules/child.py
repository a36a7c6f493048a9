"""The child's own view."""

from __future__ import annotations

from matching.codes import ViewAsked
from matching.facts import Facts
from matching.rules.model import Flag, Otherwise, Rule, Source
from matching.rules.words import Where, decoded

IN_WORDS = {
    ViewAsked.ASKED: "The child has been asked",
    ViewAsked.TOO_YOUNG: "Not asked: too young",
    ViewAsked.NOT_IN_CONTACT: "Not asked: not in contact",
    ViewAsked.TOO_URGENT: "Not asked yet: too urgent",
    ViewAsked.DECLINED: "The child did not wish to say",
    ViewAsked.NOT_YET: "The child has not been asked yet",
}


def _reason(f: Facts, at: Where) -> str:
    return IN_WORDS[decoded(ViewAsked, f.child.view.at(*at) or 0)]


CHILD_VIEW = Rule(
    id="child.view",
    says="The child's own view is recorded, or why it could not be had",
    met=lambda f: ~f.child.view.is_(ViewAsked.NOT_YET),
    otherwise=(Otherwise(Flag("no decision can be made until the child's view is recorded")),),
    reason=_reason,
    sources=(Source("Children Act 1989 s22(4)"), Source("Suffolk's young people, in their own words to the council")),
    reads=("child.view",),
)

CHILD = (CHILD_VIEW,)
