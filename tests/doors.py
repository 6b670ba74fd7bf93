"""An officer at the API's door: acts with a key and the version read, reads one's own write."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from infra.local.ports import wait_until
from tests.api.real import Signalled, events

SHOWN_WITHIN = 30.0
"""Seconds until the views must show an act; each question waits two of them by itself."""


@dataclass(frozen=True)
class Receipt:
    """What an act was answered with."""

    id: str
    version: int
    position: str
    number: str | None

    @classmethod
    def of(cls, answer: httpx.Response) -> "Receipt":
        told = answer.json()
        return cls(told["id"], told["version"], told["position"], told["number"])


@dataclass(frozen=True)
class Door:
    """One officer's client."""

    http: httpx.Client
    office: str

    def send(
        self,
        path: str,
        body: Any,
        *,
        on: Receipt | None = None,
        version: str | None = None,
        key: str | None = None,
    ) -> httpx.Response:
        """An act, whatever becomes of it. ``on``: the receipt last seen of the thing."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        match = version or (f'"{on.version}"' if on is not None else None)
        if match is not None:
            headers["If-Match"] = match
        return self.http.post(f"/api/v1{path}", json=body, headers=headers)

    def act(self, path: str, body: Any, *, on: Receipt | None = None, key: str = "") -> Receipt:
        """An act that must be recorded."""
        answer = self.send(path, body, on=on, key=key or None)
        assert answer.is_success, answer.text
        return Receipt.of(answer)

    def refused(
        self, path: str, body: Any, code: str, *, on: Receipt | None = None
    ) -> Mapping[str, Any]:
        """An act that must be refused with this code; the problem."""
        answer = self.send(path, body, on=on)
        assert not answer.is_success, answer.text
        told: Mapping[str, Any] = answer.json()
        assert told["code"] == code, told
        return told

    def see(self, path: str, after: Receipt | None = None, **query: Any) -> Any:
        """A view that shows the act of a receipt."""
        headers = {} if after is None else {"Wait-For": after.position}
        until = time.monotonic() + SHOWN_WITHIN
        while True:
            answer = self.http.get(f"/api/v1{path}", headers=headers, params=query)
            behind = answer.status_code in (202, 503)
            if not behind or time.monotonic() > until:
                assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
                return answer.json()

    def see_once(self, path: str, holds: Callable[[Any], bool]) -> Any:
        """A view as soon as something holds in it, for acts of another stream or office."""
        assert wait_until(lambda: holds(self.see(path)), within=SHOWN_WITHIN), self.see(path)
        return self.see(path)

    @contextmanager
    def listening(
        self, *, within: float = 2.0, last: str | None = None, **query: Any
    ) -> Iterator[Iterator[Signalled]]:
        """An open stream; hearing nothing for ``within`` seconds is an error."""
        asked = self.http.build_request(
            "GET",
            "/api/v1/stream",
            params=query,
            headers={} if last is None else {"Last-Event-ID": last},
            timeout=httpx.Timeout(30, read=within),
        )
        with closing(self.http.send(asked, stream=True)) as answered:
            assert answered.status_code == 200, answered.read()
            told = events(answered)
            assert next(told).event == "ready"
            yield told
