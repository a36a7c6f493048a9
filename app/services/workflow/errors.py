"""What a move may be refused for beyond the tables of moves."""

from __future__ import annotations

from matching.errors import DomainError


class NotYourHome(DomainError):
    """A provider's key asked about a home that the provider does not run. Told as if it were not there."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        super().__init__(f"There is no such {noun} among those of your own homes. Look it up in its list.")


class NotYourSignOff(DomainError):
    """A sign-off is asked of another role."""

    def __init__(self, role: str) -> None:
        super().__init__(f"This sign-off is asked of the {role}. Only a key with that role may answer it.")


class OtherChild(DomainError):
    """A child is named who is not of the referral."""

    def __init__(self) -> None:
        super().__init__("A child named here is not of this referral. Name children of the referral only.")


class AlreadyAsked(DomainError):
    """The home is being asked about these children already."""

    def __init__(self) -> None:
        super().__init__("This home is being asked about these children already. Wait for its answer, or withdraw it.")
