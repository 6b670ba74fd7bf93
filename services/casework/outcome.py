"""What a command's caller learns, and the form in which it is kept (biên nhận lệnh)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

import msgspec

from domain.events.base import OfficeEvent
from domain.streams import lane_of

Other = tuple[UUID, int, int]
"""Stream, version and lane of a fact that was recorded with the subject's."""


@dataclass(frozen=True)
class Outcome:
    """The subject's newest fact after the command, and where it stands.

    ``subject`` is a stream; ``version`` its newest fact, which has this ``position`` in
    this ``lane``; ``also`` are lane and position of what was recorded on other dossiers;
    ``number`` is the file number given out, if any. ``repeated`` says that the command had
    been recorded before and nothing was now.
    """

    subject: UUID
    version: int
    lane: int
    position: int
    number: str | None
    recorded_at: datetime
    repeated: bool
    also: tuple[tuple[int, int], ...] = ()

    @property
    def token(self) -> str:
        """The mark to wait for: the newest position of each lane it wrote, its subject's first."""
        newest = {self.lane: self.position}
        for lane, position in self.also:
            newest[lane] = max(position, newest.get(lane, 0))
        return ".".join(f"{lane}-{position}" for lane, position in newest.items())


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a receipt keeps: all of an outcome that is known before the facts have a position.

    Receipts are stored for ever: a field may only be added, with a default.
    """

    subject: UUID
    version: int
    lane: int
    number: str | None
    recorded_at: datetime
    also: tuple[Other, ...] = ()

    @classmethod
    def of(
        cls,
        subject: UUID,
        facts: Sequence[OfficeEvent],
        unread: Collection[UUID],
        number: str | None,
    ) -> Self:
        """Of the facts about to be saved; nobody waits for those of ``unread`` streams."""
        newest: dict[UUID, OfficeEvent] = {}
        for fact in facts:
            newest[fact.originator_id] = fact
        about = newest.pop(subject)
        return cls(
            subject,
            about.originator_version,
            lane_of(subject, about.TOPIC),
            number,
            about.timestamp,
            tuple(
                (stream, fact.originator_version, lane_of(stream, fact.TOPIC))
                for stream, fact in newest.items()
                if stream not in unread
            ),
        )

    @property
    def streams(self) -> Sequence[UUID]:
        """The streams it speaks of."""
        return (self.subject, *(stream for stream, _, _ in self.also))

    def to_json(self) -> bytes:
        """As stored with the facts."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, response: bytes) -> "Kept":
        """As read back."""
        return msgspec.json.decode(response, type=cls)

    def at(self, position: Callable[[UUID, int], int], *, repeated: bool) -> Outcome:
        """The outcome, now that it is known where each fact stands."""
        return Outcome(
            self.subject,
            self.version,
            self.lane,
            position(self.subject, self.version),
            self.number,
            self.recorded_at,
            repeated,
            tuple((lane, position(stream, version)) for stream, version, lane in self.also),
        )
