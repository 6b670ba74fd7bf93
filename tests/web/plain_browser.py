"""A browser without JavaScript: keeps cookies, follows redirects, posts the forms it was given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urljoin

import httpx
from fastapi import FastAPI

from tests.apart import run_apart
from tests.web.page_forms import forms_of

HOST = "https://site.test"


class Site(Protocol):
    """What a browser asks."""

    @property
    def app(self) -> FastAPI: ...

    def fold(self) -> None:
        """Bring what was recorded into the views."""


@dataclass
class Browser:
    """Asks the site and keeps its cookies; remembers where it ended and what it saw."""

    world: Site
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    at: str = "/"
    page: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, /, **headers: str
    ) -> httpx.Response:
        """One request, redirects not followed.

        In a thread of its own: where Playwright ran before, this one has a loop running.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = None
        if fields is not None:
            content = urlencode(fields).encode()
            named.setdefault("Content-Type", "application/x-www-form-urlencoded")

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self.world.app)
            async with httpx.AsyncClient(
                transport=transport, base_url=HOST, cookies=self.cookies
            ) as http:
                answer = await http.request(method, path, content=content, headers=named)
                self.cookies = http.cookies
                return answer

        return run_apart(exchange())

    def get(self, path: str, **headers: str) -> str:
        """Open an address and whatever it leads to; the page's HTML."""
        return self._follow(self.ask("GET", path, **headers), path)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> str:
        """Send a form; the page it leads to."""
        answer = self.ask("POST", path, fields, **headers)
        self.world.fold()
        return self._follow(answer, path)

    def submit(self, step: str = "", **answers: str) -> str:
        """Fill in the page's last form and press the button of a step.

        Names of fields are given with ``__`` for the dot.
        """
        action, fields = forms_of(self.page)[-1]
        fields = {**fields, **{name.replace("__", "."): said for name, said in answers.items()}}
        if step:
            fields["step"] = step
        return self.post(urljoin(self.at, action), fields)

    def sign_in(self, person: str, then: str = "") -> str:
        """Sign in by the page's own form."""
        self.get(f"/dang-nhap?next={then}")
        return self.submit(person=person)

    def _follow(self, answer: httpx.Response, path: str) -> str:
        self.at = path
        for _ in range(5):
            if answer.status_code != 303:
                break
            self.at = answer.headers["location"]
            answer = self.ask("GET", self.at)
        self.page, self.status, self.headers = answer.text, answer.status_code, answer.headers
        return self.page
