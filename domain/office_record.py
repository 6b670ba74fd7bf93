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
from domain.chronicle import ONE_DAY, Note
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
from domain.posts import Posts
from domain.refusals.directory import NotOwnOffice, ParentCycle, PostNotHeld, not_standing
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
        """Enter it in a unit, below a superior that stands on its first day."""
        self.must_be_new(ask.office_id)
        directory.get_unit(ask.of_unit, ask.valid_from, pointer="/of_unit")
        _superior_must_stand(ask.superior, ask.valid_from, directory)
        self.record(facts.OfficeEstablished, by, **ask.values())

    def rename(self, ask: RenameOffice, by: Signature) -> None:
        """Another name from a day on which it stands."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        self.record(facts.OfficeRenamed, by, **ask.values())

    def change_superior(
        self, ask: ChangeOfficeSuperior, by: Signature, *, directory: Directory
    ) -> None:
        """Another superior, which stands on that day and is not directed by this office."""
        self.must_stand(ask.valid_from, "/valid_from", ask.basis)
        _superior_must_stand(ask.superior, ask.valid_from, directory)
        if ask.superior is not None and _is_directed(
            ask.superior, ask.office_id, directory, ask.valid_from
        ):
            raise ParentCycle(
                "Cơ quan cấp trên không thể là chính nó hoặc cơ quan dưới quyền nó.",
                pointer="/superior",
                mend="Chọn một cơ quan khác làm cấp trên.",
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

    def withdraw(self, ask: WithdrawOfficeFact, by: Signature) -> None:
        """An earlier fact, but the first, was a mistake."""
        self.must_be_withdrawable(ask.withdrawn, ask.basis)
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


def _is_directed(office: str, by: str, directory: Directory, on: date) -> bool:
    return office == by or any(
        superior.office_id == by for superior in directory.superiors_of(office, on)
    )
