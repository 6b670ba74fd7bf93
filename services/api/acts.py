"""Recording an act: one command, one key, one receipt (ghi nhận việc làm)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid5

import orjson
from fastapi import Depends, Request, Response
from pydantic import BaseModel

from domain.commands import Command
from domain.values import Officer
from services.api import catalogue
from services.api.bodies.base import Body
from services.api.deps import (
    KeyHeader,
    TheOfficer,
    VersionHeader,
    key_of,
    parts_of,
    version_of,
)
from services.api.handling import Handling
from services.api.parts import ApiParts
from services.api.problems import Problem, refuses
from services.api.trace import trace_of
from services.casework import Outcome
from services.casework.call import Call

RECEIPTS = UUID("0b6a2c55-6ab4-5c39-9a5c-5e3f6a1d2b90")
"""Namespace of receipt keys. Never changes: receipts are stored for ever."""
REPEATED_OPENING = timedelta(minutes=5)
RECORDED = 202
CREATED = 201


class Receipt(BaseModel):
    """What an act's caller keeps (biên nhận).

    ``position`` is a token: send it as ``Wait-For`` to read a view that shows this act.
    ``number`` is the file number, when the act gave one out.
    """

    id: UUID
    version: int
    position: str
    number: str | None
    recorded_at: datetime
    links: dict[str, str]


@dataclass(frozen=True)
class Acting:
    """An officer about to act, with the key and the version that came with the request."""

    request: Request
    parts: ApiParts
    officer: Officer
    key: str
    expected_version: int | None

    async def handle(self, command: Command, body: Body) -> Outcome:
        """Record a command, or find the receipt of this key."""
        trace = trace_of(self.request.scope)
        handling: Handling = self.request.app.state.handling
        return await handling.handle(
            Call(
                command,
                self.officer,
                key=receipt_key(self.officer, type(command).__name__, self.key),
                request=self._fingerprint(body),
                correlation=trace.trace_id,
                occurred_at=getattr(body, "occurred_at", None),
                expected_version=self.expected_version,
                traceparent=trace.traceparent,
            )
        )

    async def record(
        self, command: Command, body: Body, *, at: str, created: bool = False
    ) -> Response:
        """Record a command and answer with its receipt. ``at``: the path of its collection."""
        return receipt(await self.handle(command, body), at=at, created=created)

    def _fingerprint(self, body: Body) -> bytes:
        """Keyed digest of what was asked, for receipts outlast the texts that were asked with."""
        return self.parts.vault.digest(plain_digest(self.request.scope["path"], body))


def plain_digest(path: str, body: Body) -> bytes:
    """SHA-256 of path and body; a default left out or sent is the same."""
    asked = body.model_dump_json(exclude_defaults=True)
    return hashlib.sha256(f"{path}\n{asked}".encode()).digest()


class Answered(Response):
    """JSON that is bytes already, headers too: the usual response makes both anew."""

    def __init__(self, body: bytes, status: int, headers: Sequence[tuple[bytes, bytes]]) -> None:
        self.status_code, self.body, self.background = status, body, None
        length = (b"content-length", b"%d" % len(body))
        self.raw_headers = [(b"content-type", b"application/json"), length, *headers]


def receipt(
    outcome: Outcome, *, at: str, created: bool, here: str = "", history: str = ""
) -> Response:
    """The answer of an act; the same for a repeat, but for one header.

    ``here``, ``history``: where the thing and its past are read, when the addresses are not
    made from its stream's id. What is no dossier may have no history of its own.
    """
    subject = str(outcome.subject)
    links = {"self": here, "history": history}
    if not here:
        links = {"self": f"{at}/{subject}", "history": f"/api/v1/histories/{subject}"}
    body = {
        "id": subject,
        "version": outcome.version,
        "position": outcome.token,
        "number": outcome.number,
        "recorded_at": outcome.recorded_at,
        "links": {name: link for name, link in links.items() if link},
    }
    headers = [(b"etag", b'"%d"' % outcome.version)]
    if created:
        headers.append((b"location", links["self"].encode("latin-1")))
    if outcome.repeated:
        headers.append((b"idempotent-replayed", b"true"))
    answer = orjson.dumps(body, option=orjson.OPT_UTC_Z)
    return Answered(answer, CREATED if created else RECORDED, headers)


def opening_is_fresh(outcome: Outcome, now: datetime) -> None:
    """A repeated opening shows the text again for five minutes only: each viewing is on record.

    Refuses: 409.
    """
    if outcome.repeated and now - outcome.recorded_at > REPEATED_OPENING:
        raise Problem.at(
            catalogue.OPENING_TOO_OLD,
            "header/Idempotency-Key",
            "Nội dung đã được mở với khóa này quá năm phút trước.",
            "Mở lại với một khóa mới; mỗi lượt xem được ghi nhật ký.",
        )


def receipt_key(officer: Officer, act: str, key: str) -> UUID:
    """One key per client, act and idempotency key. The client is account and office."""
    return uuid5(RECEIPTS, "\n".join((officer.account, officer.office, act, key)))


async def acting_anew(
    request: Request, officer: TheOfficer, idempotency_key: KeyHeader = None
) -> Acting:
    """For acts that create something: there is no version yet."""
    key = key_of(request, idempotency_key)
    return Acting(request, parts_of(request), officer, key, None)


async def acting_on_existing(
    request: Request,
    officer: TheOfficer,
    idempotency_key: KeyHeader = None,
    if_match: VersionHeader = None,
) -> Acting:
    """For acts on an existing thing: the caller says which version was read."""
    key, version = key_of(request, idempotency_key), version_of(if_match)
    return Acting(request, parts_of(request), officer, key, version)


ANSWER = {
    "headers": {
        "ETag": {"schema": {"type": "string"}, "description": "The version now recorded."},
        "Idempotent-Replayed": {
            "schema": {"type": "string", "enum": ["true"]},
            "description": "The stored receipt of this key was given again.",
        },
    }
}
"""What an act's answer carries besides its body, for OpenAPI."""

CREATES: dict[str, Any] = {
    "status_code": CREATED,
    "response_model": Receipt,
    "responses": {CREATED: ANSWER, **refuses(400, 403, 404, 408, 409, 413, 415)},
}
"""How a route that creates something is declared."""

CHANGES: dict[str, Any] = {
    "status_code": RECORDED,
    "response_model": Receipt,
    "responses": {RECORDED: ANSWER, **refuses(400, 403, 404, 408, 409, 412, 413, 415, 428)},
}
"""How a route that acts on an existing thing is declared."""

ActAnew = Annotated[Acting, Depends(acting_anew)]
ActOn = Annotated[Acting, Depends(acting_on_existing)]
