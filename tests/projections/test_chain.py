"""Whatever happens to the copies on the way, a lane is folded once, in order, without holes."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from projections.chain import Hole, Verdict, judge, sift
from projections.ports import StreamRecord

STREAM = UUID(int=7)


def chained(positions: Sequence[int]) -> list[StreamRecord]:
    """The records of a lane as the store alone would send them."""
    return [
        StreamRecord(
            lane=0, offset=0, position=at, prev=prev, stream=STREAM, type_name="x/1", body=b"{}"
        )
        for prev, at in zip([0, *positions], positions, strict=False)
    ]


def log_of(records: Sequence[StreamRecord]) -> list[StreamRecord]:
    return [replace(record, offset=offset) for offset, record in enumerate(records)]


def folded(log: Sequence[StreamRecord], cuts: Sequence[int] = ()) -> list[int]:
    """The positions folded when the log is read in runs that end at the cuts."""
    bounds = [0, *sorted(cut % (len(log) + 1) for cut in cuts), len(log)]
    last, taken = 0, []
    for start, end in pairwise(bounds):
        sifted = sift(log[start:end], last)
        last = sifted.last
        taken += [record.position for record in sifted.fold]
    return taken


LANES = st.lists(st.integers(1, 10_000), min_size=1, max_size=30, unique=True).map(sorted)
CUTS = st.lists(st.integers(0, 1_000), max_size=6)


def test_the_next_fact_is_folded() -> None:
    assert judge(last=5, prev=5, position=9) is Verdict.FOLD
    assert judge(last=0, prev=0, position=1) is Verdict.FOLD


def test_a_repeat_is_ignored() -> None:
    assert judge(last=9, prev=5, position=9) is Verdict.REPEAT
    assert judge(last=9, prev=0, position=3) is Verdict.REPEAT


def test_a_missing_fact_leaves_a_hole() -> None:
    assert judge(last=5, prev=9, position=12) is Verdict.HOLE


def test_a_rewound_store_is_named() -> None:
    assert judge(last=5, prev=4, position=9) is Verdict.REWOUND
    one, two, forked = *chained([5, 9]), replace(chained([12])[0], prev=7)
    sifted = sift([one, two, forked, *chained([5, 9, 20])], last=0)
    assert sifted.rewound == forked
    assert (sifted.last, len(sifted.fold)) == (9, 2)


def test_a_hole_says_between_which_positions() -> None:
    sifted = sift(chained([2, 4, 6, 8])[2:], last=2)
    assert sifted.hole == Hole(after=2, before=6)
    assert (sifted.fold, sifted.last) == ((), 2)


def test_a_hole_heals_when_the_relay_sends_again() -> None:
    lane = chained([2, 4, 6, 8])
    sifted = sift([*lane[2:], *lane], last=2)
    assert [record.position for record in sifted.fold] == [4, 6, 8]
    assert sifted.hole is None


def test_an_envelope_without_a_place_moves_nothing() -> None:
    lane = chained([2, 4])
    stray = replace(lane[0], position=0, prev=0, fault="ce_position is not a number")
    sifted = sift([lane[0], stray, lane[1]], last=0)
    assert [record.position for record in sifted.fold] == [2, 4]
    assert sifted.strays == (stray,)


@given(lane=LANES, sent=st.lists(st.integers(0, 29)), cuts=CUTS)
def test_any_mixture_of_repeats_losses_and_disorder_folds_a_true_beginning(
    lane: list[int], sent: list[int], cuts: list[int]
) -> None:
    records = chained(lane)
    log = log_of([records[index % len(records)] for index in sent])
    taken = folded(log, cuts)
    assert taken == lane[: len(taken)]
    assert all(not sift(log, last).rewound for last in [0, *lane])


@given(lane=LANES, sent=st.lists(st.integers(0, 29)), cuts=CUTS, data=st.data())
def test_what_is_sent_again_from_at_or_before_the_hole_is_folded_to_the_end(
    lane: list[int], sent: list[int], cuts: list[int], data: st.DataObject
) -> None:
    records = chained(lane)
    before = log_of([records[index % len(records)] for index in sent])
    reached = len(folded(before, cuts))
    again = data.draw(st.integers(0, reached))
    assert folded(log_of([*before, *records[again:]]), cuts) == lane


@given(lane=LANES, zombie=st.tuples(st.integers(0, 30), st.integers(0, 30)), data=st.data())
def test_a_zombie_that_sends_late_behind_its_successor_changes_nothing(
    lane: list[int], zombie: tuple[int, int], data: st.DataObject
) -> None:
    records = chained(lane)
    late = records[min(zombie) : max(zombie)]
    places = data.draw(st.lists(st.integers(0, len(lane)), min_size=len(late), max_size=len(late)))
    log = list(records)
    for place, record in sorted(zip(places, late, strict=True), key=lambda at: -at[0]):
        log.insert(place, record)
    assert folded(log_of(log)) == lane


@given(lane=LANES, folded_before=st.integers(0, 30), cuts=CUTS)
def test_a_topic_made_anew_is_read_from_its_beginning_and_nothing_is_folded_twice(
    lane: list[int], folded_before: int, cuts: list[int]
) -> None:
    known = lane[:folded_before]
    sifted = sift(log_of(chained(lane)), last=known[-1] if known else 0)
    assert [record.position for record in sifted.fold] == lane[folded_before:]


@given(
    old=LANES,
    kept=st.integers(0, 29),
    grown=st.lists(st.integers(1, 500), min_size=1, max_size=20),
)
def test_a_restored_store_folds_nothing_that_does_not_follow_what_was_folded(
    old: list[int], kept: int, grown: list[int]
) -> None:
    kept = min(kept, len(old) - 1)
    other, at = old[:kept], old[kept - 1] if kept else 0
    for step in grown:
        at += step
        other = [*other, at]
    sifted = sift(chained(other), last=old[-1])
    for record in sifted.fold[:1]:
        assert record.prev == old[-1]
