"""What projecting needs from the world: the stream to follow and the place for rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from projections.base import Fact, Projection


@dataclass(frozen=True)
class StreamRecord:
    """One record of the shared stream as it came (bản ghi của luồng).

    ``position`` and ``prev`` chain the lane (design.md 3); ``offset`` is the carrier's own
    number. ``fault`` is set when the envelope itself could not be read.
    """

    lane: int
    offset: int
    position: int
    prev: int
    stream: UUID
    type_name: str
    body: bytes
    fault: str | None = None


@dataclass(frozen=True)
class Progress:
    """Where a projection stands in a lane. ``topic_id`` changes when a topic is re-created."""

    topic_id: str
    next_offset: int
    position: int


class LogTruncated(Exception):
    """The carrier no longer has the offset asked for, or lost its tail."""


class FactStream(Protocol):
    """The shared stream, whoever carries it: Kafka or the store's own log."""

    def topic_id(self, lane: int) -> str:
        """The identity of the topic that carries the lane; another one means an empty log."""

    def seek(self, offsets: Mapping[int, int]) -> None:
        """Follow exactly these lanes, each from its offset."""

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        """What came, by lane, in carrier order. Waits up to ``timeout`` seconds.

        Raises :class:`LogTruncated`.
        """

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        """The next offset to be written, by lane."""

    def close(self) -> None:
        """Let go of every connection."""


class ProgressLost(Exception):
    """Another worker moved this lane on: drop it, nothing was written."""


@dataclass(frozen=True)
class Parked:
    """A record set aside with the reason; later ones of its stream wait behind it."""

    record: StreamRecord
    reason: str


class ViewStore(Protocol):
    """Where rows and progress live, together (kho khung nhìn)."""

    def progress(self, projection: str, lanes: Sequence[int]) -> Mapping[int, Progress]:
        """Where a projection stands; a lane never begun is absent."""

    def apply(
        self,
        lane: int,
        work: Sequence[tuple[Projection, Progress | None, Progress, Sequence[Fact]]],
        parked: Sequence[Parked],
    ) -> None:
        """Fold facts and move progress, all in one transaction.

        Each item: projection, the progress it must still have, the progress to set, its
        facts in order. Raises :class:`ProgressLost` when another worker was faster.
        """
