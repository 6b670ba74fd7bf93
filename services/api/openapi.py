"""The API's description: generated from the routes, committed, compared in a test.

``python -m services.api.openapi --write`` renews ``docs/openapi.json``; without the flag
it prints the document.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.problems import MEDIA_TYPE

FILE = Path(__file__).parents[2] / "docs" / "openapi.json"

FAULT = {
    "type": "object",
    "required": ["pointer", "message", "mend"],
    "properties": {
        "pointer": {
            "type": "string",
            "description": "`#/field` of the body (RFC 6901); else `header/`, `query/`, `path/`.",
        },
        "message": {"type": "string", "description": "What is wrong, in Vietnamese."},
        "mend": {"type": "string", "description": "How to mend it, in Vietnamese."},
    },
}

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; docs/errors.md lists every one.",
    "required": ["type", "title", "status", "code", "detail", "errors", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        "trace_id": {"type": "string"},
        "current": {"type": "integer", "description": "With `outdated`: the version now."},
    },
}

FRAMEWORK_SHAPES = ("HTTPValidationError", "ValidationError")


class DescribedApi(FastAPI):
    """FastAPI whose description knows our problems, with layers of the house around it all.

    A layer that answers by itself spares FastAPI's own, which every request else passes.
    """

    def surround(self, layer: Callable[[ASGIApp], ASGIApp]) -> None:
        """Put a layer around the application and the layers before; not while it serves."""
        self._layers = (*getattr(self, "_layers", ()), layer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """To the outermost layer, without asking for telemetry that nobody installs."""
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """The application within its layers."""
        stack = super().build_middleware_stack()
        for layer in getattr(self, "_layers", ()):
            stack = layer(stack)
        return stack

    def described(self, _: Request) -> Response:
        """The document to whoever asks: made off the loop, when it is first wanted."""
        return JSONResponse(self.openapi())

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document, made once."""
        if self.openapi_schema is None:
            described = super().openapi()
            schemas = described.setdefault("components", {}).setdefault("schemas", {})
            for name in FRAMEWORK_SHAPES:
                schemas.pop(name, None)
            schemas.update(Fault=FAULT, Problem=PROBLEM)
            _speak_problems(described)
            self.openapi_schema = described
        return self.openapi_schema


def text_of(document: dict[str, Any]) -> str:
    """The document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _speak_problems(described: dict[str, Any]) -> None:
    """Where the framework would declare its own 422, declare ours."""
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for operations in described["paths"].values():
        for operation in operations.values():
            invalid = operation["responses"].get("422")
            if invalid is not None:
                invalid["content"] = {MEDIA_TYPE: problem}


def main(arguments: list[str]) -> None:
    """Print the description, or write it into the repository."""
    from services.api.app import bare_app

    text = text_of(bare_app().openapi())
    if arguments == ["--write"]:
        FILE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
