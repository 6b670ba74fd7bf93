"""The pages as routes for the application (lắp trang web)."""

from collections.abc import Sequence
from typing import Final

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from services.web.render import BUILT
from services.web.routes import (
    acts,
    boards,
    calendar,
    clocks,
    crowds,
    desk,
    files,
    law,
    leavers,
    lists,
    live,
    places,
    reform,
    reminders,
    replay,
    reviews,
    sign_in,
    sums,
    undecided,
    undecided_files,
)
from services.web.routes.page_route import HEADERS
from services.web.routes.refused import MISSING
from services.web.site import Site

ROUTERS: Final = (
    sign_in.router,
    sums.router,
    boards.router,
    desk.router,
    reminders.router,
    lists.router,
    crowds.router,
    files.router,
    clocks.router,
    acts.router,
    replay.router,
    undecided.router,
    undecided_files.router,
    leavers.router,
    reform.router,
    calendar.router,
    law.router,
    reviews.router,
    places.router,
    live.router,
)
STATIC: Final = "/static"
A_YEAR: Final = "public, max-age=31536000, immutable"
NOT_OURS: Final = ("/api/", "/livez", "/readyz", STATIC)


def web_routes(site: Site) -> Sequence[BaseRoute]:
    """The pages of a site, its built files, and the page for every other address."""
    pages = [route for router in ROUTERS for route in router.routes]
    return (*pages, Mount(STATIC, BuiltFiles(directory=BUILT)), _elsewhere(site))


class BuiltFiles(StaticFiles):
    """The built assets: their names carry a hash of their content, so they never change."""

    def file_response(self, *arguments: object, **named: object) -> Response:
        """As the base class, to be kept for a year."""
        response: Response = super().file_response(*arguments, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = A_YEAR
        return response


class Elsewhere(Route):
    """Any address of no other route, the API's own excepted."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the page for unknown addresses answers."""
        if scope["type"] == "http" and scope["path"].startswith(NOT_OURS):
            return Match.NONE, {}
        return super().matches(scope)


def _elsewhere(site: Site) -> Elsewhere:
    def missing(request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise HTTPException(405)
        html = site.renderer.page("error.html", MISSING)
        return HTMLResponse(html, MISSING.status, headers=HEADERS)

    return Elsewhere("/{path:path}", missing, methods=["GET"])
