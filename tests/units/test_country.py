"""The real lists from end to end: before, the reform, after. Every old commune is accounted for."""

import unicodedata
from datetime import date, timedelta
from typing import Literal

import pytest

from domain.chronicle import ONE_DAY
from domain.codes import Field, PetitionKind, SuccessionMatch, SuccessionRelation
from domain.competence import judge_between
from domain.competent_office import competent_office
from domain.directory import Directory
from domain.law.terms import Question
from domain.names import fold_key
from domain.ports import StoreUnavailable
from domain.succession import candidates, former_units, places_now, sole_heir
from domain.undecided import Doubt, OpenQuestions
from domain.unit_finding import find_units
from domain.units import Unit
from infra.law import carried_edition
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from infra.units import Edition, succession_file, unit_list_file
from infra.units.succession_list import read_successions
from services.reform import ReformOrder, ReformSummary, carried_order, record_reform
from tests.units.country import BASIS, DAY, EVE, counts, imported, is_sane, told_by
from tests.units.reforming import Dying

THREE_TIERS = {"province": 63, "district": 696, "commune": 10_035}
TWO_TIERS = {"province": 34, "commune": 3_321}
AROUND = [
    date(2025, 1, 1), date(2025, 5, 14), EVE - ONE_DAY, EVE, DAY, DAY + ONE_DAY,
    date(2025, 9, 29), date(2025, 9, 30), date(2025, 12, 31), date(2026, 1, 1),
    date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 21),
]  # fmt: skip
"""Days on both sides of every boundary of tree and law."""
CUT_AFTER = 17


@pytest.fixture(scope="module")
def order() -> ReformOrder:
    return carried_order(BASIS)


@pytest.fixture(scope="module")
def country(order: ReformOrder) -> tuple[Directory, MemoryFactStore, ReformSummary]:
    """The country after a reform that was cut off once in the middle and resumed."""
    with unit_list_file(Edition.THREE_TIER) as old:
        store = imported(old)
    head = store.head()
    dying = Dying(store, CUT_AFTER, saved=True)
    with pytest.raises(StoreUnavailable):
        record_reform(order, dying, told_by(store), FixedClock(), lambda _done, _of: None)  # type: ignore[arg-type]
    assert store.head() == head + CUT_AFTER * 1_000
    half = told_by(store)
    assert is_sane(half, EVE)
    assert is_sane(half, DAY)
    resumed = record_reform(order, store, half, FixedClock(), lambda _done, _of: None, resume=True)
    assert resumed.known == CUT_AFTER * 1_000
    assert resumed.finished
    return told_by(store), store, resumed


@pytest.fixture(scope="module")
def directory(country: tuple[Directory, MemoryFactStore, ReformSummary]) -> Directory:
    return country[0]


def test_the_counts_are_those_of_the_country_on_every_day_around_the_boundaries(
    directory: Directory,
) -> None:
    for day in AROUND:
        assert counts(directory, day) == (THREE_TIERS if day <= EVE else TWO_TIERS), day
        assert is_sane(directory, day)
    assert counts(directory, date(2024, 12, 31)) == {}


def test_every_fact_of_the_reform_is_recorded_exactly_once(
    country: tuple[Directory, MemoryFactStore, ReformSummary], order: ReformOrder
) -> None:
    directory, store, resumed = country
    _, steps = order.planned(directory)
    assert store.head() == 2 * 10_794 + len(steps)
    assert resumed.known + resumed.recorded == len(steps)
    for name in directory.units.names():
        said = [note.says for note in directory.units.notes_of(name)]
        assert all(said.count(each) == 1 for each in said), name


def test_every_old_commune_is_placed_queued_or_reported(
    directory: Directory, order: ReformOrder
) -> None:
    questions = OpenQuestions(directory, DAY)
    waiting = {each.unit.unit_id: each.doubt for each in questions.waiting()}
    old = [u for u in _units(directory, EVE) if u.level == "commune"]
    placed = [u for u in old if sole_heir(directory.units, u.unit_id, DAY) is not None]
    assert len(old) == 10_035
    assert {u.unit_id for u in old} - {u.unit_id for u in placed} <= waiting.keys()
    assert not {u.unit_id for u in placed} & waiting.keys()
    by_doubt = {doubt: sum(each is doubt for each in waiting.values()) for doubt in Doubt}
    assert by_doubt[Doubt.LEVEL_GONE] == 696
    assert by_doubt[Doubt.UNPLACED] == 297
    assert len(placed) == 10_035 - 297 - by_doubt[Doubt.SPLIT] - by_doubt[Doubt.GUESSED]
    kinds = {(pair.relation, pair.match) for pair in order.pairs}
    assert (SuccessionRelation.PART, SuccessionMatch.GUESSED) in kinds


def test_nothing_is_invented_every_succession_is_a_line_of_the_list(directory: Directory) -> None:
    with succession_file() as path:
        told = {(row.predecessor, row.successor) for row in read_successions(path)}
    for name in directory.units.names():
        for heir in directory.units.heirs(name):
            assert (name[:-9], heir.heir[:-9]) in told
            assert directory.units.on(heir.heir, DAY) is not None


def test_for_every_old_commune_without_a_pair_there_are_candidates_and_none_is_taken(
    directory: Directory,
) -> None:
    questions = OpenQuestions(directory, DAY)
    for each in questions.waiting(doubt=Doubt.UNPLACED):
        choices = questions.choices(each.unit)
        assert choices, each.unit.name
        assert all(directory.units.on(c.unit.unit_id, DAY) is not None for c in choices)
        assert candidates(directory.units, each.unit.unit_id, DAY) == ()


@pytest.mark.parametrize("day", AROUND)
def test_ancestors_children_and_superiors_agree_on_every_day(
    directory: Directory, day: date
) -> None:
    for unit in _units(directory, day)[::50]:
        above = directory.ancestors(unit.unit_id, day)
        assert unit in (
            directory.children(above[0].unit_id, day) if above else directory.roots(day)
        )
        seat = directory.committee_of(unit.unit_id, day)
        superiors = directory.superiors_of(seat.office_id, day)
        assert [office.unit for office in superiors] == [up.unit_id for up in above]
        assert directory.get_unit(unit.code, day) == unit


@pytest.mark.parametrize(("day", "judge"), [(EVE, "218-20250101"), (DAY, "24-20250701")])
def test_the_nearest_common_superior_of_two_communes_is_the_days_own(
    directory: Directory, day: date, judge: str
) -> None:
    offices = ["ubnd-07456-20250101", "ubnd-07519-20250101"]
    if day == DAY:
        heirs = [sole_heir(directory.units, each[5:], day) for each in offices]
        offices = [f"ubnd-{heir}" for heir in heirs]
    above = directory.common_superior(offices[0], offices[1], day)
    assert above is not None
    assert above.unit == judge
    found = judge_between(offices, directory, day, barred=())
    assert found == above


@pytest.mark.parametrize(
    ("kind", "question", "before", "after"),
    [
        (PetitionKind.COMPLAINT, Question.FIRST, "07456-20250101", "{commune}"),
        (PetitionKind.COMPLAINT, Question.SECOND, "218-20250101", "24-20250701"),
        (PetitionKind.DENUNCIATION, Question.FIRST, "218-20250101", "24-20250701"),
        (PetitionKind.FEEDBACK, Question.FIRST, "07456-20250101", "{commune}"),
    ],
)
def test_who_is_competent_follows_the_law_and_the_tree_of_the_day(
    directory: Directory, kind: PetitionKind, question: Question, before: str, after: str
) -> None:
    rules = carried_edition().book
    heir = sole_heir(directory.units, "07456-20250101", DAY) or ""
    for day in AROUND:
        unit, wanted = ("07456-20250101", before) if day <= EVE else (heir, after)
        found = competent_office(
            kind, Field.LAND, unit, day, directory=directory, rules=rules, question=question
        )
        assert found is not None, day
        assert found.office is not None
        assert found.office.unit == wanted.format(commune=heir), day


def test_an_old_districts_act_is_answered_for_by_the_province_until_somebody_decides(
    directory: Directory,
) -> None:
    found = competent_office(
        PetitionKind.COMPLAINT, Field.LAND, "24-20250701", DAY, directory=directory,
        rules=carried_edition().book, accused="ubnd-218-20250101",
    )  # fmt: skip
    assert found is not None
    assert found.office is not None
    assert found.office.office_id == "ubnd-24-20250701"


def test_a_code_used_again_means_another_unit_on_each_side(directory: Directory) -> None:
    assert directory.get_unit("00004", EVE).name == "Phường Trúc Bạch"
    assert directory.get_unit("00004", DAY).name == "Phường Ba Đình"
    assert [up.level for up in directory.ancestors("00004-20250701", DAY)] == ["province"]


def test_where_an_old_address_is_now(directory: Directory) -> None:
    places = places_now("07456-20250101", directory, DAY)
    assert [(unit.name, where.whole) for unit, where in places] == [("Xã Bảo Đài", True)]
    split = next(OpenQuestions(directory, DAY).waiting(doubt=Doubt.SPLIT)).unit
    assert sole_heir(directory.units, split.unit_id, DAY) is None
    assert not all(where.whole for _, where in places_now(split.unit_id, directory, DAY))
    assert places_now("07456-20250101", directory, EVE)[0][0].name == "Xã Tam Dị"


def test_former_names_are_known_of_what_goes_on_and_of_what_merged(directory: Directory) -> None:
    assert [p.name for p in directory.units.of("38-20250101")] == [
        "Tỉnh Thanh Hóa", "Tỉnh Thanh Hoá",
    ]  # fmt: skip
    bac_ninh = {unit.name for unit in former_units("24-20250701", directory)}
    assert bac_ninh == {"Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"}


@pytest.mark.parametrize("form", ["", "NFC", "NFD"])
def test_names_are_found_without_marks_in_any_form_old_ones_too(
    directory: Directory, form: Literal["", "NFC", "NFD"]
) -> None:
    text = unicodedata.normalize(form, "Đồng Kỳ") if form else "dong ky"
    before = find_units(text, directory, EVE, 5)
    assert (before[0].unit.name, before[0].stands) == ("Xã Đồng Kỳ", True)
    after = find_units(text, directory, DAY, 5)
    assert after[0].unit.unit_id.endswith("20250701")
    gone = [each for each in after if not each.stands]
    assert gone[0].unit.unit_id == "07282-20250101"
    assert [unit.name for unit, _ in gone[0].places] == ["Xã Đồng Kỳ"]


def test_a_kind_that_changed_still_finds_the_unit_and_says_where_its_area_is(
    directory: Directory,
) -> None:
    before = [each.unit.name for each in find_units("tx kon tum", directory, EVE, 3)]
    assert before[:2] == ["Tỉnh Kon Tum", "Thành phố Kon Tum"]
    after = {each.unit.name: each for each in find_units("tx kon tum", directory, DAY, 5)}
    assert after["Phường Kon Tum"].stands
    town = after["Thành phố Kon Tum"]
    assert not town.stands
    assert "Phường Kon Tum" in {unit.name for unit, _ in town.places}
    assert not any(where.whole for _, where in town.places)


def test_every_unit_of_a_day_is_found_by_its_own_name_with_and_without_marks(
    directory: Directory,
) -> None:
    for day in (EVE, DAY):
        for unit in _units(directory, day)[::400]:
            for text in (unit.name, fold_key(unit.name)):
                found = {each.unit.unit_id for each in find_units(text, directory, day, 60)}
                assert unit.unit_id in found, (unit.name, day)


def test_what_was_known_before_the_reform_was_recorded_stays_known(directory: Directory) -> None:
    recorded = directory.units.newest_record
    assert directory.known_on(recorded) is directory
    early = directory.known_on(recorded - timedelta(days=1))
    assert counts(early, DAY) == {}


def _units(directory: Directory, day: date) -> list[Unit]:
    roots = directory.roots(day)
    return [u for root in roots for u in (root, *directory.units_under(root.unit_id, day))]
