"""A unit as a stream of its own (đơn vị hành chính): entered, changed, ended, succeeded.

What it is on a day is asked of :mod:`domain.directory`.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from domain import notes
from domain.annals import Annals
from domain.chronicle import ONE_DAY, Change, End, Note
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
from domain.every_day import below_after, code_must_be_free, unit_comes_below, unit_must_last
from domain.refusals.directory import BackwardPeriod, ParentCycle, StillBelow, UnitIdMismatch
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
        """Enter it below a parent that goes on. Refuses: an overlapping code."""
        self.must_be_new(ask.unit_id)
        expected = f"{ask.code}-{ask.valid_from:%Y%m%d}"
        if ask.unit_id != expected:
            raise UnitIdMismatch(f"Mã định danh phải là {expected}.", pointer="/unit_id")
        _parent_must_last(ask.parent, ask.valid_from, None, directory, "/parent")
        begun = Unit(ask.unit_id, ask.code, ask.name, ask.level, ask.parent, ask.valid_from)
        code_must_be_free(begun, ask.valid_from, None, directory, "/code")
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
        """Another parent, which stands as long as this goes on below it, and never below this."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        until = self.holds_until("parent", ask.valid_from)
        _parent_must_last(ask.parent, ask.valid_from, until, directory, "/parent")
        _must_not_be_within(ask.parent, ask.unit_id, ask.valid_from, until, directory, "/parent")
        self.record(UnitParentChanged, by, **ask.values())

    def abolish(self, ask: AbolishUnit, by: Signature, *, directory: Directory) -> None:
        """Its last day; nothing may stand below it on any day after."""
        self.must_stand(ask.last_day, "/last_day", ask.basis)
        self.must_stand(ask.last_day + ONE_DAY, "/last_day")
        below = below_after(ask.unit_id, ask.last_day, directory)
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

    def cede(self, ask: CedePart, by: Signature, *, directory: Directory) -> None:
        """A part goes to another unit that stands on that day."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        directory.get_unit(ask.to_unit, ask.valid_from, pointer="/to_unit")
        self.record(UnitPartMoved, by, **ask.values())

    def withdraw(self, ask: WithdrawUnitFact, by: Signature, *, directory: Directory) -> None:
        """An earlier fact, but the first, was a mistake. What comes back must fit the tree."""
        says = self.must_be_withdrawable(ask.withdrawn, ask.basis)
        if isinstance(says, End) or (isinstance(says, Change) and says.feature == "parent"):
            for back in self.periods_without(ask.withdrawn):
                _must_fit(back, directory)
        self.record(UnitFactWithdrawn, by, **ask.values())


def period_must_run_forward(first: date, last: date) -> None:
    """Refuses: :class:`BackwardPeriod`."""
    if last < first:
        raise BackwardPeriod("Ngày kết thúc trước ngày bắt đầu.", pointer="/last_day")


def _parent_must_last(
    parent: str | None, since: date, until: date | None, directory: Directory, pointer: str
) -> None:
    """Refuses: ``UnknownUnit`` where it stands not on the first day, ``NotStanding`` later."""
    if parent is None:
        return
    above = directory.units.on(parent, since)
    if above is None:
        raise UnknownUnit(
            f"Không có đơn vị cấp trên “{parent}” vào ngày {since:%d/%m/%Y}.", pointer=pointer
        )
    unit_must_last(above, since, until, directory, pointer)


def _must_not_be_within(
    parent: str | None,
    unit: str,
    since: date,
    until: date | None,
    directory: Directory,
    pointer: str,
) -> None:
    if parent is not None and unit_comes_below(parent, unit, directory, since, until):
        raise ParentCycle(
            "Đơn vị cấp trên không thể là chính nó hoặc đơn vị trực thuộc của nó.",
            pointer=pointer,
            mend="Chọn, hoặc ghi trước, một đơn vị khác làm cấp trên.",
        )


def _must_fit(back: Unit, directory: Directory) -> None:
    """A period that a withdrawal brings back. Refuses as entering and moving do."""
    days, here = (back.valid_from, back.valid_until), "/withdrawn"
    _parent_must_last(back.parent, *days, directory, here)
    _must_not_be_within(back.parent, back.unit_id, *days, directory, here)
    code_must_be_free(back, *days, directory, here)


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED_AT_MOST
    told = ", ".join(names[:NAMED_AT_MOST])
    return f"{told} và {more} đơn vị, cơ quan khác" if more > 0 else told
