"""The oracle of ``tiepdan load``: it finds what it is there to find, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

import pytest

from domain.codes import Role
from domain.ports import StoredFact
from projections.ports import StreamRecord
from services.load.client import Ledger, Sent
from services.load.oracle import FactId, Run, Verdict, compare
from services.load.scripts import Act

NAMES = UUID("00000000-0000-4000-8000-000000000001")
ACT = Act("committee:26734", Role.CLERK, "/petitions", {})
LANE, NAME = 3, "petition.received"


@dataclass
class Books:
    """Three acts of one fact each, in three files of one lane: told alike everywhere."""

    ledger: Ledger = field(default_factory=Ledger)
    facts: list[StoredFact] = field(default_factory=list)
    records: list[StreamRecord] = field(default_factory=list)
    folded: dict[FactId, int] = field(default_factory=dict)

    @classmethod
    def clean(cls) -> "Books":
        books = cls()
        for number in range(1, 4):
            books.act(number)
        return books

    def act(self, number: int) -> None:
        """One act, from its answer to its row."""
        stream, key = uuid5(NAMES, f"file {number}"), uuid5(NAMES, f"key {number}")
        body = f'{{"actor":"load:clerk","correlation":"{key.hex}"}}'.encode()
        self.ledger.acknowledged.append((stream, 1, number))
        self.ledger.recorded[key.hex] = 1
        self.facts.append(StoredFact(number, LANE, number - 1, stream, 1, NAME, body, None))
        self.records.append(StreamRecord(LANE, number, number, number - 1, stream, NAME, body))
        self.folded[stream, 1] = 1

    def acts_left(self) -> dict[str, int]:
        """How many facts each act left in the store."""
        keys = [fact.body.decode().split('"')[-2] for fact in self.facts]
        return {key: keys.count(key) for key in keys}

    def judged(self) -> Verdict:
        run = Run(self.facts, self.acts_left())
        return compare(
            self.ledger, run, self.records, self.folded,
            boards_equal=True, live_equal=True, stream="kafka",
        )  # fmt: skip


def test_books_that_agree_are_clean() -> None:
    verdict = Books.clean().judged()
    assert verdict.is_clean
    assert (verdict.acknowledged, verdict.on_stream, verdict.folded) == (3, 3, 3)


def test_a_round_that_landed_before_its_turn_and_came_again_is_told_apart() -> None:
    books = Books.clean()
    books.records.insert(0, books.records[-1])
    verdict = books.judged()
    assert verdict.is_clean
    assert (verdict.late_on_stream, verdict.repeated_on_stream) == (2, 1)


def not_stored(books: Books) -> None:
    gone = books.facts.pop()
    books.records.pop()
    del books.folded[gone.stream, 1]


def not_published(books: Books) -> None:
    books.records.pop()


def not_folded(books: Books) -> None:
    del books.folded[books.facts[0].stream, 1]


def stored_twice(books: Books) -> None:
    again = replace(books.facts[-1], position=4, stream=uuid5(NAMES, "file 4"))
    books.facts.append(again)
    books.records.append(replace(books.records[-1], position=4, offset=4, stream=again.stream))
    books.folded[again.stream, 1] = 1


def folded_twice(books: Books) -> None:
    books.folded[books.facts[0].stream, 1] = 2


def published_in_another_order(books: Books) -> None:
    books.records[0], books.records[1] = books.records[1], books.records[0]


def a_version_left_out(books: Books) -> None:
    books.facts[2] = replace(books.facts[2], stream=books.facts[1].stream, version=3)
    books.records[2] = replace(books.records[2], stream=books.facts[1].stream)
    books.ledger.acknowledged[2] = (books.facts[1].stream, 3, 3)
    books.folded[books.facts[1].stream, 3] = 1


def published_otherwise(books: Books) -> None:
    books.records[1] = replace(books.records[1], body=books.records[1].body + b" ")


def published_and_not_stored(books: Books) -> None:
    books.records.append(replace(books.records[2], position=9, offset=9))


def recorded_though_refused(books: Books) -> None:
    key = next(iter(books.ledger.recorded))
    del books.ledger.recorded[key]


def never_known(books: Books) -> None:
    books.ledger.unknown.append(Sent(ACT, NAMES))


FOUND: Sequence[tuple[Callable[[Books], None], str]] = (
    (not_stored, "lost"),
    (not_published, "lost"),
    (not_folded, "lost"),
    (stored_twice, "doubled"),
    (folded_twice, "doubled"),
    (published_in_another_order, "out_of_order"),
    (a_version_left_out, "out_of_order"),
    (published_otherwise, "strange"),
    (published_and_not_stored, "strange"),
    (recorded_though_refused, "strange"),
    (never_known, "unknown"),
)


@pytest.mark.parametrize(("spoil", "finding"), FOUND)
def test_what_went_wrong_is_found(spoil: Callable[[Books], None], finding: str) -> None:
    books = Books.clean()
    spoil(books)
    verdict = books.judged()
    assert not verdict.is_clean
    assert getattr(verdict, finding) == 1


def test_a_record_sent_again_is_no_fault() -> None:
    books = Books.clean()
    books.records.append(replace(books.records[0], offset=9))
    verdict = books.judged()
    assert verdict.is_clean
    assert verdict.repeated_on_stream == 1
