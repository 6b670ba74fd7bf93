"""The story of one petition (câu chuyện của một lá đơn), told in the field's own words."""

from datetime import date, datetime

from domain.codes import (
    Channel,
    ClosureReason,
    DecisionOutcome,
    EscalationGround,
    Guidance,
    Notice,
    PetitionKind,
    ReturnGround,
    Role,
    TransferGround,
)
from domain.commands import case as case_acts
from domain.commands import petition as petition_acts
from domain.days import day_of
from domain.units import Unit
from services.demo.accounts import account_of, head_of, officer
from services.demo.matters import Matter
from services.demo.people import MARK, invented_person
from services.demo.steps import Story
from services.demo.times import soon_after

CHANNELS = (Channel.COUNTER,) * 5 + (Channel.POST,) * 2 + (Channel.LETTERBOX, Channel.ONLINE)


class PetitionStory(Story):
    """A petition from its receipt on. ``office`` is whoever is in charge, as told so far.

    Each act takes ``days``, the working days since the last one, or ``at``, its moment.
    """

    def __init__(self, seed: int, name: str, place: Unit, about: Matter) -> None:
        super().__init__(seed, name)
        self.place = place
        self.about = about
        self.petition_id = self.id_of("petition")
        self.case_id = self.id_of("case")
        self.office = ""
        self.offered_to = ""

    def received(
        self, at: datetime, office: str, *, petitioners: int = 1, accused: str | None = None
    ) -> None:
        """An office takes it in."""
        self.office = office
        texts = invented_person(self.draw, self.place.name)
        texts["summary"] = self.about.told_of(self.place.name)
        ask = petition_acts.ReceivePetition(
            petition_id=self.petition_id,
            kind=self.about.kind,
            channel=self.draw.choice(CHANNELS),
            field=self.about.field,
            place=self.place.unit_id,
            petitioners=petitioners,
            accused_office=accused,
            texts=texts,
        )
        self.act(at, officer(office, Role.CLERK), ask)

    def classified(
        self, days: int = 0, *, competent: str | None = None, at: datetime | None = None
    ) -> None:
        """The office sorts it; competent is itself unless another is named."""
        ask = petition_acts.ClassifyPetition(
            petition_id=self.petition_id,
            kind=self.about.kind,
            field=self.about.field,
            competent_office=competent or self.office,
        )
        self.act(self._when(days, at), officer(self.office, Role.CLERK), ask)

    def guided(self, competent: str, days: int = 0) -> None:
        """The citizen is told where to go."""
        ask = petition_acts.GuideCitizen(
            petition_id=self.petition_id,
            guidance=Guidance.COMPETENT_OFFICE,
            competent_office=competent,
            texts={"note": f"Đã hướng dẫn công dân đến đúng cơ quan {MARK}."},
        )
        self.act(self._when(days), officer(self.office, Role.CLERK), ask)

    def offered(
        self,
        to: str,
        days: int = 0,
        *,
        ground: TransferGround = TransferGround.OTHER_LEVEL,
        at: datetime | None = None,
        happened: datetime | None = None,
    ) -> None:
        """It is offered to another office."""
        self.offered_to = to
        ask = petition_acts.TransferPetition(
            petition_id=self.petition_id,
            to_office=to,
            ground=ground,
            papers=self.draw.randrange(5),
        )
        by = officer(self.office, Role.CLERK)
        self.act(self._when(days, at), by, ask, happened=happened)

    def accepted(self, days: int = 1, *, at: datetime | None = None) -> None:
        """The office it was offered to takes it over."""
        self.office = self.offered_to
        ask = petition_acts.AcceptPetition(petition_id=self.petition_id)
        self.act(self._when(days, at), officer(self.office, Role.CLERK), ask)

    def given_back(
        self,
        days: int = 1,
        *,
        ground: ReturnGround = ReturnGround.NOT_COMPETENT,
        at: datetime | None = None,
    ) -> None:
        """The office it was offered to gives it back."""
        ask = petition_acts.ReturnPetition(
            petition_id=self.petition_id,
            ground=ground,
            texts={"note": f"Trả lại vì không thuộc thẩm quyền theo địa bàn {MARK}."},
        )
        self.act(self._when(days, at), officer(self.offered_to, Role.CLERK), ask)

    def recalled(self, days: int = 1) -> None:
        """The sender takes its offer back."""
        ask = petition_acts.RecallPetition(petition_id=self.petition_id)
        self.act(self._when(days), officer(self.office, Role.CLERK), ask)

    def competence_decided(self, judge: str, to: str, days: int = 1) -> None:
        """The common superior names the office answerable."""
        self.office = to
        ask = petition_acts.DecideCompetence(
            petition_id=self.petition_id,
            to_office=to,
            texts={"note": f"Giao cơ quan nơi có đất giải quyết {MARK}."},
        )
        self.act(self._when(days), head_of(judge), ask)

    def taken_up(self, days: int = 1, *, at: datetime | None = None) -> None:
        """The office opens a case and its head gives it to somebody."""
        ask = case_acts.OpenCase(case_id=self.case_id, petition_id=self.petition_id)
        self.act(self._when(days, at), officer(self.office, Role.HANDLER), ask)
        given = case_acts.AssignHandler(
            case_id=self.case_id, handler=account_of(self.office, Role.HANDLER)
        )
        self.act(self._when(0), head_of(self.office), given)

    def joined(self, case: "PetitionStory", days: int = 1) -> None:
        """It is handled in another petition's case."""
        ask = case_acts.LinkPetition(case_id=case.case_id, petition_id=self.petition_id)
        self.act(self._when(days), officer(self.office, Role.HANDLER), ask)

    def reported_upward(self, days: int = 1) -> None:
        """The nearest superior is told."""
        texts = {"summary": f"Báo cáo vụ việc có nhiều hộ liên quan {MARK}."}
        ask = case_acts.ReportCaseUpward(case_id=self.case_id, texts=texts)
        self.act(self._when(days), officer(self.office, Role.HANDLER), ask)

    def escalated(
        self, ground: EscalationGround, days: int = 1, *, at: datetime | None = None
    ) -> None:
        """The nearest superior is asked to take the lead."""
        texts = {"summary": f"Đề nghị cấp trên chủ trì vụ việc {MARK}."}
        ask = case_acts.EscalateCase(case_id=self.case_id, ground=ground, texts=texts)
        self.act(self._when(days, at), head_of(self.office), ask)

    def acknowledged(self, superior: str, days: int = 0) -> None:
        """A superior confirms that it knows."""
        ask = case_acts.AcknowledgeCase(case_id=self.case_id)
        self.act(self._when(days), head_of(superior), ask)

    def directed(self, superior: str, due: date, days: int = 1) -> None:
        """A superior directs."""
        texts = {"instruction": f"Đối thoại với các hộ, báo cáo kết quả đúng hạn {MARK}."}
        ask = case_acts.IssueDirection(case_id=self.case_id, due=due, texts=texts)
        self.act(self._when(days), head_of(superior), ask)

    def decided(self, days: int = 5, *, at: datetime | None = None) -> None:
        """The head decides or answers."""
        settled = self.about.kind in (PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION)
        outcomes = (DecisionOutcome.RIGHT, DecisionOutcome.PARTLY_RIGHT, DecisionOutcome.WRONG)
        moment = self._when(days, at)
        ask = case_acts.IssueDecision(
            case_id=self.case_id,
            outcome=self.draw.choice(outcomes) if settled else DecisionOutcome.ANSWERED,
            decided_on=day_of(moment),
            texts={"summary": f"Kết quả giải quyết {MARK}."},
        )
        self.act(moment, head_of(self.office), ask)

    def closed(self, days: int = 1, *, at: datetime | None = None) -> None:
        """The case ends; the citizen was told."""
        settled = self.about.kind is PetitionKind.COMPLAINT
        moment = self._when(days, at)
        ask = case_acts.CloseCase(
            case_id=self.case_id,
            reason=ClosureReason.DECISION_CARRIED_OUT if settled else ClosureReason.ANSWERED,
            notice=Notice.WRITTEN,
            noticed_on=day_of(moment),
        )
        self.act(moment, head_of(self.office), ask)

    def _when(self, days: int, at: datetime | None = None) -> datetime:
        return at or soon_after(self.last, days, self.draw)
