"""Our forecast beside cs-demand-model's: the same files, the same day, the same question a year ahead, the truth held out.

Both are given what was known on the morning of a day, as the header and the episodes of a return, and asked how many
children will be in care 365 nights later, by kind of placement (their four: fostering U1-U6, residential K2 R1,
supported H5 P2, other) and band of age. Then the truth is counted child by child. Where the peer lets its user choose
the days that rates come from, it is asked with its own default (six months) and with a year, and the better is kept.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from app.geography.postcodes import PostcodeDirectory
from app.interchange.sources import Folder
from app.interchange.ssda903.loading import read_returns
from matching.codes.ssda903 import CollectionYear
from matching.histories import AuthorityHistory, Episode, join_years
from matching.sufficiency.forecast import Forecast, Method, forecast
from matching.synthetic.care_histories import NOBODY, invented_history
from tests.benchmarks.figures import Figure
from tests.peers import environment
from tests.peers.known_files import write_known
from tests.peers.running import ask, sample_returns

SAYS = "one year ahead by kind of placement and age, beside cs-demand-model 0.5.1 on the same files"
AHEAD = 365
REPLICATES = 1_000
WINDOWS = (182, 365)
KINDS = ("FOSTERING", "RESIDENTIAL", "SUPPORTED", "OTHER")
AGES = ("BIRTH_TO_ONE", "ONE_TO_FIVE", "FIVE_TO_TEN", "TEN_TO_SIXTEEN", "SIXTEEN_TO_EIGHTEEN")
_EDGES = (1, 5, 10, 16)
_KIND_OF = {
    **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), 0),
    **dict.fromkeys(("K2", "R1"), 1),
    **dict.fromkeys(("H5", "P2"), 2),
}
SAMPLE_DAYS = tuple(date(year, 4, 1) for year in (2018, 2019, 2020, 2021))
INVENTED_DAYS = (date(2021, 4, 1), date(2022, 4, 1))
INVENTED_SEEDS, COVERED_SEEDS = (1, 2), tuple(range(1, 13))


def _kind(episode: Episode) -> int:
    """Theirs: whatever is in none of their lists is other, short breaks too."""
    return _KIND_OF.get(episode.placement, 3)


METHOD = Method(kinds=KINDS, kind_of=_kind)


@dataclass(frozen=True)
class Question:
    """A history, and the morning from which to look ahead."""

    history: AuthorityHistory
    day: date

    @property
    def truth(self) -> np.ndarray[Any, Any]:
        """Children in care that many nights later: kinds by ages."""
        return in_care(self.history, self.day + timedelta(days=AHEAD))


def in_care(history: AuthorityHistory, night: date) -> np.ndarray[Any, Any]:
    """Children in care on a night, counted one by one: kinds by ages."""
    counts = np.zeros((len(KINDS), len(AGES)))
    for child in history.children:
        there = child.episode_on(night)
        if there is not None:
            counts[_kind(there), sum(child.age_on(night) >= edge for edge in _EDGES)] += 1
    return counts


@cache
def sample() -> AuthorityHistory:
    """The returns that come with the peer: 820 children, 2017-18 to 2021-22."""
    read, _ = read_returns(NOBODY, Folder(sample_returns()), PostcodeDirectory())
    return join_years(NOBODY, {one.year: one.children for one in read})


@cache
def invented(seed: int) -> AuthorityHistory:
    """An authority nobody lives in, whose rates stay as they are: seven years."""
    return invented_history(NOBODY, CollectionYear(2016), 7, seed)


def figures() -> Iterator[Figure]:
    """Errors and time side by side; then how often the truth lay within our bands."""
    try:
        environment.make()
    except RuntimeError as error:
        yield Figure(name="not compared on this machine", value=0, unit="", note=str(error).splitlines()[0])
        return
    sampled = [Question(sample(), day) for day in SAMPLE_DAYS]
    made_up = [Question(invented(seed), day) for seed in INVENTED_SEEDS for day in INVENTED_DAYS]
    peers = _peers_answers([*sampled, *made_up])
    spent: list[float] = []
    for name, questions, theirs in (
        ("sample returns", sampled, peers[: len(sampled)]),
        ("invented authority", made_up, peers[len(sampled) :]),
    ):
        yield from _errors(name, questions, theirs, spent)
    per_run = statistics.median(answer["seconds"]["project"] for found in peers for answer in found)
    mine = statistics.median(spent) / REPLICATES
    yield Figure(
        name="processor time of one replicate",
        value=mine * 1000,
        unit="ms",
        limit=per_run * 1000 / 20,
        times=per_run / mine,
        peer="cs-demand-model's one run",
        note="ours with estimating and reading stays, theirs without",
    )
    yield from _coverage(sampled)


def _errors(
    name: str, questions: Sequence[Question], theirs: Sequence[Sequence[Any]], spent: list[float]
) -> Iterator[Figure]:
    ours, by_kind, by_total, stocks = [], [], [], []
    for question, answers in zip(questions, theirs, strict=True):
        began = time.process_time()
        told = _ours(question)
        spent.append(time.process_time() - began)
        ours.append(_error(told.mean[:, :, -1], question.truth))
        by_kind.append(_error(told.mean[:, :, -1].sum(axis=1), question.truth.sum(axis=1)))
        by_total.append(abs(told.mean[:, :, -1].sum() - question.truth.sum()))
        there = in_care(question.history, question.day - timedelta(days=1)).sum()
        stocks.append(abs(sum(_cells(answers[0]["stock"]).flat) - there))
    per_window = [
        [_error(_cells(answers[at]["ahead"]), q.truth) for q, answers in zip(questions, theirs, strict=True)]
        for at in range(len(WINDOWS))
    ]
    best = min(range(len(WINDOWS)), key=lambda at: statistics.mean(per_window[at]))
    kinds = [
        _error(_cells(a[best]["ahead"]).sum(axis=1), q.truth.sum(axis=1))
        for q, a in zip(questions, theirs, strict=True)
    ]
    total = [abs(_cells(a[best]["ahead"]).sum() - q.truth.sum()) for q, a in zip(questions, theirs, strict=True)]
    said = ", ".join(f"{WINDOWS[at]} days {statistics.mean(found):.2f}" for at, found in enumerate(per_window))
    yield Figure(
        name=f"{name}: mean error of a cell",
        value=statistics.mean(ours),
        unit="",
        limit=statistics.mean(per_window[best]),
        note=f"20 cells, {len(questions)} questions; theirs, with rates from {said}",
    )
    yield Figure(
        name=f"{name}: mean error of a kind",
        value=statistics.mean(by_kind),
        unit="",
        limit=statistics.mean(kinds),
        note="4 kinds of all ages together; the limit is theirs",
    )
    yield Figure(
        name=f"{name}: mean error of the total",
        value=statistics.mean(by_total),
        unit="",
        note=f"of {statistics.mean(q.truth.sum() for q in questions):.0f} children; theirs {statistics.mean(total):.1f}; "
        f"their count on the day itself differs from ours by {statistics.mean(stocks):.1f}",
    )


def _outside(questions: Sequence[Question]) -> tuple[float, int]:
    """Of a hundred cells in which the truth lay outside our 90 % band, and how many cells there were.

    Cells of about five children or more: of very few the band is wide or certain, whatever is true.
    """
    outside: list[bool] = []
    for question in questions:
        told, truth = _ours(question), question.truth
        low, high, mean = (column[:, :, -1] for column in (told.low, told.high, told.mean))
        outside += list(((truth < low) | (truth > high))[truth + mean >= 10])
    return 100 * float(np.mean(outside)), len(outside)


def _coverage(sampled: Sequence[Question]) -> Iterator[Figure]:
    """How often the truth lay outside our bands: where rates are steady, and in the sample, where they are not."""
    questions = [Question(invented(seed), day) for seed in COVERED_SEEDS for day in INVENTED_DAYS]
    share, cells = _outside(questions)
    yield Figure(
        name="invented: truth outside the 90 % band",
        value=share,
        unit="%",
        limit=15,
        note=f"10 is right; {cells} cells of 5 children or more, {len(questions)} forecasts",
    )
    share, cells = _outside(sampled)
    note = f"{cells} cells; 181 came into care in its first year, then 15, 11, 10 and 5: no forecast from its past can know"
    yield Figure(name="sample: truth outside the 90 % band", value=share, unit="%", note=note)


def _ours(question: Question) -> Forecast:
    return forecast(question.history, question.day, AHEAD + 1, REPLICATES, 1, METHOD)


def _error(told: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]) -> float:
    return float(np.abs(told - truth).mean())


def _cells(told: Mapping[str, float]) -> np.ndarray[Any, Any]:
    return np.array([[told.get(f"{age}/{kind}", 0.0) for age in AGES] for kind in KINDS])


def _peers_answers(questions: Sequence[Question]) -> list[list[Any]]:
    """The peer's answers to each question, one for each window."""
    with TemporaryDirectory() as scratch:
        asked = []
        for at, question in enumerate(questions):
            folder = write_known(question.history, question.day, Path(scratch) / str(at))
            about = {"folder": str(folder), "origin": question.day.isoformat(), "days": AHEAD}
            asked += [{**about, "window": window} for window in WINDOWS]
        file = Path(scratch) / "questions.json"
        file.write_text(json.dumps(asked))
        told = ask("demand_model", file)
    return [told[at : at + len(WINDOWS)] for at in range(0, len(told), len(WINDOWS))]
