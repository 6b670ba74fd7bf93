"""Plain facts to store: what they say does not matter here, where they stand does."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.codes import AccessPurpose, Role
from domain.events.access import TextOpened
from domain.events.base import OfficeEvent, envelope
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.events.petition import PetitionAccepted
from domain.ports import Receipt
from domain.streams import access_stream, office_stream, unit_stream
from domain.values import Officer, Signature

MORNING = datetime(2025, 5, 5, 1, 0, tzinfo=UTC)
SIGNATURE = Signature(
    officer=Officer("acc-1", "ubnd-07375-20250101", Role.CLERK),
    unit="07375-20250101",
    occurred_at=MORNING,
    recorded_at=MORNING,
    correlation="c-1",
)


def fact(event: Any, stream: UUID, version: int, **facts: Any) -> Any:
    """A fact of any type under a plain envelope."""
    return event(**envelope(stream, version, SIGNATURE), **facts)


def accepted(stream: UUID, version: int, *, offer: int = 1, **more: Any) -> PetitionAccepted:
    """A fact of a petition's stream; another ``offer`` makes other bytes."""
    facts = {"offer": offer, "from_office": "ubnd-24-20250101"} | more
    accepted: PetitionAccepted = fact(PetitionAccepted, stream, version, **facts)
    return accepted


def opened(subject: UUID, version: int = 1) -> TextOpened:
    """A fact about reading, in a lane of the other topic."""
    made: TextOpened = fact(
        TextOpened,
        access_stream(subject),
        version,
        subject=subject,
        entry=subject,
        field="story",
        purpose=AccessPurpose.HANDLING,
    )
    return made


def unit(code: str) -> UnitEstablished:
    """A province of the directory."""
    unit_id = f"{code}-20250101"
    made: UnitEstablished = fact(
        UnitEstablished,
        unit_stream(unit_id),
        1,
        unit_id=unit_id,
        code=code,
        name=f"Tỉnh {code}",
        level="province",
        parent=None,
        valid_from=date(2025, 1, 1),
    )
    return made


def office(code: str) -> OfficeEstablished:
    """The People's Committee of a province."""
    office_id = f"ubnd-{code}-20250101"
    made: OfficeEstablished = fact(
        OfficeEstablished,
        office_stream(office_id),
        1,
        office_id=office_id,
        type="peoples_committee",
        name=f"UBND tỉnh {code}",
        of_unit=f"{code}-20250101",
        superior=None,
        fields=(),
        valid_from=date(2025, 1, 1),
    )
    return made


def receipt(key: UUID | None = None, *, request: bytes = b"asked") -> Receipt:
    """A command's receipt."""
    return Receipt(key or uuid4(), request, b'{"done":true}')


def a_petition() -> list[OfficeEvent]:
    """Three facts of a new stream."""
    stream = uuid4()
    return [accepted(stream, version) for version in (1, 2, 3)]
