"""Which one office is answerable for a petition, and how that moves (trách nhiệm giữ đơn).

At every moment exactly one office is in charge. An offer moves information; only an
acceptance or a superior's decision moves the charge.
"""

from datetime import date, datetime
from uuid import UUID

from domain.bounds import not_before, within
from domain.commands.petition import ReturnPetition, TransferPetition
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.petition import (
    CompetenceDecided,
    CompetenceDisputed,
    PetitionAccepted,
    PetitionClassified,
    PetitionRecalled,
    PetitionReceived,
    PetitionReturned,
    PetitionTransferred,
)
from domain.held import Held, Offer
from domain.refusals import petition as refuse
from domain.units import Office
from domain.values import Signature, TextRef

RETURNS_BEFORE_DISPUTE = 2
"""Twice bounced, the common superior decides (chống đùn đẩy). Law 02/2011 art. 21."""

MOST_PAPERS = 999


class Custody(Held):
    """Who holds a petition, who was offered it, and whether it still runs.

    ``received_at`` is when the first office took it in: the total clock's start, never
    changed. ``holders`` are all offices that were ever in charge, in order.
    """

    received_at: datetime

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.offers = 0
        self.times_returned = 0
        self.case_id: UUID | None = None

    def transfer(
        self,
        ask: TransferPetition,
        by: Signature,
        *,
        to: Office,
        reply_due: date,
        texts: tuple[TextRef, ...],
    ) -> None:
        """Offer it to another office; this one stays in charge until that one accepts."""
        self.must_be_free(by)
        if to.office_id == self.in_charge:
            raise refuse.TransferToOneself("Chọn một cơ quan khác.", pointer="/to_office")
        if self.is_about(to.office_id):
            raise refuse.AccusedOffice(
                "Đơn liên quan chính cơ quan này, phải chuyển nơi khác.", pointer="/to_office"
            )
        today = day_of(by.occurred_at)
        self.record(
            PetitionTransferred,
            by,
            offer=self.offers + 1,
            to_office=to.office_id,
            to_unit=to.unit,
            ground=ask.ground,
            papers=within(ask.papers, 0, MOST_PAPERS, what="Số giấy tờ", pointer="/papers"),
            reply_due=not_before(reply_due, today, what="Hạn trả lời", pointer="/reply_due"),
            texts=texts,
        )

    def accept(self, by: Signature) -> None:
        """Take over what was offered to this office."""
        offer = self._must_be_offered(by)
        if self.is_about(by.officer.office):
            raise refuse.AccusedOffice("Đơn liên quan chính cơ quan bạn. Hãy trả lại đơn.")
        self.record(PetitionAccepted, by, offer=offer.number, from_office=self.in_charge)

    def give_back(
        self,
        ask: ReturnPetition,
        by: Signature,
        *,
        judge: Office | None,
        texts: tuple[TextRef, ...],
    ) -> None:
        """Return it with grounds; from the second return on a superior must decide.

        ``judge`` stands above all who disown it; where nobody does, the return alone is
        recorded and the sender stays in charge.
        """
        offer = self._must_be_offered(by)
        self.record(
            PetitionReturned,
            by,
            offer=offer.number,
            from_office=self.in_charge,
            ground=ask.ground,
            times_returned=self.times_returned + 1,
            texts=texts,
        )
        if self.times_returned >= RETURNS_BEFORE_DISPUTE and judge is not None:
            self.dispute(by, before=judge)

    def dispute(self, by: Signature, *, before: Office) -> None:
        """Let an office above all who disown it say which one is competent."""
        offices = self.disowned_by(by.officer.office)
        self.record(CompetenceDisputed, by, offices=offices, superior=before.office_id)

    def disowned_by(self, office: str) -> tuple[str, ...]:
        """The office in charge and all that gave it back, ``office`` among them."""
        return tuple(dict.fromkeys((self.in_charge, *self.returned_by, office)))

    def recall(self, by: Signature) -> None:
        """Take an offer back before it is answered."""
        self.must_answer_for(by)
        if self.offer is None:
            raise refuse.NoOfferPending("Đơn không có lượt chuyển nào đang chờ trả lời.")
        offer = self.offer
        self.record(PetitionRecalled, by, offer=offer.number, to_office=offer.to_office)

    def decide_competence(
        self, by: Signature, *, to: Office, within_reach: bool, texts: tuple[TextRef, ...]
    ) -> None:
        """Name the office answerable, which need not accept.

        ``within_reach``: it is the judge, stands below the judge, or disowned the petition.
        """
        self.must_run()
        if self.judge is None:
            raise refuse.NoDispute("Đơn không có tranh chấp thẩm quyền.")
        if by.officer.office != self.judge:
            raise refuse.NotTheJudge(
                "Chỉ cấp trên chung của các cơ quan tranh chấp được quyết định."
            )
        if self.is_about(to.office_id):
            raise refuse.AccusedOffice(
                "Không giao đơn cho cơ quan mà đơn khiếu nại, tố cáo.", pointer="/to_office"
            )
        if not within_reach:
            raise refuse.BeyondTheJudge(
                "Chỉ giao cho cơ quan mình, cấp dưới hoặc một bên tranh chấp.", pointer="/to_office"
            )
        self.record(CompetenceDecided, by, to_office=to.office_id, to_unit=to.unit, texts=texts)

    def must_run(self) -> None:
        """Refuses: ``NotFound``, :class:`~domain.refusals.petition.PetitionEnded`."""
        self.must_exist("đơn")
        if self.ended:
            raise refuse.PetitionEnded(
                "Đơn đã hướng dẫn hoặc giải quyết xong, không sửa thêm được."
            )

    def must_answer_for(self, by: Signature) -> None:
        """Refuses what :meth:`must_run` does and any office but the one in charge."""
        self.must_run()
        if by.officer.office != self.in_charge:
            raise refuse.NotInCharge(
                "Cơ quan bạn không phụ trách đơn này.",
                mend="Chỉ cơ quan đang chịu trách nhiệm thực hiện được.",
            )

    def must_be_free(self, by: Signature) -> None:
        """As :meth:`must_answer_for`; no offer, dispute or case may hold the petition."""
        self.must_answer_for(by)
        self._must_not_be_disputed()
        if self.case_id is not None:
            raise refuse.PetitionInCase("Đơn đang được giải quyết trong một vụ việc.")
        if self.offer is not None:
            raise refuse.OfferPending(
                "Đơn đang chờ cơ quan được chuyển trả lời.", mend="Thu hồi lượt chuyển trước."
            )

    def _must_not_be_disputed(self) -> None:
        if self.judge is not None:
            raise refuse.CompetenceInDispute("Cấp trên chung phải quyết định thẩm quyền trước.")

    def _must_be_offered(self, by: Signature) -> Offer:
        self.must_run()
        self._must_not_be_disputed()
        if self.offer is None:
            raise refuse.NoOfferPending("Đơn không có lượt chuyển nào đang chờ trả lời.")
        if by.officer.office != self.offer.to_office:
            raise refuse.NotOfferedHere("Đơn không được chuyển đến cơ quan bạn.")
        return self.offer

    def evolve(self, event: OfficeEvent) -> None:
        """Take in who holds it. What ends it or puts it in a case, the petition takes in."""
        super().evolve(event)
        match event:
            case PetitionReceived():
                self.received_at, self.accused = event.occurred_at, event.accused_office
                self.take_charge(event.office)
            case PetitionClassified(accused_office=accused):
                self.accused = accused
            case PetitionTransferred(offer=number, to_office=receiver):
                self.offer, self.offers = Offer(number, receiver), number
            case PetitionAccepted(office=receiver):
                self.take_charge(receiver)
            case PetitionReturned(office=receiver, times_returned=times):
                self.end_offer()
                self.times_returned = times
                self.returned_by = (*self.returned_by, receiver)
            case PetitionRecalled():
                self.end_offer()
            case CompetenceDisputed(superior=superior):
                self.judge = superior
            case CompetenceDecided(to_office=named):
                self.judge, self.returned_by = None, ()
                self.take_charge(named)
