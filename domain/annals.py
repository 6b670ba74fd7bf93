"""The stream of one unit or one office as a dossier: notes, periods, corrections (sổ ghi chép)."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Generic
from uuid import UUID

from domain.chronicle import Begin, Note, T, holding, periods, stands
from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.refusals.directory import (
    AlreadyEstablished,
    NothingToWithdraw,
    StillStanding,
    basis_must_be_a_number,
    not_standing,
)


class Annals(Dossier, Generic[T]):
    """What is noted about one thing. Changes are asked of a day on which it stands."""

    WHAT: ClassVar[str]
    """The Vietnamese word for the thing, in a sentence."""

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self._notes: tuple[Note, ...] = ()

    @abstractmethod
    def noted(self, event: OfficeEvent) -> Iterator[tuple[str, Note]]:
        """The notes of a fact of this stream."""

    def evolve(self, event: OfficeEvent) -> None:
        """Take its note in, if it has one."""
        self._notes += tuple(note for _, note in self.noted(event))

    @property
    def periods(self) -> tuple[T, ...]:
        """The thing, one period after the other."""
        return periods(self._notes)

    @property
    def last_day(self) -> date | None:
        """Its last day; None while it goes on."""
        lived = self.periods
        return lived[-1].valid_until if lived else None

    def must_be_new(self, name: str) -> None:
        """Refuses: :class:`AlreadyEstablished`."""
        if self.version:
            raise AlreadyEstablished(f"“{name}” đã có trong danh bạ.")

    def must_stand(self, on: date, pointer: str, basis: str = "") -> T:
        """It as it stands on a day. Refuses: ``NotFound``, ``NotStanding``, ``MalformedBasis``."""
        self.must_exist(self.WHAT)
        basis_must_be_a_number(basis)
        for period in self.periods:
            if stands(period, on):
                return period
        raise not_standing(self.WHAT, on, pointer)

    def must_have_ended(self, basis: str) -> date:
        """The last day of a thing that ended. Refuses: ``NotFound``, :class:`StillStanding`."""
        self.must_exist(self.WHAT)
        basis_must_be_a_number(basis)
        if self.last_day is None:
            raise StillStanding(
                f"Chỉ xác định kế thừa cho {self.WHAT} đã kết thúc.",
                mend="Ghi ngày cuối cùng trước.",
            )
        return self.last_day

    def must_be_withdrawable(self, version: int, basis: str) -> None:
        """Refuses: ``NotFound``, :class:`NothingToWithdraw`; the first fact stays."""
        self.must_exist(self.WHAT)
        basis_must_be_a_number(basis)
        for note in holding(self._notes):
            if note.version == version and not isinstance(note.says, Begin):
                return
        raise NothingToWithdraw(
            f"Bản ghi số {version} không có hoặc không đính chính được.",
            pointer="/withdrawn",
            mend="Chọn một bản ghi còn hiệu lực, sau bản ghi thành lập.",
        )
