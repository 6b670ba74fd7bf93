"""Help for people who wish to go home: an offer, never an order (hỗ trợ công dân về).

Counts of people, never who they are. Nothing here reads or moves a case or its clocks.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from domain.bounds import account, not_after, not_before, within
from domain.codes import Seat
from domain.commands.return_mission import (
    DispatchReturnOfficer,
    HandOver,
    HoldFollowUp,
    NameReturnLead,
    RequestReturn,
    ScheduleFollowUp,
)
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.return_mission import (
    ReturnFollowUpHeld,
    ReturnFollowUpScheduled,
    ReturnHandedOver,
    ReturnLeadNamed,
    ReturnMissionClosed,
    ReturnOfficerDispatched,
    ReturnRequested,
)
from domain.gathering import Gathering
from domain.refusals import return_mission as refuse
from domain.refusals.gathering import NotConcerned
from domain.returning_people import PEOPLE, ReturningPeople
from domain.values import Signature

MOST_OFFICERS = 500
MOST_VEHICLES = 200


class ReturnMission(ReturningPeople):
    """One mission: who asked, who leads, who receives the people at home, and how it ends."""

    BEGINS_WITH = ReturnRequested

    gathering_id: UUID
    home: str
    requested_on: date

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.received_at_home = False

    def request(
        self,
        ask: RequestReturn,
        by: Signature,
        *,
        gathering: Gathering,
        home_office: str,
        told: Collection[str],
    ) -> None:
        """Ask the home unit of a gathering for help, as an office that knows of it."""
        gathering.must_exist("đoàn đông người")
        if self.version:
            raise refuse.ReturnAlreadyRequested("Đề nghị này đã được ghi.")
        if by.officer.office not in told:
            raise NotConcerned("Cơ quan bạn không được báo về đoàn này.")
        self.record(
            ReturnRequested,
            by,
            gathering_id=gathering.id,
            site=gathering.site,
            place=gathering.place,
            home=gathering.home,
            home_office=home_office,
            people=within(ask.people, 1, gathering.count.high, what=PEOPLE, pointer="/people"),
        )

    def name_lead(self, ask: NameReturnLead, by: Signature, *, may_lead: Collection[str]) -> None:
        """Name who leads; the office that names is the one that leads. May be named anew."""
        self.must_run()
        if by.officer.office not in may_lead:
            raise refuse.NotTheReturnOffice("Chỉ cơ quan nơi đi hoặc cấp trên được cử phụ trách.")
        lead = account(ask.lead, what="Người phụ trách", pointer="/lead")
        self.record(ReturnLeadNamed, by, lead=lead)

    def dispatch(self, ask: DispatchReturnOfficer, by: Signature) -> None:
        """Send officers, a vehicle, or both."""
        self.must_be_led_by(by)
        within(ask.officers, 0, MOST_OFFICERS, what="Số cán bộ", pointer="/officers")
        within(ask.vehicles, 0, MOST_VEHICLES, what="Số xe", pointer="/vehicles")
        if not ask.officers and not ask.vehicles:
            raise refuse.NoHelpSent("Nêu số cán bộ hoặc số xe được cử.", pointer="/officers")
        self.record(ReturnOfficerDispatched, by, officers=ask.officers, vehicles=ask.vehicles)

    def hand_over(self, ask: HandOver, by: Signature) -> None:
        """An officer of the home office takes over."""
        self.must_be_home(by)
        if self.received_at_home:
            raise refuse.AlreadyHandedOver("Đã có cán bộ tiếp nhận tại địa phương.")
        if not self.arrived:
            raise refuse.NobodyArrived("Chưa ghi ai về đến nơi.")
        receiving = account(
            ask.receiving_officer, what="Cán bộ tiếp nhận", pointer="/receiving_officer"
        )
        self.record(
            ReturnHandedOver, by, receiving_officer=receiving, receiving_office=by.officer.office
        )

    def schedule_follow_up(self, ask: ScheduleFollowUp, by: Signature) -> None:
        """Give the reception at home its day; it may be set anew."""
        self.must_be_home(by)
        on = not_before(ask.on, day_of(by.occurred_at), what="Ngày hẹn tiếp", pointer="/on")
        self.record(ReturnFollowUpScheduled, by, on=on, host_office=by.officer.office)

    def hold_follow_up(self, ask: HoldFollowUp, by: Signature) -> None:
        """Say that the people were received at home, also after the mission has ended."""
        self.must_exist(self.WHAT)
        if self.host is None:
            raise refuse.NoFollowUpDate(
                "Chưa hẹn ngày tiếp công dân tại địa phương.", mend="Hẹn ngày tiếp trước."
            )
        if self.held:
            raise refuse.FollowUpAlreadyHeld("Đã ghi việc tiếp tại địa phương.")
        if by.officer.office != self.host:
            raise refuse.NotTheReturnOffice("Chỉ cơ quan hẹn tiếp ghi việc này.")
        today = day_of(by.occurred_at)
        held_on = not_after(ask.held_on, today, what="Ngày tiếp", pointer="/held_on")
        not_before(held_on, self.requested_on, what="Ngày tiếp", pointer="/held_on")
        self.record(ReturnFollowUpHeld, by, held_on=held_on)

    def close(self, by: Signature) -> None:
        """End it: everybody answered, who would go has arrived, received at home, a date set.

        Where everybody declined there is nobody to hand over: the date alone suffices, for
        the invitation to be received at home stands for those who stay as well.
        """
        self.must_be_home(by)
        if not self.offered or self.unanswered:
            raise refuse.OfferNotAnswered("Ghi đủ số người đồng ý và không đồng ý trước.")
        if self.arrived < self.departed:
            raise refuse.PeopleOnTheRoad("Ghi đủ số người đã về đến nơi trước.")
        if self.waiting:
            raise refuse.WillingNotAway(
                f"Còn {self.waiting} người đồng ý về mà chưa ghi khởi hành.",
                mend="Ghi khởi hành cho người về; ai đổi ý thì ghi là ở lại theo ý muốn.",
            )
        if self.consented and not self.received_at_home:
            raise refuse.NoReceivingOfficer(
                "Phải có cán bộ tại địa phương tiếp nhận bàn giao.", mend="Ghi bàn giao trước."
            )
        if self.follow_up_on is None:
            raise refuse.NoFollowUpDate(
                "Phải hẹn ngày tiếp công dân tại địa phương.", mend="Hẹn ngày tiếp trước."
            )
        self.record(ReturnMissionClosed, by)

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        super().evolve(event)
        match event:
            case ReturnRequested():
                self.gathering_id, self.requested_by = event.gathering_id, event.office
                self.home, self.home_office = event.home, event.home_office
                self.requested_on = day_of(event.occurred_at)
            case ReturnLeadNamed(office=office):
                self.leading = office
                self.settle(Seat.LEADING)
            case ReturnHandedOver():
                self.received_at_home = True
            case ReturnFollowUpScheduled():
                self.follow_up_on, self.host = event.on, event.host_office
                self.held = False
                self.settle(Seat.HOST)
            case ReturnFollowUpHeld():
                self.held = True
            case ReturnMissionClosed():
                self.closed = True
