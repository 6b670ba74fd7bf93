"""The stream of one unit or one office as a dossier: notes, periods, corrections (sổ ghi chép)."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Generic
from uuid import UUID

from domain.chronicle import (
    ONE_DAY,
    Begin,
    Change,
    Note,
    Says,
    T,
    Withdrawn,
    holding,
    periods,
    stands,
)
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

    def holds_until(self, feature: str, since: date) -> date | None:
        """The last day of what is noted of a feature from a day on: it changes again, or ends."""
        said = (note.says for note in holding(self._notes))
        changes = (each for each in said if isinstance(each, Change) and each.feature == feature)
        ends = [each.since - ONE_DAY for each in changes if each.since > since]
        ends += [self.last_day] if self.last_day is not None else []
        return min(ends, default=None)

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

    def periods_without(self, version: int) -> tuple[T, ...]:
        """Those periods that would come back if one note were withdrawn."""
        kept = periods(note for note in self._notes if note.version != version)
        return tuple(each for each in kept if each not in self.periods)

    def must_be_withdrawable(self, version: int, basis: str) -> Says:
        """What it says. Refuses: ``NotFound``, :class:`NothingToWithdraw`; the first fact stays.

        So does a withdrawal: what it took away is recorded anew.
        """
        self.must_exist(self.WHAT)
        basis_must_be_a_number(basis)
        for note in holding(self._notes):
            if note.version == version and not isinstance(note.says, Begin | Withdrawn):
                return note.says
        raise NothingToWithdraw(
            f"Bản ghi số {version} không có hoặc không đính chính được.",
            pointer="/withdrawn",
            mend="Chọn một bản ghi còn hiệu lực, sau bản ghi thành lập.",
        )
