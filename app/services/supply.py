"""Use cases about who could offer a home: providers and homes."""

from __future__ import annotations

from app.services.recording import Change, Noun
from matching.errors import Faults
from matching.homes import Home, Provider

PROVIDERS: Noun[Provider] = Noun(name="provider", plural="providers", records=lambda work: work.providers)


def _check(change: Change[Home]) -> None:
    home, faults = change.now, Faults()
    framework = change.work.frameworks.in_use()
    known = {domain.code for domain in framework.domains}
    sought = {"meets": home.meets.keys()} | {
        f"purposes/{at}/highest_levels": purpose.highest_levels.keys() for at, purpose in enumerate(home.purposes)
    }
    for field, named in sought.items():
        faults.unless(
            named <= known,
            field,
            "The framework in use has no such domain",
            f"Give levels for {', '.join(domain.code for domain in framework.domains)}",
        )
    faults.unless(
        home.availability.last_confirmed is None or home.availability.last_confirmed <= change.today,
        "availability/last_confirmed",
        "The vacancy would be confirmed in the future",
        "Give a day up to today",
    )
    provider = change.work.providers.get(home.provider).value
    faults.unless(
        home.sector is provider.sector,
        "sector",
        "The home is in another sector than its provider",
        "Give the provider's sector, or name the provider that runs the home",
    )
    faults.raise_if_any()


HOMES: Noun[Home] = Noun(name="home", plural="homes", records=lambda work: work.homes, check=_check)
