"""What a case is counted by besides its days: complex, remote, which instance, about what.

Each mark holds until it is taken off, and none is told twice. See :mod:`domain.settlement`.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.codes import ComplexGround, Contested, Instance, PetitionKind
from domain.commands.settlement import MarkComplex, MarkRemote, NameContested, NameInstance
from domain.events.base import OfficeEvent
from domain.events.settlement import (
    CaseContestedNamed,
    CaseInstanceNamed,
    CaseMarkedComplex,
    CaseMarkedRemote,
    CaseUnmarkedComplex,
    CaseUnmarkedRemote,
)
from domain.handled import Handled
from domain.refusals import settlement as refuse
from domain.refusals.directory import basis_must_be_a_number
from domain.refusals.filing import NotAComplaint
from domain.values import Signature


class CountedBy(Handled):
    """The marks of a case, until it is decided."""

    kind: PetitionKind
    decided_on: date | None

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.instance = Instance.FIRST
        self.contested = Contested.ACT
        self.remote = False
        self.grounds: tuple[ComplexGround, ...] = ()

    def must_be_settling(self, by: Signature) -> None:
        """Refuses as :meth:`must_be_handled_by`, and :class:`AlreadySo` once it is decided."""
        self.must_be_handled_by(by)
        if self.decided_on is not None:
            raise refuse.AlreadySo("Vụ việc đã có quyết định, thời hạn không đổi nữa.")

    def mark_complex(self, ask: MarkComplex, by: Signature) -> None:
        """All grounds that hold; none is told twice."""
        self.must_be_settling(by)
        grounds = in_order(ask.grounds)
        if not grounds:
            raise refuse.GroundsNeeded(
                "Vụ việc phức tạp phải nêu căn cứ.",
                pointer="/grounds",
                mend="Chọn ít nhất một tiêu chí.",
            )
        if grounds == self.grounds:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận các căn cứ này.", pointer="/grounds")
        self.record(CaseMarkedComplex, by, grounds=grounds)

    def unmark_complex(self, by: Signature) -> None:
        """Not complex after all; extensions made stand."""
        self.must_be_settling(by)
        if not self.grounds:
            raise refuse.AlreadySo("Hồ sơ không ghi nhận vụ việc phức tạp.")
        self.record(CaseUnmarkedComplex, by)

    def mark_remote(self, ask: MarkRemote, by: Signature) -> None:
        """In a remote area, by a list that has a number."""
        self.must_be_settling(by)
        basis_must_be_a_number(ask.basis)
        if self.remote:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận vùng sâu, vùng xa.")
        self.record(CaseMarkedRemote, by, basis=ask.basis)

    def unmark_remote(self, by: Signature) -> None:
        """Not in a remote area."""
        self.must_be_settling(by)
        if not self.remote:
            raise refuse.AlreadySo("Hồ sơ không ghi nhận vùng sâu, vùng xa.")
        self.record(CaseUnmarkedRemote, by)

    def name_instance(self, ask: NameInstance, by: Signature) -> None:
        """First or second time."""
        self.must_be_settling(by)
        if ask.instance is self.instance:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận lần giải quyết này.", pointer="/instance")
        self.record(CaseInstanceNamed, by, instance=ask.instance)

    def name_contested(self, ask: NameContested, by: Signature) -> None:
        """An act, or discipline."""
        self.must_be_settling(by)
        if self.kind is not PetitionKind.COMPLAINT:
            raise NotAComplaint("Chỉ khiếu nại có đối tượng là quyết định kỷ luật.")
        if ask.contested is self.contested:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận như vậy.", pointer="/contested")
        self.record(CaseContestedNamed, by, contested=ask.contested)

    def evolve(self, event: OfficeEvent) -> None:
        """Take a mark in."""
        super().evolve(event)
        match event:
            case CaseMarkedComplex(grounds=grounds):
                self.grounds = in_order(grounds)
            case CaseUnmarkedComplex():
                self.grounds = ()
            case CaseMarkedRemote():
                self.remote = True
            case CaseUnmarkedRemote():
                self.remote = False
            case CaseInstanceNamed(instance=instance):
                self.instance = instance
            case CaseContestedNamed(contested=contested):
                self.contested = contested


def in_order(grounds: Iterable[ComplexGround]) -> tuple[ComplexGround, ...]:
    """Each ground once, in the order of the closed list."""
    held = set(grounds)
    return tuple(ground for ground in ComplexGround if ground in held)
