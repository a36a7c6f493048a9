"""Use case: many scenarios, each laid beside the plan of today as a study of its own, by as many workers as there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.scenarios import long_work, tonight
from app.services.scenarios.long_work import Question
from app.services.scenarios.tonight import WhatIf
from db.repositories.studies import Study


def sweep_scenarios(
    office: Office,
    caller: Caller,
    asked: WhatIf,
    write: Callable[[tuple[Study, ...]], Reply],
    repeat: Repeat | None = None,
) -> Reply:
    """Asks for each scenario by itself, all or none. Raises Invalid naming each change that cannot be, KeyReused and Busy."""
    for at, scenario in enumerate(asked.scenarios):
        with tonight.naming(at):
            long_work.check(office, caller, asked.as_of, asked.preset, scenario.changes)
    questions = [
        Question(
            kind=tonight.KIND, as_of=asked.as_of, asked=tonight.asked_document(replace(asked, scenarios=(scenario,)))
        )
        for scenario in asked.scenarios
    ]
    return long_work.ask_all(office, caller, questions, write, repeat)
