"""The values that law or policy sets: dated, cited, and an authority's own where policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from matching.errors import DomainError


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named value with its unit, where it comes from, and whether an authority may set its own."""

    name: str
    unit: str
    says: str
    source: str
    dated: tuple[tuple[date, int], ...]
    """(in force from, value), oldest first."""
    local: bool
    """Whether an authority may hold its own value; False for what the law sets."""
    least: int = 0
    most: int = 100_000_000

    def on(self, day: date) -> int:
        """The national or default value on a day; the earliest value for any day before it."""
        value = self.dated[0][1]
        for starts, later in self.dated:
            if starts <= day:
                value = later
        return value


_ALWAYS = date(1989, 11, 16)


def _law(name: str, unit: str, says: str, source: str, value: int, since: date = _ALWAYS) -> Parameter:
    return Parameter(name, unit, says, source, ((since, value),), local=False)


def _policy(name: str, unit: str, says: str, source: str, value: int, least: int = 0, most: int = 10**8) -> Parameter:
    return Parameter(name, unit, says, source, ((_ALWAYS, value),), local=True, least=least, most=most)


PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        parameter.name: parameter
        for parameter in (
            _law(
                "usual_fostering_limit",
                "children",
                "Most foster children in one household unless all are siblings or an exemption names them",
                "Children Act 1989 s63(12), Sch 7",
                3,
            ),
            _law(
                "emergency_working_days",
                "working days",
                "How long a foster carer may care outside the terms of approval in an emergency",
                "Care Planning Regs 2010 reg 23",
                6,
            ),
            _law(
                "temporary_approval_weeks",
                "weeks",
                "How long a connected person's temporary approval lasts",
                "Care Planning Regs 2010 reg 24",
                16,
            ),
            _law(
                "temporary_extension_weeks",
                "weeks",
                "The one extension of a temporary approval",
                "Care Planning Regs 2010 reg 25",
                8,
            ),
            _law(
                "unregulated_age",
                "years",
                "Below this age no unregulated or supported accommodation",
                "Care Planning Regs 2010 reg 27A",
                16,
                date(2021, 9, 9),
            ),
            _law(
                "own_bedroom_age",
                "years",
                "From this age a child has an own bedroom, or sharing is agreed",
                "Fostering NMS 10.6",
                3,
            ),
            _law("smoke_free_age", "years", "Children under this age live with no smoker", "CoramBAAF PN68", 5),
            _policy(
                "school_reach",
                "tenths of a mile",
                "Within this a child can stay at the same school",
                "policy",
                100,
                0,
                1_000,
            ),
            _policy("distant_miles", "tenths of a mile", "Beyond this a home is distant", "SSDA903 measure", 200),
            _policy(
                "confirmed_within_days",
                "days",
                "A vacancy confirmed longer ago is stale",
                "policy",
                14,
                1,
                365,
            ),
            _policy(
                "smoking_blocks",
                "0 or 1",
                "Whether the smoking rule blocks (1) or asks for a sign-off (0)",
                "council policy",
                0,
                0,
                1,
            ),
            _policy("emergency_bed_days", "days", "Move on from an emergency bed within", "NELC #15", 7, 1, 28),
            _policy("breakdowns_for_plan", "breakdowns", "Breakdowns before a stability plan", "NELC #17", 2, 1, 10),
            _policy("gap_levels_for_sign_off", "levels", "Need levels short before a sign-off", "NMS 15", 2, 1, 48),
            _policy("mix_years", "years", "Widest age range in shared accommodation", "RCC standard", 3, 0, 10),
            _policy("ceiling_fostering", "pence a week", "Weekly ceiling, fostering", "policy", 1_200_00),
            _policy("ceiling_residential", "pence a week", "Weekly ceiling, residential", "policy", 6_100_00),
            _policy("ceiling_supported", "pence a week", "Weekly ceiling, supported", "policy", 2_000_00),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values in force on a day for one authority."""

    as_of: date
    own: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The authority's own values, by name."""

    def __post_init__(self) -> None:
        for name, value in self.own.items():
            known = PARAMETERS.get(name)
            if known is None:
                raise DomainError(f"There is no parameter {name!r}. The rule book lists them.")
            if not known.local:
                raise DomainError(f"{name} is set by law ({known.source}) and cannot be an authority's own.")
            if not known.least <= value <= known.most:
                raise DomainError(f"{name} is a whole number from {known.least} to {known.most} ({known.unit}).")

    def __getitem__(self, name: str) -> int:
        """The authority's own value, else the one in force on the day; raises KeyError for a name there is not."""
        return self.own[name] if name in self.own else PARAMETERS[name].on(self.as_of)
