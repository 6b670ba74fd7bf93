"""An office as a stream of its own (cơ quan): entered, changed, ended; its posts and places.

What it is on a day is asked of :mod:`domain.directory`, who holds a post of
:mod:`domain.posts`.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain import notes
from domain.annals import Annals
from domain.chronicle import ONE_DAY, Change, End, Note
from domain.codes import Role, SuccessionMatch
from domain.commands.directory import (
    AbolishOffice,
    ChangeOfficeFields,
    ChangeOfficeSuperior,
    CloseReceptionPlace,
    EstablishOffice,
    FillPost,
    LeavePost,
    NameOfficeSuccessor,
    NameStandIn,
    OpenReceptionPlace,
    RenameOffice,
    WithdrawOfficeFact,
)
from domain.directory import Directory, UnknownOffice
from domain.events import directory as facts
from domain.events.base import OfficeEvent
from domain.every_day import office_comes_below, unit_must_last
from domain.posts import Posts, goes_on
from domain.refusals.directory import (
    NotOwnOffice,
    NotStanding,
    ParentCycle,
    PostNotHeld,
    not_standing,
)
from domain.unit_record import period_must_run_forward
from domain.units import Office
from domain.values import Signature

KEEPERS = frozenset({Role.ADMIN, Role.SYSTEM})
"""Roles that keep the directory."""


class OfficeRecord(Annals[Office]):
    """One office's own stream."""

    BEGINS_WITH = facts.OfficeEstablished
    WHAT: ClassVar[str] = "cơ quan"

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self._posts = Posts()

    def noted(self, event: OfficeEvent) -> Iterator[tuple[str, Note]]:
        """The notes of a fact of this stream."""
        return notes.of_offices((event,))

    def evolve(self, event: OfficeEvent) -> None:
        """Take its note or its post in."""
        super().evolve(event)
        self._posts = self._posts.with_facts((event,))

    def establish(self, ask: EstablishOffice, by: Signature, *, directory: Directory) -> None:
        """Enter it in a unit that goes on, below a superior that stands on its first day."""
        self.must_be_new(ask.office_id)
        _unit_must_last(ask.of_unit, ask.valid_from, None, directory, "/of_unit")
        _superior_must_stand(ask.superior, ask.valid_from, directory)
        self.record(facts.OfficeEstablished, by, **ask.values())

    def rename(self, ask: RenameOffice, by: Signature) -> None:
        """Another name from a day on which it stands."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        self.record(facts.OfficeRenamed, by, **ask.values())

    def change_superior(
        self, ask: ChangeOfficeSuperior, by: Signature, *, directory: Directory
    ) -> None:
        """Another superior, which stands on that day and is never directed by this office."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        _superior_must_stand(ask.superior, ask.valid_from, directory)
        until = self.holds_until("superior", ask.valid_from)
        _must_not_be_directed(
            ask.superior, ask.office_id, ask.valid_from, until, directory, "/superior"
        )
        self.record(facts.OfficeSuperiorChanged, by, **ask.values())

    def change_fields(self, ask: ChangeOfficeFields, by: Signature) -> None:
        """Other fields from a day on which it stands."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        self.record(facts.OfficeFieldsChanged, by, **ask.values())

    def abolish(self, ask: AbolishOffice, by: Signature) -> None:
        """Its last day. Open work moves to a successor, or waits for a person with its superior."""
        self.must_stand(ask.last_day, "/last_day", ask.basis)
        self.must_stand(ask.last_day + ONE_DAY, "/last_day")
        self.record(facts.OfficeAbolished, by, **ask.values())

    def name_successor(
        self, ask: NameOfficeSuccessor, by: Signature, *, directory: Directory
    ) -> None:
        """An office that stands on the day after this one's last does its work: a decision."""
        begins = self.must_have_ended(ask.basis) + ONE_DAY
        directory.get_office(ask.successor, begins, pointer="/successor")
        decided = {"match": SuccessionMatch.DECIDED, "valid_from": begins}
        self.record(facts.OfficeSucceeded, by, **ask.values(), **decided)

    def withdraw(self, ask: WithdrawOfficeFact, by: Signature, *, directory: Directory) -> None:
        """An earlier fact, but the first, was a mistake. What comes back must fit the tree."""
        says = self.must_be_withdrawable(ask.withdrawn, ask.basis)
        if isinstance(says, End) or (isinstance(says, Change) and says.feature == "superior"):
            for back in self.periods_without(ask.withdrawn):
                _must_fit(back, directory)
        self.record(facts.OfficeFactWithdrawn, by, **ask.values())

    def open_place(self, ask: OpenReceptionPlace, by: Signature) -> None:
        """Citizens are received there from a day on which the office stands."""
        _must_be_own(ask.office_id, by)
        self.must_stand(ask.valid_from, "/valid_from")
        self.record(facts.ReceptionPlaceOpened, by, **ask.values())

    def close_place(self, ask: CloseReceptionPlace, by: Signature) -> None:
        """Nobody is received there after a day on which it was open."""
        _must_be_own(ask.office_id, by)
        self.must_exist(self.WHAT)
        here = self._posts.reception_places(ask.office_id, ask.last_day)
        if all(place.place_id != ask.place_id for place in here):
            raise not_standing("địa điểm tiếp công dân", ask.last_day, "/last_day")
        if not any(
            place.place_id == ask.place_id and goes_on(place, ask.last_day) for place in here
        ):
            raise NotStanding(
                "Đã ghi ngày đóng địa điểm này.",
                pointer="/last_day",
                mend="Xem ngày mở và ngày đóng đã ghi; ghi ngày đóng của lần mở sau.",
            )
        self.record(facts.ReceptionPlaceClosed, by, **ask.values())

    def fill_post(self, ask: FillPost, by: Signature) -> None:
        """An account holds a post it does not hold yet."""
        _must_be_own(ask.office_id, by)
        self.must_stand(ask.valid_from, "/valid_from")
        if self._holds(ask.office_id, ask.account, ask.post, ask.valid_from):
            raise PostNotHeld("Tài khoản này đang giữ vị trí đó.", pointer="/account")
        self.record(facts.PostFilled, by, **ask.values())

    def leave_post(self, ask: LeavePost, by: Signature) -> None:
        """An account leaves a post it holds; its open work must be handed on."""
        _must_be_own(ask.office_id, by)
        self.must_exist(self.WHAT)
        self._must_hold(ask.office_id, ask.account, ask.post, ask.last_day, "/account")
        if not self._posts.may_leave(ask.account, ask.office_id, ask.post, ask.last_day):
            raise PostNotHeld(
                f"Đã ghi ngày rời vị trí này của thời gian có ngày {ask.last_day:%d/%m/%Y}.",
                pointer="/last_day",
                mend="Xem thời gian giữ vị trí đã ghi; người trở lại thì ghi ngày rời của lần sau.",
            )
        self.record(facts.PostLeft, by, **ask.values())

    def name_stand_in(self, ask: NameStandIn, by: Signature) -> None:
        """Another stands in for a holder of the post, for a period."""
        _must_be_own(ask.office_id, by)
        self.must_exist(self.WHAT)
        period_must_run_forward(ask.valid_from, ask.last_day)
        self._must_hold(ask.office_id, ask.absent, ask.post, ask.valid_from, "/absent")
        if ask.stand_in == ask.absent:
            raise PostNotHeld("Không ai làm thay cho chính mình.", pointer="/stand_in")
        self.record(facts.StandInNamed, by, **ask.values())

    def _holds(self, office: str, account: str, post: Role, on: date) -> bool:
        return account in self._posts.holders(office, post, on)

    def _must_hold(self, office: str, account: str, post: Role, on: date, pointer: str) -> None:
        if not self._holds(office, account, post, on):
            raise PostNotHeld(
                f"Ngày {on:%d/%m/%Y} tài khoản này không giữ vị trí đó.",
                pointer=pointer,
                mend="Xem danh sách người giữ vị trí của cơ quan.",
            )


def _must_be_own(office: str, by: Signature) -> None:
    """Who keeps the house enters what heads tell; a head speaks for the own office alone."""
    if by.officer.role not in KEEPERS and by.officer.office != office:
        raise NotOwnOffice(
            "Chỉ ghi người giữ vị trí và nơi tiếp công dân của cơ quan mình.",
            pointer="/office_id",
            mend="Nhờ thủ trưởng của cơ quan đó hoặc quản trị danh bạ ghi.",
        )


def _superior_must_stand(superior: str | None, on: date, directory: Directory) -> None:
    if superior is not None and directory.find_office(superior, on) is None:
        raise UnknownOffice(
            f"Không có cơ quan cấp trên “{superior}” vào ngày {on:%d/%m/%Y}.",
            pointer="/superior",
        )


def _unit_must_last(
    unit: str, since: date, until: date | None, directory: Directory, pointer: str
) -> None:
    """Refuses: ``UnknownUnit`` where it stands not on the first day, ``NotStanding`` later."""
    here = directory.get_unit(unit, since, pointer=pointer)
    unit_must_last(here, since, until, directory, pointer)


def _must_not_be_directed(
    superior: str | None, office: str, since: date, until: date | None, directory: Directory,
    pointer: str,
) -> None:  # fmt: skip
    if superior is not None and office_comes_below(superior, office, directory, since, until):
        raise ParentCycle(
            "Cơ quan cấp trên không thể là chính nó hoặc cơ quan dưới quyền nó.",
            pointer=pointer,
            mend="Chọn, hoặc ghi trước, một cơ quan khác làm cấp trên.",
        )


def _must_fit(back: Office, directory: Directory) -> None:
    """A period that a withdrawal brings back. Refuses as entering and directing do."""
    days, here = (back.valid_from, back.valid_until), "/withdrawn"
    _unit_must_last(back.unit, *days, directory, here)
    _must_not_be_directed(back.superior, back.office_id, *days, directory, here)
