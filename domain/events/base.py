"""The envelope every fact carries."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from eventsourcing.domain import AggregateEvent

from domain.codes import DataClass, Role
from domain.values import Signature


class OfficeEvent(AggregateEvent):
    """Something an office recorded (sự kiện).

    ``timestamp`` is when the server recorded it, ``occurred_at`` when it happened.
    ``originator_id`` is the stream, ``originator_version`` its place there from 1.
    No default values here: an envelope field with one would stop subclasses adding theirs.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1
    DATA_CLASS: ClassVar[DataClass] = DataClass.INTERNAL

    occurred_at: datetime
    office: str
    unit: str
    actor: str
    role: Role
    correlation: str
    causation: str | None
    campaign: str | None

    @property
    def fact_id(self) -> str:
        """The fact's own name for ever: stream and version."""
        return f"{self.originator_id}/{self.originator_version}"

    def mutate(self, aggregate: Any) -> Any:
        """Check stream and version, take the fact in, return the aggregate.

        Raises the library's ``OriginatorIDError`` or ``OriginatorVersionError``.
        """
        return super().mutate(aggregate)

    def apply(self, aggregate: Any) -> None:
        """Let the aggregate take the fact in."""
        aggregate.evolve(self)


def envelope(stream: UUID, version: int, by: Signature) -> dict[str, Any]:
    """The envelope's keyword arguments for a new fact."""
    return {
        "originator_id": stream,
        "originator_version": version,
        "timestamp": by.recorded_at,
        "occurred_at": by.occurred_at,
        "office": by.officer.office,
        "unit": by.unit,
        "actor": by.officer.account,
        "role": by.officer.role,
        "correlation": by.correlation,
        "causation": by.causation,
        "campaign": by.campaign,
    }
