"""Acts found in a dictionary and answered directly: what FastAPI declares, done once.

The routes stay as they are declared, and so does the description made of them. A request
that is well-formed in the plainest way is answered here: its body parsed once by the
model, its headers read once, its route found by two words of its path. Whatever is not
(another way to write it, or a mistake) goes to the declared route, which answers it.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args, get_type_hints
from uuid import UUID

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.acts import Acting, acting_anew, acting_on_existing
from services.api.bodies.base import Body
from services.api.deps import KEY_FORM, TAG_FORM, claims_by, officer_of, parts_of, today_of

JSON: Final = b"application/json"
BEARER: Final = b"Bearer "
ID_FORM: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
ANY_VERSION: Final = "*"
Handlers = Mapping[Any, Callable[[Request, Any], Response | Awaitable[Response]]]
"""What answers an exception, by its class."""


@dataclass(frozen=True)
class Act:
    """One declared route: its function, its body's model, the id in its path if it has one."""

    route: APIRoute
    function: Callable[..., Awaitable[Response]]
    body: type[Body]
    id_name: str | None
    on_existing: bool

    @classmethod
    def of(cls, route: APIRoute) -> "Act | None":
        """The act of a route that takes a body, an officer about to act, and at most an id."""
        hints = get_type_hints(route.endpoint, include_extras=True)
        hints.pop("return", None)
        deciders = [getattr(each, "dependency", None) for each in get_args(hints.pop("act", None))]
        body = hints.pop("body", None)
        ids = [name for name, hint in hints.items() if hint is UUID]
        if not (inspect.isclass(body) and issubclass(body, Body)) or len(ids) < len(hints):
            return None
        existing = acting_on_existing in deciders
        if not (existing or acting_anew in deciders) or len(ids) > 1:
            return None
        return cls(route, route.endpoint, body, ids[0] if ids else None, existing)

    async def answer(self, request: Request, sent: bytes, path_id: str) -> Response | None:
        """Let the declared function answer; None when the request is not plain."""
        asked = self._understood(request.scope, sent, path_id)
        if asked is None:
            return None
        body, token, key, version = asked
        parts = parts_of(request)
        claims, today = claims_by(parts, token), await today_of(parts)
        officer = await officer_of(request, parts, claims, today)
        acting = Acting(request, parts, officer, key, version)
        ids = {} if self.id_name is None else {self.id_name: UUID(path_id)}
        return await self.function(body=body, act=acting, **ids)

    def _understood(
        self, scope: Scope, sent: bytes, path_id: str
    ) -> tuple[Body, str, str, int | None] | None:
        """Body, token, key and expected version; None for anything but the plainest form."""
        headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))
        authorization = headers.get(b"authorization", b"")
        key = headers.get(b"idempotency-key", b"").decode("latin-1")
        version = headers.get(b"if-match", b"").decode("latin-1")
        tag = TAG_FORM.fullmatch(version) if self.on_existing else None
        if not (
            headers.get(b"content-type") == JSON
            and authorization.startswith(BEARER)
            and len(authorization) > len(BEARER)
            and KEY_FORM.fullmatch(key)
            and (tag or not self.on_existing or version == ANY_VERSION)
            and (self.id_name is None or ID_FORM.fullmatch(path_id))
        ):
            return None
        try:
            body = self.body.model_validate_json(sent)
        except ValidationError:
            return None
        token = authorization[len(BEARER) :].decode("latin-1")
        return body, token, key, int(tag[1]) if tag else None


class ActDoor:
    """Answers acts by two words of their path; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, routers: Iterable[APIRouter], handlers: Handlers) -> None:
        self._app = app
        self._handlers = handlers
        self._acts: dict[tuple[str, str], Act] = {}
        for route in (route for router in routers for route in router.routes):
            act = Act.of(route) if isinstance(route, APIRoute) else None
            words = _words(route.path) if isinstance(route, APIRoute) else None
            if act is not None and words is not None:
                self._acts[words[0], words[2]] = act

    def __len__(self) -> int:
        return len(self._acts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an act, or hand the request on as it came."""
        words = _words(scope["path"]) if scope.get("method") == "POST" else None
        act = self._acts.get((words[0], words[2])) if words else None
        if act is None or words is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        sent = b""
        try:
            sent = await _whole_body(receive)
            scope["route"] = act.route
            response = await act.answer(request, sent, words[1])
        except Exception as failure:  # noqa: BLE001 - what nobody answers is raised on
            response = await self._refused(request, failure)
        if response is None:
            await self._app(scope, _replayed(sent, receive), send)
        else:
            await response(scope, receive, send)

    async def _refused(self, request: Request, failure: Exception) -> Response:
        """As the application would answer it; a failure of ours goes on to the edge."""
        for kind in type(failure).__mro__:
            if kind is not Exception and kind in self._handlers:
                answered = self._handlers[kind](request, failure)
                return answered if isinstance(answered, Response) else await answered
        raise failure


def _words(path: str) -> tuple[str, str, str] | None:
    """Collection, id and act of ``/api/v1/<collection>[/<id>/<act>]``; an act may be two words."""
    match path.split("/"):
        case ["", "api", "v1", collection]:
            return collection, "", ""
        case ["", "api", "v1", collection, one, act] if one and act:
            return collection, one, act
        case ["", "api", "v1", collection, one, act, more] if one and act and more:
            return collection, one, f"{act}/{more}"
    return None


async def _whole_body(receive: Receive) -> bytes:
    message = await receive()
    pieces = []
    while True:
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return pieces[0] if len(pieces) == 1 else b"".join(pieces)
        message = await receive()


def _replayed(sent: bytes, receive: Receive) -> Receive:
    """Receive for whoever reads the body after us."""
    waiting: list[Message] = [{"type": "http.request", "body": sent, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed
