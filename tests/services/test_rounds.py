"""Commands handled together: each as if it were alone, and nobody left waiting."""

import contextlib
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.codes import Field as Subject
from domain.codes import PetitionKind, Role, Site
from domain.commands.base import Command
from domain.commands.case import OpenCase
from domain.commands.gathering import ReportGathering, ReviseGatheringCount
from domain.commands.petition import (
    AcceptPetition,
    ClassifyPetition,
    RecallPetition,
    ReceivePetition,
)
from domain.errors import Outdated, Refusal
from domain.ports import AtHand, Draft, FactStore, Receipt, StoreUnavailable, ToSeal, Wanted
from domain.values import CountRange, Officer, TextRef
from infra.memory import FixedClock, MemoryFactStore, MemoryVault
from infra.postgres.fact_store import PostgresFactStore
from infra.serial import decode
from services.casework import Casework, Outcome
from services.casework.call import Call
from services.casework.rounds import Overloaded, Rounds
from services.casework.waiting import Waiting
from tests.builders import CAM_LY, LUC_NAM, NAMES, in_order, officer
from tests.domain.custody_facts import OFFERED
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.domain.test_petition import receive
from tests.scenario import AFTER_THE_GIVEN

SOON = 20.0
PETITIONS = tuple(uuid5(NAMES, f"round petition {n}") for n in range(3))
CROWDS = tuple(uuid5(NAMES, f"round crowd {n}") for n in range(2))
CLERK, THERE = officer(CAM_LY), officer(LUC_NAM)


def casework(store: FactStore, vault: MemoryVault | None = None) -> Casework:
    return Casework(
        store, vault or MemoryVault(), lambda: LITTLE_COUNTRY, FixedClock(AFTER_THE_GIVEN)
    )


def call(command: Command, by: Officer = CLERK, *, key: UUID | None = None) -> Call:
    return Call(command, by, key or uuid4(), sha256(repr(command).encode()).digest(), "together")


class Ended:
    """Who was told of what."""

    def __init__(self) -> None:
        self.told: list[Waiting] = []
        self._one_more = threading.Semaphore(0)

    def __call__(self, ended: Sequence[Waiting]) -> None:
        self.told += ended
        for _ in ended:
            self._one_more.release()

    def all_of(self, wanted: int) -> None:
        for _ in range(wanted):
            assert self._one_more.acquire(timeout=SOON)


def ending(one: Waiting) -> Outcome | type[Exception]:
    try:
        return one.result()
    except (Refusal, StoreUnavailable, ArithmeticError) as refused:
        return type(refused)


def together(rounds: Rounds, calls: Sequence[Call]) -> list[Outcome | type[Exception]]:
    """All taken in before the first round begins, so that they share it; ends in their order."""
    ended, waiting = Ended(), list[Waiting]()
    for each in calls:
        waiting.append(Waiting(each, ended))
    with rounds._news:
        for one in waiting:
            rounds.take_in(one)
    ended.all_of(len(calls))
    assert sorted(map(id, ended.told)) == sorted(map(id, waiting))
    return [ending(one) for one in waiting]


def alone(store: FactStore, calls: Sequence[Call]) -> list[Outcome | type[Exception]]:
    """The same calls one by one."""
    ends: list[Outcome | type[Exception]] = []
    for each in calls:
        try:
            ends.append(
                casework(store).handle(
                    each.command,
                    each.by,
                    key=each.key,
                    request=each.request,
                    correlation=each.correlation,
                )
            )
        except Refusal as refused:
            ends.append(type(refused))
    return ends


def report(crowd: UUID) -> ReportGathering:
    return ReportGathering(
        gathering_id=crowd,
        place="07519",
        site=Site.COMMUNE_OFFICE,
        home="07519",
        count=CountRange(20, 30),
        issue=Subject.LAND,
    )


def sort(petition: UUID) -> ClassifyPetition:
    return ClassifyPetition(
        petition_id=petition,
        kind=PetitionKind.COMPLAINT,
        field=Subject.LAND,
        competent_office=LUC_NAM,
    )


ASKED = st.one_of(
    st.sampled_from(PETITIONS).map(lambda p: (receive(p), CLERK)),
    st.sampled_from(PETITIONS).map(lambda p: (receive(p, texts={"summary": "Đất"}), CLERK)),
    st.sampled_from(PETITIONS).map(lambda p: (sort(p), CLERK)),
    st.sampled_from(PETITIONS).map(lambda p: (AcceptPetition(petition_id=p), THERE)),
    st.sampled_from(PETITIONS).map(lambda p: (RecallPetition(petition_id=p), CLERK)),
    st.sampled_from(PETITIONS).map(
        lambda p: (
            OpenCase(case_id=uuid5(p, "case"), petition_id=p),
            officer(CAM_LY, Role.OFFICE_HEAD),
        )
    ),
    st.sampled_from(CROWDS).map(lambda c: (report(c), CLERK)),
    st.sampled_from(CROWDS).map(
        lambda c: (ReviseGatheringCount(gathering_id=c, count=CountRange(21, 29)), CLERK)
    ),
)


def kind_of(end: Outcome | type[Exception]) -> object:
    return "recorded" if isinstance(end, Outcome) else end


@settings(max_examples=150, deadline=None)
@drawn(st.lists(ASKED, min_size=1, max_size=12), st.data())
def test_what_is_handled_together_is_what_some_order_one_by_one_would_have_been(
    asked: list[tuple[Command, Officer]], data: st.DataObject
) -> None:
    calls = [call(command, by) for command, by in asked]
    doubled = data.draw(st.lists(st.sampled_from(range(len(calls))), max_size=2))
    calls += [calls[n] for n in doubled]
    store = MemoryFactStore()
    rounds = Rounds(casework(store), idle=0.01)
    ends = together(rounds, calls)
    serial = MemoryFactStore()
    again = alone(serial, in_recorded_order(store, calls, ends))
    recorded = [end for end in ends if isinstance(end, Outcome) and not end.repeated]
    assert [kind_of(end) for end in again] == ["recorded"] * len(recorded)
    assert told(store) == told(serial)
    assert_refusals_hold_at_some_moment(calls, ends, store)


def in_recorded_order(
    store: MemoryFactStore, calls: Sequence[Call], ends: Sequence[object]
) -> Sequence[Call]:
    placed = {
        end.position: each
        for each, end in zip(calls, ends, strict=True)
        if isinstance(end, Outcome) and not end.repeated
    }
    return [placed[position] for position in sorted(placed)]


def told(store: MemoryFactStore) -> list[tuple[str, str, int]]:
    """What was recorded, but for the texts' own ids."""
    log = store.read(after=0, limit=1_000)
    return [(str(fact.stream), fact.type_name, fact.version) for fact in log]


def assert_refusals_hold_at_some_moment(
    calls: Sequence[Call], ends: Sequence[object], store: MemoryFactStore
) -> None:
    """Whatever was refused would have been refused so after some of what was recorded."""
    order = in_recorded_order(store, calls, ends)
    for each, end in zip(calls, ends, strict=True):
        if isinstance(end, Outcome):
            continue
        moments = [MemoryFactStore()]
        for count in range(1, len(order) + 1):
            moments.append(MemoryFactStore())
            alone(moments[-1], order[:count])
        fresh = call(each.command, each.by)
        assert end in [kind_of(alone(moment, [fresh])[0]) for moment in moments]


def test_a_refusal_touches_only_its_own_command() -> None:
    store = MemoryFactStore()
    good = [call(receive(petition)) for petition in PETITIONS]
    ends = together(Rounds(casework(store)), [good[0], call(sort(uuid4())), *good[1:]])
    assert [isinstance(end, Outcome) for end in ends] == [True, False, True, True]


def test_many_commands_on_one_stream_are_all_recorded_one_after_another() -> None:
    store = MemoryFactStore()
    together(Rounds(casework(store)), [call(report(CROWDS[0]))])
    again = ReviseGatheringCount(gathering_id=CROWDS[0], count=CountRange(21, 29))
    ends = together(Rounds(casework(store)), [call(again) for _ in range(40)])
    versions = sorted(end.version for end in ends if isinstance(end, Outcome))
    assert versions == [*range(2, 42)]


def test_numbers_of_one_book_leave_no_gap(postgres_store: PostgresFactStore) -> None:
    ends = together(Rounds(casework(postgres_store)), [call(receive(uuid4())) for _ in range(60)])
    numbers = sorted(str(end.number) for end in ends if isinstance(end, Outcome))
    assert numbers == [f"07519-25-{number:04d}" for number in range(1, 61)]


def test_one_key_sent_twice_at_once_is_recorded_once(postgres_store: PostgresFactStore) -> None:
    asked = call(receive(PETITIONS[0]))
    first, second = together(Rounds(casework(postgres_store)), [asked, asked])
    assert isinstance(first, Outcome)
    assert isinstance(second, Outcome)
    assert {first.repeated, second.repeated} == {True, False}
    assert first.token == second.token
    assert postgres_store.last_version(PETITIONS[0]) == 1


class Counting(MemoryFactStore):
    """A store that counts its round trips."""

    def __init__(self) -> None:
        super().__init__()
        self.trips: Counter[str] = Counter()

    def at_hand(self, wanted: Wanted) -> AtHand:
        self.trips["look"] += 1
        return super().at_hand(wanted)

    def append_each(self, drafts: Sequence[Draft]) -> Sequence[Sequence[int] | Exception]:
        self.trips["save"] += 1
        return super().append_each(drafts)


def test_commands_that_wait_together_share_two_round_trips() -> None:
    store = Counting()
    store.append(in_order(*OFFERED))
    ends = together(Rounds(casework(store)), [call(report(uuid4())) for _ in range(20)])
    assert all(isinstance(end, Outcome) for end in ends)
    assert store.trips == {"look": 1, "save": 1}


def test_of_fifty_officers_on_one_version_one_wins_and_the_others_hear_it_at_once() -> None:
    store = Counting()
    together(Rounds(casework(store)), [call(report(CROWDS[0]))])
    store.trips.clear()
    again = ReviseGatheringCount(gathering_id=CROWDS[0], count=CountRange(21, 29))
    ends = together(
        Rounds(casework(store)), [replace(call(again), expected_version=1) for _ in range(50)]
    )
    assert Counter(map(kind_of, ends)) == {"recorded": 1, Outdated: 49}
    assert store.trips["look"] == 3, "the second time for all, then whether a key is known"


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


def test_a_bug_in_one_command_is_told_to_its_own_caller_alone() -> None:
    class Faulty(MemoryFactStore):
        def append(self, facts, *, receipt=None, traceparent=None):  # type: ignore[no-untyped-def]
            if any(fact.originator_id == PETITIONS[0] for fact in facts):
                raise ZeroDivisionError
            return super().append(facts, receipt=receipt, traceparent=traceparent)

    calls = [call(receive(petition)) for petition in (PETITIONS[1], PETITIONS[0])]
    calls += [call(report(crowd)) for crowd in CROWDS]
    first, faulty, *others = together(Rounds(casework(Faulty())), calls)
    assert faulty is ZeroDivisionError
    assert all(isinstance(end, Outcome) for end in (first, *others))


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


def test_what_several_processes_do_at_once_leaves_streams_whole(
    postgres_store: PostgresFactStore,
) -> None:
    """Two rounds on one store know nothing of each other: as two processes."""
    both = [Rounds(casework(postgres_store)) for _ in range(2)]
    together(both[0], [call(report(CROWDS[0]))])
    again = ReviseGatheringCount(gathering_id=CROWDS[0], count=CountRange(21, 29))
    ended = Ended()
    for _ in range(12):
        for rounds in both:
            rounds.take_in(Waiting(call(again), ended))
    ended.all_of(24)
    recorded = [one for one in map(ending, ended.told) if isinstance(one, Outcome)]
    lying = postgres_store.read_stream(CROWDS[0])
    assert [fact.version for fact in lying] == [*range(1, len(recorded) + 2)]
    assert {decode(fact.type_name, fact.body).originator_id for fact in lying} == {CROWDS[0]}
