"""What a reform of the units would change, before anything is recorded (sắp xếp đơn vị).

From the tree as it stands on the eve, the list of units from a day on, and the pairs of old
and new ones. Nothing is invented: an old unit without a pair is reported, not guessed, and a
list that contradicts the tree is refused as a whole, each place named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.chronicle import ONE_DAY
from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.names import fold_key, short_name
from domain.reform_lists import (
    Fault,
    Listed,
    Pair,
    ReformContradicts,
    faults_of_list,
    faults_of_pairs,
)
from domain.units import Unit, unit_id_of

__all__ = ["Continued", "Fault", "Listed", "Pair", "ReformContradicts", "ReformPlan", "Succession"]


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
    faults = [*faults_of_list(listed), *faults_of_pairs(pairs, listed, old)]
    if faults:
        raise ReformContradicts(faults)
    plan = _planned(on, listed, pairs, old)
    faults = [*_faults_of_new(plan, directory), *_faults_of_day(plan, directory)]
    if faults:
        raise ReformContradicts(faults)
    return plan


def _planned(
    on: date, listed: Sequence[Listed], pairs: Sequence[Pair], old: Mapping[str, Unit]
) -> ReformPlan:
    kept = _kept(listed, pairs, old)
    ids = {
        each.code: old[each.code].unit_id if each.code in kept else unit_id_of(each.code, on)
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


def _kept(
    listed: Sequence[Listed], pairs: Sequence[Pair], old: Mapping[str, Unit]
) -> frozenset[str]:
    """The codes of the units that go on."""
    coming: dict[str, list[Pair]] = {}
    for pair in pairs:
        coming.setdefault(pair.successor, []).append(pair)
    return frozenset(
        each.code
        for each in listed
        if _goes_on(each, old.get(each.code), coming.get(each.code, ()))
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


def _faults_of_new(plan: ReformPlan, directory: Directory) -> list[Fault]:
    """New units that are recorded already, but as something else."""
    faults = []
    for new in plan.established:
        parent = None if new.parent is None else plan.ids[new.parent]
        known = directory.units.of(plan.ids[new.code])[:1]
        if any((u.name, u.level, u.parent) != (new.name, new.level, parent) for u in known):
            said = f"{new.code} đã được ghi từ ngày này với tên, cấp hoặc cấp trên khác"
            faults.append(Fault("units", new.line, said))
    return faults


def _faults_of_day(plan: ReformPlan, directory: Directory) -> list[Fault]:
    """Units that stand on the day of the reform, of which neither list nor tree knows."""
    known = {*plan.ids.values(), *(unit.unit_id for unit in plan.ended)}
    return [
        Fault("units", 1, f"thiếu {unit.name} ({name}), đang có vào ngày này")
        for name in directory.units.names()
        if name not in known and (unit := directory.units.on(name, plan.on)) is not None
    ]


def _standing(directory: Directory, on: date) -> Mapping[str, Unit]:
    """Every unit of a day by its code, each followed by those below it."""
    found: dict[str, Unit] = {}
    for root in directory.roots(on):
        for unit in (root, *directory.units_under(root.unit_id, on)):
            found[unit.code] = unit
    return found
