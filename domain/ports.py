"""What deciding needs from the world (cổng). Implemented in ``infra``, twin in memory.

A *lane* is one partition of one topic: lanes 0 to 11 are the partitions of
``tiepdan.events.v1``, lanes 12 to 23 those of ``tiepdan.access.v1``. A stream's lane
never changes. *Positions* follow commit order and have gaps.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.values import TextRef

PARTITIONS = 12
EVENTS_TOPIC = "tiepdan.events.v1"
ACCESS_TOPIC = "tiepdan.access.v1"
LANES = 2 * PARTITIONS


@dataclass(frozen=True)
class StoredFact:
    """One record of the store as it lies there, in position order.

    ``prev`` is the position before it in the same lane, 0 for the first. ``body`` is the
    canonical JSON of the event: the same bytes go to Kafka.
    """

    position: int
    lane: int
    prev: int
    stream: UUID
    version: int
    type_name: str
    body: bytes
    traceparent: str | None


@dataclass(frozen=True)
class Receipt:
    """What a command's caller may keep and ask for again (biên nhận lệnh).

    ``key`` is unique for ever, made from client, route and idempotency key; ``request`` is
    the SHA-256 of what was asked; ``response`` is JSON, stored with the events.
    """

    key: UUID
    request: bytes
    response: bytes


@dataclass(frozen=True)
class Draft:
    """What one command wants saved, whole or not at all: facts of its streams, its receipt."""

    facts: Sequence[OfficeEvent]
    receipt: Receipt | None = None
    traceparent: str | None = None


@dataclass(frozen=True)
class Wanted:
    """What decisions need to have at hand: receipts, whole streams, and mere versions."""

    keys: Collection[UUID] = ()
    streams: Collection[UUID] = ()
    counters: Collection[UUID] = ()


class Told(NamedTuple):
    """A fact as it lies in its stream: position, type name, canonical bytes."""

    position: int
    type_name: str
    body: bytes


@dataclass(frozen=True)
class AtHand:
    """What was wanted, as the store had it in one moment.

    ``facts`` has every wanted stream, oldest fact first; ``versions`` every wanted counter;
    ``receipts`` only those that exist.
    """

    receipts: Mapping[UUID, Receipt]
    facts: Mapping[UUID, Sequence[Told]]
    versions: Mapping[UUID, int]


@dataclass(frozen=True)
class ToSeal:
    """Texts of one subject to be sealed; ``sealed`` marks data class 3."""

    subject: UUID
    texts: Mapping[str, str]
    sealed: bool


class VersionTaken(Exception):
    """Another save recorded this stream version first. Carries the stream."""

    def __init__(self, stream: UUID) -> None:
        super().__init__(str(stream))
        self.stream = stream


class KeyTaken(Exception):
    """Another save holds this receipt key."""


class StoreUnavailable(Exception):
    """The store cannot be reached, or an outcome could not be learned. Try again by key."""


class FactStore(Protocol):
    """The truth: streams of facts, positions in commit order, receipts beside them."""

    def load(self, stream: UUID, *, up_to_version: int | None = None) -> Sequence[OfficeEvent]:
        """The facts of a stream, oldest first; none for an unknown stream."""

    def last_version(self, stream: UUID) -> int:
        """The version of a stream's newest fact, 0 for an unknown stream."""

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        """Save facts of one or more streams, and the receipt, in one transaction.

        Returns the facts' positions in order. Raises :class:`VersionTaken`,
        :class:`KeyTaken` (nothing saved), :class:`StoreUnavailable`. A commit whose
        answer was lost is read back by the receipt's key, never reported as a conflict.
        """

    def append_each(self, drafts: Sequence[Draft]) -> Sequence[Sequence[int] | Exception]:
        """Save drafts of many commands, each as :meth:`append` would, in few round trips.

        What became of each, in order: its positions, or what :meth:`append` would raise.
        The refusal of one touches no other.
        """

    def at_hand(self, wanted: Wanted) -> AtHand:
        """Receipts, streams and versions for many decisions, in one round trip."""

    def find_receipt(self, key: UUID) -> Receipt | None:
        """The receipt stored under a key."""

    def read(
        self, *, after: int, limit: int, lanes: Sequence[int] | None = None
    ) -> Sequence[StoredFact]:
        """Facts after a position, in position order, of all lanes or of these only."""

    def read_stream(
        self, stream: UUID, *, up_to_position: int | None = None
    ) -> Sequence[StoredFact]:
        """A stream's records as they lie there."""

    def head(self) -> int:
        """The newest position, 0 when empty."""


class Vault(Protocol):
    """Keeps texts and identities out of every event (kho bảo mật)."""

    def seal(self, subject: UUID, texts: Mapping[str, str], *, sealed: bool) -> tuple[TextRef, ...]:
        """Encrypt texts under the subject's own key; ``sealed`` marks data class 3."""

    def seal_each(self, asked: Sequence[ToSeal]) -> Sequence[tuple[TextRef, ...]]:
        """The same for many subjects, in few round trips: all of it or nothing."""

    def open(self, subject: UUID, entry: UUID, field: str) -> str:
        """The text. Raises :class:`domain.errors.NotFound`, ``NotPermitted`` when sealed."""

    def digest(self, asked: bytes) -> bytes:
        """By which a request is known again, and by which nobody else can guess what it said."""


class Clock(Protocol):
    """What time it is. Only a demo stack may run on another than the real one."""

    def now(self) -> datetime:
        """Now, UTC, aware."""
