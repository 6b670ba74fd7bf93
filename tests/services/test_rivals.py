"""Somebody else is always a moment faster: each moment made to happen, none waited for."""

from collections.abc import Callable, Sequence
from uuid import UUID, uuid4, uuid5

import pytest

from domain.commands.petition import AcceptPetition
from domain.events.base import OfficeEvent
from domain.events.petition import PetitionAccepted, PetitionClassified
from domain.events.register import NumberIssued
from domain.ports import AtHand, Receipt, Wanted
from domain.streams import register_stream
from infra.memory import MemoryFactStore
from services.casework.casework import ATTEMPTS, TooBusy
from tests.builders import CAM_LY, LUC_NAM, MORNING, NAMES, PETITION, fact, in_order, officer
from tests.domain.custody_facts import OFFERED, RECEIVED
from tests.domain.test_petition import classify, receive
from tests.scenario import Scenario

CLERK = officer(CAM_LY)
KEY = uuid5(NAMES, "one key")
BOOK = register_stream(CAM_LY, 2025, "petition")


class Overtaken(MemoryFactStore):
    """A store on which a rival acts just before a load or an append, so many times."""

    def __init__(self) -> None:
        super().__init__()
        self.before_load: Callable[[], None] | None = None
        self.before_append: Callable[[], None] | None = None
        self.times = 1

    def at_hand(self, wanted: Wanted) -> AtHand:
        rival = self.before_load
        self.before_load = None
        if rival is not None:
            rival()
        return super().at_hand(wanted)

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        if self.before_append is not None and self.times:
            self.times -= 1
            rival, self.before_append = self.before_append, None
            rival()
            self.before_append = rival
        return super().append(facts, receipt=receipt, traceparent=traceparent)

    def add(self, kind: type[OfficeEvent], stream: UUID) -> None:
        """What the rival records: the stream's next fact."""
        version = self.last_version(stream) + 1
        MemoryFactStore.append(self, [fact(kind, CAM_LY, stream).recorded(version, MORNING)])


def overtaken() -> tuple[Scenario, Overtaken]:
    store = Overtaken()
    return Scenario(store=store), store


def test_others_taking_the_next_number_first_never_makes_a_desk_too_busy() -> None:
    world, store = overtaken()
    store.before_append = lambda: store.add(NumberIssued, BOOK)
    store.times = 10 * ATTEMPTS
    world.when(receive(), by=CLERK)
    assert world.outcome is not None
    assert world.outcome.number == f"07519-25-{10 * ATTEMPTS + 1:04d}"


def test_an_act_overtaken_now_and_then_is_decided_again_on_what_is_new() -> None:
    world, store = overtaken()
    store.append(in_order(RECEIVED))
    store.before_append = lambda: store.add(PetitionClassified, PETITION)
    store.times = ATTEMPTS - 1
    world.when(classify(), by=CLERK)
    assert world.outcome is not None
    assert world.outcome.version == 1 + ATTEMPTS


def test_an_act_overtaken_every_time_gives_up_and_says_so() -> None:
    world, store = overtaken()
    store.append(in_order(RECEIVED))
    store.before_append = lambda: store.add(PetitionClassified, PETITION)
    store.times = ATTEMPTS
    world.when(classify(), by=CLERK)
    assert isinstance(world.refusal, TooBusy)


@pytest.mark.parametrize("moment", ["before_load", "before_append"])
def test_the_same_command_faster_in_another_thread_is_no_refusal(moment: str) -> None:
    world, store = overtaken()
    store.append(in_order(*OFFERED))
    accept = AcceptPetition(petition_id=PETITION)
    clerk = officer(LUC_NAM)
    answers = []

    def faster() -> None:
        answers.append(
            world.casework.handle(accept, clerk, key=KEY, request=b"", correlation="faster")
        )

    setattr(store, moment, faster)
    slower = world.casework.handle(accept, clerk, key=KEY, request=b"", correlation="slower")
    (first,) = answers
    assert (first.repeated, slower.repeated) == (False, True)
    assert slower.token == first.token
    accepted = [f for f in store.load(PETITION) if isinstance(f, PetitionAccepted)]
    assert len(accepted) == 1


def test_the_text_of_an_act_decided_several_times_can_be_opened() -> None:
    world, store = overtaken()
    store.before_append = lambda: store.add(NumberIssued, BOOK)
    store.times = 3
    world.casework.handle(
        receive(texts={"summary": "Thu hồi đất"}), CLERK, key=uuid4(), request=b"", correlation="x"
    )
    (received,) = store.load(PETITION)
    (ref,) = vars(received)["texts"]
    assert world.vault.open(PETITION, ref.entry, "summary") == "Thu hồi đất"
