"""A reform is planned, shown, recorded in batches, cut off anywhere and resumed."""

import random
from dataclasses import replace

import pytest

from domain.codes import SuccessionMatch
from domain.directory import Directory
from domain.ports import StoreUnavailable
from domain.succession import sole_heir
from domain.undecided import OpenQuestions
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from services.reform import ReformSummary, preview, record_reform
from services.reform.open_work import OpenWork, Touched
from services.reform.preview import ending
from services.reform.recording import HalfRecorded, OtherReform
from tests.units.country import DAY, EVE, Files, counts, is_sane, told_by
from tests.units.reforming import SMALL, Dying, before, files, reform

__all__ = ["before", "files"]


@pytest.fixture(scope="module")
def after(files: Files, before: MemoryFactStore) -> Directory:
    store = before.copy()
    reform(store, files.order)
    return told_by(store)


def test_a_preview_shows_the_day_after_and_records_nothing(
    files: Files, before: MemoryFactStore, after: Directory
) -> None:
    head = before.head()
    seen = preview(files.order, told_by(before))
    assert before.head() == head
    assert counts(seen.after, DAY) == counts(after, DAY)
    assert {each.unit.unit_id for each in seen.waiting} == {
        each.unit.unit_id for each in OpenQuestions(after, DAY).waiting()
    }
    data = seen.as_data()
    assert data["counts"]["abolished"] == len(data["abolished"])
    assert data["counts"]["undecided_level_gone"] == counts(told_by(before), EVE)["district"]


def test_a_preview_says_how_much_open_work_each_end_touches(
    files: Files, before: MemoryFactStore
) -> None:
    directory = told_by(before)
    area = ending(files.order, directory)
    assert "ubnd-24-20250101" in area.offices
    assert "ubnd-20-20250101" not in area.offices
    assert len(area.units) == len(area.offices)
    one, other = area.offices[:2]
    work = {one: OpenWork(petitions=3, cases=2), other: OpenWork(offers=1)}
    told = preview(files.order, directory, Touched(work, crowds=4, missions=5)).as_data()
    kinds = ("petitions", "cases", "offers", "crowds", "missions")
    assert [told["counts"][f"open_{kind}"] for kind in kinds] == [3, 2, 1, 4, 5]
    assert told["open_work"][one] == {"petitions": 3, "cases": 2, "offers": 0}


def test_a_province_that_goes_on_keeps_its_identity_and_its_communes_come_right_below(
    after: Directory,
) -> None:
    assert after.get_unit("20-20250101", DAY).name == "Tỉnh Lạng Sơn"
    assert after.find_unit("24-20250101", DAY) is None
    assert sole_heir(after.units, "24-20250101", DAY) == "24-20250701"
    for unit in after.children("20-20250101", DAY):
        assert unit.level == "commune"
        superior = after.superior_of(after.committee_of(unit.unit_id, DAY).office_id, DAY)
        assert superior is not None
        assert superior.unit == "20-20250101"


def test_boards_of_old_units_stay_as_they_were_on_the_eve(
    before: MemoryFactStore, after: Directory
) -> None:
    old = told_by(before)
    assert counts(after, EVE) == counts(old, EVE)
    assert [u.name for u in after.units_under("24-20250101", EVE)] == [
        u.name for u in old.units_under("24-20250101", EVE)
    ]


def test_the_same_reform_again_records_nothing(files: Files, before: MemoryFactStore) -> None:
    store = before.copy()
    first = reform(store, files.order)
    head = store.head()
    assert reform(store, files.order) == ReformSummary(0, first.recorded, 0, finished=True)
    assert store.head() == head


@pytest.mark.parametrize("seed", range(3))
def test_cut_off_at_random_points_the_tree_stays_sane_and_resuming_doubles_nothing(
    files: Files, before: MemoryFactStore, after: Directory, seed: int
) -> None:
    chance, store, order = random.Random(seed), before.copy(), files.order
    cuts = 0
    while True:
        dying = Dying(store, chance.randint(1, 6), saved=chance.random() < 0.5)
        try:
            record_reform(
                order, dying, told_by(store), FixedClock(), lambda _done, _of: None,  # type: ignore[arg-type]
                resume=cuts > 0, batch_size=SMALL,
            )  # fmt: skip
        except StoreUnavailable:
            cuts += 1
            assert is_sane(told_by(store), DAY)
            assert is_sane(told_by(store), EVE)
        else:
            break
    assert cuts > 1
    whole = told_by(store)
    assert {name: whole.units.notes_of(name) for name in whole.units.names()} == {
        name: after.units.notes_of(name) for name in after.units.names()
    }
    assert {name: whole.offices.notes_of(name) for name in whole.offices.names()} == {
        name: after.offices.notes_of(name) for name in after.offices.names()
    }


def test_a_half_recorded_reform_goes_on_only_when_asked(
    files: Files, before: MemoryFactStore
) -> None:
    store = before.copy()
    told: list[tuple[int, int]] = []
    stopped = record_reform(
        files.order, store, told_by(store), FixedClock(), lambda *each: told.append(each),
        stopped=lambda: len(told) == 3, batch_size=SMALL,
    )  # fmt: skip
    assert (stopped.batches, stopped.recorded, stopped.finished) == (3, 3 * SMALL, False)
    head = store.head()
    with pytest.raises(HalfRecorded, match=r"đã ghi 3 trên"):
        reform(store, files.order)
    assert store.head() == head
    assert reform(store, files.order, resume=True).finished


def test_two_runs_at_once_record_each_fact_once(files: Files, before: MemoryFactStore) -> None:
    store = before.copy()
    stale = told_by(store)
    reform(store, files.order)
    head = store.head()
    again = record_reform(
        files.order, store, stale, FixedClock(), lambda _done, _of: None,
        resume=True, batch_size=SMALL,
    )  # fmt: skip
    assert (again.recorded, store.head()) == (0, head)


def test_of_one_day_there_is_one_reform(files: Files, before: MemoryFactStore) -> None:
    store = before.copy()
    reform(store, files.order)
    head, order = store.head(), files.order
    for other in (replace(order, basis="1/2025"), replace(order, pairs=order.pairs[:-1])):
        with pytest.raises(OtherReform):
            reform(store, other, resume=True)
    assert store.head() == head


def test_a_guess_that_was_withdrawn_is_not_recorded_again(
    files: Files, before: MemoryFactStore
) -> None:
    store = before.copy()
    guessed = next(pair for pair in files.order.pairs if pair.match is SuccessionMatch.GUESSED)
    reform(store, files.order)
    notes = told_by(store).units.notes_of(f"{guessed.predecessor}-20250101")
    assert reform(store, files.order).recorded == 0
    assert told_by(store).units.notes_of(f"{guessed.predecessor}-20250101") == notes
