"""What became of every acknowledged fact, read from outside (đối chiếu sau thử tải).

Store, stream and views are each read whole from where the run began, and compared fact by
fact. Each fact carries the trace of the act that asked for it, so that it is known of every
act what it left. A repeat on the stream is allowed and counted apart; a repeated effect is not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from domain.ports import PARTITIONS, FactStore, StoredFact
from projections.ports import FactStream, StreamRecord
from services.load.client import Ledger

FactId = tuple[UUID, int]
READ_AT_ONCE = 5_000
LANES = range(PARTITIONS)
ACTOR = "load:"
"""Accounts of the run begin with it, so that other work of the stack is told apart."""


@dataclass(frozen=True)
class Verdict:
    """The oracle's finding. Lost, doubled, strange, out of order and unknown must be 0.

    ``strange``: facts of the run that nobody asked for, or on the stream and not in the store.
    ``late_on_stream``: records after a later one, where whoever follows the chain is not misled.
    """

    acknowledged: int
    stored: int
    on_stream: int
    folded: int
    lost: int
    doubled: int
    strange: int
    out_of_order: int
    unknown: int
    repeated_on_stream: int
    late_on_stream: int
    boards_equal: bool
    live_equal: bool
    stream: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing is off."""
        off = self.lost + self.doubled + self.strange + self.out_of_order + self.unknown
        return not off and self.boards_equal and self.live_equal


class _Signed(msgspec.Struct):
    actor: str
    correlation: str


@dataclass(frozen=True)
class Run:
    """The run's own facts in position order, and of each act (by its trace) how many."""

    facts: Sequence[StoredFact]
    by_act: Mapping[str, int]


def _signed(body: bytes) -> _Signed:
    """Who asked for a fact; nobody of ours for one that nobody can read."""
    try:
        return msgspec.json.decode(body, type=_Signed)
    except (msgspec.MsgspecError, UnicodeError):
        return _Signed(actor="", correlation="")


def stored_since(store: FactStore, position: int) -> Run:
    """What the run left in the store."""
    found: list[StoredFact] = []
    acts: Counter[str] = Counter()
    while facts := store.read(after=position, limit=READ_AT_ONCE, lanes=LANES):
        for one in facts:
            signed = _signed(one.body)
            if signed.actor.startswith(ACTOR):
                found.append(one)
                acts[signed.correlation] += 1
        position = facts[-1].position
    return Run(found, acts)


def read_stream(
    stream: FactStream, after: int, lanes: Sequence[int] = LANES
) -> Sequence[StreamRecord]:
    """Every record of some lanes above a position, repeats included, in carrier order."""
    ends = {lane: end for lane, end in stream.ends(lanes).items() if end > 0}
    stream.seek(dict.fromkeys(ends, 0))
    left = set(ends)
    found: list[StreamRecord] = []
    while left:
        for lane, records in stream.poll(1.0).items():
            found += [record for record in records if record.position > after]
            if records[-1].offset >= ends[lane] - 1:
                left.discard(lane)
    return found


def first_of_each(records: Iterable[StreamRecord]) -> Sequence[StreamRecord]:
    """The first occurrence of every position of a lane."""
    seen: set[tuple[int, int]] = set()
    firsts: list[StreamRecord] = []
    for record in records:
        if (record.lane, record.position) not in seen:
            seen.add((record.lane, record.position))
            firsts.append(record)
    return firsts


def by_lane(records: Iterable[StreamRecord]) -> Mapping[int, Sequence[StreamRecord]]:
    """The records of each lane, in carrier order."""
    lanes: dict[int, list[StreamRecord]] = {}
    for record in records:
        lanes.setdefault(record.lane, []).append(record)
    return lanes


def out_of_order(firsts: Iterable[StreamRecord]) -> int:
    """First occurrences in a lane that came after a later fact."""
    last, wrong = 0, 0
    for record in firsts:
        wrong += record.position < last
        last = max(record.position, last)
    return wrong


def can_be_followed(records: Sequence[StreamRecord]) -> bool:
    """Whether who follows a lane's chain, taking only what comes next, takes every fact."""
    chained = [record for record in records if record.fault is None]
    if not chained:
        return True
    at, taken = min(chained, key=lambda record: record.position).prev, 0
    for record in chained:
        if record.prev == at:
            at, taken = record.position, taken + 1
    return taken == len({record.position for record in chained})


def order_of(records: Iterable[StreamRecord]) -> tuple[int, int]:
    """Records that came too late, and those where the chain puts it right for every reader.

    A round in flight while its topic is made anew lands in front of everything; no reader
    takes it before its turn, and then it has come again.
    """
    wrong = healed = 0
    for lane in by_lane(records).values():
        late = out_of_order(first_of_each(lane))
        if can_be_followed(lane):
            healed += late
        else:
            wrong += max(late, 1)
    return wrong, healed


def versions_out_of_order(facts: Sequence[StoredFact]) -> int:
    """Facts of the store that do not follow the version before them in their stream."""
    last: dict[UUID, int] = {}
    wrong = 0
    for fact in facts:
        wrong += fact.stream in last and fact.version != last[fact.stream] + 1
        last[fact.stream] = fact.version
    return wrong


def compare(
    ledger: Ledger,
    run: Run,
    records: Sequence[StreamRecord],
    folded: Mapping[FactId, int],
    *,
    boards_equal: bool,
    live_equal: bool,
    stream: str,
) -> Verdict:
    """The verdict over one run. ``folded``: the facts of the case history, and how often."""
    mine = {(fact.stream, fact.version): fact.position for fact in run.facts}
    bodies = {fact.position: fact.body for fact in run.facts}
    firsts = first_of_each(records)
    positions = {record.position for record in firsts}
    acknowledged = {(subject, version) for subject, version, _ in ledger.acknowledged}
    lost = {
        *(acknowledged - mine.keys()),
        *(fact for fact, position in mine.items() if position not in positions),
        *(mine.keys() - folded.keys()),
    }
    missing, surplus, strange = by_act(ledger, run.by_act)
    misplaced, late = order_of(records)
    strangers = sum(is_stranger(record, bodies) for record in records)
    return Verdict(
        acknowledged=len(ledger.acknowledged),
        stored=len(mine),
        on_stream=sum(position in positions for position in mine.values()),
        folded=sum(fact in folded for fact in mine),
        lost=max(len(lost), missing),
        doubled=surplus + sum(times - 1 for times in folded.values()),
        strange=strange + strangers,
        out_of_order=misplaced + versions_out_of_order(run.facts),
        unknown=len(ledger.unknown),
        repeated_on_stream=len(records) - len(firsts),
        late_on_stream=late,
        boards_equal=boards_equal,
        live_equal=live_equal,
        stream=stream,
    )


def by_act(ledger: Ledger, left: Mapping[str, int]) -> tuple[int, int, int]:
    """Facts missing, surplus and strange, from what each acknowledged act must have left.

    An act that stays unknown may have left its facts or not.
    """
    open_acts = {sent.key.hex for sent in ledger.unknown}
    missing = surplus = strange = 0
    for act, expected in ledger.recorded.items():
        found = left.get(act, 0)
        missing += max(0, expected - found)
        surplus += max(0, found - expected)
    for act, found in left.items():
        if act not in ledger.recorded and act not in open_acts:
            strange += found
    return missing, surplus, strange


def is_stranger(record: StreamRecord, bodies: Mapping[int, bytes]) -> bool:
    """Whether a record says something else than the store, or is the run's and not in it."""
    if record.position in bodies:
        return record.body != bodies[record.position]
    if record.fault is not None:
        return False
    return _signed(record.body).actor.startswith(ACTOR)
