"""A store put back to an older state is named before its new facts pass for repeats."""

from collections.abc import Sequence
from dataclasses import replace

from domain.events.petition import PetitionAccepted
from infra.memory.fact_store import MemoryFactStore
from projections.case_history import CaseHistory
from projections.ports import StreamRecord
from tests.contracts.facts import accepted
from tests.services.tape import Tape, Watched, on_tape
from tests.services.two_streams import ELSEWHERE, LANE, A, B, C, lane, story, tape

__all__ = ["lane", "tape"]


def put_back(*facts: PetitionAccepted) -> MemoryFactStore:
    """A store put back to an older state, that went on with other facts."""
    store = MemoryFactStore()
    store.append(facts)
    return store


REWOUND = "the store was rewound: 5 was folded and is not in it"


def test_a_store_put_back_to_an_older_state_is_named_before_its_new_facts_pass_for_repeats(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape, store=put_back(accepted(A, 1), accepted(B, 1), *others()))
    tape.write(*lane)
    watched.read(LANE)
    assert watched.finding(LANE) == REWOUND
    tape.write(*on_tape(put_back(accepted(A, 1), accepted(B, 1), accepted(C, 1))))
    watched.read(LANE)
    assert watched.views.progress("versions", [LANE])[LANE].position == 5
    assert watched.status.lanes[0].stopped


def test_a_projector_that_slept_over_the_restoring_names_it_when_it_starts(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    before = Watched(tape)
    tape.write(*lane)
    before.read(LANE)
    after = Watched(tape, views=before.views, store=put_back(accepted(A, 1), *others()))
    tape.write(replace(lane[4], position=6, prev=5))
    after.read(LANE)
    assert (after.finding(LANE), after.folded(LANE)) == (REWOUND, 5)


def test_a_lane_that_stands_still_does_so_on_a_topic_made_anew_too(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape, store=put_back(accepted(A, 1), accepted(B, 1), *others()))
    tape.write(*lane)
    watched.read(LANE)
    watched.books.store = None
    tape.make_anew()
    watched.read(LANE)
    tape.write(*on_tape(put_back(*(accepted(C, version) for version in range(1, 9)))))
    watched.read(LANE)
    assert (watched.finding(LANE), watched.folded(LANE)) == (REWOUND, 5)


def test_a_lane_that_stood_still_goes_on_when_its_rows_were_put_back_before_the_topic_was_made_anew(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    """The lane beside it finds out about the topic: one that stands still is not read."""
    watched = Watched(tape, store=put_back(accepted(A, 1), accepted(B, 1), *others()))
    young = watched.views.copy()
    stray = replace(lane[0], lane=LANE + 1, position=0, prev=0, fault="none of ours")
    tape.write(*lane, stray)
    watched.read(LANE, LANE + 1)
    assert (watched.finding(LANE), watched.finding(LANE + 1)) == (REWOUND, None)
    watched.books.store = None
    vars(watched.views).update(vars(young))
    tape.make_anew()
    for _ in range(2):
        watched.read(LANE, LANE + 1)
        tape.write(*lane)
    watched.read(LANE, LANE + 1)
    assert (watched.finding(LANE), watched.folded(LANE)) == (None, 5)


def test_another_fact_at_the_same_place_does_not_pass_for_the_one_that_was_folded(
    tape: Tape,
) -> None:
    history = CaseHistory()
    before = Watched(tape, history)
    tape.write(*story(accepted(A, 1), accepted(A, 2)))
    before.read(LANE)
    for went_on_with in ([accepted(C, 1)], [accepted(A, 2, offer=7)]):
        store = put_back(accepted(A, 1), *went_on_with)
        after = Watched(tape, history, views=before.views.copy(), store=store)
        after.read(LANE)
        assert after.finding(LANE) == "the store was rewound: 2 was folded and is not in it"
    same = Watched(
        tape, history, views=before.views, store=put_back(accepted(A, 1), accepted(A, 2))
    )
    same.read(LANE)
    assert same.finding(LANE) is None


def others() -> list[PetitionAccepted]:
    """Facts of another lane, enough to go beyond what was folded."""
    return [accepted(ELSEWHERE, version) for version in range(1, 8)]


def test_a_store_that_holds_what_was_folded_is_left_alone(tape: Tape) -> None:
    facts = [accepted(A, 1), accepted(ELSEWHERE, 1), accepted(A, 2)]
    store = put_back(*facts)
    watched = Watched(tape, store=store)
    tape.write(*on_tape(store))
    watched.read(LANE, LANE + 1)
    assert (watched.finding(LANE), watched.folded(LANE)) == (None, 2)
