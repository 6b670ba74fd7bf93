"""What provisions say together: no day without a rule, no day with two (kiểm tra bộ quy tắc).

A book with one of these faults is refused as a whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Final

from domain.law.provisions import Competence, Extension, Provision, Representatives, Rule
from domain.law.reading import Fault
from domain.law.terms import EITHER_OR

Numbered = tuple[int, Provision]
ONE_DAY: Final = timedelta(days=1)


def faults_among(provisions: Sequence[Provision | None]) -> tuple[Fault, ...]:
    """Every fault among provisions, by line. Lines that could not be read are passed over."""
    numbered = [(n, each) for n, each in enumerate(provisions) if each is not None]
    found = [fault for check in CHECKS for fault in check(numbered)]
    return tuple(sorted(found, key=lambda fault: fault.line))


def _one_sort_for_an_id(numbered: Iterable[Numbered]) -> Iterator[Fault]:
    sorts: dict[str, type[Provision]] = {}
    for line, each in numbered:
        if sorts.setdefault(each.rule_id, type(each)) is not type(each):
            yield Fault(line, "id", f"mã {each.rule_id} đã dùng cho loại khác", "Đặt mã khác")


def _periods_run_forward(numbered: Iterable[Numbered]) -> Iterator[Fault]:
    for line, each in numbered:
        if each.valid_until is not None and each.valid_until < each.valid_from:
            yield Fault(line, "until", "ngày cuối trước ngày đầu", "Sửa from hoặc until")


def _no_gap_and_no_overlap(numbered: Iterable[Numbered]) -> Iterator[Fault]:
    for versions in _by_place(numbered).values():
        in_order = sorted(versions, key=lambda each: each[1].valid_from)
        for (_, earlier), (line, later) in pairwise(in_order):
            yield from _between(earlier, later, line)
        line, last = in_order[-1]
        if last.valid_until is not None and not last.ended_by:
            yield Fault(
                line,
                "until",
                f"quy định {last.rule_id} hết hiệu lực mà không có gì thay",
                "Thêm phiên bản tiếp theo, hoặc ghi văn bản bãi bỏ vào ended_by",
            )


def _between(earlier: Provision, later: Provision, line: int) -> Iterator[Fault]:
    until = earlier.valid_until
    if until is None or later.valid_from <= until:
        yield Fault(
            line,
            "from",
            f"ngày {later.valid_from:%d/%m/%Y} có hai phiên bản của {later.rule_id}",
            "Ghi until của phiên bản trước là ngày liền trước",
        )
    elif later.valid_from != until + ONE_DAY and not earlier.ended_by:
        gap = f"từ {until + ONE_DAY:%d/%m/%Y} đến {later.valid_from - ONE_DAY:%d/%m/%Y}"
        yield Fault(
            line,
            "from",
            f"{gap} không có quy định {later.rule_id}",
            "Nối hai phiên bản liền ngày, hoặc ghi ended_by ở phiên bản trước",
        )


def _by_place(numbered: Iterable[Numbered]) -> Mapping[tuple[str, ...], list[Numbered]]:
    places: defaultdict[tuple[str, ...], list[Numbered]] = defaultdict(list)
    for line, each in numbered:
        places[each.place].append((line, each))
    return places


def _one_rule_a_day(numbered: Iterable[Numbered]) -> Iterator[Fault]:
    """Of the limits of one clock the most special applies: there must be only one such."""
    clocks: defaultdict[str, list[tuple[int, Rule]]] = defaultdict(list)
    for line, each in numbered:
        if isinstance(each, Rule):
            clocks[each.runs].append((line, each))
    for limits in clocks.values():
        for (_, a), (line, b) in combinations(limits, 2):
            if a.rule_id != b.rule_id and _both_apply(a, b) and not _outdone(a, b, limits):
                yield Fault(
                    line,
                    "when",
                    f"{a.rule_id} và {b.rule_id} cùng áp dụng cho một hồ sơ trong một ngày",
                    "Đổi when, hoặc thêm quy định cho trường hợp có đủ cả hai điều kiện",
                )


def _both_apply(a: Rule, b: Rule) -> bool:
    both = a.when | b.when
    possible = all(len(both & group) <= 1 for group in EITHER_OR)
    return possible and a.precedence == b.precedence and _share_a_day(a, b)


def _outdone(a: Rule, b: Rule, limits: Iterable[tuple[int, Rule]]) -> bool:
    """Whether on all their common days a rule stands for files that both would apply to."""
    first = max(a.valid_from, b.valid_from)
    last = min(a.valid_until or date.max, b.valid_until or date.max)
    special = [limit for _, limit in limits if limit.when == a.when | b.when]
    ends = (each.valid_until for each in special if each.valid_until is not None)
    days = {first, last, *(end + ONE_DAY for end in ends if first <= end < last)}
    return all(any(each.holds_on(day) for each in special) for day in days)


def _share_a_day(a: Provision, b: Provision) -> bool:
    first = max(a.valid_from, b.valid_from)
    return a.holds_on(first) and b.holds_on(first)


def _one_answer_to_a_question(numbered: Iterable[Numbered]) -> Iterator[Fault]:
    answers = [(line, each) for line, each in numbered if isinstance(each, Competence)]
    for (_, a), (line, b) in combinations(answers, 2):
        same = (a.matter, a.about, a.question) == (b.matter, b.about, b.question)
        if same and a.rule_id != b.rule_id and _share_a_day(a, b):
            yield Fault(
                line,
                "decides",
                f"{a.rule_id} và {b.rule_id} trả lời cùng một câu hỏi về thẩm quyền",
                "Giữ một, hoặc tách ngày hiệu lực",
            )


def _one_rule_for_a_group(numbered: Iterable[Numbered]) -> Iterator[Fault]:
    groups = [(line, each) for line, each in numbered if isinstance(each, Representatives)]
    for (_, a), (line, b) in combinations(groups, 2):
        biggest = max(a.people_from, b.people_from)
        both = a.speaks_for(biggest) and b.speaks_for(biggest)
        if a.rule_id != b.rule_id and both and _share_a_day(a, b):
            said = f"đoàn {biggest} người có hai quy định về người đại diện"
            yield Fault(line, "people_from", said, "Tách people_from, people_to cho khỏi trùng")
    for line, each in groups:
        if each.at_least > each.at_most:
            yield Fault(line, "at_most", "số nhiều nhất nhỏ hơn số ít nhất", "Sửa at_most")


def _extensions_extend_something(numbered: Sequence[Numbered]) -> Iterator[Fault]:
    limits = {each.rule_id for _, each in numbered if isinstance(each, Rule)}
    for line, each in numbered:
        if isinstance(each, Extension) and each.of not in limits:
            yield Fault(line, "of", f"không có thời hạn {each.of}", "Ghi mã của một bảng limit")


CHECKS: Final[Sequence[Callable[[Sequence[Numbered]], Iterator[Fault]]]] = (
    _one_sort_for_an_id,
    _periods_run_forward,
    _no_gap_and_no_overlap,
    _one_rule_a_day,
    _one_answer_to_a_question,
    _one_rule_for_a_group,
    _extensions_extend_something,
)
