"""Every edition of the rulebook, and which one was known when (các ấn bản của bộ quy tắc).

Two times are kept apart: from which day on a rule holds, its provision says; since when it is
known, the day on which its edition was recorded. Immutable: news make a copy.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, Self
from uuid import UUID

from domain.days import day_of
from domain.dossier import Dossier
from domain.errors import Conflict
from domain.events.base import OfficeEvent
from domain.events.law import RulebookPublished
from domain.law.reading import Line, read_lines
from domain.law.rulebook import Rulebook
from domain.streams import rulebook_stream
from domain.values import Signature

WHAT: Final = "bộ quy tắc"


class SameRulebook(Conflict):
    """An edition that says what the newest one says is no edition."""

    code = "same_rulebook"
    title = "Bộ quy tắc không thay đổi"


class UnreadableEdition(ValueError):
    """A published edition holds lines that this release cannot read: it is an older release."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published edition: its number, the day it was recorded, the book it makes."""

    number: int
    digest: str
    recorded_on: date
    lines: tuple[Line, ...]
    book: Rulebook

    @classmethod
    def of(cls, fact: RulebookPublished) -> Self:
        """The edition of a fact. Raises :class:`UnreadableEdition`."""
        provisions, faults = read_lines(fact.lines)
        if faults:
            raise UnreadableEdition(f"edition {fact.edition}: {faults[0].key}, {faults[0].reason}")
        readable = [each for each in provisions if each is not None]
        book = Rulebook(readable, fact.edition)
        return cls(fact.edition, fact.digest, day_of(fact.timestamp), tuple(fact.lines), book)


class Rulebooks:
    """What is known of the law, edition by edition. ``carried`` stands until one is published."""

    __slots__ = ("carried", "published")

    def __init__(self, carried: Rulebook, published: Sequence[Published] = ()) -> None:
        self.carried = carried
        self.published = tuple(published)

    def with_facts(self, news: Iterable[OfficeEvent]) -> Self:
        """A copy grown by these facts, or itself when none of them is news.

        Raises :class:`UnreadableEdition`: going on with the edition before would count
        deadlines by a law that is known to be old.
        """
        known = {each.number for each in self.published}
        fresh = [fact for fact in news if isinstance(fact, RulebookPublished)]
        added = [Published.of(fact) for fact in fresh if fact.edition not in known]
        return type(self)(self.carried, (*self.published, *added)) if added else self

    @property
    def current(self) -> Rulebook:
        """The newest edition known."""
        return self.published[-1].book if self.published else self.carried

    @property
    def newest(self) -> Published | None:
        """The newest edition published, if any."""
        return self.published[-1] if self.published else None

    def known_on(self, day: date) -> Self:
        """What was known at the end of a day; itself when nothing came later.

        On the days before the first edition was recorded, that one counts: facts of those
        days were entered by it.
        """
        early = tuple(each for each in self.published if each.recorded_on <= day)
        if len(early) == len(self.published):
            return self
        return type(self)(self.carried, early or self.published[:1])


class RulebookRecord(Dossier):
    """The stream of published editions. Its version is the newest edition's number."""

    BEGINS_WITH = RulebookPublished

    def __init__(self, stream: UUID | None = None) -> None:
        super().__init__(stream or rulebook_stream())
        self.digest: str | None = None

    def evolve(self, event: OfficeEvent) -> None:
        """Keep what the newest edition says."""
        if isinstance(event, RulebookPublished):
            self.digest = event.digest

    def publish(self, lines: Sequence[Line], by: Signature) -> int:
        """Make these lines the newest edition; its number. Refuses: :class:`SameRulebook`."""
        digest = digest_of(lines)
        if digest == self.digest:
            raise SameRulebook(
                f"Ấn bản {self.version} đã có đúng nội dung này.", mend="Không cần làm gì."
            )
        number = self.version + 1
        plain = tuple(dict(line) for line in lines)
        self.record(RulebookPublished, by, edition=number, digest=digest, lines=plain)
        return number


def digest_of(lines: Iterable[Line]) -> str:
    """What tells two editions apart: hex SHA-256 of the lines in their order, keys sorted."""
    plain = [dict(line) for line in lines]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
