"""Small values that events and commands share."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.codes import Role


@dataclass(frozen=True)
class TextRef:
    """A text kept in the vault, and the proof of what it said (tham chiếu nội dung).

    ``commitment`` is hex SHA-256 over salt and text; the salt lies in the vault, so
    the event proves the text without giving it away. design.md 4.
    """

    field: str
    entry: UUID
    commitment: str


@dataclass(frozen=True)
class Officer:
    """Who acts, for which office, in which role (người thực hiện). Opaque account id only."""

    account: str
    office: str
    role: Role


@dataclass(frozen=True)
class Signature:
    """What every fact carries about its making (chữ ký sự kiện).

    ``occurred_at`` is when it happened in the world and may be earlier than
    ``recorded_at``, the server's clock. Both are UTC.
    """

    officer: Officer
    unit: str
    occurred_at: datetime
    recorded_at: datetime
    correlation: str
    causation: str | None = None
    campaign: str | None = None


@dataclass(frozen=True)
class CountRange:
    """A rough number of people, never a list (khoảng số người)."""

    low: int
    high: int
