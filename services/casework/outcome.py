"""What a command's caller learns, and the form in which it is kept (biên nhận lệnh)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec


@dataclass(frozen=True)
class Outcome:
    """The subject's newest fact after the command, and where it stands.

    ``subject`` is a stream; ``version`` its newest fact; ``lane`` and ``position`` say what
    to wait for to read one's own write; ``number`` is the file number given out, if any.
    ``repeated`` says that the command had been recorded before and nothing was now.
    """

    subject: UUID
    version: int
    lane: int
    position: int
    number: str | None
    recorded_at: datetime
    repeated: bool

    @property
    def token(self) -> str:
        """The mark to wait for: lane and position."""
        return f"{self.lane}-{self.position}"


@dataclass(frozen=True)
class Kept:
    """What a receipt keeps: all of an outcome that is known before the facts have a position."""

    subject: UUID
    version: int
    lane: int
    number: str | None
    recorded_at: datetime

    def to_json(self) -> bytes:
        """As stored with the facts."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, response: bytes) -> "Kept":
        """As read back."""
        return msgspec.json.decode(response, type=cls)

    def at(self, position: int, *, repeated: bool) -> Outcome:
        """The outcome, now that the position is known."""
        return Outcome(
            self.subject,
            self.version,
            self.lane,
            position,
            self.number,
            self.recorded_at,
            repeated,
        )
