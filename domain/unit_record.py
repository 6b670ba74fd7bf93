"""A unit as a stream of its own (đơn vị hành chính): entered, changed, ended, succeeded.

What it is on a day is asked of :mod:`domain.directory`.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from domain import notes
from domain.annals import Annals
from domain.chronicle import ONE_DAY, Change, Note, holding
from domain.codes import SuccessionMatch
from domain.commands.directory import (
    AbolishUnit,
    CedePart,
    ChangeUnitKind,
    EstablishUnit,
    MoveUnit,
    NameUnitSuccessor,
    RenameUnit,
    WithdrawUnitFact,
)
from domain.directory import Directory, UnknownUnit
from domain.events.base import OfficeEvent
from domain.events.directory import (
    UnitAbolished,
    UnitEstablished,
    UnitFactWithdrawn,
    UnitKindChanged,
    UnitParentChanged,
    UnitPartMoved,
    UnitRenamed,
    UnitSucceeded,
)
from domain.refusals.directory import (
    BackwardPeriod,
    OverlappingUnits,
    ParentCycle,
    StillBelow,
    UnitIdMismatch,
)
from domain.units import Unit
from domain.values import Signature

NAMED_AT_MOST = 5
"""Units named in a refusal; the rest are counted."""


class UnitRecord(Annals[Unit]):
    """One administrative unit's own stream."""

    BEGINS_WITH = UnitEstablished
    WHAT: ClassVar[str] = "đơn vị"

    def noted(self, event: OfficeEvent) -> Iterator[tuple[str, Note]]:
        """The notes of a fact of this stream."""
        return notes.of_units((event,))

    def establish(self, ask: EstablishUnit, by: Signature, *, directory: Directory) -> None:
        """Enter it below a parent that stands on its first day. Refuses: an overlapping code."""
        self.must_be_new(ask.unit_id)
        expected = f"{ask.code}-{ask.valid_from:%Y%m%d}"
        if ask.unit_id != expected:
            raise UnitIdMismatch(f"Mã định danh phải là {expected}.", pointer="/unit_id")
        _parent_must_stand(ask.parent, ask.valid_from, directory)
        _code_must_be_free(ask, directory)
        self.record(UnitEstablished, by, **ask.values())

    def rename(self, ask: RenameUnit, by: Signature) -> None:
        """Another name from a day on which it stands."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        self.record(UnitRenamed, by, **ask.values())

    def change_kind(self, ask: ChangeUnitKind, by: Signature) -> None:
        """Another kind, with the whole new name, from a day on which it stands."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        self.record(UnitKindChanged, by, **ask.values())

    def move(self, ask: MoveUnit, by: Signature, *, directory: Directory) -> None:
        """Another parent, which stands on that day and is never below this unit from then on."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        _parent_must_stand(ask.parent, ask.valid_from, directory)
        if ask.parent is not None and _is_within(
            ask.parent, ask.unit_id, directory, ask.valid_from, self._next_move(ask.valid_from)
        ):
            raise ParentCycle(
                "Đơn vị cấp trên không thể là chính nó hoặc đơn vị trực thuộc của nó.",
                pointer="/parent",
                mend="Chọn một đơn vị khác làm cấp trên.",
            )
        self.record(UnitParentChanged, by, **ask.values())

    def abolish(self, ask: AbolishUnit, by: Signature, *, directory: Directory) -> None:
        """Its last day; nothing may stand below it on the day after."""
        self.must_stand(ask.last_day, "/last_day", ask.basis)
        after = ask.last_day + ONE_DAY
        self.must_stand(after, "/last_day")
        below = [unit.name for unit in directory.children(ask.unit_id, after)]
        below += [office.name for office in directory.offices_of(ask.unit_id, after)]
        if below:
            raise StillBelow(
                f"Sau ngày {ask.last_day:%d/%m/%Y} còn {_listed(below)}.",
                pointer="/last_day",
                mend="Ghi ngày cuối cùng hoặc cấp trên mới của các đơn vị, cơ quan đó trước.",
            )
        self.record(UnitAbolished, by, **ask.values())

    def name_successor(
        self, ask: NameUnitSuccessor, by: Signature, *, directory: Directory
    ) -> None:
        """A unit that stands on the day after this one's last takes it over: a decision."""
        begins = self.must_have_ended(ask.basis) + ONE_DAY
        directory.get_unit(ask.successor, begins, pointer="/successor")
        decided = {"match": SuccessionMatch.DECIDED, "valid_from": begins}
        self.record(UnitSucceeded, by, **ask.values(), **decided)

    def _next_move(self, after: date) -> date:
        """The first later day from which another parent is noted already."""
        said = (note.says for note in holding(self._notes))
        moves = (each for each in said if isinstance(each, Change) and each.feature == "parent")
        return min((each.since for each in moves if each.since > after), default=date.max)

    def cede(self, ask: CedePart, by: Signature, *, directory: Directory) -> None:
        """A part goes to another unit that stands on that day."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        directory.get_unit(ask.to_unit, ask.valid_from, pointer="/to_unit")
        self.record(UnitPartMoved, by, **ask.values())

    def withdraw(self, ask: WithdrawUnitFact, by: Signature) -> None:
        """An earlier fact, but the first, was a mistake."""
        self.must_be_withdrawable(ask.withdrawn, ask.basis)
        self.record(UnitFactWithdrawn, by, **ask.values())


def period_must_run_forward(first: date, last: date) -> None:
    """Refuses: :class:`BackwardPeriod`."""
    if last < first:
        raise BackwardPeriod("Ngày kết thúc trước ngày bắt đầu.", pointer="/last_day")


def _parent_must_stand(parent: str | None, on: date, directory: Directory) -> None:
    if parent is not None and directory.find_unit(parent, on) is None:
        raise UnknownUnit(
            f"Không có đơn vị cấp trên “{parent}” vào ngày {on:%d/%m/%Y}.", pointer="/parent"
        )


def _code_must_be_free(ask: EstablishUnit, directory: Directory) -> None:
    for other in directory.of_code(ask.code):
        ended = other.valid_until is not None and other.valid_until < ask.valid_from
        if ended or other.level != ask.level:
            continue
        day = max(ask.valid_from, other.valid_from)
        raise OverlappingUnits(
            f"Ngày {day:%d/%m/%Y} mã {ask.code} đang là của {other.name}.",
            pointer="/code",
            mend="Ghi ngày cuối cùng của đơn vị đó trước, hoặc chọn ngày khác.",
        )


def _is_within(inner: str, outer: str, directory: Directory, on: date, before: date) -> bool:
    """Whether a unit is another or stands below it, on a day or on one after it."""
    days, seen = [on], set[date]()
    while days:
        day = days.pop()
        if day in seen or day >= before or directory.units.on(inner, day) is None:
            continue
        seen.add(day)
        line = (inner, *(unit.unit_id for unit in directory.ancestors(inner, day)))
        if outer in line:
            return True
        later = (period for name in line for period in directory.units.of(name))
        days += [period.valid_from for period in later if period.valid_from > day]
    return False


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED_AT_MOST
    told = ", ".join(names[:NAMED_AT_MOST])
    return f"{told} và {more} đơn vị, cơ quan khác" if more > 0 else told
