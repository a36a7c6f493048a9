"""What a use case may refuse beyond what the domain and the store refuse; each is written for who must act."""

from __future__ import annotations

from uuid import UUID

from matching.errors import DomainError


class AlreadyPlaced(DomainError):
    """A home is looked for, for a child who has one on the night it is wanted."""

    def __init__(self, pointer: str, placement: UUID) -> None:
        self.pointer, self.placement = pointer, placement
        super().__init__(
            "This child has a placement that is not planned to end by the day the new home is wanted. Give that "
            "placement a planned end on or before that day, or end it, and send the referral again."
        )


class NotWaitingNow(DomainError):
    """No child of the referral waits for a home on the day asked about."""

    def __init__(self, state: str) -> None:
        super().__init__(
            f"This referral is {state}: on that day no child of it waits for a home. Shortlists are made for "
            "referrals that are open, searching or offered."
        )


class RulesHaveChanged(DomainError):
    """What a run read gives another plan by the rules of today."""

    def __init__(self) -> None:
        super().__init__(
            "The rules have changed since this run was made, so that its facts give another plan now. Make a new run "
            "and ask for its alternatives."
        )


class NoAnswerYet(DomainError):
    """What is asked of the answer of a study that has none."""

    def __init__(self, status: str) -> None:
        super().__init__(
            f"This study is {status}: it has no answer to give. Look at it until it is finished, or ask again."
        )


class NoReturns(DomainError):
    """Statutory returns are asked for, and none was read in."""

    def __init__(self) -> None:
        super().__init__("No statutory return is on record. Read one in (POST /ssda903), or ask of our own placements.")


class SayWhichVersion(DomainError):
    """What is on record would be replaced without saying that it was read."""

    def __init__(self) -> None:
        super().__init__(
            "There is something on record here already. Read it, and send its ETag in the header If-Match, so that "
            "nobody's change is lost."
        )


class FaultyPlan(AssertionError):
    """The solver gave a plan that its own checker refuses: a bug. Nothing was stored."""
