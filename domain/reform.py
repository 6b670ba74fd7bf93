"""What a reform of the units would change, before anything is recorded (sắp xếp đơn vị).

From the tree as it stands on the eve, the list of units from a day on, and the pairs of old
and new ones. Nothing is invented: an old unit without a pair is reported, not guessed, and a
list that contradicts the tree is refused as a whole, each place named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.chronicle import ONE_DAY
from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.errors import Invalid
from domain.names import fold_key, short_name
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


class ReformContradicts(Invalid):
    """The files contradict each other or the tree. Nothing of them is used."""

    code = "reform_contradicts"
    title = "Danh sách sắp xếp mâu thuẫn"

    def __init__(self, faults: Sequence[Fault]) -> None:
        told = "; ".join(f"{f.file} dòng {f.line}: {f.reason}" for f in faults[:NAMED_AT_MOST])
        more = len(faults) - NAMED_AT_MOST
        rest = f"; và {more} chỗ khác" if more > 0 else ""
        first = faults[0]
        super().__init__(
            f"{told}{rest}.",
            pointer=f"/{first.file}/{first.line}",
            mend="Sửa các dòng đã nêu rồi chạy lại; chưa có gì được ghi.",
        )
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Continued:
    """An old unit that goes on under its code (đơn vị giữ nguyên), and as what."""

    unit: Unit
    listed: Listed
    parent: str | None

    @property
    def renamed(self) -> bool:
        """Whether it goes by another name or kind."""
        return self.unit.name != self.listed.name

    @property
    def moved(self) -> bool:
        """Whether it comes under another unit."""
        return self.unit.parent != self.parent


@dataclass(frozen=True, slots=True)
class Succession:
    """An old unit and one that takes it over, by id."""

    unit_id: str
    successor: str
    relation: SuccessionRelation
    match: SuccessionMatch


@dataclass(frozen=True, slots=True)
class ReformPlan:
    """Everything a reform changes (phương án sắp xếp).

    ``ended`` are the units that stand no longer, ``unplaced`` those among them of which no
    pair says where they went, ``unexplained`` the new units no old one is said to have gone
    into. ``ids`` names every unit of the new list.
    """

    on: date
    established: tuple[Listed, ...]
    continued: tuple[Continued, ...]
    ended: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    unplaced: tuple[Unit, ...]
    unexplained: tuple[Listed, ...]
    ids: Mapping[str, str]

    @property
    def last_day(self) -> date:
        """The last day of the units that end."""
        return self.on - ONE_DAY

    @property
    def split(self) -> tuple[str, ...]:
        """The old units that went into several, by id."""
        parts = (each for each in self.successions if each.relation is SuccessionRelation.PART)
        return tuple(dict.fromkeys(each.unit_id for each in parts))

    @property
    def guessed(self) -> tuple[Succession, ...]:
        """The pairs that are a guess among namesakes."""
        return tuple(each for each in self.successions if each.match is SuccessionMatch.GUESSED)

    @property
    def merged(self) -> Mapping[str, tuple[str, ...]]:
        """New units that took over two old ones or more, with those."""
        into: dict[str, list[str]] = {}
        for each in self.successions:
            into.setdefault(each.successor, []).append(each.unit_id)
        return {name: tuple(old) for name, old in into.items() if len(old) > 1}


def plan_reform(
    on: date, listed: Sequence[Listed], pairs: Sequence[Pair], directory: Directory
) -> ReformPlan:
    """What the reform of a day changes. Refuses: :class:`ReformContradicts`.

    An old unit goes on when its code, level and bare name are those of a new one, and the
    pairs know of nobody else who went there: whatever was merged is a new unit.
    """
    old = _standing(directory, on - ONE_DAY)
    faults = [*_faults_of_list(listed), *_faults_of_pairs(pairs, listed, old)]
    if faults:
        raise ReformContradicts(faults)
    coming: dict[str, list[Pair]] = {}
    for pair in pairs:
        coming.setdefault(pair.successor, []).append(pair)
    kept = {
        each.code
        for each in listed
        if _goes_on(each, old.get(each.code), coming.get(each.code, ()))
    }
    ids = {
        each.code: old[each.code].unit_id if each.code in kept else f"{each.code}-{on:%Y%m%d}"
        for each in listed
    }
    ended = tuple(unit for code, unit in old.items() if code not in kept)
    successions = tuple(
        Succession(old[p.predecessor].unit_id, ids[p.successor], p.relation, p.match)
        for p in pairs
        if p.predecessor not in kept
    )
    placed = {each.unit_id for each in successions}
    reached = {each.successor for each in successions}
    new = tuple(each for each in listed if each.code not in kept)
    return ReformPlan(
        on=on,
        established=new,
        continued=tuple(
            Continued(old[e.code], e, None if e.parent is None else ids[e.parent])
            for e in listed
            if e.code in kept
        ),
        ended=ended,
        successions=successions,
        unplaced=tuple(unit for unit in ended if unit.unit_id not in placed),
        unexplained=tuple(each for each in new if ids[each.code] not in reached),
        ids=ids,
    )


def _goes_on(new: Listed, old: Unit | None, coming: Sequence[Pair]) -> bool:
    if old is None or old.level != new.level:
        return False
    alone = [(pair.predecessor, pair.relation) for pair in coming] == [
        (new.code, SuccessionRelation.WHOLE)
    ]
    return alone and _bare(old.name) == _bare(new.name)


def _bare(name: str) -> str:
    return fold_key(short_name(name))


def _standing(directory: Directory, on: date) -> Mapping[str, Unit]:
    """Every unit of a day by its code, each followed by those below it."""
    found: dict[str, Unit] = {}
    for root in directory.roots(on):
        for unit in (root, *directory.units_under(root.unit_id, on)):
            found[unit.code] = unit
    return found


def _faults_of_list(listed: Sequence[Listed]) -> list[Fault]:
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


def _faults_of_pairs(
    pairs: Sequence[Pair], listed: Sequence[Listed], old: Mapping[str, Unit]
) -> list[Fault]:
    codes = {each.code for each in listed}
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    relations: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.predecessor not in old:
            said = f"ngày trước khi sắp xếp không có đơn vị {pair.predecessor}"
            faults.append(Fault("successions", pair.line, said))
        if pair.successor not in codes:
            said = f"đơn vị kế thừa {pair.successor} không có trong danh sách mới"
            faults.append(Fault("successions", pair.line, said))
        first = seen.setdefault((pair.predecessor, pair.successor), pair.line)
        if first != pair.line:
            faults.append(Fault("successions", pair.line, f"lặp lại dòng {first}"))
        relations.setdefault(pair.predecessor, []).append(pair)
    for mine in relations.values():
        wholes = [pair for pair in mine if pair.relation is SuccessionRelation.WHOLE]
        if wholes and len(mine) > 1:
            said = f"{mine[0].predecessor} đã nhập toàn bộ vào {wholes[0].successor}"
            faults += [Fault("successions", p.line, said) for p in mine if p is not wholes[0]]
    return faults
