"""What a citizen asks (đơn). Who is answerable for it: :mod:`domain.custody`."""

from uuid import UUID

from domain.bounds import within
from domain.codes import ClosureReason, Field, Guidance, PetitionKind, Seat
from domain.commands.petition import ClassifyPetition, GuideCitizen, ReceivePetition
from domain.events.base import OfficeEvent
from domain.events.case import CaseRehomed
from domain.events.petition import (
    CitizenGuided,
    PetitionClassified,
    PetitionConcluded,
    PetitionReceived,
    PetitionRehomed,
    PetitionTakenUp,
)
from domain.filing import Filing
from domain.law.clocks import SETTLED
from domain.refusals import petition as refuse
from domain.refusals.rehoming import MovesWithItsCase
from domain.units import Office
from domain.values import Signature, TextRef

MOST_PETITIONERS = 10_000


def sort_of(kind: PetitionKind) -> PetitionKind | None:
    """By which limit it is settled (loại thời hạn giải quyết); None: it is only answered.

    A case has the clock of the petition it was opened for, so it holds one sort.
    """
    return kind if kind in SETTLED else None


class Petition(Filing):
    """One petition: what it is about, and whether it was answered."""

    BEGINS_WITH = PetitionReceived

    number: str
    field: Field
    place: str
    taken_up_as: PetitionKind
    """What it was when a case took it up, or is while none has."""
    ever_denunciation = False
    """Whether it was ever received or sorted as one: sorting it anew unseals nobody."""

    def receive(
        self,
        ask: ReceivePetition,
        by: Signature,
        *,
        number: str,
        place: str,
        accused: str | None,
        texts: tuple[TextRef, ...],
    ) -> None:
        """Take it in; also when it is about this very office, which must then pass it on."""
        if self.version:
            raise refuse.PetitionAlreadyReceived("Đơn này đã có trong sổ tiếp nhận.")
        self.record(
            PetitionReceived,
            by,
            number=number,
            kind=ask.kind,
            channel=ask.channel,
            field=ask.field,
            place=place,
            petitioners=within(
                ask.petitioners, 1, MOST_PETITIONERS, what="Số người gửi", pointer="/petitioners"
            ),
            election=ask.election,
            accused_office=accused,
            texts=texts,
        )

    def classify(
        self,
        ask: ClassifyPetition,
        by: Signature,
        *,
        competent: str,
        accused: str | None,
        other_judge: Office | None = None,
    ) -> None:
        """Sort it. Whom it is about may be corrected to another office, never to nobody.

        When that is the office that was to judge, ``other_judge`` judges instead.
        """
        self.must_answer_for(by)
        if accused is None or accused in self.barred:
            accused = self.accused
        if accused is not None and competent in self.offices.in_place_of(accused):
            raise refuse.AccusedOffice(
                "Cơ quan bị khiếu nại, tố cáo không thể là cơ quan có thẩm quyền giải quyết.",
                pointer="/competent_office",
            )
        if ask.repeat_of == self.id:
            raise refuse.RepeatOfItself(
                "Chọn đơn trước đó, không phải đơn này.", pointer="/repeat_of"
            )
        self._may_be_about(accused, ask.kind, by)
        self._may_lose_its_judge(accused, other_judge)
        self.record(
            PetitionClassified,
            by,
            kind=ask.kind,
            field=ask.field,
            competent_office=competent,
            repeat_of=ask.repeat_of,
            accused_office=accused,
        )
        if self.judge == accused and other_judge is not None:
            self.dispute(by, before=other_judge)

    def _may_be_about(self, accused: str | None, kind: PetitionKind, by: Signature) -> None:
        """Who is complained of does not put it on another; a case keeps its sort and its secret."""
        if accused != self.accused and self.is_about(by.officer.office):
            raise refuse.AccusedOffice(
                "Đơn liên quan chính cơ quan bạn. Hãy chuyển lên cấp trên.",
                pointer="/accused_office",
            )
        if self.case_id is None:
            return
        if accused != self.accused:
            raise refuse.PetitionInCase(
                "Đơn đang trong vụ việc, không đổi cơ quan bị khiếu nại, tố cáo được.",
                pointer="/accused_office",
                mend="Nội dung về cơ quan khác thì tiếp nhận thành một đơn mới.",
            )
        if sort_of(kind) is not sort_of(self.taken_up_as):
            raise refuse.PetitionInCase(
                "Đơn đang trong vụ việc, không đổi sang loại có thời hạn giải quyết khác được.",
                pointer="/kind",
                mend="Nội dung khiếu nại, tố cáo mới phát hiện thì tiếp nhận thành một đơn mới.",
            )

    def _may_lose_its_judge(self, accused: str | None, other_judge: Office | None) -> None:
        if self.judge is not None and self.judge == accused and other_judge is None:
            raise refuse.CompetenceInDispute(
                "Cơ quan này đang phải quyết định thẩm quyền và không có cấp trên nào thay.",
                pointer="/accused_office",
            )

    @property
    def is_denunciation(self) -> bool:
        """Whether it denounces somebody, as sorted now (tố cáo)."""
        return self.kind is PetitionKind.DENUNCIATION

    def guide(
        self, ask: GuideCitizen, by: Signature, *, competent: str | None, texts: tuple[TextRef, ...]
    ) -> None:
        """Tell the citizen where to go or what is missing; the petition ends here."""
        self.must_be_free(by)
        self._must_not_be_about(by)
        if ask.guidance is Guidance.COMPETENT_OFFICE and competent is None:
            raise refuse.GuidanceNeedsOffice(
                "Hướng dẫn đến cơ quan có thẩm quyền thì phải nêu cơ quan đó.",
                pointer="/competent_office",
                mend="Chọn cơ quan trong danh bạ.",
            )
        self.record(
            CitizenGuided, by, guidance=ask.guidance, competent_office=competent, texts=texts
        )

    def take_up(self, case_id: UUID, by: Signature) -> None:
        """Handle it in a case; never by the office it is about."""
        self.must_be_free(by)
        self._must_not_be_about(by)
        self.record(PetitionTakenUp, by, case_id=case_id)

    def _must_not_be_about(self, by: Signature) -> None:
        if self.is_about(by.officer.office):
            raise refuse.AccusedOffice("Đơn liên quan chính cơ quan bạn. Hãy chuyển lên cấp trên.")

    def rehome(self, office: str, by: Signature) -> None:
        """As every dossier; while it is being handled it goes where its case goes."""
        self._must_go_alone()
        super().rehome(office, by)

    def decide_home(
        self, former: str, by: Signature, *, to: Office, within_reach: frozenset[str]
    ) -> None:
        """As every dossier; while it is being handled it goes where its case goes."""
        self._must_go_alone()
        super().decide_home(former, by, to=to, within_reach=within_reach)

    def _must_go_alone(self) -> None:
        if self.case_id is not None and not self.ended:
            raise MovesWithItsCase("Đơn đang được giải quyết trong một vụ việc và đi theo vụ việc.")

    def go_with(self, moved: CaseRehomed, by: Signature) -> None:
        """Rest on the office that handles its case from here on."""
        waits = any(each.seat is Seat.IN_CHARGE for each in self.meanwhile)
        is_there = moved.to_office == self.in_charge and moved.interim == waits
        if self.ended or is_there:
            return
        self.record(
            PetitionRehomed,
            by,
            former=moved.former,
            from_office=self.in_charge,
            to_office=moved.to_office,
            to_unit=moved.to_unit,
            seats=(Seat.IN_CHARGE,),
            interim=moved.interim,
            candidates=moved.candidates,
            offer=None,
        )

    def conclude(self, case_id: UUID, reason: ClosureReason, by: Signature) -> None:
        """The case that handled it ended; the case's own rules said that it may."""
        self.must_run()
        self.record(PetitionConcluded, by, case_id=case_id, reason=reason)

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        super().evolve(event)
        match event:
            case PetitionReceived():
                self.number, self.place = event.number, event.place
                self._sort(event.kind, event.field)
            case PetitionClassified(kind=kind, field=field):
                self._sort(kind, field)
            case PetitionTakenUp(case_id=case_id):
                self.case_id = case_id
                self.settle(Seat.IN_CHARGE)
            case CitizenGuided() | PetitionConcluded():
                self.ended = True

    def _sort(self, kind: PetitionKind, field: Field) -> None:
        self.kind, self.field = kind, field
        if self.case_id is None:
            self.taken_up_as = kind
        self.ever_denunciation = self.ever_denunciation or self.is_denunciation
