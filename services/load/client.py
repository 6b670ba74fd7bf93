"""Sends acts and never gives up by itself: the same key until the answer is known."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from domain.codes import Role
from services.bench.callers import request
from services.load.scripts import Act, Done
from services.load.wire import Answer, Doors, Unreachable

CONFLICT = 409
RETRIED = frozenset({429, 500, 502, 503, 504})
SERVER_ERROR = 500
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
SPAN = "00f067aa0ba902b7"
"""The caller's span: any; what counts is the trace, which every fact of the act carries."""
Tokens = Callable[[str, Role], str]


class GaveUp(Exception):
    """The outcome could not be learned in time: neither acknowledged nor refused."""


class Refused(Exception):
    """The API said no to an act that it should have taken."""


@dataclass(frozen=True)
class Sent:
    """One act on its way: the same key and door wherever it is asked again."""

    act: Act
    key: UUID
    door: int = 0


@dataclass
class Ledger:
    """What the API answered, for the oracle (sổ đối chiếu). Acts go by the hex of their key.

    ``recorded``: how many facts each acknowledged act must have left.
    """

    acknowledged: list[tuple[UUID, int, int]] = field(default_factory=list)
    recorded: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    retries: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    not_retryable: int = 0
    unknown: list[Sent] = field(default_factory=list)
    resolved: int = 0


class Receipt(msgspec.Struct):
    """What is read of an answer."""

    id: str
    version: int
    position: str


class Refusal(msgspec.Struct):
    """What is read of a refusal."""

    code: str = "?"
    detail: str = ""


class Client:
    """Asks the doors for all offices."""

    def __init__(self, doors: Doors, tokens: Tokens, ledger: Ledger, *, patience: float) -> None:
        self._doors = doors
        self._tokens = tokens
        self._ledger = ledger
        self._patience = patience

    async def send(self, sent: Sent) -> Done:
        """Do it, whatever happens on the way. Raises :class:`GaveUp`, :class:`Refused`."""
        try:
            return await self._until_known(sent)
        except GaveUp:
            self._ledger.unknown.append(sent)
            raise

    async def resolve(self) -> None:
        """Ask again, by its key, for what became of every act whose outcome is unknown."""
        waiting, self._ledger.unknown = self._ledger.unknown, []
        for sent in waiting:
            try:
                await self.send(sent)
            except Refused:
                self._ledger.resolved += 1
            except GaveUp:
                continue
            else:
                self._ledger.resolved += 1

    async def _until_known(self, sent: Sent) -> Done:
        began, pause, door = time.monotonic(), FIRST_PAUSE, sent.door
        asked = self._request(sent)
        while True:
            answer = await self._try(door, asked)
            if answer is not None and answer.is_success:
                return self._done(answer, sent, time.monotonic() - began)
            if answer is not None and not worth_retrying(answer):
                self._refuse(sent.act, answer)
            if time.monotonic() - began > self._patience:
                raise GaveUp(sent.act.path)
            await asyncio.sleep(pause)
            pause, door = min(2 * pause, LONGEST_PAUSE), door + 1

    async def _try(self, door: int, asked: bytes) -> Answer | None:
        try:
            answer = await self._doors.ask(door, asked)
        except Unreachable:
            self._ledger.retries["unreachable"] += 1
            return None
        if not answer.is_success and worth_retrying(answer):
            self._ledger.retries[str(answer.status)] += 1
        if answer.status >= SERVER_ERROR and not answer.may_retry:
            self._ledger.not_retryable += 1
        return answer

    def _request(self, sent: Sent) -> bytes:
        act = sent.act
        headers = {
            "Authorization": f"Bearer {self._tokens(act.office, act.role)}",
            "Idempotency-Key": str(sent.key),
            "traceparent": f"00-{sent.key.hex}-{SPAN}-01",
        }
        if act.version is not None:
            headers["If-Match"] = f'"{act.version}"'
        return request("POST", f"/api/v1{act.path}", headers, msgspec.json.encode(act.body))

    def _done(self, answer: Answer, sent: Sent, seconds: float) -> Done:
        receipt = msgspec.json.decode(answer.body, type=Receipt)
        _lane, position = receipt.position.partition(".")[0].split("-")
        ledger = self._ledger
        ledger.acknowledged.append((UUID(receipt.id), receipt.version, int(position)))
        ledger.recorded[sent.key.hex] = 1 + sent.act.also
        ledger.seconds.append(seconds)
        return Done(receipt.id, receipt.version)

    def _refuse(self, act: Act, answer: Answer) -> None:
        problem = msgspec.json.decode(answer.body, type=Refusal)
        code = f"{answer.status} {problem.code}"
        self._ledger.refused[code] += 1
        raise Refused(f"{act.path}: {code}: {problem.detail}")


def worth_retrying(answer: Answer) -> bool:
    """Whether the same request may succeed later; a 409 only while it is in flight or busy."""
    return answer.may_retry if answer.status == CONFLICT else answer.status in RETRIED
