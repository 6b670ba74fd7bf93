"""Where in a file a table and its keys stand; TOML's own reader does not say (vị trí)."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HEADER: Final = re.compile(r"\s*\[\[?\s*([a-z_.]+)\s*\]\]?\s*(#.*)?")
KEY: Final = re.compile(r"\s*([a-z_]+)\s*=")
TABLES_ON_A_LINE: Final = re.compile(r"\s*(valid|entry)\s*=")


@dataclass(frozen=True, slots=True)
class Span:
    """A table in a file: the line of its header, and the lines of its keys."""

    header: int
    keys: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version of a rule stands: its own table, then the ones above."""

    file: str
    spans: tuple[Span, ...] = ()

    def line_of(self, key: str) -> int | None:
        """The line that says this key; where none does, that of the innermost table."""
        for span in self.spans:
            if key in span.keys:
                return span.keys[key]
        return self.spans[0].header if self.spans else None


class Places:
    """The tables of one file in the order they stand in it, told one by one."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._told: defaultdict[str, int] = defaultdict(int)
        self._spans: Mapping[str, Sequence[Span]] = _spans(text.splitlines())

    def next(self, name: str, above: Place | None = None) -> Place:
        """The place of the next table of this name, inside another one or at the top."""
        outer = above.spans if above is not None else ()
        several = self._spans.get(name, ())
        number = self._told[name]
        self._told[name] += 1
        own = several[number : number + 1]
        return Place(self.file, (*own, *outer))


def _spans(lines: Sequence[str]) -> Mapping[str, Sequence[Span]]:
    """Nothing for a file that writes tables within a line: counting would miss them."""
    if any(map(TABLES_ON_A_LINE.match, lines)):
        return {}
    found: defaultdict[str, list[Span]] = defaultdict(list)
    keys: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if header := HEADER.fullmatch(line):
            keys = {}
            found[header[1]].append(Span(number, keys))
        elif key := KEY.match(line):
            keys.setdefault(key[1], number)
    return found
