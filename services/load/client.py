"""Sends acts and never gives up by itself: the same key until the answer is known."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import httpx

from domain.codes import Role
from services.load.scripts import Act, Done

RETRIED = frozenset({409, 429, 500, 502, 503, 504})
IN_FLIGHT = "in_flight"
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
Tokens = Callable[[str, Role], str]


class GaveUp(Exception):
    """The outcome could not be learned in time: neither acknowledged nor refused."""


class Refused(Exception):
    """The API said no to an act that it should have taken."""


@dataclass
class Ledger:
    """What the API answered, for the oracle (sổ đối chiếu)."""

    acknowledged: list[tuple[UUID, int, int]] = field(default_factory=list)
    facts: int = 0
    seconds: list[float] = field(default_factory=list)
    retries: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    unknown: int = 0

    def note(self, subject: UUID, version: int, position: int, also: int, seconds: float) -> None:
        """A receipt came: the subject has this version, and so many facts were recorded."""
        self.acknowledged.append((subject, version, position))
        self.facts += 1 + also
        self.seconds.append(seconds)


class Client:
    """One HTTP client for all offices."""

    def __init__(
        self, http: httpx.AsyncClient, tokens: Tokens, ledger: Ledger, *, patience: float
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._ledger = ledger
        self._patience = patience

    async def send(self, act: Act, key: UUID) -> Done:
        """Do it, whatever happens on the way. Raises :class:`GaveUp`, :class:`Refused`."""
        began = time.monotonic()
        pause = FIRST_PAUSE
        while True:
            answer = await self._try(act, key)
            if answer is not None and answer.is_success:
                return self._done(answer, act, time.monotonic() - began)
            if answer is not None and not worth_retrying(answer):
                self._refuse(act, answer)
            if time.monotonic() - began > self._patience:
                self._ledger.unknown += 1
                raise GaveUp(act.path)
            self._ledger.retries += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _try(self, act: Act, key: UUID) -> httpx.Response | None:
        headers = {
            "Authorization": f"Bearer {self._tokens(act.office, act.role)}",
            "Idempotency-Key": str(key),
        }
        if act.version is not None:
            headers["If-Match"] = f'"{act.version}"'
        try:
            return await self._http.post(f"/api/v1{act.path}", json=act.body, headers=headers)
        except httpx.TransportError:
            return None

    def _done(self, answer: httpx.Response, act: Act, seconds: float) -> Done:
        receipt = answer.json()
        _lane, position = receipt["position"].split("-")
        subject = UUID(receipt["id"])
        self._ledger.note(subject, receipt["version"], int(position), act.also, seconds)
        return Done(receipt["id"], receipt["version"])

    def _refuse(self, act: Act, answer: httpx.Response) -> None:
        problem = answer.json()
        code = f"{answer.status_code} {problem.get('code')}"
        self._ledger.refused[code] = self._ledger.refused.get(code, 0) + 1
        raise Refused(f"{act.path}: {code}: {problem.get('detail')}")


def worth_retrying(answer: httpx.Response) -> bool:
    """Whether the same request may succeed later; a 409 only while it is in flight or busy."""
    if answer.status_code != httpx.codes.CONFLICT:
        return answer.status_code in RETRIED
    return answer.headers.get("Retry-After") is not None
