"""Petitions on their ways by chance: histories nobody thought of."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from domain import codes
from domain.codes import PetitionKind, Seat
from domain.events import case, gathering, petition, return_mission
from domain.values import CountRange
from projections.base import Fact
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    OFFICES,
    TAM_DI,
    Chronicle,
    moved,
    stream_of,
    unit_of,
)


class Journey:
    """One petition's way through the offices, step by step, as chance has it."""

    def __init__(self, tale: Chronicle, random: Random, name: str) -> None:
        self.tale, self.random = tale, random
        self.petition, self.case = stream_of(name), stream_of(f"case of {name}")
        self.holder, self.receiver = random.choice(OFFICES), ""
        self.kind = random.choice(list(PetitionKind))
        self.superior = LUC_NAM
        self.offers = self.returns = 0
        tale.received(self.petition, self.holder, kind=self.kind)
        self.steps: Sequence[Callable[[], None]] = self.in_hand()

    def step(self) -> bool:
        """The next thing that happens; False at the end."""
        if not self.steps:
            return False
        self.random.choice(self.steps)()
        return True

    def in_hand(self) -> Sequence[Callable[[], None]]:
        return (self.offer, self.offer, self.classify, self.guide, self.take_up, self.rehome)

    def rehome(self) -> None:
        """Its office is abolished, and so, perhaps, was the one it answers for."""
        heir = self.random.choice([o for o in OFFICES if o != self.holder])
        offer = self.offers if self.accept in self.steps else None
        self.tale.petition_rehomed(
            self.petition, self.holder, heir, (Seat.IN_CHARGE,), offer=offer,
            former=self.former, interim=self.random.random() < 0.5,
        )  # fmt: skip
        self.holder = heir
        if offer is not None and heir == self.receiver:
            self.steps = self.in_hand()

    def rehome_receiver(self) -> None:
        heir = self.random.choice([o for o in OFFICES if o != self.receiver])
        self.tale.petition_rehomed(
            self.petition, self.receiver, heir, (Seat.OFFERED_TO,), offer=self.offers,
            interim=self.random.random() < 0.5,
        )  # fmt: skip
        self.receiver = heir
        if heir == self.holder:
            self.steps = self.in_hand()

    @property
    def former(self) -> str:
        """For whom the office in charge answers, once this petition was re-homed for now."""
        return self.random.choice((self.holder, "ubnd-218-20250101"))

    def offer(self) -> None:
        self.offers += 1
        self.receiver = self.random.choice([o for o in OFFICES if o != self.holder])
        due = self.tale.at.date() + timedelta(days=3)
        self.tale.transferred(self.petition, self.holder, self.receiver, offer=self.offers, due=due)
        self.steps = (
            self.accept, self.give_back, self.recall, self.rehome, self.rehome_receiver
        )  # fmt: skip

    def accept(self) -> None:
        self.tale.accepted(self.petition, self.receiver, self.holder, offer=self.offers)
        self.holder, self.steps = self.receiver, self.in_hand()

    def give_back(self) -> None:
        self.returns += 1
        here = {"offer": self.offers, "times": self.returns}
        self.tale.returned(self.petition, self.receiver, self.holder, **here)
        self.steps = self.in_hand()
        if self.returns > 1:
            offices = (self.holder, self.receiver)
            self.tale.record(
                petition.CompetenceDisputed, self.petition, self.receiver,
                offices=offices, superior=BAC_GIANG,
            )  # fmt: skip
            self.steps = (self.decide_competence,)

    def decide_competence(self) -> None:
        self.holder = self.random.choice(OFFICES)
        self.tale.record(
            petition.CompetenceDecided, self.petition, BAC_GIANG,
            to_office=self.holder, to_unit=unit_of(self.holder), texts=(),
        )  # fmt: skip
        self.steps = self.in_hand()

    def recall(self) -> None:
        self.tale.record(
            petition.PetitionRecalled, self.petition, self.holder,
            offer=self.offers, to_office=self.receiver,
        )  # fmt: skip
        self.steps = self.in_hand()

    def classify(self) -> None:
        self.kind = self.random.choice(list(PetitionKind))
        self.tale.record(
            petition.PetitionClassified, self.petition, self.holder, kind=self.kind,
            field=codes.Field.LAND, competent_office=self.random.choice(OFFICES),
            repeat_of=None, accused_office=None,
        )  # fmt: skip

    def guide(self) -> None:
        self.tale.record(
            petition.CitizenGuided, self.petition, self.holder,
            guidance=codes.Guidance.COURT, competent_office=None, texts=(),
        )  # fmt: skip
        self.steps = ()

    def take_up(self) -> None:
        self.tale.case_opened(self.case, self.holder, self.petition, self.kind)
        self.steps = (
            self.handler, self.report, self.escalate, self.direct, self.settle, self.rehome_case
        )  # fmt: skip

    def rehome_case(self) -> None:
        """The office that handles it, or a superior told of it, is abolished."""
        seat, was = self.random.choice(
            [(Seat.HANDLING, self.holder), (Seat.INFORMED, self.superior)]
        )
        heir = self.random.choice([o for o in OFFICES if o != was])
        interim = seat is Seat.HANDLING and self.random.random() < 0.5
        self.tale.case_rehomed(self.case, was, heir, (seat,), handler="acc-8", interim=interim)
        if seat is Seat.HANDLING:
            self.tale.petition_rehomed(
                self.petition, self.holder, heir, (Seat.IN_CHARGE,), interim=interim
            )
            self.holder = heir
        else:
            self.superior = heir

    def handler(self) -> None:
        self.tale.record(case.HandlerAssigned, self.case, self.holder, handler="acc-7")

    def report(self) -> None:
        self.tale.record(
            case.CaseReportedUpward, self.case, self.holder, to_office=self.superior, texts=()
        )

    def escalate(self) -> None:
        self.tale.record(
            case.CaseEscalated, self.case, self.holder, to_office=BAC_GIANG, rung=1,
            ground=codes.EscalationGround.COMPLEX, texts=(),
        )  # fmt: skip
        self.tale.record(case.CaseAcknowledged, self.case, BAC_GIANG, from_office=self.holder)

    def direct(self) -> None:
        due = self.tale.at.date() + timedelta(days=7)
        self.tale.record(
            case.DirectionIssued, self.case, BAC_GIANG, to_office=self.holder, due=due, texts=()
        )

    def settle(self) -> None:
        self.tale.record(
            case.DecisionIssued, self.case, self.holder, outcome=codes.DecisionOutcome.RIGHT,
            decided_on=self.tale.at.date(), texts=(),
        )  # fmt: skip
        self.steps = (self.close,)

    def close(self) -> None:
        reason = codes.ClosureReason.ANSWERED
        self.tale.record(
            case.CaseClosed, self.case, self.holder, reason=reason,
            notice=codes.Notice.WRITTEN, noticed_on=self.tale.at.date(),
            petitions=(self.petition,),
        )  # fmt: skip
        self.tale.record(
            petition.PetitionConcluded, self.petition, self.holder,
            case_id=self.case, reason=reason,
        )  # fmt: skip
        self.steps = ()


def told_by_chance(random: Random, petitions: int, steps: int) -> Chronicle:
    """Some petitions on their ways at once, with a crowd, a return and some reading between."""
    tale = Chronicle()
    ways = [Journey(tale, random, f"petition {number}") for number in range(petitions)]
    crowd, mission = stream_of("crowd"), stream_of("mission")
    tale.crowd(crowd)
    tale.return_requested(mission, crowd)
    tale.record(return_mission.ReturnOffered, mission, LUC_NAM, people=4)
    extras: list[Callable[[], Fact]] = [
        lambda: tale.crowd_received(crowd),
        lambda: tale.record(
            gathering.GatheringCountRevised, crowd, LUC_NAM, count=CountRange(40, 50)
        ),
        lambda: tale.record(gathering.GatheringAcknowledged, crowd, BAC_GIANG),
        lambda: tale.record(return_mission.ReturnConsented, mission, LUC_NAM, people=3),
        lambda: tale.record(return_mission.ReturnDeclined, mission, LUC_NAM, people=1),
        lambda: tale.opened_text(ways[0].petition),
        lambda: tale.record(
            gathering.GatheringRehomed,
            crowd,
            LUC_NAM,
            **moved(NGHIA_PHUONG, LUC_NAM, (Seat.MUST_COME, Seat.ON_SITE), None, True),
        ),
        lambda: tale.record(
            return_mission.ReturnMissionRehomed,
            mission,
            LUC_NAM,
            **moved(NGHIA_PHUONG, LUC_NAM, (Seat.HOME, Seat.LEADING), None, False),
        ),
    ]
    tale.overdue(crowd, 0)
    extras += [
        lambda: tale.overdue(crowd, 0),
        lambda: tale.settled(crowd, 0),
        lambda: tale.passed_on(crowd, random.choice([TAM_DI, BAC_GIANG]), 0),
    ]
    for _ in range(steps):
        tale.wait(hours=random.randrange(12))
        if not random.choice(ways).step():
            random.choice(extras)()
    return tale
