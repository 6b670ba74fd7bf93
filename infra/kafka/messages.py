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
from domain.ports import LANES
from domain.streams import lane_of
from infra.kafka.topics import lane_at, topic_of
from infra.unsent import Unsent
from projections.ports import StreamRecord

SPEC_VERSION = b"1.0"
JSON = b"application/json"
SCHEMA_PREFIX = "urn:tiepdan:schema:"
LARGEST_NUMBER = 2**63 - 1
LONGEST_NUMBER = len(str(LARGEST_NUMBER))
LONGEST_NAMES = 512
"""Bytes of type and schema that are worth remembering: whoever writes longer ones is not us."""
KEY_BYTES = 36
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


class _Envelope(msgspec.Struct, gc=False):
    """What the headers repeat of the body."""

    office: str
    timestamp: str
    campaign: str | None = None


UNREAD = _Envelope(office="unknown", timestamp="")
"""Of a body that nobody can read. It travels on: its readers set it aside, others pass."""


_envelope = msgspec.json.Decoder(_Envelope)
_stream_id = msgspec.json.Decoder(UUID)
PLACES = tuple(topic_of(lane) for lane in range(LANES))


def schema_urn(type_name: str) -> str:
    """The name of a type's JSON Schema: ``urn:tiepdan:schema:petition.transferred:1``."""
    topic, _, version = type_name.partition("/")
    return f"{SCHEMA_PREFIX}{topic}:{version}"


def recorded_at(body: bytes) -> datetime | None:
    """When the server recorded the fact with these bytes; None when nobody can read them."""
    try:
        found = datetime.fromisoformat(_told(body).timestamp)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _told(body: bytes) -> _Envelope:
    try:
        return _envelope.decode(body)
    except (msgspec.MsgspecError, UnicodeError):
        return UNREAD


def message_of(fact: Unsent, *, prev: int, epoch: int) -> Message:
    """The record of a fact; ``prev`` is the position before it in its lane.

    ``epoch`` is the relay's lease, for diagnosis: readers go by the chain alone.
    """
    position, lane, stream, version, type_name, body, traceparent = fact
    told = _told(body)
    key = stream.encode()
    headers: Headers = [
        *_kind(type_name),
        ("ce_id", b"%b/%d" % (key, version)),
        _source(told.office),
        ("ce_subject", key),
        ("ce_position", b"%d" % position),
        ("ce_prev", b"%d" % prev),
        _epoch(epoch),
    ]
    if told.timestamp:
        headers.append(("ce_time", told.timestamp.encode()))
    if told.campaign is not None:
        headers.append(("ce_campaignid", told.campaign.encode()))
    if traceparent is not None:
        headers.append(("ce_traceparent", traceparent.encode()))
    return Message(*PLACES[lane], key, body, headers)


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


@lru_cache(maxsize=8)
def _epoch(epoch: int) -> tuple[str, bytes]:
    return "ce_epoch", b"%d" % epoch


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
    lane, known = lane_at(topic, partition), dict(headers).get
    position, prev, unchained = _chained(known("ce_position"), known("ce_prev"))
    name, kind, unnamed = _named(known("ce_type"), known("ce_dataschema"))
    stream, misplaced = _stream(key, lane, name)
    foreign = no_body = None
    if known("ce_specversion") != SPEC_VERSION or known("content-type") != JSON:
        foreign = "not a CloudEvents 1.0 record with JSON"
    if value is None:
        no_body = "no body"
    fault = None
    if unchained or unnamed or misplaced or foreign or no_body:
        fault = "; ".join(filter(None, (unchained, unnamed, misplaced, foreign, no_body)))
    return StreamRecord(lane, offset, position, prev, stream, kind, value or b"", fault)


def _chained(position: bytes | None, prev: bytes | None) -> tuple[int, int, str | None]:
    """Position and the one before it, and what is wrong; both 0 when they tell no place."""
    here, before = _number(position), _number(prev)
    if here is None or before is None:
        return 0, 0, f"{'ce_prev' if here is not None else 'ce_position'} is not a number of ours"
    if before < here:
        return here, before, None
    return 0, 0, f"position {here} is not above the one before it, {before}"


def _stream(key: bytes | None, lane: int, name: str) -> tuple[UUID, str | None]:
    """The stream, and what is wrong. A stream's facts come one after the other."""
    if key is None or len(key) != KEY_BYTES:
        return NO_STREAM, "the key is no stream id"
    return placed(key, lane, name)


@lru_cache(maxsize=4_096)
def placed(key: bytes, lane: int, name: str) -> tuple[UUID, str | None]:
    """The stream of a key of the right length, and what is wrong with it in this lane."""
    try:
        stream = _stream_id.decode(b'"%b"' % key)
    except (msgspec.MsgspecError, UnicodeError):
        return NO_STREAM, "the key is no stream id"
    if lane_of(stream, name) != lane:
        return stream, f"stream {stream} does not belong in lane {lane}"
    return stream, None


def _named(ce_type: bytes | None, schema: bytes | None) -> tuple[str, str, str | None]:
    """A type's name as it came; with its version if the schema agrees; and what is wrong."""
    if len(ce_type or b"") + len(schema or b"") > LONGEST_NAMES:
        return name_of.__wrapped__(ce_type, schema)
    return name_of(ce_type, schema)


@lru_cache(maxsize=1_024)
def name_of(ce_type: bytes | None, schema: bytes | None) -> tuple[str, str, str | None]:
    """As it came, with its version, and what is wrong; of names that are worth remembering."""
    name, urn = _text(ce_type), _text(schema)
    prefix = f"{SCHEMA_PREFIX}{name}:"
    if name and urn.startswith(prefix):
        return name, f"{name}/{urn[len(prefix) :]}", None
    return name, name, "type and schema do not name one event type"


def _number(digits: bytes | None) -> int | None:
    """A header's number. ``int()`` alone would also take signs, blanks and underscores."""
    if digits is None or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        return None
    number = int(digits)
    return number if number <= LARGEST_NUMBER else None


def _text(header: bytes | None) -> str:
    """A header's text, fit to be stored: no database takes a NUL."""
    return (header or b"").decode("utf-8", "replace").replace("\0", "\ufffd")
