"""Runs in the peers' environment: cs-demand-model's forecast from the files of a return.

    python demand_model.py QUESTIONS      a JSON file: [{"folder", "origin", "days", "window"}, ...]

For each question prints what it takes for the stock on the day, its forecast so many days on, by "AGE/CATEGORY", and
the processor's seconds it took to read and prepare, to estimate, and to project day by day.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from datetime import date, timedelta
from pathlib import Path
from typing import Any


def answer(folder: str, origin: str, days: int, window: int) -> dict[str, Any]:
    """One forecast: rates from so many days before the origin, projected so many days on."""
    model = importlib.import_module("cs_demand_model")
    stores = importlib.import_module("cs_demand_model.datastore")
    config = importlib.import_module("cs_demand_model.config").Config()
    end = date.fromisoformat(origin)
    began = time.process_time()
    container = model.DemandModellingDataContainer(stores.fs_datastore(folder), config)
    stats = model.PopulationStats(container.enriched_view, config)
    read = time.process_time()
    predictor = model.ModelPredictor.from_model(stats, end - timedelta(days=window), end)
    estimated = time.process_time()
    ahead = predictor.predict(days).iloc[-1]
    projected = time.process_time()
    return {
        "stock": _cells(predictor.initial_population),
        "ahead": _cells(ahead),
        "seconds": {"read": read - began, "estimate": estimated - read, "project": projected - estimated},
    }


def _cells(series: Any) -> dict[str, float]:
    return {"/".join(cell): float(value) for cell, value in series.items() if cell and value == value}  # noqa: PLR0124 - leaves what is not a number out


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps([answer(**one) for one in json.loads(Path(sys.argv[1]).read_text())]))
