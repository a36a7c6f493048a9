"""What no scenario can say: each is refused in plain words that name the field and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from matching.codes import AvailabilityState, HomeKind, SearchKind
from matching.errors import Invalid
from matching.geography import Point
from matching.places import Place
from matching.policy import Measure
from matching.record_documents import Unreadable
from matching.scenarios import (
    AddChildren,
    AddHomes,
    Change,
    ChangeApprovals,
    ChangeAvailability,
    ChangeBeds,
    ChangeDemand,
    ChangeParameters,
    ChangePolicy,
    ChangePrices,
    CloseHomes,
    PostponeSearches,
    Scenario,
    StepDown,
    Which,
    apply,
)
from matching.scenarios.documents import change_of
from matching.scenarios.limits import AreYouSure
from matching.values import AuthorityCode, HomeId, Pence, ProviderId
from tests.spec.building import HOME, Given, at

KIND = HomeKind.FOSTERING_MAINSTREAM
THE_HOME = Which(homes=frozenset({HOME}))
SEA = Place("ZZ1 1ZZ", Point(690_000, 350_000), None)
SCOTLAND = Place("EH1 1AA", Point(325_000, 673_000), AuthorityCode("S12000036"))


@pytest.mark.parametrize(
    ("made", "field", "says"),
    [
        (lambda: AddHomes(count=0, kind=KIND), "count", "1 to 2,000"),
        (lambda: AddHomes(count=1, kind=KIND, beds=-1), "beds", "below zero"),
        (lambda: AddHomes(count=1, kind=KIND, place=SEA), "place", "at sea"),
        (lambda: AddHomes(count=1, kind=KIND, place=SCOTLAND), "place", "not in England"),
        (lambda: AddHomes(count=1, kind=KIND, place=Place("NR1 1")), "place", "Nobody knows"),
        (lambda: AddHomes(count=1, kind=KIND, weekly=Pence(-5)), "weekly", "below zero"),
        (lambda: ChangeBeds(which=THE_HOME), "by", "either 'by' or 'to'"),
        (lambda: ChangeBeds(which=THE_HOME, by=1, to=2), "by", "two things at once"),
        (lambda: ChangeBeds(which=THE_HOME, to=-1), "to", "below zero"),
        (ChangePrices, "weekly", "either 'weekly' or 'per_mille'"),
        (lambda: ChangePrices(per_mille=-1_001), "per_mille", "-1,000 to 10,000"),
        (lambda: ChangeApprovals(which=THE_HOME), "ages", "changes nothing"),
        (lambda: AddChildren(count=0), "count", "1 to 2,000"),
        (lambda: AddChildren(count=5, within_days=400), "within_days", "0 to 181"),
        (lambda: ChangeDemand(per_mille_a_year=-2_000), "per_mille_a_year", "-1,000"),
        (lambda: StepDown(count=-1), "count", "1 to 2,000"),
        (lambda: PostponeSearches(days=0), "days", "1 to 181"),
        (ChangePolicy, "weights", "changes nothing"),
        (lambda: ChangePolicy(weights={Measure.COST: 5_000}), "weights/cost", "0 to 1,000"),
        (lambda: ChangePolicy(urgency={SearchKind.PLANNED: -1}), "urgency/planned", "below zero"),
        (lambda: ChangeParameters(own={"usual_fostering_limit": 5}), "own/usual_fostering_limit", "set by law"),
        (lambda: ChangeParameters(own={"speed": 5}), "own/speed", "no such parameter"),
        (lambda: ChangeParameters(own={"emergency_bed_days": 99}), "own/emergency_bed_days", "1 to 28"),
        (lambda: Which(count=0), "count", "1 to 5,000"),
        (lambda: Scenario(name=" "), "name", "1 to 200"),
        (lambda: Scenario(name="Long", changes=(StepDown(count=1),) * 51), "changes", "0 to 50"),
    ],
)
def test_nonsense_names_the_field_and_the_remedy(made: Callable[[], object], field: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        made()
    (fault,) = refused.value.faults
    assert fault.field == field
    assert says in f"{fault.wrong}. {fault.remedy}"
    assert fault.remedy


@pytest.mark.parametrize(
    ("made", "field", "says"),
    [
        (lambda sure: ChangeDemand(per_mille_a_year=4_000, confirmed=sure), "per_mille_a_year", "Growth of 400 %"),
        (lambda sure: AddHomes(count=500, kind=KIND, confirmed=sure), "count", "500 new homes"),
        (lambda sure: AddChildren(count=300, confirmed=sure), "count", "surge of 33"),
        (lambda sure: ChangePrices(per_mille=2_000, confirmed=sure), "per_mille", "200 %"),
        (lambda sure: CloseHomes(which=Which(), confirmed=sure), "which", "every home"),
    ],
)
def test_what_is_far_beyond_the_usual_asks_whether_you_are_sure(
    made: Callable[[bool], object], field: str, says: str
) -> None:
    with pytest.raises(AreYouSure) as asked:
        made(False)
    (fault,) = asked.value.faults
    assert fault.field == field
    assert says in fault.wrong
    assert "Are you sure?" in fault.wrong
    assert "confirmed" in fault.remedy
    assert made(True)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ((CloseHomes(which=Which(homes=frozenset({HomeId(UUID(int=9))}))),), "changes/0/which/homes", "no such home"),
        (
            (CloseHomes(which=Which(provider=ProviderId(UUID(int=9)))),),
            "changes/0/which/provider",
            "no such provider",
        ),
        (
            (ChangePrices(which=Which(kinds=frozenset({HomeKind.SECURE})), per_mille=1),),
            "changes/0/which",
            "No home on record fits",
        ),
        ((CloseHomes(which=Which(count=2)),), "changes/0/which/count", "Only 1 homes"),
        ((ChangeBeds(which=THE_HOME, by=-4),), "changes/0/by", "has 3 beds and cannot lose 4"),
        ((ChangeBeds(which=THE_HOME, by=58),), "changes/0/by", "more than 60"),
        ((AddHomes(count=1, kind=HomeKind.STAYING_PUT),), "changes/0/kind", "particular people"),
        ((AddHomes(count=1, kind=KIND, area=AuthorityCode("E06000001")),), "changes/0/area", "Nothing on record"),
        (
            (AddHomes(count=1, kind=KIND, area=AuthorityCode("E10000020"), place=at(5, AuthorityCode("E10000029"))),),
            "changes/0/place",
            "does not lie in the area",
        ),
        ((CloseHomes(which=THE_HOME), CloseHomes(which=THE_HOME)), "changes/1", "contradicts change 1"),
        ((CloseHomes(which=THE_HOME), ChangeBeds(which=THE_HOME, by=1)), "changes/1", "closes by change 1"),
        ((ChangeBeds(which=THE_HOME, to=1), ChangeBeds(which=THE_HOME, to=2)), "changes/1", "number of beds"),
        (
            (
                ChangeAvailability(which=THE_HOME, state=AvailabilityState.FULL),
                ChangeAvailability(which=THE_HOME, state=AvailabilityState.AVAILABLE),
            ),
            "changes/1",
            "whether it is available",
        ),
        (
            (ChangePrices(which=THE_HOME, weekly=Pence(1)), ChangePrices(which=THE_HOME, weekly=Pence(2))),
            "changes/1",
            "the price of H1",
        ),
        (
            (ChangePolicy(weights={Measure.COST: 1}), ChangePolicy(weights={Measure.COST: 2})),
            "changes/1",
            "the weight of cost",
        ),
        (
            (ChangeParameters(own={"mix_years": 1}), ChangeParameters(own={"mix_years": 2})),
            "changes/1",
            "the value of mix_years",
        ),
    ],
)
def test_what_cannot_be_on_these_records_is_refused(changes: tuple[Change, ...], field: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        apply(Given().records(), changes)
    (fault,) = refused.value.faults
    assert fault.field == field
    assert says in fault.wrong
    assert fault.remedy


def test_changes_that_add_to_one_another_are_no_contradiction() -> None:
    more = ChangeBeds(which=THE_HOME, by=1)
    records = apply(Given().records(), (more, more, ChangePrices(per_mille=10)))
    assert records.homes[0].beds == 5


@pytest.mark.parametrize("document", [{}, {"change": "make-tea"}, [], {"change": "step-down", "cups": 1}])
def test_what_is_no_change_is_not_read_as_one(document: object) -> None:
    with pytest.raises(Unreadable):
        change_of(document)
