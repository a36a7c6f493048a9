"""What can be wrong with what somebody asked for; each error is written for the person who must act."""

from __future__ import annotations

from dataclasses import dataclass


class DomainError(ValueError):
    """Something a person can put right. The message says what is wrong and what would be right.

    No message carries personal data: codes, references and limits only.
    """


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field: where it is, what is wrong and what would be right."""

    field: str
    """A path of names and positions parted by '/', as in a JSON Pointer without the leading slash."""
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.field}: {self.wrong}. {self.remedy}"


class Invalid(DomainError):
    """One or more fields cannot be as they were given; every fault is named at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in faults))


class Faults:
    """Gathers what is wrong with one object, so that all of it is reported at once."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def unless(self, holds: object, field: str, wrong: str, remedy: str) -> None:
        """Records a fault on a field unless what should hold does hold."""
        if not holds:
            self._found.append(Fault(field, wrong, remedy))

    def within(self, field: str, faults: tuple[Fault, ...]) -> None:
        """Records the faults of a part under the name of the part."""
        self._found.extend(Fault(f"{field}/{f.field}", f.wrong, f.remedy) for f in faults)

    def raise_if_any(self) -> None:
        """Raises Invalid naming every fault found so far; does nothing when there is none."""
        if self._found:
            raise Invalid(self._found)
