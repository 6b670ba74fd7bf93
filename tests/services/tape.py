"""A stream to write any mischief on, a projection to watch, and a projector over both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from domain.events.petition import PetitionAccepted
from domain.ports import FactStore, StoredFact
from infra.memory.clocks import FixedClock
from infra.memory.views import MemoryViewStore
from infra.serial import decode
from projections.base import Fact, Projection, Row, Rows, Tally
from projections.ports import FactStream, LogTruncated, StreamRecord, StreamUnavailable
from services.projector.lanes import Desk
from services.projector.recorded import StoreAndRelay
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector
from tests.contracts.facts import MORNING

UNLUCKY = 13
UNREAD = 14


@dataclass(frozen=True)
class StreamRow(Row):
    """The versions of a stream in the order they were folded."""

    TABLE: ClassVar[str] = "streams"
    KEY: ClassVar[tuple[str, ...]] = ("stream",)

    stream: UUID
    versions: tuple[str, ...]


@dataclass(frozen=True)
class LaneTally(Tally):
    """How many facts of a lane were folded; a fact folded twice shows here."""

    TABLE: ClassVar[str] = "lanes"
    KEY: ClassVar[tuple[str, ...]] = ("name", "lane")

    name: str
    lane: int
    n: int


class Versions:
    """Keeps order and count. Cannot take in an offer of the unlucky number.

    Of another number it cannot even say what it would look up.
    """

    kinds = None
    tables = (StreamRow, LaneTally)

    def __init__(self, name: str = "versions", *, unlucky: int = UNLUCKY) -> None:
        self.name = name
        self._unlucky = unlucky

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        if isinstance(fact.event, PetitionAccepted) and fact.event.offer == UNREAD:
            raise KeyError("nothing to look up")
        yield StreamRow, (fact.event.originator_id,)

    def fold(self, fact: Fact, rows: Rows) -> None:
        event = fact.event
        if isinstance(event, PetitionAccepted) and event.offer == self._unlucky:
            raise ValueError("the unlucky number")
        row = rows.find(StreamRow, event.originator_id)
        before = row.versions if row else ()
        if self.name == "versions":
            now = (*before, str(event.originator_version))
            rows.put(StreamRow(event.originator_id, now))
        rows.add(LaneTally, (self.name, fact.lane), 1)


class Tape:
    """A :class:`projections.ports.FactStream` whose records the test writes itself."""

    def __init__(self, lanes: dict[int, list[StreamRecord]] | None = None) -> None:
        self.made = 1
        self.away = False
        self._lanes: dict[int, list[StreamRecord]] = {} if lanes is None else lanes
        self._next: dict[int, int] = {}

    def second_reader(self) -> "Tape":
        """The same records, read by another."""
        return Tape(self._lanes)

    def write(self, *records: StreamRecord) -> None:
        """Records as they come, whatever they say."""
        for record in records:
            lane = self._lanes.setdefault(record.lane, [])
            lane.append(replace(record, offset=len(lane)))

    def lose(self, lane: int, *, keep: int) -> None:
        """The log loses its tail."""
        del self._lanes[lane][keep:]

    def make_anew(self) -> None:
        """The topics are made again, empty."""
        self.made += 1
        self._lanes.clear()

    def topic_id(self, lane: int) -> str:
        return f"topic-{self.made}"

    def seek(self, offsets: Mapping[int, int]) -> None:
        self._next = dict(offsets)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        came: dict[int, Sequence[StreamRecord]] = {}
        for lane, following in self._next.items():
            records = self._lanes.get(lane, [])
            if following > len(records):
                raise LogTruncated(f"lane {lane} has no offset {following}")
            if records[following:]:
                came[lane] = records[following:]
                self._next[lane] = len(records)
        return came

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        if self.away:
            raise StreamUnavailable("away")
        return {lane: len(self._lanes.get(lane, [])) for lane in lanes}

    def close(self) -> None:
        self._next = {}


def on_tape(store: FactStore, *, after: int = 0) -> list[StreamRecord]:
    """A store's facts as a relay would send them."""
    return [
        StreamRecord(
            lane=fact.lane,
            offset=0,
            position=fact.position,
            prev=fact.prev,
            stream=fact.stream,
            type_name=fact.type_name,
            body=fact.body,
        )
        for fact in store.read(after=after, limit=100_000)
    ]


@dataclass
class Books:
    """What the store says: the head of each lane, None while the relay is behind.

    Without a store everything that was folded is taken for recorded.
    """

    heads: Mapping[int, int] | None = field(default_factory=dict)
    store: FactStore | None = None

    def published(self) -> Mapping[int, int] | None:
        return self.heads

    def holds(self, lane: int, position: int, is_it: Callable[[StoredFact], bool]) -> bool:
        return self.store is None or StoreAndRelay(self.store, None).holds(lane, position, is_it)


class Watched:
    """A projector over a stream, and what its rows say."""

    def __init__(
        self,
        stream: FactStream,
        *projections: Projection,
        views: MemoryViewStore | None = None,
        published: bool = True,
        heads: Mapping[int, int] | None = None,
        store: FactStore | None = None,
        seconds: float = 0,
    ) -> None:
        self.views = views or MemoryViewStore()
        self.status = ProjectorStatus()
        self.projections = projections or (Versions(),)
        desk = Desk(self.projections, self.views, decode)
        clock = FixedClock(MORNING + timedelta(seconds=seconds))
        self.books = Books((heads or {}) if published else None, store)
        self._projector = Projector(stream, desk, clock, self.books, self.status, compare_every=0)

    def read(self, *lanes: int) -> None:
        """Follow these lanes and fold what there is."""
        self._projector.follow(frozenset(lanes))
        while self._projector.step(0):
            pass
        self._projector.look_around()

    def versions(self, stream: UUID) -> str:
        """The versions folded of a stream, in order."""
        row = self.views.rows.get(StreamRow, {}).get((stream,))
        return "".join(row.versions) if isinstance(row, StreamRow) else ""

    def folded(self, lane: int, name: str = "versions") -> int:
        """How many facts of a lane a projection has folded."""
        row = self.views.rows.get(LaneTally, {}).get((name, lane))
        return row.n if isinstance(row, LaneTally) else 0

    def parked(self, stream: UUID) -> list[tuple[int, str]]:
        """What waits of a stream: position and reason."""
        return [(p.record.position, p.reason) for p in self.views.parked_records(stream)]

    def finding(self, lane: int) -> str | None:
        return next(told.finding for told in self.status.lanes if told.lane == lane)
