"""What projecting needs from the world: the stream to follow and the place for rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from projections.base import Fact, Projection, R
from projections.values import value


@value(frozen=True)
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


class StreamUnavailable(Exception):
    """The carrier cannot be reached. Nothing is lost; try again later."""


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
    """A record set aside with the reason; later ones of its stream wait behind it.

    ``unfolded_by`` names the projections that have not folded it, all when it is empty: one
    that was added later may refuse what the others folded long ago.
    """

    record: StreamRecord
    reason: str
    unfolded_by: tuple[str, ...] = ()

    def waits_for(self, projection: str) -> bool:
        """Whether this projection has yet to fold it."""
        return not self.unfolded_by or projection in self.unfolded_by


class ParkedHead(NamedTuple):
    """The first record set aside of a stream in a lane, without what it says."""

    lane: int
    stream: UUID
    position: int
    reason: str


class ViewsUnavailable(Exception):
    """The place of the views cannot be reached, or an outcome was not learned.

    What was last asked may be done or not: read the progress again.
    """


class RecordChanged(Exception):
    """A row that is written once stands there with other content. Nothing was written.

    Either two histories are being mixed or a projection is not pure: stop and look.
    """


class RowsRefused(Exception):
    """The rows made of these facts cannot be kept: a number too large, a text with a NUL.

    Nothing of the batch was written; which fact it was is not known.
    """


class FoldFailed(Exception):
    """A projection cannot take this fact in: park its stream, then try the rest again.

    Nothing of the batch was written.
    """

    def __init__(self, projection: str, fact: Fact, reason: str) -> None:
        super().__init__(f"{projection}: {fact.type_name} at {fact.position}: {reason}")
        self.projection = projection
        self.fact = fact
        self.reason = reason


class Writing(Protocol):
    """A batch on its way into the views. After an error it is over: nothing was written."""

    def write(self) -> None:
        """Fold the facts and have the rows written. Raises what ``apply`` raises."""

    def settle(self) -> None:
        """Wait until it is written; write it first if that was not done. Raises as ``write``."""


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
        facts in order. A parked record stays until :meth:`release`; parking it again, from
        whatever offset, adds only who has not folded it. Raises :class:`ProgressLost` when
        another worker was faster, :class:`FoldFailed` when a projection refuses a fact;
        nothing is written then.
        """

    def start(
        self,
        lane: int,
        work: Sequence[tuple[Projection, Progress | None, Progress, Sequence[Fact]]],
        parked: Sequence[Parked],
    ) -> Writing:
        """As :meth:`apply`, in steps: ask for the rows, fold and write, wait for the end.

        Batches of other lanes may be under way too; nothing else may be asked of this store
        before all are settled. What is only asked for holds its lane: write it soon. Raises
        :class:`FoldFailed`.
        """

    def find(self, row: type[R], *key: Any) -> R | None:
        """The row of a key as it stands, if there is one."""

    def confirm(self, projections: Sequence[str], lanes: Sequence[int]) -> None:
        """Say that these stand at the end of their lanes just now: nothing newer is known.

        Boards tell the age of their data from the last ``apply`` or ``confirm``.
        """

    def parked_heads(self, lanes: Sequence[int]) -> Sequence[ParkedHead]:
        """The first that was set aside of each stream in these lanes, by lane and stream.

        Later records of these streams must be set aside too. Asked each second: no bodies.
        """

    def parked_records(self, stream: UUID) -> Sequence[Parked]:
        """What of one stream was set aside, in order."""

    def skipped(self, lanes: Sequence[int]) -> frozenset[int]:
        """The positions in these lanes that an operator let the views go on without."""

    def release(
        self, lane: int, stream: UUID, work: Sequence[tuple[Projection, Sequence[Fact]]]
    ) -> None:
        """Fold what was set aside and forget that it was, in one transaction.

        Each projection folds what it has not folded yet. Progress stays: the lane went past
        these facts when they were parked. Raises :class:`ProgressLost` when what was set
        aside, and for whom, is not exactly this any more, :class:`FoldFailed`.
        """


def unfolded(parked: Sequence[Parked], names: Iterable[str]) -> list[tuple[int, frozenset[str]]]:
    """By position, which of these projections have yet to fold a record."""
    known = frozenset(names)
    return [(p.record.position, frozenset(filter(p.waits_for, known))) for p in parked]


def asked_to_fold(
    positions: Iterable[int], work: Sequence[tuple[Projection, Sequence[Fact]]]
) -> list[tuple[int, frozenset[str]]]:
    """By position, which projections are given its fact."""
    given = [(projection.name, {fact.position for fact in facts}) for projection, facts in work]
    return [
        (position, frozenset(name for name, places in given if position in places))
        for position in positions
    ]
