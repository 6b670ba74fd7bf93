"""A reform is planned, shown, recorded in batches, cut off anywhere and resumed."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.events.base import OfficeEvent
from domain.ports import Receipt, StoreUnavailable
from domain.reform import ReformContradicts
from domain.reform_lists import Listed, Pair
from domain.refusals.directory import MalformedBasis
from domain.succession import sole_heir
from domain.undecided import Doubt, OpenQuestions
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from infra.units.succession_list import BrokenSuccessionList
from infra.units.unit_list import BrokenUnitList
from services.reform import ReformOrder, ReformSummary, preview, read_order, record_reform
from services.reform.open_work import OpenWork, Touched
from services.reform.preview import ending
from services.reform.recording import HalfRecorded, OtherReform
from tests.units.country import (
    BASIS,
    DAY,
    EVE,
    Files,
    counts,
    files_of,
    imported,
    is_sane,
    told_by,
)

BAC_GIANG, BAC_NINH, LANG_SON = "24", "27", "20"
SMALL = 200
"""Steps a batch here: a handful of provinces has some thousand."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Two provinces that become one, and one that goes on."""
    return files_of(tmp_path_factory.mktemp("lists"), (BAC_GIANG, BAC_NINH, LANG_SON))


@pytest.fixture(scope="module")
def before(files: Files) -> MemoryFactStore:
    return imported(files.old)


def reform(store: MemoryFactStore, order: ReformOrder, *, resume: bool = False) -> ReformSummary:
    return record_reform(
        order, store, told_by(store), FixedClock(), lambda _done, _of: None,
        resume=resume, batch_size=SMALL,
    )  # fmt: skip


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


class Dying:
    """A store that is lost at the nth save from now, before or after the save is done."""

    def __init__(self, store: MemoryFactStore, saves: int, *, saved: bool) -> None:
        self._store, self._left, self._saved = store, saves, saved

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def append(
        self, facts: Sequence[OfficeEvent], *, receipt: Receipt | None = None
    ) -> Sequence[int]:
        self._left -= 1
        if self._left == 0 and not self._saved:
            raise StoreUnavailable
        positions = self._store.append(facts, receipt=receipt)
        if self._left == 0:
            raise StoreUnavailable
        return positions


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


def listed(order: ReformOrder, line: int, **other: str | None) -> ReformOrder:
    changed = [replace(u, **other) if u.line == line else u for u in order.listed]  # type: ignore[arg-type]
    return replace(order, listed=changed)


def with_pair(order: ReformOrder, old: str, new: str, line: int = 9_999) -> ReformOrder:
    more = Pair(line, old, new, SuccessionRelation.WHOLE, SuccessionMatch.EXACT)
    return replace(order, pairs=(*order.pairs, more))


def test_files_that_contradict_the_tree_are_refused_whole_with_each_place_named(
    files: Files, before: MemoryFactStore
) -> None:
    store, order = before.copy(), files.order
    head, first = store.head(), order.pairs[0]
    commune = next(u for u in order.listed if u.level == "commune")
    stranger = Listed(8_888, "99998", "commune", "Xã Lạ", "99")
    refused = {
        "ngày trước khi sắp xếp không có đơn vị 99999": with_pair(order, "99999", commune.code),
        "kế thừa 99999 không có trong danh sách mới": with_pair(order, first.predecessor, "99999"),
        "lặp lại dòng": with_pair(order, first.predecessor, first.successor),
        "đã nhập toàn bộ vào": with_pair(order, first.predecessor, commune.code),
        "cấp trên 99 không có": replace(order, listed=(*order.listed, stranger)),
        "nằm dưới chính nó": listed(order, commune.line, parent=commune.code),
        "danh sách không có đơn vị nào": replace(order, listed=()),
    }
    for reason, wrong in refused.items():
        with pytest.raises(ReformContradicts, match=reason) as raised:
            reform(store, wrong)
        assert raised.value.faults
        assert all(fault.line for fault in raised.value.faults)
    assert store.head() == head


def test_a_reform_of_nothing_and_one_over_a_foreign_unit_are_refused(
    files: Files, before: MemoryFactStore
) -> None:
    with pytest.raises(ReformContradicts, match="chưa có đơn vị nào"):
        reform(MemoryFactStore(), files.order)
    few = [u for u in files.order.listed if u.code != "24" and u.parent != "24"]
    pairs = [p for p in files.order.pairs if p.successor in {u.code for u in few}]
    half = replace(files.order, listed=few, pairs=pairs)
    store = before.copy()
    reform(store, half)
    seen = preview(half, told_by(store))
    assert {each.doubt for each in seen.waiting} >= {Doubt.UNPLACED}
    newer = replace(half, on=DAY.replace(day=2))
    few_more = replace(newer, listed=[u for u in few if u.code != few[-1].code], pairs=())
    with pytest.raises(OtherReform):
        reform(store, replace(half, basis="9/2025"))
    assert preview(few_more, told_by(store)).plan.ended


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("predecessor_code,successor_code,relation\n", 1, "match", "thiếu cột"),
        ("", 1, "predecessor_code", "thiếu cột"),
        ("{head}", 1, "predecessor_code", "không có dòng nào"),
        ("{head}24,24,whole,exact\n2a,24,whole,exact\n", 3, "predecessor_code", "chữ số"),
        ("{head}24,4,whole,exact\n", 2, "successor_code", "chữ số"),
        ("{head}24,24,half,exact\n", 2, "relation", "half"),
        ("{head}24,24,whole,decided\n", 2, "match", "decided"),
        ("{head}24,24\n", 2, "relation", "2 ô"),
        ('{head}"24,24,whole,exact\n', 2, "predecessor_code", "CSV"),
    ],
)
def test_a_broken_list_of_pairs_is_refused_with_line_column_and_reason(
    files: Files, tmp_path: Path, text: str, line: int, column: str, reason: str
) -> None:
    path = tmp_path / "pairs.csv"
    head = "predecessor_code,successor_code,relation,match\n"
    path.write_text(text.replace("{head}", head), encoding="utf-8")
    with pytest.raises(BrokenSuccessionList, match=reason) as refused:
        _ = replace(files, pairs=path).order
    assert (refused.value.line, refused.value.column) == (line, column)


def test_pairs_in_another_encoding_a_broken_unit_list_and_a_bad_basis_are_refused(
    files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(b"predecessor_code,successor_code,relation,match\n24,24,whole,\xff\n")
    with pytest.raises(BrokenSuccessionList, match="không phải UTF-8") as refused:
        _ = replace(files, pairs=path).order
    assert (refused.value.line, refused.value.column) == (2, "match")
    path.write_text("code,level,full_name,parent_code\n24,province,,\n", encoding="utf-8")
    with pytest.raises(BrokenUnitList, match="để trống"):
        _ = replace(files, new=path).order
    with pytest.raises(MalformedBasis):
        read_order(files.new, files.pairs, DAY, "Nghị quyết của ông A")
    assert read_order(files.new, files.pairs, DAY, BASIS).digest == files.order.digest
