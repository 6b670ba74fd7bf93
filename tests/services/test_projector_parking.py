"""What cannot be read or folded is set aside with its own stream, and goes on when released."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from infra.serial import decode
from projections.ports import StreamRecord
from services.projector.lanes import Desk
from services.projector.release import StillUnfit, release_stream
from tests.contracts.facts import accepted
from tests.services.tape import UNLUCKY, UNREAD, Tape, Versions, Watched
from tests.services.two_streams import LANE, A, B, C, lane, story, tape, told

__all__ = ["lane", "tape"]


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


def test_a_projection_that_was_added_folds_what_came_before_a_parked_record(tape: Tape) -> None:
    before = Watched(tape)
    tape.write(*story(accepted(A, 1), accepted(A, 2, offer=UNLUCKY), accepted(A, 3)))
    before.read(LANE)
    after = Watched(tape, Versions(), Versions("added", unlucky=0), views=before.views)
    after.read(LANE)
    assert (after.folded(LANE), after.folded(LANE, "added")) == (1, 1)
    assert [position for position, _ in after.parked(A)] == [2, 3]
