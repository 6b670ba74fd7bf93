"""A history in lines and the state it adds up to, for people and programs (kể lại hồ sơ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

import msgspec

from domain.errors import Invalid, NotFound
from domain.events.base import OfficeEvent
from domain.homes import OfficesOn
from domain.ports import FactStore, StoredFact
from infra.serial import MalformedRecord, UnknownEventType, decode
from projections.queries import Views
from services.circles import dossier_of

LONGEST_POSITION = 18
"""Digits of a position of the log."""

DETAILS_LEFT_OUT = frozenset(
    {
        "originator_id", "originator_version", "timestamp", "occurred_at", "office", "unit",
        "actor", "role", "correlation", "causation", "campaign", "texts",
    }
)  # fmt: skip


class UnreadableFact(Exception):
    """A history cannot be told: of one of its facts nobody knows what it says."""


@dataclass(frozen=True)
class Told:
    """A stream up to some point: its facts and the state after them."""

    subject: UUID
    facts: Sequence[StoredFact]
    events: Sequence[OfficeEvent]
    state: dict[str, Any]

    @property
    def position(self) -> int:
        """Of the last fact."""
        return self.facts[-1].position

    def as_json(self) -> bytes:
        """For ``--json``: each fact as it is stored, byte for byte, and the state."""
        facts = [
            {"position": fact.position, "type": fact.type_name, "fact": msgspec.Raw(fact.body)}
            for fact in self.facts
        ]
        told = {"subject": str(self.subject), "facts": facts, "state": self.state}
        return msgspec.json.encode(told)

    def lines(self) -> Sequence[str]:
        """A line a fact, then the state."""
        width = max(len(fact.type_name) for fact in self.facts)
        told = [
            f"{fact.version:>4}  {fact.position:>9}  {event.timestamp:%Y-%m-%d %H:%M:%S}"
            f"  {fact.type_name:<{width}}  {event.office}  {details(event)}"
            for fact, event in zip(self.facts, self.events, strict=True)
        ]
        return [*told, "", *(f"{name:>18}  {value}" for name, value in self.state.items())]


def tell(subject: UUID, facts: Sequence[StoredFact], *, until: datetime | None = None) -> Told:
    """The history as it stood at a moment: up to the first fact recorded after it.

    What follows that one is left out with it, even if a host whose clock was right put an
    earlier time on it: the order of the stream is what was known. Refuses: ``NotFound``.
    Raises :class:`UnreadableFact`.
    """
    told = ((fact, _event(fact)) for fact in facts)
    pairs = [*takewhile(lambda pair: until is None or pair[1].timestamp <= until, told)]
    if not pairs:
        raise NotFound(f"Không có sự kiện nào của hồ sơ {subject} tới thời điểm này.")
    events = [event for _, event in pairs]
    dossier = dossier_of(subject, events)
    known = {
        name: value
        for name, value in vars(dossier).items()
        if not name.startswith("_") and not isinstance(value, OfficesOn)
    }
    return Told(subject, [fact for fact, _ in pairs], events, msgspec.to_builtins(known))


def _event(fact: StoredFact) -> OfficeEvent:
    try:
        return decode(fact.type_name, fact.body)
    except (MalformedRecord, UnknownEventType) as reason:
        where = f"position {fact.position}, version {fact.version} of {fact.stream}"
        raise UnreadableFact(f"{where}: this release does not read it ({reason})") from reason


def details(event: OfficeEvent) -> str:
    """What the fact says beyond its envelope, without the references to texts."""
    said = msgspec.to_builtins(event)
    return " ".join(
        f"{name}={value}"
        for name, value in said.items()
        if name not in DETAILS_LEFT_OUT and value not in (None, [], False)
    )


def find_subject(reference: str, views: Views) -> UUID:
    """A stream by its id, a petition by its receipt number, a case by its own.

    Refuses: ``NotFound``.
    """
    try:
        return UUID(reference)
    except ValueError:
        pass
    petition = views.find_petition_by_number(reference)
    if petition is not None:
        return petition.petition_id
    case = views.find_case_by_number(reference)
    if case is None:
        raise NotFound(
            f"Không tìm thấy hồ sơ “{reference}”.",
            mend="Nhập số biên nhận, số vụ việc hoặc mã UUID.",
        )
    return case.case_id


def read_until(
    store: FactStore, subject: UUID, at: str | None
) -> tuple[Sequence[StoredFact], datetime | None]:
    """The stored facts up to ``at``: a position, or a moment with a zone. Refuses: ``Invalid``."""
    if at is None:
        return store.read_stream(subject), None
    if at.isdecimal() and len(at) <= LONGEST_POSITION:
        return store.read_stream(subject, up_to_position=int(at)), None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid(
            f"“{at}” không phải vị trí bản ghi hay thời điểm có múi giờ.",
            mend="Ví dụ: --at 18219 hoặc --at 2025-05-12T16:48:00+07:00",
        )
    return store.read_stream(subject), moment
