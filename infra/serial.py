"""Events to bytes and back (mã hóa sự kiện): the only place that knows the stored form.

The whole event is plain JSON, made once: the same bytes are the ``state`` column and
the Kafka value. Field order is the class's own, so equal events give equal bytes.
Only types of :mod:`domain.events.registry` are read back; a name is never imported.
"""

import functools
from collections.abc import Iterable
from typing import Any, NoReturn
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.events.base import OfficeEvent
from domain.events.registry import UnknownEventType, event_class, type_name

__all__ = ["EventMapper", "MalformedRecord", "UnknownEventType", "decode", "encode", "history"]

_ENCODER = msgspec.json.Encoder()


class MalformedRecord(ValueError):
    """Bytes that are not an event of the type they claim (bản ghi hỏng)."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.type_name = name
        self.reason = reason


@functools.cache
def _decoder(name: str) -> msgspec.json.Decoder[OfficeEvent]:
    return msgspec.json.Decoder(event_class(name))


def encode(event: OfficeEvent) -> bytes:
    """The canonical bytes of an event."""
    return _ENCODER.encode(event)


def decode(name: str, body: bytes) -> OfficeEvent:
    """The event of a stored type name and its canonical bytes.

    Strict: what is read must give the same bytes again, so that a field of a newer
    release is never dropped in silence. Raises ``UnknownEventType``,
    :class:`MalformedRecord`.
    """
    decoder = _decoder(name)
    try:
        event = decoder.decode(body)
    except (msgspec.MsgspecError, TypeError, UnicodeError) as error:
        raise MalformedRecord(name, str(error)) from error
    if _ENCODER.encode(event) != body:
        _explain(name, event, body)
    if event.timestamp.tzinfo is None or event.occurred_at.tzinfo is None:
        raise MalformedRecord(name, "a moment without its zone")
    return event


def history(stream: UUID, facts: Iterable[tuple[str, bytes]]) -> list[OfficeEvent]:
    """The events of a whole stream, from type names and bytes, oldest first.

    Each must say of itself what its place says of it. Raises as :func:`decode` does.
    """
    events = []
    for version, (name, body) in enumerate(facts, 1):
        event = decode(name, body)
        if (event.originator_id, event.originator_version) != (stream, version):
            raise MalformedRecord(name, f"is {version} of {stream}, says {event.fact_id}")
        events.append(event)
    return events


def _explain(name: str, event: OfficeEvent, body: bytes) -> NoReturn:
    """Say which field is too many, or that the bytes were not made here."""
    extra = _unknown(msgspec.json.decode(body), msgspec.to_builtins(event))
    reason = f"unknown field {', '.join(extra)}" if extra else "not in canonical form"
    raise MalformedRecord(name, reason)


def _unknown(given: Any, known: Any, path: str = "") -> list[str]:
    """The paths of fields that stand in the record and not in the type."""
    if isinstance(given, list) and isinstance(known, list | tuple):
        pairs = enumerate(zip(given, known, strict=False))
        return [p for i, (g, k) in pairs for p in _unknown(g, k, f"{path}/{i}")]
    if not (isinstance(given, dict) and isinstance(known, dict)):
        return []
    here = [f"{path}/{key}" for key in given if key not in known]
    below = [key for key in given if key in known]
    return here + [p for key in below for p in _unknown(given[key], known[key], f"{path}/{key}")]


class EventMapper(Mapper[UUID]):
    """The library's mapper over this form: its event stores and recorders take our events.

    It replaces the library's own reading, which imports whatever ``module:name`` a row
    holds (``os:system`` too) and checks nothing.
    """

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The row of an event. Refuses a class outside the registry."""
        if not isinstance(domain_event, OfficeEvent):
            raise UnknownEventType(type(domain_event).__qualname__)
        name = type_name(type(domain_event))
        if event_class(name) is not type(domain_event):
            raise UnknownEventType(type(domain_event).__qualname__)
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=name,
            state=encode(domain_event),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> OfficeEvent:
        """The event of a row, which must stand where its bytes say.

        Raises ``UnknownEventType``, :class:`MalformedRecord`.
        """
        event = decode(stored_event.topic, stored_event.state)
        place = stored_event.originator_id, stored_event.originator_version
        if (event.originator_id, event.originator_version) != place:
            raise MalformedRecord(stored_event.topic, f"stands at {place}, says {event.fact_id}")
        return event
