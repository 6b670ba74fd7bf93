"""Rows are the facts folded once each, in order, whatever comes along the stream."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from infra.memory.views import MemoryViewStore, Work
from projections.ports import Parked, StreamRecord, Writing
from services.projector.worker import BACKLOG, BATCH
from tests.contracts.facts import accepted
from tests.services.tape import Tape, Versions, Watched
from tests.services.two_streams import ELSEWHERE, LANE, A, B, lane, story, tape, told

__all__ = ["lane", "tape"]


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
