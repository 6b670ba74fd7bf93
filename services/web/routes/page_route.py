"""The routes of the pages: every refusal a page, every answer under the strict policy."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.sse import EventSourceResponse
from starlette.exceptions import HTTPException

from domain.errors import Refusal
from domain.ports import StoreUnavailable
from projections.ports import ViewsUnavailable
from services.api.edge import ANSWER_KEY
from services.api.problems import Problem
from services.web.routes.refused import SignInNeeded, as_page, the_site
from services.web.site import Site

POLICY: Final = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On every page: nothing from elsewhere, nothing inline, nothing kept by a cache."""

RAISED: Final = (
    Refusal,
    Problem,
    RequestValidationError,
    StoreUnavailable,
    ViewsUnavailable,
    HTTPException,
    SignInNeeded,
)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose refusals are pages and whose answers carry the strict policy.

    A page also answers HEAD, of which the server sends the head alone; a stream has no end
    to wait for, so it does not.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **how: Any) -> None:
        super().__init__(path, endpoint, **how)
        if self.response_class is not EventSourceResponse and "GET" in (self.methods or ()):
            self.methods = {*(self.methods or ()), "HEAD"}

    def get_route_handler(self) -> Handler:
        """The route's own handler, with pages around what it raises."""
        handle = super().get_route_handler()

        async def paged(request: Request) -> Response:
            request.scope[ANSWER_KEY] = _failed
            try:
                response = await handle(request)
            except RAISED as raised:
                return _under_policy(as_page(request, raised))
            return _under_policy(response)

        return paged


def pages() -> APIRouter:
    """A router of pages."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


async def site_of(request: Request) -> Site:
    """What the pages are made of."""
    return the_site(request)


TheSite = Annotated[Site, Depends(site_of)]


def _failed(request: Request, problem: Problem) -> Response:
    """A failure of ours as a page, told by its trace code alone."""
    return _under_policy(as_page(request, problem))


def _under_policy(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
