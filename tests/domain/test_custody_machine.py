"""Whatever offices do to a petition, one of them is answerable and the clock runs on."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid5

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.case import Case
from domain.codes import Guidance, ReturnGround, Role, Seat, TransferGround
from domain.commands.base import Command
from domain.commands.case import OpenCase
from domain.commands.petition import (
    AcceptPetition,
    DecideCompetence,
    GuideCitizen,
    RecallPetition,
    ReturnPetition,
    TransferPetition,
)
from domain.commands.rehoming import (
    DecideCaseHome,
    DecidePetitionHome,
    RehomeCase,
    RehomePetition,
)
from domain.errors import Refusal
from domain.events.petition import (
    CompetenceDecided,
    PetitionAccepted,
    PetitionReceived,
    PetitionRehomed,
)
from domain.homes import OfficesOn
from domain.petition import Petition
from domain.values import Officer
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    HANOI,
    LAND_OFFICE,
    LUC_NAM,
    NAMES,
    NGHIA_PHUONG,
    PETITION,
    head,
    officer,
)
from tests.domain.after_the_reform import (
    AUGUST_MORNING,
    NEW_CAM_LY,
    NEW_NGHIA_PHUONG,
    REFORMED,
    reformed,
)
from tests.domain.test_petition import classify, receive
from tests.scenario import Scenario

OLD = (CAM_LY, NGHIA_PHUONG, LUC_NAM, LAND_OFFICE, BAC_GIANG, HANOI)
OFFICES = (*OLD, NEW_CAM_LY, NEW_NGHIA_PHUONG)
SYSTEM = officer("system", Role.SYSTEM)
office = st.sampled_from(OFFICES)
acting = office.map(head)
old = st.sampled_from(OLD)

ACTS: tuple[Callable[[str], Command], ...] = (
    lambda to: TransferPetition(
        petition_id=PETITION, to_office=to, ground=TransferGround.OTHER_LEVEL
    ),
    lambda _: AcceptPetition(petition_id=PETITION),
    lambda _: ReturnPetition(petition_id=PETITION, ground=ReturnGround.NOT_COMPETENT),
    lambda _: RecallPetition(petition_id=PETITION),
    lambda to: DecideCompetence(petition_id=PETITION, to_office=to),
)
ENDINGS: tuple[Command, ...] = (
    GuideCitizen(petition_id=PETITION, guidance=Guidance.COURT),
    OpenCase(case_id=CASE, petition_id=PETITION),
)
act = st.one_of(st.builds(lambda make, to: make(to), st.sampled_from(ACTS), office))


class Custody(RuleBasedStateMachine):
    """Offices act at random; a model knows only who accepted or was named last."""

    @initialize(first=old.map(head), accused=st.none() | old)
    def received(self, first: Officer, accused: str | None) -> None:
        """Somebody takes the petition in."""
        self.world = Scenario()
        self.moves = 0
        self.ask(receive(accused_office=accused), first)
        self.answerable = first.office
        self.received_at = self.petition().received_at

    @rule(command=act, by=acting)
    def pass_on(self, command: Command, by: Officer) -> None:
        """Any office asks for anything."""
        self.ask(command, by)

    @rule(command=act)
    def pass_on_rightly(self, command: Command) -> None:
        """Whoever has a say asks: the holder, the office offered to, the judge."""
        petition = self.petition()
        offered = [petition.offer.to_office] if petition.offer else []
        judges = [petition.judge] if petition.judge else []
        for name in (*judges, *offered, petition.in_charge):
            self.ask(command, head(name))

    @rule(accused=office, competent=office)
    def sort_out(self, accused: str, competent: str) -> None:
        """The holder finds out whom it is about."""
        by = head(self.answerable)
        self.ask(classify(accused_office=accused, competent_office=competent), by)

    @rule()
    def reform(self) -> None:
        """Communes merge and split, the districts go."""
        reformed(self.world)

    @rule(was=office)
    def rehome(self, was: str) -> None:
        """The system takes what an abolished office had to who stands in its place."""
        self.ask(RehomePetition(petition_id=PETITION, office=was), SYSTEM)
        self.ask(RehomeCase(case_id=CASE, office=was), SYSTEM)

    @rule(was=office, to=office, by=acting)
    def decide_home(self, was: str, to: str, by: Officer) -> None:
        """Somebody says where it goes for good."""
        ids: dict[str, Any] = {"office": was, "to_office": to}
        self.ask(DecidePetitionHome(petition_id=PETITION, **ids), by)
        self.ask(DecideCaseHome(case_id=CASE, **ids), by)

    @rule(command=st.sampled_from(ENDINGS))
    def end(self, command: Command) -> None:
        """The holder answers it or takes it up."""
        self.ask(command, head(self.answerable))

    def ask(self, command: Command, by: Officer) -> None:
        self.moves += 1
        key = uuid5(NAMES, f"move {self.moves}")
        before = self.world.store.last_version(PETITION)
        with suppress(Refusal):
            self.world.casework.handle(command, by, key=key, request=b"", correlation="machine")
        for fact in self.world.store.load(PETITION)[before:]:
            self.follow(fact)

    def follow(self, fact: Any) -> None:
        match fact:
            case PetitionAccepted(office=receiver):
                self.answerable = receiver
            case CompetenceDecided(to_office=named):
                self.answerable = named
            case PetitionRehomed(seats=seats, to_office=heir) if Seat.IN_CHARGE in seats:
                self.answerable = heir

    def petition(self) -> Petition:
        return Petition.replay(PETITION, self.world.store.load(PETITION))

    @invariant()
    def exactly_one_office_is_answerable(self) -> None:
        petition = self.petition()
        assert petition.in_charge == self.answerable
        assert petition.holders[-1] == self.answerable

    @invariant()
    def the_total_clock_never_restarts(self) -> None:
        assert self.petition().received_at == self.received_at
        receipts = [
            fact for fact in self.world.store.load(PETITION) if isinstance(fact, PetitionReceived)
        ]
        assert len(receipts) == 1

    @invariant()
    def nothing_waits_in_two_places(self) -> None:
        petition = self.petition()
        waits = (petition.offer, petition.judge, petition.case_id)
        assert sum(reason is not None for reason in waits) <= 1

    @invariant()
    def it_never_moved_to_the_office_it_is_about(self) -> None:
        accused: str | None = None
        for fact in self.world.store.load(PETITION):
            accused = getattr(fact, "accused_office", accused)
            if isinstance(fact, PetitionAccepted):
                assert fact.office != accused
            if isinstance(fact, CompetenceDecided):
                assert fact.to_office != accused
            if isinstance(fact, PetitionRehomed) and accused is not None:
                assert fact.to_office not in TREE.in_place_of(accused)

    @invariant()
    def what_waits_for_a_decision_is_held_by_who_answers_meanwhile(self) -> None:
        petition = self.petition()
        held = set(petition.seats())
        if not petition.ended:
            assert {(each.seat, each.at) for each in petition.meanwhile} <= held

    @invariant()
    def a_petition_and_its_case_rest_on_one_office(self) -> None:
        case = Case.replay(CASE, self.world.store.load(CASE))
        if case.version and not case.closed:
            assert case.handling == self.petition().in_charge


TREE = OfficesOn(REFORMED, AUGUST_MORNING.date())

Custody.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
test_nobody_falls_between_two_desks = Custody.TestCase
