"""Whatever is refused or fails, in one shape: RFC 9457 ``application/problem+json``.

An answer says what, where and how to mend it, in Vietnamese; it never carries SQL, a path,
a stack or what was sent in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import Outdated, Refusal
from services.api import catalogue
from services.api.catalogue import Kind
from services.api.trace import trace_of

ELSEWHERE = ("query/", "path/", "header/")
MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "/api/v1/problems/"
RETRY_AFTER = "2"
"""Seconds: a restarted Postgres answers again after about three (reliability.md 4, F04)."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, what, how to mend it."""

    pointer: str
    message: str
    mend: str


@dataclass
class Problem(Exception):
    """A refusal of the edge itself: a header, a token, a body."""

    kind: Kind
    detail: str
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, kind: Kind, pointer: str, message: str, mend: str, **headers: str) -> "Problem":
        """A problem with one place; header names are given with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(kind, message, (Fault(pointer, message, mend),), named)


def unavailable(kind: Kind) -> Problem:
    """Some part of the house cannot be reached; nothing was half-done."""
    message = f"{kind.title}. Chưa có gì được ghi dở dang."
    mend = "Chờ vài giây rồi gửi lại đúng yêu cầu này với cùng khóa chống trùng."
    return Problem.at(kind, "#", message, mend, Retry_After=RETRY_AFTER)


def problem_of(refusal: Refusal) -> Problem:
    """A refusal of the field as a problem; a stale version tells the current one."""
    kind = catalogue.kind_of(type(refusal))
    mend = refusal.mend or catalogue.MENDS[kind.status]
    fault = Fault(_pointer(refusal.pointer), refusal.reason, mend)
    if isinstance(refusal, Outdated):
        tag = {"ETag": f'"{refusal.current}"'}
        return Problem(kind, refusal.reason, (fault,), tag, {"current": refusal.current})
    return Problem(kind, refusal.reason, (fault,))


def answer(request: Request, problem: Problem) -> Response:
    """The response that says so."""
    trace = trace_of(request.scope)
    body = {
        "type": TYPE_BASE + problem.kind.code,
        "title": problem.kind.title,
        "status": problem.kind.status,
        "code": problem.kind.code,
        "detail": problem.detail,
        "errors": [
            {"pointer": each.pointer, "message": each.message, "mend": each.mend}
            for each in problem.faults
        ],
        "trace_id": trace.trace_id,
        **problem.more,
    }
    return Response(
        orjson.dumps(body),
        status_code=problem.kind.status,
        media_type=MEDIA_TYPE,
        headers=dict(problem.headers),
    )


def refuses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route declares it may refuse with, for OpenAPI; 401, 422 and 503 go without saying."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({401, 422, 503, *statuses})
    }


def _pointer(pointer: str | None) -> str:
    """A refusal's place: its own words for a query or path, else a field of the body."""
    if not pointer:
        return "#"
    if pointer.startswith(ELSEWHERE):
        return pointer
    return f"#/{pointer.lstrip('/')}"
