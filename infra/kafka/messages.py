"""A stored fact as a Kafka record and back: CloudEvents 1.0 in binary mode.

The key is the stream id as text, the value the stored bytes unchanged, everything else
stands in headers. What comes back may have been written by anybody: reading never raises,
:attr:`StreamRecord.fault` says what is wrong.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.codes import DataClass
from domain.events.registry import BY_NAME
from domain.ports import StoredFact
from domain.streams import lane_of
from infra.kafka.topics import lane_at, topic_of
from projections.ports import StreamRecord

SPEC_VERSION = b"1.0"
JSON = b"application/json"
SCHEMA_PREFIX = "urn:tiepdan:schema:"
LARGEST_NUMBER = 2**63 - 1
LONGEST_NUMBER = len(str(LARGEST_NUMBER))
NO_STREAM = UUID(int=0)

Headers = list[tuple[str, bytes]]

DATA_CLASSES = {name: str(int(cls.DATA_CLASS)).encode() for name, cls in BY_NAME.items()}
UNKNOWN_DATA_CLASS = str(max(DataClass).value).encode()
"""A type newer than this relay travels on, marked as the most guarded: nobody waits for it."""


class Message(NamedTuple):
    """What the producer is given for one fact."""

    topic: str
    partition: int
    key: bytes
    value: bytes
    headers: Headers


class _Envelope(msgspec.Struct):
    """What the headers repeat of the body."""

    office: str
    timestamp: str
    campaign: str | None = None


UNREAD = _Envelope(office="unknown", timestamp="")
"""Of a body that nobody can read. It travels on: its readers set it aside, others pass."""


class Unreadable(ValueError):
    """A record is not one of ours; the message says why."""


_envelope = msgspec.json.Decoder(_Envelope)


def schema_urn(type_name: str) -> str:
    """The name of a type's JSON Schema: ``urn:tiepdan:schema:petition.transferred:1``."""
    topic, _, version = type_name.partition("/")
    return f"{SCHEMA_PREFIX}{topic}:{version}"


def recorded_at(body: bytes) -> datetime | None:
    """When the server recorded the fact with these bytes; None when nobody can read them."""
    try:
        return datetime.fromisoformat(_told(body).timestamp)
    except ValueError:
        return None


def _told(body: bytes) -> _Envelope:
    try:
        return _envelope.decode(body)
    except (msgspec.MsgspecError, UnicodeError):
        return UNREAD


def message_of(fact: StoredFact, *, prev: int, epoch: int) -> Message:
    """The record of a fact; ``prev`` is the position before it in its lane.

    ``epoch`` is the relay's lease, for diagnosis: readers go by the chain alone.
    """
    told = _told(fact.body)
    key = str(fact.stream).encode()
    topic, partition = topic_of(fact.lane)
    headers: Headers = [
        *_kind(fact.type_name),
        ("ce_id", b"%b/%d" % (key, fact.version)),
        _source(told.office),
        ("ce_subject", key),
        ("ce_position", b"%d" % fact.position),
        ("ce_prev", b"%d" % prev),
        ("ce_epoch", b"%d" % epoch),
    ]
    if told.timestamp:
        headers.append(("ce_time", told.timestamp.encode()))
    if told.campaign is not None:
        headers.append(("ce_campaignid", told.campaign.encode()))
    if fact.traceparent is not None:
        headers.append(("ce_traceparent", fact.traceparent.encode()))
    return Message(topic, partition, key, fact.body, headers)


@lru_cache(maxsize=1_024)
def _kind(type_name: str) -> tuple[tuple[str, bytes], ...]:
    """The headers that all facts of a type share."""
    return (
        ("ce_specversion", SPEC_VERSION),
        ("content-type", JSON),
        ("ce_type", type_name.partition("/")[0].encode()),
        ("ce_dataschema", schema_urn(type_name).encode()),
        ("ce_dataclass", DATA_CLASSES.get(type_name, UNKNOWN_DATA_CLASS)),
    )


@lru_cache(maxsize=16_384)
def _source(office: str) -> tuple[str, bytes]:
    return "ce_source", f"/offices/{office}".encode()


def record_of(
    topic: str,
    partition: int,
    offset: int,
    key: bytes | None,
    value: bytes | None,
    headers: Sequence[tuple[str, bytes | None]],
) -> StreamRecord:
    """What came, read as far as it can be; never raises."""
    lane, known = lane_at(topic, partition), dict(headers)
    faults: list[str] = []
    position, prev = _chained(known, faults)
    topic_name, type_name = _named(known.get("ce_type"), known.get("ce_dataschema"))
    if not type_name:
        faults.append("type and schema do not name one event type")
    stream = _stream(key, lane, topic_name, faults)
    if known.get("ce_specversion") != SPEC_VERSION or known.get("content-type") != JSON:
        faults.append("not a CloudEvents 1.0 record with JSON")
    if value is None:
        faults.append("no body")
    fault = "; ".join(faults) or None
    kind = type_name or topic_name
    return StreamRecord(lane, offset, position, prev, stream, kind, value or b"", fault)


def _chained(known: dict[str, bytes | None], faults: list[str]) -> tuple[int, int]:
    """Position and the one before it; both 0 when they tell no place in the chain."""
    try:
        position, prev = _number(known, "ce_position"), _number(known, "ce_prev")
    except Unreadable as reason:
        faults.append(str(reason))
        return 0, 0
    if prev < position:
        return position, prev
    faults.append(f"position {position} is not above the one before it, {prev}")
    return 0, 0


def _stream(key: bytes | None, lane: int, topic_name: str, faults: list[str]) -> UUID:
    try:
        stream = UUID((key or b"").decode("ascii"))
    except ValueError:
        faults.append("the key is no stream id")
        return NO_STREAM
    if lane_of(stream, topic_name) != lane:
        faults.append(f"stream {stream} does not belong in lane {lane}")
    return stream


@lru_cache(maxsize=1_024)
def _named(ce_type: bytes | None, schema: bytes | None) -> tuple[str, str]:
    """The type's name, and with its version if the schema's name agrees, else nothing."""
    name, urn = _text(ce_type), _text(schema)
    prefix = f"{SCHEMA_PREFIX}{name}:"
    return name, f"{name}/{urn[len(prefix) :]}" if name and urn.startswith(prefix) else ""


def _number(known: dict[str, bytes | None], header: str) -> int:
    """A header's number. ``int()`` alone would also take signs, blanks and underscores."""
    digits = known.get(header) or b""
    if digits.isdigit() and len(digits) <= LONGEST_NUMBER and int(digits) <= LARGEST_NUMBER:
        return int(digits)
    raise Unreadable(f"{header} is not a number of ours")


def _text(header: bytes | None) -> str:
    """A header's text, fit to be stored: no database takes a NUL."""
    return (header or b"").decode("utf-8", "replace").replace("\0", "\ufffd")
