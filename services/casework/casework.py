"""One command, decided and saved whole (xử lý lệnh)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from domain.codes import PetitionKind
from domain.commands.base import Command
from domain.commands.petition import IDENTITY_FIELDS, ReceivePetition
from domain.days import day_of
from domain.directory import Directory
from domain.errors import AlreadyRecorded, Conflict, Invalid, Refusal
from domain.events.base import OfficeEvent
from domain.ports import Clock, FactStore, KeyTaken, Receipt, Vault, VersionTaken
from domain.streams import lane_of
from domain.values import Officer, Signature, TextRef
from infra.serial import encode
from services import access
from services.casework import texts
from services.casework.desk import Desk, Expected
from services.casework.handlers import HANDLERS
from services.casework.handlers.row import Row
from services.casework.outcome import Kept, Outcome

ATTEMPTS: Final = 5
"""How often a command is decided again when its own dossiers moved meanwhile."""

NUMBER_ATTEMPTS: Final = 500
"""How often it is decided again because others took the next number of a book first."""

CLOCK_SKEW: Final = timedelta(minutes=2)
"""By how much a caller's clock may be ahead."""

LARGEST_FACT: Final = 256 * 1024
"""Bytes of one fact; Kafka takes no record above 1 MiB and a refused one ends the relay."""


class NotYetHappened(Invalid):
    """A fact is about what has happened."""

    code = "not_yet_happened"
    title = "Thời điểm chưa đến"


class FactTooLarge(Invalid):
    """A fact holds codes and references, never documents."""

    code = "fact_too_large"
    title = "Bản ghi quá lớn"


class TooBusy(Conflict):
    """Others kept changing the same file."""

    code = "too_busy"
    title = "Nhiều người cùng sửa hồ sơ này"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of :meth:`Casework.handle`: the command, its row, and how to know it again."""

    command: Command
    row: Row
    key: UUID
    request: bytes
    expected_version: int | None
    traceparent: str | None

    @property
    def subject(self) -> UUID:
        """The stream the answer speaks of."""
        return self.row.subject(self.command)

    @property
    def expected(self) -> Expected | None:
        """What the caller has read, if it said so."""
        if self.expected_version is None:
            return None
        return Expected(self.row.expected_of(self.command), self.expected_version)

    @property
    def protects_identity(self) -> bool:
        """Whether it takes in a denunciation, whose sender's identity is sealed apart."""
        match self.command:
            case ReceivePetition(kind=PetitionKind.DENUNCIATION):
                return True
        return False


class Casework:
    """The only writer. Holds no state: any number of threads and processes may have one."""

    def __init__(
        self, store: FactStore, vault: Vault, directory: Callable[[], Directory], clock: Clock
    ) -> None:
        self._store = store
        self._vault = vault
        self._directory = directory
        self._clock = clock

    def handle(
        self,
        command: Command,
        by: Officer,
        *,
        key: UUID,
        request: bytes,
        correlation: str,
        occurred_at: datetime | None = None,
        expected_version: int | None = None,
        traceparent: str | None = None,
        causation: str | None = None,
    ) -> Outcome:
        """Record what the command asks, once for ever under its key.

        ``request`` is the hash of what was asked: the same key and request give the kept
        outcome again, another request :class:`AlreadyRecorded`. ``expected_version`` is of
        the existing dossier the command is about. Refuses whatever the field refuses, with
        nothing saved. Raises ``StoreUnavailable``.
        """
        call = Call(command, HANDLERS[type(command)], key, request, expected_version, traceparent)
        return self._find_repeat(call) or self._record(
            call, lambda: self._signed(by, correlation, occurred_at, causation)
        )

    def _record(self, call: Call, sign: Callable[[], tuple[Signature, Directory]]) -> Outcome:
        """Decide and save; a refusal is none when the same call was faster elsewhere."""
        try:
            signature, directory = sign()
            access.check(call.command, signature.officer)
            refs = self._sealed(call)
            return self._decide(
                call, lambda: Desk(self._store, directory, signature, refs, call.expected)
            )
        except (KeyTaken, Refusal):
            faster = self._find_repeat(call)
            if faster is None:
                raise
            return faster

    def _decide(self, call: Call, fresh_desk: Callable[[], Desk]) -> Outcome:
        """Try until the facts fit the store, each time with everything read anew."""
        attempts = numbers = 0
        while attempts < ATTEMPTS and numbers < NUMBER_ATTEMPTS:
            desk = fresh_desk()
            call.row.decide(call.command, desk)
            facts = desk.facts()
            try:
                return self._append(call, desk, facts)
            except VersionTaken as taken:
                counted = taken.stream in desk.counters
                attempts, numbers = attempts + (not counted), numbers + counted
        raise TooBusy("Nhiều người cùng sửa hồ sơ này.", mend="Thử lại sau giây lát.")

    def _append(self, call: Call, desk: Desk, facts: Sequence[OfficeEvent]) -> Outcome:
        """Save the facts and the receipt; the answer speaks of the subject's newest fact."""
        for fact in facts:
            if len(encode(fact)) > LARGEST_FACT:
                raise FactTooLarge("Bản ghi lớn hơn 256 KiB.", mend="Chia thành nhiều việc.")
        place, newest = max(
            (
                (place, fact)
                for place, fact in enumerate(facts)
                if fact.originator_id == call.subject
            ),
            key=lambda placed: placed[1].originator_version,
        )
        kept = Kept(
            subject=call.subject,
            version=newest.originator_version,
            lane=lane_of(call.subject, newest.TOPIC),
            number=desk.number_given,
            recorded_at=desk.signature.recorded_at,
        )
        receipt = Receipt(call.key, call.request, kept.to_json())
        positions = self._store.append(facts, receipt=receipt, traceparent=call.traceparent)
        return kept.at(positions[place], repeated=False)

    def _find_repeat(self, call: Call) -> Outcome | None:
        """The kept outcome of a call that was recorded before; its position is looked up."""
        receipt = self._store.find_receipt(call.key)
        if receipt is None:
            return None
        if receipt.request != call.request:
            raise AlreadyRecorded(
                "Khóa chống trùng này đã dùng cho một yêu cầu khác.",
                mend="Dùng khóa mới cho yêu cầu mới.",
            )
        kept = Kept.from_json(receipt.response)
        lying = self._store.read_stream(kept.subject)
        position = next(fact.position for fact in lying if fact.version == kept.version)
        return kept.at(position, repeated=True)

    def _signed(
        self, by: Officer, correlation: str, occurred_at: datetime | None, causation: str | None
    ) -> tuple[Signature, Directory]:
        """Who, where and when. Those who keep the house need no office: they come first."""
        directory, now = self._directory(), self._clock.now()
        happened = now if occurred_at is None else occurred_at.astimezone(UTC)
        if happened > now + CLOCK_SKEW:
            raise NotYetHappened(
                "Thời điểm thực hiện sau giờ của hệ thống.", pointer="/occurred_at"
            )
        happened = min(happened, now)
        on = day_of(happened)
        office = directory.find_office(by.office, on)
        if office is None and by.role not in access.SYSTEM:
            office = directory.get_office(by.office, on)
        name, unit = (by.office, "") if office is None else (office.office_id, office.unit)
        officer = Officer(by.account, name, by.role)
        return Signature(officer, unit, happened, now, correlation, causation), directory

    def _sealed(self, call: Call) -> tuple[TextRef, ...]:
        """The texts, sealed before any fact names them; a denouncer's identity apart."""
        written = texts.checked(call.command)
        apart = IDENTITY_FIELDS if call.protects_identity else frozenset()
        return tuple(
            ref
            for sealed in (True, False)
            if (some := {f: text for f, text in written.items() if (f in apart) is sealed})
            for ref in self._vault.seal(call.subject, some, sealed=sealed)
        )
