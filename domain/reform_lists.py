"""What a reform is planned from: the new list, the pairs of old and new, what is wrong with them.

Both are checked whole before anything is used; every contradiction is named by file and line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.errors import Invalid
from domain.units import Unit

NAMED_AT_MOST: Final = 20
"""Places named in a refusal; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit of the new list, by its code and its parent's (đơn vị trong danh sách mới)."""

    line: int
    code: str
    level: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """An old unit went into a new one, wholly or partly (quan hệ cũ - mới)."""

    line: int
    predecessor: str
    successor: str
    relation: SuccessionRelation
    match: SuccessionMatch


@dataclass(frozen=True, slots=True)
class Fault:
    """A place of the list or of the pairs that contradicts the rest."""

    file: str
    line: int
    reason: str


def told(faults: Sequence[Fault]) -> str:
    """The places at fault in one sentence, the first ones by name."""
    named = "; ".join(f"{f.file} dòng {f.line}: {f.reason}" for f in faults[:NAMED_AT_MOST])
    more = len(faults) - NAMED_AT_MOST
    return f"{named}; và {more} chỗ khác." if more > 0 else f"{named}."


class ReformContradicts(Invalid):
    """The files contradict each other or the tree. Nothing of them is used."""

    code = "reform_contradicts"
    title = "Danh sách sắp xếp mâu thuẫn"

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        super().__init__(
            told(faults),
            pointer=f"/{first.file}/{first.line}",
            mend="Sửa các dòng đã nêu rồi chạy lại; chưa có gì được ghi.",
        )
        self.faults = tuple(faults)


def faults_of_list(listed: Sequence[Listed]) -> list[Fault]:
    """Parents that are not in the list, and units below themselves."""
    if not listed:
        return [Fault("units", 1, "danh sách không có đơn vị nào")]
    codes = {each.code for each in listed}
    faults = [
        Fault("units", each.line, f"đơn vị cấp trên {each.parent} không có trong danh sách")
        for each in listed
        if each.parent is not None and each.parent not in codes
    ]
    parents = {each.code: each.parent for each in listed}
    circles = (each for each in listed if _circles(each.code, parents))
    return [*faults, *(Fault("units", e.line, f"{e.code} nằm dưới chính nó") for e in circles)]


def _circles(code: str, parents: Mapping[str, str | None]) -> bool:
    seen, above = {code}, parents.get(code)
    while above is not None and above != code and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == code


def faults_of_pairs(
    pairs: Sequence[Pair], listed: Sequence[Listed], old: Mapping[str, Unit]
) -> list[Fault]:
    """Pairs of unknown units, pairs told twice, and units that went somewhere whole and on."""
    if not old:
        return [Fault("successions", 1, "ngày trước khi sắp xếp chưa có đơn vị nào")]
    codes = {each.code for each in listed}
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    relations: dict[str, list[Pair]] = {}
    for pair in pairs:
        faults += _strangers(pair, codes, old)
        first = seen.setdefault((pair.predecessor, pair.successor), pair.line)
        if first != pair.line:
            faults.append(Fault("successions", pair.line, f"lặp lại dòng {first}"))
        relations.setdefault(pair.predecessor, []).append(pair)
    return [*faults, *(fault for mine in relations.values() for fault in _whole_and_on(mine))]


def _strangers(pair: Pair, codes: set[str], old: Mapping[str, Unit]) -> Iterator[Fault]:
    if pair.predecessor not in old:
        said = f"ngày trước khi sắp xếp không có đơn vị {pair.predecessor}"
        yield Fault("successions", pair.line, said)
    if pair.successor not in codes:
        said = f"đơn vị kế thừa {pair.successor} không có trong danh sách mới"
        yield Fault("successions", pair.line, said)


def _whole_and_on(mine: Sequence[Pair]) -> Iterator[Fault]:
    wholes = [pair for pair in mine if pair.relation is SuccessionRelation.WHOLE]
    if wholes and len(mine) > 1:
        said = f"{mine[0].predecessor} đã nhập toàn bộ vào {wholes[0].successor}"
        yield from (Fault("successions", p.line, said) for p in mine if p is not wholes[0])
