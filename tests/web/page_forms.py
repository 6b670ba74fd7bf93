"""Reading a page as a browser without JavaScript does: its forms, its words, its ids."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID


class _Forms(HTMLParser):
    """The POST forms of a page with what a browser would send unasked."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._open = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = has.get("method") == "post"
            if self._open:
                self.forms.append((has.get("action", ""), {}))
        if not self._open:
            return
        name, kind = has.get("name", ""), has.get("type", "text")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in has):
            self._set(name, has.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in has:
            self._set(self._select, has["value"])
        elif tag == "textarea":
            self._area = name
            self._set(name, "")

    def handle_data(self, data: str) -> None:
        if self._open and self._area:
            self.forms[-1][1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def _set(self, name: str, value: str) -> None:
        self.forms[-1][1][name] = value


def forms_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Every POST form of a page: where it goes and what it carries."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def words_of(page: str) -> str:
    """What a reader sees of a page: its text, spaces squeezed."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def id_in(address: str) -> UUID:
    """The id in an address."""
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", urlsplit(address).path)
    assert found, address
    return UUID(found.group())
