"""Programs that lack one safeguard each: the oracle must find every one of them out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.events.base import OfficeEvent
from domain.ports import LANES, Receipt
from infra.kafka.messages import Message
from infra.kafka.publishing import RoundPublisher, send
from infra.memory import MemoryFactStore
from infra.memory.broker import BrokerStream
from infra.memory.relay_cursor import MemoryRelayCursor
from infra.memory.views import MemoryViewStore, Work
from infra.postgres.relay_cursor import Published, RelayCursor
from projections.ports import LogTruncated, Parked, StreamRecord
from services.projector.around import LookAround
from services.projector.lanes import Lane
from services.projector.worker import Projector
from services.relay.rounds import Outbox, Relay
from tests.simulation.world import Made


class WithoutChain(Projector):
    """Ignores positions up to the last and folds whatever else comes, hole or not."""

    def _fold(self, number: int, records: Sequence[StreamRecord]) -> None:
        self.finish()
        lane = self._lanes.get(number)
        last = 0 if lane is None else lane.position
        believed = []
        for record in records:
            if record.position > last:
                believed.append(replace(record, prev=last))
                last = record.position
            else:
                believed.append(record)
        super()._fold(number, believed)


class LeavesHoles(LookAround):
    """Sees them, and does nothing about it."""

    def _read_old_holes_again(self) -> bool:
        return False


class NeverReadsAgain(Projector):
    """Leaves a hole to the relay, for ever."""

    looks = LeavesHoles


class TrustsOffsets(BrokerStream):
    """Takes any topic of the name for the one it knew; an offset beyond its end for the end."""

    def topic_id(self, lane: int) -> str:
        return str(lane)

    def poll(self, timeout: float) -> dict[int, Sequence[StreamRecord]]:
        ends = self.ends(range(LANES))
        self._next = {lane: min(offset, ends[lane]) for lane, offset in self._next.items()}
        try:
            return dict(super().poll(timeout))
        except LogTruncated:
            return {}


class Hasty:
    """Says that a round was delivered, and then sends it."""

    def __init__(self, publisher: RoundPublisher) -> None:
        self._publisher = publisher
        self._round: Sequence[Message] = ()

    def begin(self, messages: Sequence[Message]) -> None:
        self._round = messages

    def finish(self) -> None:
        return

    def rest(self) -> None:
        self._publisher.rest()

    def abandon(self) -> None:
        self._publisher.abandon()

    def deliver(self) -> None:
        going, self._round = self._round, ()
        if going:
            send(self._publisher, going)


class MovesBeforeDelivery(Relay):
    """Writes down that a round was delivered before it is sent."""

    def __init__(
        self, outbox: Outbox, cursor: RelayCursor, publisher: RoundPublisher, **more: Any
    ) -> None:
        self._hasty = Hasty(publisher)
        super().__init__(outbox, cursor, self._hasty, **more)

    def send_round(self) -> int:
        sent = super().send_round()
        self._hasty.deliver()
        return sent


class WritesOver(MemoryRelayCursor):
    """A cursor that anybody moves, whoever moved it meanwhile."""

    def move(self, to: Published, *, was: Published, epoch: int) -> None:
        self._row.stands = to


class TakesAnyProgress(MemoryViewStore):
    """Rows that a projector writes whoever was there before."""

    def apply(self, lane: int, work: Work, parked: Sequence[Parked]) -> None:
        found = [self.progress(projection.name, [lane]).get(lane) for projection, *_ in work]
        taken = [(p, was, now, facts) for (p, _, now, facts), was in zip(work, found, strict=True)]
        super().apply(lane, taken, parked)


class ForgetsKeys(MemoryFactStore):
    """A store that keeps facts and no receipts."""

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        return super().append(facts, traceparent=traceparent)


class ComparesPositions(LookAround):
    """Asks the store for a fact at the position, whichever it is."""

    def _is_rewound(self, lane: Lane) -> bool:
        folded = {place.position for place in lane.places.values()} - {0}
        held = (self._recorded.holds(lane.number, place, lambda _: True) for place in folded)
        return lane.stopped is None and not all(held)


class LooksAtPositionsAlone(Projector):
    """Takes whatever stands at a position for what was folded there."""

    looks = ComparesPositions


BROKEN = {
    "the chain is not looked at": Made(projector=WithoutChain),
    "an offset of another topic is trusted, and no hole read again": Made(
        projector=NeverReadsAgain, stream=TrustsOffsets
    ),
    "an offset of another topic is trusted, and the chain not looked at": Made(
        projector=WithoutChain, stream=TrustsOffsets
    ),
    "the cursor is moved before delivery": Made(relay=MovesBeforeDelivery),
    "the cursor is moved without compare-and-set": Made(cursor=WritesOver),
    "progress is moved without compare-and-set": Made(views=TakesAnyProgress),
    "keys are forgotten": Made(store=ForgetsKeys),
    "a position is taken for the fact that was folded there": Made(projector=LooksAtPositionsAlone),
}
