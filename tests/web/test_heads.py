"""Every page that can be read can be asked for its head alone, and so can the health."""

import httpx
import pytest
from fastapi import FastAPI

from services.api.app import create_app
from services.web.assets.build import build
from services.web.render import Assets, Renderer
from services.web.router import ROUTERS, web_routes
from services.web.routes.page_route import PageRoute
from services.web.site import Site
from tests.apart import run_apart
from tests.api.world import World

RENDERER = Renderer(Assets({name: name for name in ("app.css", "app.js", "icon.svg")}))
STREAM = "/truc-tiep"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The whole application, without any views or sign-in."""
    build()
    site = Site(World().app.state.parts, RENDERER)
    return create_app(site.parts, web=web_routes(site), site=site)


def asked(app: FastAPI, method: str, path: str) -> httpx.Response:
    async def exchange() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://pages.test") as http:
            return await http.request(method, path)

    return run_apart(exchange())


@pytest.mark.parametrize(
    ("path", "status"), [("/dang-nhap", 200), ("/hop-viec", 303), ("/khong-co", 404)]
)
def test_the_head_of_a_page_is_that_of_the_page(app: FastAPI, path: str, status: int) -> None:
    page, head = asked(app, "GET", path), asked(app, "HEAD", path)
    assert (page.status_code, head.status_code) == (status, status)
    assert head.content == b""
    for name in ("content-length", "location", "content-security-policy"):
        assert head.headers.get(name) == page.headers.get(name), name


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_probe_may_ask_for_the_head_of_the_health(app: FastAPI, path: str) -> None:
    assert asked(app, "HEAD", path).status_code == asked(app, "GET", path).status_code == 200


def test_every_page_but_the_stream_answers_for_its_head() -> None:
    routes = [each for router in ROUTERS for each in router.routes if isinstance(each, PageRoute)]
    read = {each.path for each in routes if "GET" in (each.methods or ())}
    headed = {each.path for each in routes if "HEAD" in (each.methods or ())}
    assert len(read) > 50
    assert read - headed == {STREAM}
    assert headed <= read
