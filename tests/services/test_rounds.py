"""Commands handled together: each as if it were alone, and nobody left waiting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4, uuid5

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.codes import Field as Subject
from domain.codes import PetitionKind, Role
from domain.commands.base import Command
from domain.commands.case import OpenCase
from domain.commands.gathering import ReviseGatheringCount
from domain.commands.petition import AcceptPetition, ClassifyPetition, RecallPetition
from domain.errors import Outdated, Refusal
from domain.ports import AtHand, Draft, FactStore, Wanted
from domain.values import CountRange, Officer
from infra.memory import MemoryFactStore
from infra.postgres.fact_store import PostgresFactStore
from infra.serial import decode
from services.casework import Outcome
from services.casework.call import Call
from services.casework.rounds import Rounds
from services.casework.waiting import Waiting
from tests.builders import CAM_LY, LUC_NAM, NAMES, in_order, officer
from tests.domain.custody_facts import OFFERED
from tests.domain.test_petition import receive
from tests.services.rounding import (
    CLERK,
    CROWDS,
    THERE,
    Ended,
    call,
    casework,
    ending,
    report,
    together,
    told,
)

PETITIONS = tuple(uuid5(NAMES, f"round petition {n}") for n in range(3))


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


@settings(max_examples=150)
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
