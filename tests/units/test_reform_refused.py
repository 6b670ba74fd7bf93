"""A reform whose files contradict the tree or themselves is refused whole, with each place."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.reform import ReformContradicts
from domain.reform_lists import Listed, Pair
from domain.refusals.directory import MalformedBasis
from domain.undecided import Doubt
from infra.memory.fact_store import MemoryFactStore
from infra.units.succession_list import BrokenSuccessionList
from infra.units.unit_list import BrokenUnitList
from services.reform import ReformOrder, preview, read_order
from services.reform.recording import OtherReform
from tests.units.country import BASIS, DAY, Files, told_by
from tests.units.reforming import before, files, reform

__all__ = ["before", "files"]


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
