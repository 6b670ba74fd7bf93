"""Rows are the facts folded once each, in order, whatever comes along the stream."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4
from zlib import crc32

import pytest

from domain.events.petition import PetitionAccepted
from infra.memory.fact_store import MemoryFactStore
from infra.memory.views import MemoryViewStore, Work
from infra.serial import decode
from projections.case_history import CaseHistory
from projections.ports import Parked, StreamRecord, Writing
from services.projector.lanes import Desk
from services.projector.release import StillUnfit, release_stream
from services.projector.worker import BACKLOG, BATCH
from tests.contracts.facts import accepted
from tests.services.tape import UNLUCKY, UNREAD, Tape, Versions, Watched, on_tape

LANE = 3


def stream_in(lane: int = LANE) -> UUID:
    return next(stream for stream in iter(uuid4, None) if crc32(stream.bytes) % 12 == lane)


A, B, C = stream_in(), stream_in(), stream_in()
ELSEWHERE = stream_in(LANE + 1)


def story(*facts: PetitionAccepted) -> list[StreamRecord]:
    """The records of a store that holds these facts."""
    store = MemoryFactStore()
    store.append(facts)
    return on_tape(store)


@pytest.fixture
def tape() -> Tape:
    return Tape()


@pytest.fixture
def lane() -> list[StreamRecord]:
    """Two streams of one lane, their facts in turn: A1 B1 A2 B2 A3."""
    return story(accepted(A, 1), accepted(B, 1), accepted(A, 2), accepted(B, 2), accepted(A, 3))


def told(watched: Watched, *streams: UUID) -> list[str]:
    return [watched.versions(stream) for stream in streams]


def test_facts_become_rows_in_order(tape: Tape, lane: Sequence[StreamRecord]) -> None:
    watched = Watched(tape)
    tape.write(*lane)
    watched.read(LANE)
    assert told(watched, A, B) == ["123", "12"]
    assert (watched.folded(LANE), watched.finding(LANE)) == (5, None)


def test_repeats_and_late_comers_change_nothing(tape: Tape, lane: Sequence[StreamRecord]) -> None:
    watched = Watched(tape)
    tape.write(*lane[:3], *lane[:2], lane[2], *lane[1:], lane[0])
    watched.read(LANE)
    tape.write(*lane)
    watched.read(LANE)
    assert (told(watched, A, B), watched.folded(LANE)) == (["123", "12"], 5)


def test_a_hole_holds_the_lane_and_is_shown_until_the_record_comes_again(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape)
    tape.write(lane[0], *lane[2:], *story(accepted(ELSEWHERE, 1)))
    watched.read(LANE, LANE + 1)
    assert told(watched, A, B, ELSEWHERE) == ["1", "", "1"]
    assert watched.finding(LANE) == "a hole after position 1, before 3"
    assert watched.views.progress("versions", [LANE])[LANE].next_offset == 4
    assert ("versions", LANE) not in watched.views.confirmed
    tape.write(*lane[1:])
    watched.read(LANE, LANE + 1)
    assert (told(watched, A, B), watched.finding(LANE)) == (["123", "12"], None)


def test_a_topic_made_anew_is_read_from_its_beginning_and_the_position_kept(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape)
    tape.write(*lane[:3])
    watched.read(LANE)
    tape.make_anew()
    tape.write(*lane[:2])
    watched.read(LANE)
    tape.write(*lane[2:])
    watched.read(LANE)
    assert (told(watched, A, B), watched.folded(LANE)) == (["123", "12"], 5)
    assert watched.views.progress("versions", [LANE])[LANE].topic_id == "topic-2"


def test_a_projector_that_slept_over_it_keeps_its_position_too(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    before = Watched(tape)
    tape.write(*lane[:2], *lane[:2], lane[0])
    before.read(LANE)
    tape.make_anew()
    tape.write(*lane, lane[0])
    after = Watched(tape, views=before.views)
    after.read(LANE)
    assert (told(after, A, B), after.folded(LANE)) == (["123", "12"], 5)


def test_a_log_that_lost_its_tail_is_read_again(tape: Tape, lane: Sequence[StreamRecord]) -> None:
    watched = Watched(tape)
    tape.write(*lane[:4])
    watched.read(LANE)
    tape.lose(LANE, keep=1)
    watched.read(LANE)
    tape.write(lane[4], *lane[1:])
    watched.read(LANE)
    assert (told(watched, A, B), watched.folded(LANE)) == (["123", "12"], 5)


def test_a_store_that_was_rewound_stops_its_lane_and_is_named(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape)
    forked = replace(lane[4], position=9, prev=2)
    tape.write(*lane[:3], forked, *lane, *story(accepted(ELSEWHERE, 1)))
    watched.read(LANE, LANE + 1)
    finding = watched.finding(LANE)
    assert finding == "the store was rewound: 9 follows 2, but 3 was folded"
    assert told(watched, A, B, ELSEWHERE) == ["12", "1", "1"]
    tape.write(*lane)
    watched.read(LANE, LANE + 1)
    assert told(watched, A, B) == ["12", "1"]
    assert watched.views.progress("versions", [LANE])[LANE].next_offset == 3


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ({"body": b"{"}, "MalformedRecord"),
        ({"type_name": "petition.accepted/2"}, "UnknownEventType"),
        ({"fault": "no body"}, "no body"),
        ({"stream": A}, "the body belongs to stream"),
    ],
)
def test_a_record_nobody_can_read_parks_its_own_stream_only(
    tape: Tape, spoil: dict[str, object], reason: str
) -> None:
    lane = story(accepted(C, 1), accepted(B, 1), accepted(C, 2), accepted(B, 2))
    poison = replace(lane[1], **spoil)  # type: ignore[arg-type]
    watched = Watched(tape)
    tape.write(lane[0], poison, *lane[2:])
    watched.read(LANE)
    assert watched.versions(C) == "12"
    ((position, said),) = watched.parked(poison.stream)[:1]
    assert (position, reason in said) == (2, True)
    assert watched.status.parked_streams == 1


def test_later_records_of_a_parked_stream_wait_behind_it(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape)
    tape.write(replace(lane[0], body=b"{"), *lane[1:3])
    watched.read(LANE)
    tape.write(*lane[3:])
    watched.read(LANE)
    restarted = Watched(tape, views=watched.views)
    more = story(*(accepted(A, v) for v in (1, 2, 3, 4, 5, 6)))[5]
    tape.write(replace(more, prev=5, position=6))
    restarted.read(LANE)
    assert told(restarted, A, B) == ["", "12"]
    assert [position for position, _ in restarted.parked(A)] == [1, 3, 5, 6]
    assert restarted.parked(A)[1][1].endswith("waits behind an earlier record of its stream")


def test_a_fact_a_projection_cannot_take_in_parks_its_stream_only(tape: Tape) -> None:
    watched = Watched(tape)
    tape.write(
        *story(
            accepted(A, 1),
            accepted(B, 1),
            accepted(A, 2, offer=UNLUCKY),
            accepted(B, 2, offer=UNLUCKY),
            accepted(C, 1),
            accepted(A, 3),
        )
    )
    watched.read(LANE)
    assert told(watched, A, B, C) == ["1", "1", "1"]
    assert [position for position, _ in watched.parked(A)] == [3, 6]
    assert "the unlucky number" in watched.parked(A)[0][1]
    assert [position for position, _ in watched.parked(B)] == [4]


def test_a_fact_a_projection_cannot_look_up_rows_for_parks_its_stream_only(tape: Tape) -> None:
    watched = Watched(tape)
    tape.write(*story(accepted(A, 1), accepted(A, 2, offer=UNREAD), accepted(B, 1), accepted(A, 3)))
    watched.read(LANE)
    assert told(watched, A, B) == ["1", "1"]
    assert [position for position, _ in watched.parked(A)] == [2, 4]
    assert "nothing to look up" in watched.parked(A)[0][1]


def test_a_stream_that_was_released_goes_on(tape: Tape) -> None:
    watched = Watched(tape)
    tape.write(*story(accepted(A, 1, offer=UNLUCKY), accepted(A, 2)))
    watched.read(LANE)
    mended = Desk((Versions(unlucky=0),), watched.views, decode)
    assert release_stream(A, mended) == 2
    watched.read(LANE)
    tape.write(replace(story(*(accepted(A, v) for v in (1, 2, 3)))[2], prev=2))
    watched.read(LANE)
    assert (watched.versions(A), watched.parked(A)) == ("123", [])


def test_a_stream_that_still_cannot_be_read_goes_on_waiting(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape)
    tape.write(replace(lane[0], body=b"{"), replace(lane[1], fault="no body"))
    watched.read(LANE)
    desk = Desk((Versions(),), watched.views, decode)
    for stream in (A, B):
        with pytest.raises(StillUnfit, match="position"):
            release_stream(stream, desk)
        assert len(watched.parked(stream)) == 1
    assert release_stream(C, desk) == 0


def test_an_envelope_without_a_place_is_parked_and_holds_up_no_real_stream(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape)
    stray = replace(lane[0], position=0, prev=0, fault="ce_prev is not a number of ours")
    tape.write(lane[0], stray, *lane[1:])
    watched.read(LANE)
    assert told(watched, A, B) == ["123", "12"]
    assert watched.parked(UUID(int=0)) == [(0, "ce_prev is not a number of ours")]


def test_a_projection_that_was_added_catches_up_alone(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    before = Watched(tape)
    tape.write(*lane[:4])
    before.read(LANE)
    after = Watched(tape, Versions(), Versions("added"), views=before.views)
    tape.write(*lane[4:])
    after.read(LANE)
    assert (after.folded(LANE), after.folded(LANE, "added")) == (5, 5)
    assert told(after, A, B) == ["123", "12"]
    assert after.status.lag == {"versions": 0.0, "added": 0.0}


def test_a_projection_that_was_added_folds_what_came_before_a_parked_record(tape: Tape) -> None:
    before = Watched(tape)
    tape.write(*story(accepted(A, 1), accepted(A, 2, offer=UNLUCKY), accepted(A, 3)))
    before.read(LANE)
    after = Watched(tape, Versions(), Versions("added", unlucky=0), views=before.views)
    after.read(LANE)
    assert (after.folded(LANE), after.folded(LANE, "added")) == (1, 1)
    assert [position for position, _ in after.parked(A)] == [2, 3]


def test_a_projector_overtaken_by_another_folds_nothing_twice(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    views = MemoryViewStore()
    zombie, successor = Watched(tape, views=views), Watched(tape.second_reader(), views=views)
    tape.write(lane[0])
    zombie.read(LANE)
    successor.read(LANE)
    tape.write(*lane[1:3])
    successor.read(LANE)
    zombie.read(LANE)
    assert zombie.status.lost == 1
    tape.write(*lane[3:])
    zombie.read(LANE)
    successor.read(LANE)
    assert (told(successor, A, B), successor.folded(LANE)) == (["123", "12"], 5)


def test_a_lane_at_its_end_is_confirmed_only_when_all_that_was_recorded_is_published(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    tape.write(*lane)
    current, behind = Watched(tape), Watched(tape, published=False)
    current.read(LANE)
    behind.read(LANE)
    assert ("versions", LANE) in current.views.confirmed
    assert behind.views.confirmed == []


def test_no_lane_is_current_while_the_carrier_is_away(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    tape.write(*lane)
    tape.away = True
    watched = Watched(tape)
    watched.read(LANE)
    assert told(watched, A, B) == ["123", "12"]
    assert watched.views.confirmed == []


def test_the_lag_of_a_held_lane_is_the_age_of_what_was_folded_last(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    watched = Watched(tape, seconds=90)
    tape.write(lane[0], *lane[2:], *story(accepted(ELSEWHERE, 1)))
    watched.read(LANE, LANE + 1)
    assert watched.status.lag == {"versions": 90.0}
    assert [told.lag for told in watched.status.lanes] == [90.0, 0.0]
    assert watched.status.findings == ("a hole after position 1, before 3",)


def test_a_hole_is_not_forgotten_by_a_projector_that_starts_behind_it(
    tape: Tape, lane: Sequence[StreamRecord]
) -> None:
    heads = {LANE: lane[-1].position}
    before = Watched(tape, heads=heads)
    tape.write(lane[0], *lane[2:])
    before.read(LANE)
    after = Watched(tape, heads=heads, views=before.views)
    after.read(LANE)
    assert after.finding(LANE) == "a hole after position 1, before 6"
    assert after.views.confirmed == []
    tape.write(*lane[1:])
    after.read(LANE)
    assert (told(after, A, B), after.finding(LANE)) == (["123", "12"], None)
    assert ("versions", LANE) in after.views.confirmed


def test_a_tail_the_stream_lost_is_a_hole_too(tape: Tape, lane: Sequence[StreamRecord]) -> None:
    watched = Watched(tape, heads={LANE: lane[-1].position})
    tape.write(*lane[:4])
    watched.read(LANE)
    assert watched.finding(LANE) == "a hole after position 4, before 6"
    tape.write(lane[4])
    watched.read(LANE)
    assert watched.finding(LANE) is None


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


class WrittenLater(MemoryViewStore):
    """Views that are written when they are asked whether they are: three lanes' runs may wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[int] = []
        self.runs = self.most = 0

    def start(self, lane: int, work: Work, parked: Sequence[Parked]) -> Writing:
        assert lane not in self.waiting, "another run of the lane is under way"
        assert len(self.waiting) < 3, "three runs are under way"
        self.waiting.append(lane)
        self.runs, self.most = self.runs + 1, max(self.most, len(self.waiting))
        return Later(self, lane, work, parked)


@dataclass
class Later:
    """A run that waits to be written."""

    views: WrittenLater
    lane: int
    work: Work
    parked: Sequence[Parked]

    def write(self) -> None:
        """It is on its way; nothing is known of it."""

    def settle(self) -> None:
        self.views.waiting.remove(self.lane)
        self.views.apply(self.lane, self.work, self.parked)


def test_a_backlog_is_read_on_while_the_run_before_is_written(tape: Tape) -> None:
    """Many records at once, of two lanes, and more of one lane than a run holds."""
    here = story(*(accepted(A, version) for version in range(1, BATCH + 2)))
    there = story(*(accepted(ELSEWHERE, version) for version in range(1, BACKLOG + 1)))
    tape.write(*here, *there)
    views = WrittenLater()
    watched = Watched(tape, views=views)
    watched.read(LANE, LANE + 1)
    assert (views.runs, views.most, views.waiting) == (3, 2, [])
    assert (watched.folded(LANE), watched.folded(LANE + 1)) == (BATCH + 1, BACKLOG)
    assert watched.versions(A) == "".join(str(n) for n in range(1, BATCH + 2))
