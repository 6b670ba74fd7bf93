"""Who waits for a round: turned away, given up, held up by nobody, told when a thread dies."""

import contextlib
import threading
from collections.abc import Sequence
from uuid import uuid4

import pytest

from domain.commands.petition import ReceivePetition
from domain.ports import AtHand, Receipt, StoreUnavailable, ToSeal, Wanted
from domain.values import TextRef
from infra.memory import MemoryFactStore, MemoryVault
from services.casework import Outcome
from services.casework.rounds import Overloaded, Rounds
from services.casework.waiting import Waiting
from tests.domain.test_petition import receive
from tests.services.rounding import CROWDS, SOON, Ended, call, casework, ending, report, together


class Deadly(MemoryFactStore):
    """A store on which whoever saves dies, so many times."""

    deaths = 1

    def append(
        self,
        facts: Sequence[object],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        if self.deaths:
            self.deaths -= 1
            raise SystemExit
        return super().append(facts, receipt=receipt, traceparent=traceparent)  # type: ignore[arg-type]


class Quietly(Rounds):
    """Rounds whose thread says nothing when it is killed: pytest listens for that."""

    def _run(self) -> None:
        with contextlib.suppress(SystemExit):
            super()._run()


def test_a_thread_that_dies_hangs_nobody_and_another_takes_over() -> None:
    rounds = Quietly(casework(Deadly()), at_once=2)
    ends = together(rounds, [call(report(uuid4())) for _ in range(5)])
    assert ends[:2] == [StoreUnavailable, StoreUnavailable]
    assert all(isinstance(end, Outcome) for end in ends[2:])


class Slow(MemoryFactStore):
    """A store that keeps whoever looks waiting until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = threading.Event(), threading.Event()

    def at_hand(self, wanted: Wanted) -> AtHand:
        self.asked.set()
        assert self.go_on.wait(SOON)
        return super().at_hand(wanted)


def test_a_full_queue_turns_the_next_away_at_once() -> None:
    store, ended = Slow(), Ended()
    rounds = Rounds(casework(store), at_once=1, most_waiting=2)
    rounds.take_in(Waiting(call(report(uuid4())), ended))
    assert store.asked.wait(SOON)
    for _ in range(2):
        rounds.take_in(Waiting(call(report(uuid4())), ended))
    with pytest.raises(Overloaded):
        rounds.take_in(Waiting(call(report(uuid4())), ended))
    store.go_on.set()
    ended.all_of(3)
    assert all(isinstance(ending(one), Outcome) for one in ended.told)


def test_a_command_that_waited_too_long_is_given_up_unsaved() -> None:
    store, ended = Slow(), Ended()
    rounds = Rounds(casework(store), at_once=1, patience=0.0)
    rounds.take_in(Waiting(call(report(CROWDS[0])), ended))
    store.go_on.set()
    ended.all_of(1)
    assert [ending(one) for one in ended.told] == [StoreUnavailable]
    assert store.head() == 0


def test_closing_finishes_what_was_taken_in_and_takes_nothing_more() -> None:
    store, ended = Slow(), Ended()
    rounds = Rounds(casework(store), at_once=2)
    for _ in range(5):
        rounds.take_in(Waiting(call(report(uuid4())), ended))
    assert store.asked.wait(SOON)
    closing = threading.Thread(target=rounds.close)
    closing.start()
    store.go_on.set()
    closing.join(SOON)
    assert not closing.is_alive()
    assert len(ended.told) == 5
    assert all(isinstance(ending(one), Outcome) for one in ended.told)
    with pytest.raises(StoreUnavailable):
        rounds.take_in(Waiting(call(report(uuid4())), ended))


class Silent(MemoryVault):
    """A vault that keeps whoever seals waiting until it answers, or fails if it is away."""

    def __init__(self, *, failure: BaseException | None = None) -> None:
        super().__init__()
        self.asked, self.answer, self.failure = threading.Event(), threading.Event(), failure

    def seal_each(self, asked: Sequence[ToSeal]) -> Sequence[tuple[TextRef, ...]]:
        self.asked.set()
        assert self.answer.wait(SOON)
        if self.failure is not None:
            raise self.failure
        return super().seal_each(asked)


def with_text() -> ReceivePetition:
    return receive(uuid4(), texts={"summary": "Khiếu nại về đất"})


def test_a_silent_vault_holds_up_nobody_who_has_no_text_to_seal() -> None:
    vault, at_vault, others = Silent(), Ended(), Ended()
    rounds = Rounds(casework(MemoryFactStore(), vault), at_once=2)
    for _ in range(5):
        rounds.take_in(Waiting(call(with_text()), at_vault))
    assert vault.asked.wait(SOON)
    for _ in range(5):
        rounds.take_in(Waiting(call(report(uuid4())), others))
    others.all_of(5)
    assert all(isinstance(ending(one), Outcome) for one in others.told)
    assert (at_vault.told, rounds.sealing) == ([], 5)
    vault.answer.set()
    at_vault.all_of(5)
    assert all(isinstance(ending(one), Outcome) for one in at_vault.told)


def test_commands_at_the_vault_count_among_those_who_wait() -> None:
    vault, ended = Silent(), Ended()
    rounds = Rounds(casework(MemoryFactStore(), vault), most_waiting=1)
    rounds.take_in(Waiting(call(with_text()), ended))
    assert vault.asked.wait(SOON)
    with pytest.raises(Overloaded):
        rounds.take_in(Waiting(call(report(uuid4())), ended))
    vault.answer.set()
    ended.all_of(1)


@pytest.mark.parametrize("failure", [StoreUnavailable("away"), ZeroDivisionError(), SystemExit()])
def test_whoever_waits_for_a_vault_that_fails_is_told_and_the_next_is_sealed(
    failure: BaseException,
) -> None:
    vault, ended = Silent(failure=failure), Ended()
    store = MemoryFactStore()
    rounds = Rounds(casework(store, vault))
    for _ in range(3):
        rounds.take_in(Waiting(call(with_text()), ended))
    vault.answer.set()
    ended.all_of(3)
    assert not any(isinstance(ending(one), Outcome) for one in ended.told)
    assert store.head() == 0
    vault.failure = None
    rounds.take_in(Waiting(call(with_text()), ended))
    ended.all_of(1)
    assert isinstance(ending(ended.told[-1]), Outcome)


def test_closing_waits_for_the_vault_too() -> None:
    vault, ended = Silent(), Ended()
    rounds = Rounds(casework(MemoryFactStore(), vault))
    rounds.take_in(Waiting(call(with_text()), ended))
    assert vault.asked.wait(SOON)
    closing = threading.Thread(target=rounds.close)
    closing.start()
    vault.answer.set()
    closing.join(SOON)
    assert [type(ending(one)) for one in ended.told] == [Outcome]
