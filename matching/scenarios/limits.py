"""What a change may say: whole numbers within limits, places on land in England, and a question where it says much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matching.errors import Fault, Invalid
from matching.places import Place
from matching.rules.parameters import PARAMETERS


class AreYouSure(Invalid):
    """A change is so far from anything on record that it is taken only when it is confirmed."""


class Limits:
    """Gathers what is wrong with one change, and what is to be confirmed."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._doubts: list[Fault] = []

    def whole(self, field: str, value: int | None, least: int, most: int, unit: str) -> None:
        """A whole number within limits, when there is one."""
        if value is not None and not least <= value <= most:
            wrong = "This is below zero" if value < 0 <= least else "This lies outside its limits"
            self._faults.append(Fault(field, wrong, f"Give a whole number of {unit} from {least:,} to {most:,}"))

    def one_of(self, field: str, given: Mapping[str, object]) -> None:
        """Exactly one of several."""
        names = " or ".join(f"'{name}'" for name in given)
        if sum(value is not None for value in given.values()) != 1:
            self._faults.append(Fault(field, "This change says nothing, or two things at once", f"Give either {names}"))

    def something(self, field: str, given: Iterable[object]) -> None:
        """At least one of several."""
        if not any(given):
            self._faults.append(Fault(field, "This change changes nothing", "Say what is to be different"))

    def name(self, field: str, value: str) -> None:
        """A name people can use."""
        if not 1 <= len(value.strip()) <= 200:
            self._faults.append(Fault(field, "A scenario has a name", "Give 1 to 200 characters"))

    def place(self, field: str, place: Place | None) -> None:
        """A place on land in England, when there is one."""
        if place is None:
            return
        if place.point is None:
            self._faults.append(Fault(field, "Nobody knows where this place is", "Give another postcode"))
        elif place.authority is None:
            wrong = "This place lies in no authority's area: at sea, or on a boundary"
            self._faults.append(Fault(field, wrong, "Give a full postcode on land in England"))
        elif not place.authority.startswith("E"):
            self._faults.append(Fault(field, "This place is not in England", "Give a postcode in England"))

    def parameters(self, field: str, own: Mapping[str, int]) -> None:
        """Values that an authority may set, within their limits."""
        local = ", ".join(one.name for one in PARAMETERS.values() if one.local)
        for name, value in own.items():
            known = PARAMETERS.get(name)
            if known is None:
                self._faults.append(Fault(f"{field}/{name}", "There is no such parameter", f"Give one of {local}"))
            elif not known.local:
                wrong = f"This is set by law ({known.source})"
                self._faults.append(Fault(f"{field}/{name}", wrong, f"Leave it out; what may be set is {local}"))
            else:
                self.whole(f"{field}/{name}", value, known.least, known.most, known.unit)

    def sure(self, confirmed: bool, field: str, usual: bool, says: str) -> None:  # noqa: FBT001 - both are facts
        """Something so large that it is taken only when it is confirmed."""
        if not usual and not confirmed:
            self._doubts.append(Fault(field, f"{says}. Are you sure?", "Send 'confirmed': true if you are"))

    def done(self) -> None:
        """Raises Invalid naming every fault, else AreYouSure naming what is to be confirmed."""
        if self._faults:
            raise Invalid(self._faults)
        if self._doubts:
            raise AreYouSure(self._doubts)
