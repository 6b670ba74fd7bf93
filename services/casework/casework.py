"""One command, decided and saved whole (xử lý lệnh)."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.bounds import days_within_reach
from domain.commands.base import Command
from domain.days import day_of
from domain.directory import Directory
from domain.errors import AlreadyRecorded, Conflict, Invalid, Refusal
from domain.events.base import OfficeEvent
from domain.law.law import Law
from domain.ports import Clock, Draft, FactStore, KeyTaken, Receipt, Vault, VersionTaken, Wanted
from domain.values import Officer, Signature, TextRef
from infra.serial import encode
from services import access
from services.casework.call import Call
from services.casework.desk import Desk
from services.casework.outcome import Kept, Outcome
from services.casework.steps import Asking, Progress, Steps, advance, seal, seal_texts, want
from services.casework.streams import Fetched, NotAtHand
from services.law import carried_law

ATTEMPTS: Final = 5
"""How often a command is decided again when its own dossiers moved meanwhile."""

NUMBER_ATTEMPTS: Final = 500
"""How often it is decided again because others took the next number of a book first."""

LARGEST_FACT: Final = 256 * 1024
"""Bytes of one fact; Kafka takes no record above 1 MiB and a refused one ends the relay."""


class FactTooLarge(Invalid):
    """A fact holds codes and references, never documents."""

    code = "fact_too_large"
    title = "Bản ghi quá lớn"


class TooBusy(Conflict):
    """Others kept changing the same file."""

    code = "too_busy"
    title = "Nhiều người cùng sửa hồ sơ này"


class Casework:
    """The only writer. Holds no state: any number of threads and processes may have one.

    A command's way is told once, as steps (:meth:`steps`): :meth:`handle` walks one of them
    alone, :class:`services.casework.rounds.Rounds` walks many together.
    """

    def __init__(
        self,
        store: FactStore,
        vault: Vault,
        directory: Callable[[], Directory],
        clock: Clock,
        law: Callable[[], Law] = carried_law,
    ) -> None:
        self.store = store
        self.vault = vault
        self._directory = directory
        self._clock = clock
        self._law = law

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
        call = Call(
            command,
            by,
            key,
            request,
            correlation,
            occurred_at,
            expected_version,
            traceparent,
            causation,
        )
        alone = Progress(self.steps(call))
        while not alone.done:
            seal_texts(alone, self.vault)
            advance([alone], self.store)
        return alone.result()

    def steps(self, call: Call) -> Steps:
        """The way of one command: what it asks of the world, in order, and its outcome.

        A refusal is none when the same call was faster elsewhere.
        """
        directory, now = self._directory(), self._clock.now()
        fetched = Fetched()
        yield from want(fetched, call.likely_wanted(directory, day_of(now)))
        known = yield from self._find_repeat(call, fetched)
        if known is not None:
            return known
        try:
            signature = call.signed(directory, now)
            access.check(call.command, signature.officer)
            days_within_reach(call.command, day_of(signature.occurred_at))
            refs = yield from seal(call.sealing())
            return (yield from self._decide(call, fetched, directory, signature, refs))
        except (KeyTaken, Refusal):
            yield from want(fetched, Wanted(keys=(call.key,)))
            faster = yield from self._find_repeat(call, fetched)
            if faster is None:
                raise
            return faster

    def _decide(
        self,
        call: Call,
        fetched: Fetched,
        directory: Directory,
        signature: Signature,
        refs: tuple[TextRef, ...],
    ) -> Steps:
        """Try until the facts fit the store, each time with everything read anew."""
        attempts = numbers = 0
        while attempts < ATTEMPTS and numbers < NUMBER_ATTEMPTS:
            desk = Desk(fetched, directory, signature, refs, call.expected, law=self._law)
            try:
                call.row.decide(call.command, desk)
                return (yield from _append(call, desk))
            except NotAtHand as missing:
                yield from want(fetched, missing.wanted)
            except VersionTaken as taken:
                counted = taken.stream in desk.counters
                attempts, numbers = attempts + (not counted), numbers + counted
                yield from want(fetched, fetched.anew())
        raise TooBusy("Nhiều người cùng sửa hồ sơ này.", mend="Thử lại sau giây lát.")

    def _find_repeat(self, call: Call, fetched: Fetched) -> Asking[Outcome | None]:
        """The kept outcome of a call that was recorded before; its positions are looked up.

        Early receipts keep what was asked as a plain digest, which is keyed only here.
        """
        receipt = fetched.receipt(call.key)
        if receipt is None:
            return None
        if call.request not in (receipt.request, self.vault.digest(receipt.request)):
            raise AlreadyRecorded(
                "Khóa chống trùng này đã dùng cho một yêu cầu khác.",
                mend="Dùng khóa mới cho yêu cầu mới.",
            )
        kept = Kept.from_json(receipt.response)
        yield from want(fetched, Wanted(streams=kept.streams))
        return kept.at(fetched.position, repeated=True)


def _append(call: Call, desk: Desk) -> Steps:
    """Save the facts and the receipt; the answer speaks of the subject's newest fact."""
    facts = desk.facts()
    for fact in facts:
        if len(encode(fact)) > LARGEST_FACT:
            raise FactTooLarge("Bản ghi lớn hơn 256 KiB.", mend="Chia thành nhiều việc.")
    kept = Kept.of(call.subject, facts, desk.counters, desk.number_given)
    receipt = Receipt(call.key, call.request, kept.to_json())
    positions = yield Draft(facts, receipt, call.traceparent)
    places = dict(zip(map(_place, facts), positions, strict=True))
    return kept.at(lambda stream, version: places[stream, version], repeated=False)


def _place(fact: OfficeEvent) -> tuple[UUID, int]:
    return fact.originator_id, fact.originator_version
