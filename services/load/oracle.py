"""What became of every acknowledged fact, read from outside (đối chiếu sau thử tải).

Store, stream and views are each read whole from where the run began, and compared fact by
fact. A repeat on the stream is allowed and counted apart; a repeated effect is not.
"""

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
MOST_FACTS_OF_AN_ACT = 4


@dataclass(frozen=True)
class Verdict:
    """The oracle's finding. Lost, doubled and out of order must be 0."""

    acknowledged: int
    stored: int
    on_stream: int
    folded: int
    lost: int
    doubled: int
    out_of_order: int
    repeated_on_stream: int
    boards_equal: bool
    stream: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing is off."""
        return not (self.lost or self.doubled or self.out_of_order) and self.boards_equal


class _Actor(msgspec.Struct):
    actor: str


def stored_since(store: FactStore, position: int) -> Sequence[StoredFact]:
    """The run's own facts, in position order."""
    found: list[StoredFact] = []
    while facts := store.read(after=position, limit=READ_AT_ONCE, lanes=LANES):
        found += [one for one in facts if actor_of(one).startswith(ACTOR)]
        position = facts[-1].position
    return found


def actor_of(fact: StoredFact) -> str:
    """Who recorded it."""
    return msgspec.json.decode(fact.body, type=_Actor).actor


def read_stream(stream: FactStream, after: int) -> Sequence[StreamRecord]:
    """Every record of the stream above a position, repeats included, in carrier order."""
    ends = {lane: end for lane, end in stream.ends(LANES).items() if end > 0}
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


def out_of_order(firsts: Sequence[StreamRecord]) -> int:
    """First occurrences that came before an earlier fact of their lane."""
    last: dict[int, int] = {}
    wrong = 0
    for record in firsts:
        wrong += record.position < last.get(record.lane, 0)
        last[record.lane] = max(record.position, last.get(record.lane, 0))
    return wrong


def compare(
    ledger: Ledger,
    stored: Sequence[StoredFact],
    records: Sequence[StreamRecord],
    folded: Mapping[FactId, int],
    *,
    boards_equal: bool,
    stream: str,
) -> Verdict:
    """The verdict over one run. ``folded``: the facts of the case history, and how often."""
    mine = {(fact.stream, fact.version): fact.position for fact in stored}
    firsts = first_of_each(records)
    positions = {record.position for record in firsts}
    acknowledged = {(subject, version) for subject, version, _ in ledger.acknowledged}
    lost = {
        *(acknowledged - mine.keys()),
        *(fact for fact, position in mine.items() if position not in positions),
        *(mine.keys() - folded.keys()),
    }
    surplus = len(mine) - ledger.facts - MOST_FACTS_OF_AN_ACT * ledger.unknown
    return Verdict(
        acknowledged=len(ledger.acknowledged),
        stored=len(mine),
        on_stream=sum(position in positions for position in mine.values()),
        folded=sum(fact in folded for fact in mine),
        lost=len(lost),
        doubled=max(0, surplus) + sum(times - 1 for times in folded.values()),
        out_of_order=out_of_order(firsts),
        repeated_on_stream=len(records) - len(firsts),
        boards_equal=boards_equal,
        stream=stream,
    )
