"""Requests that must fail, a canary in each: whatever is refused must not be repeated."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx

from tests.canary.planting import COMMUNE, Story

PETITION = {"kind": "complaint", "channel": "counter", "field": "land", "place": COMMUNE}
BIDI, NUL = "\u202e", "\x00"


def provoke(story: Story) -> None:
    """Send them all; each answer is a problem and is kept."""
    http = story.doors["desk"].http
    for where, request in requests(story, http):
        answer = story.planted.heard(where, http.send(request))
        assert 400 <= answer.status_code < 500, f"{where}: {answer.status_code} {answer.text}"
        assert answer.headers["content-type"] == "application/problem+json"


def requests(story: Story, http: httpx.Client) -> Iterator[tuple[str, httpx.Request]]:
    """What is wrong, and the request."""
    for where, body in bodies(story):
        yield where, post(http, "/petitions", json.dumps(body, ensure_ascii=False).encode())
    fly = story.planted.canary
    broken = f'{{"kind": "complaint", "texts": {{"name": "{fly("bad.json")}"'
    yield "bad.json", post(http, "/petitions", broken.encode())
    yield "bad.encoding", post(http, "/petitions", b"\xff" + fly("bad.encoding").encode())
    large = json.dumps({**PETITION, "texts": {"summary": fly("large") + "x" * 1_000_000}})
    yield "large", post(http, "/petitions", large.encode())
    yield "path", http.build_request("GET", f"/api/v1/petitions/{fly('path')}")
    yield "unknown path", http.build_request("GET", f"/api/v1/{fly('unknown path')}")
    yield "unit path", http.build_request("GET", f"/api/v1/boards/commune/{fly('unit path')}")
    yield "query", http.build_request("GET", f"/api/v1/petitions?unit={fly('query')}")
    yield "cursor", http.build_request("GET", f"/api/v1/petitions?cursor={fly('cursor')}")
    yield "wait", http.build_request("GET", "/api/v1/petitions", headers={"Wait-For": fly("wait")})
    token = {"Authorization": f"Bearer {fly('token')}"}
    yield "token", http.build_request("GET", "/api/v1/petitions", headers=token)
    yield "key", post(http, "/petitions", b"{}", key=f"{fly('key')}\u00e9".encode())


def bodies(story: Story) -> Iterator[tuple[str, dict[str, Any]]]:
    """A petition with one thing wrong."""
    fly = story.planted.canary
    for where, texts in (
        ("NUL", {"summary": fly("NUL") + NUL}),
        ("bidi", {"name": fly("bidi") + BIDI}),
        ("too long", {"phone": fly("too long") * 3}),
        ("no such text", {"diary": fly("no such text")}),
        ("list", {"name": [fly("list")]}),
    ):
        yield where, {**PETITION, "texts": texts}
    for name in ("kind", "place", "petitioners", "occurred_at", "accused_office", "colour"):
        yield name, {**PETITION, name: fly(name)}


def post(
    http: httpx.Client, path: str, content: bytes, *, key: bytes | None = None
) -> httpx.Request:
    """A POST with these bytes."""
    given = key or uuid4().hex.encode()
    headers = {b"Content-Type": b"application/json", b"Idempotency-Key": given}
    return http.build_request("POST", f"/api/v1{path}", content=content, headers=headers)
