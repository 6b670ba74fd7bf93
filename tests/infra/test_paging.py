"""Pages are cut after what a reader may not see was left out."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from infra.postgres.views.paging import (
    MOST_READ,
    Asked,
    BrokenCursor,
    Key,
    ListTooWide,
    a_day,
    a_due_day,
    a_moment,
    a_number,
    a_rank,
    a_word,
    an_id,
    cursor_of,
    key_in,
)
from projections.answers import Page, everything

ID = UUID("5a2b8f52-90f1-4f0e-9d0e-0d1f4c9c2b11")


@dataclass
class Numbers:
    """A list of whole numbers in order, and how much of it was read."""

    rows: Sequence[int]
    reads: list[int] = field(default_factory=list)

    def page(self, limit: int, sees: Callable[[int], bool], after: str | None = None) -> Page[int]:
        def read(behind: Key | None, count: int) -> Sequence[int]:
            later = [row for row in self.rows if behind is None or row > int(behind[0])]
            self.reads.append(len(later[:count]))
            return later[:count]

        asked: Asked[int] = Asked(after, limit, lambda rows: filter(sees, rows))
        return asked.page(read, lambda row: (str(row),), a_number)

    def pages(self, limit: int, sees: Callable[[int], bool]) -> list[Page[int]]:
        told = [self.page(limit, sees)]
        while told[-1].next is not None:
            told.append(self.page(limit, sees, told[-1].next))
        return told


def is_even(row: int) -> bool:
    return row % 2 == 0


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("hidden", [0, 1, 3, 15, 29])
def test_every_page_is_the_same_with_and_without_a_hidden_row(limit: int, hidden: int) -> None:
    rest = [row for row in range(30) if row != hidden]
    assert Numbers(range(30)).pages(limit, lambda row: row != hidden) == (
        Numbers(rest).pages(limit, lambda _: True)
    )


def test_a_page_is_full_unless_the_list_ends_with_it() -> None:
    pages = Numbers(range(301)).pages(10, is_even)
    assert [len(page.items) for page in pages] == [10] * 15 + [1]
    assert [row for page in pages for row in page.items] == list(range(0, 301, 2))


def test_a_list_of_which_nothing_is_seen_ends_at_once() -> None:
    numbers = Numbers(range(500))
    assert numbers.pages(1, lambda _: False) == [Page((), None)]
    assert sum(numbers.reads) == 500
    assert len(numbers.reads) < 6


def test_a_cursor_is_made_of_a_row_that_is_shown() -> None:
    for page in Numbers(range(40)).pages(3, is_even):
        if page.next is not None:
            assert key_in(page.next, a_number) == [str(page.items[-1])]


def test_who_sees_everything_reads_one_row_more_than_the_page() -> None:
    numbers = Numbers(range(500))
    assert numbers.page(50, lambda _: True).items == tuple(range(50))
    assert numbers.reads == [51]


def test_a_page_reads_no_more_than_so_much_to_find_what_it_may_show() -> None:
    numbers = Numbers(range(3 * MOST_READ))
    with pytest.raises(ListTooWide):
        numbers.page(50, lambda row: row >= 2 * MOST_READ)
    assert MOST_READ <= sum(numbers.reads) < 2 * MOST_READ


def test_who_sees_one_row_in_a_hundred_reads_a_page_with_five_queries() -> None:
    numbers = Numbers(range(MOST_READ))
    assert numbers.page(50, lambda row: row % 100 == 0).items == tuple(range(0, 5_000, 100))
    assert numbers.reads == [51, 408, 2_000, 2_000, 2_000]


def test_a_page_that_is_full_just_in_time_is_shown() -> None:
    numbers = Numbers(range(MOST_READ))
    assert len(numbers.page(50, lambda row: row < 100 and is_even(row)).items) == 50
    assert Numbers(range(20)).page(20, lambda _: True).next is None


def test_a_program_is_shown_every_row() -> None:
    asked: Asked[int] = Asked(None, 5, everything)
    found = asked.page(lambda _, count: range(count), lambda row: (str(row),), a_number)
    assert found == Page((0, 1, 2, 3, 4), cursor_of(["4"]))


def forged(*parts: str) -> str:
    return base64.urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        (a_day, "2025-W23-1", "2025-06-02"),
        (a_day, "20250602", "2025-06-02"),
        (a_due_day, "infinity", "infinity"),
        (an_id, f"urn:uuid:{ID}", str(ID)),
        (an_id, f"{{{ID}}}", str(ID)),
        (a_moment, "2025-06-02T09:00:00+07:00:15.000001", "2025-06-02T01:59:44.999999+00:00"),
        (a_moment, "2025-W23-1T02:00:00Z", "2025-06-02T02:00:00+00:00"),
        (a_number, " 1_0 ", "10"),
        (a_rank, "٣", "3"),
    ],
)
def test_what_only_python_reads_is_written_as_postgres_reads_it(
    kind: Callable[[str], str], said: str, meant: str
) -> None:
    assert key_in(forged(said), kind) == [meant]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (a_day, "infinity"),
        (a_day, "2025-02-30"),
        (a_due_day, "-infinity"),
        (an_id, "x"),
        (a_moment, "2025-06-02T09:00:00"),
        (a_moment, "0001-01-01T00:00:00+07:00"),
        (a_number, str(2**63)),
        (a_number, "1" * 150),
        (a_rank, "-1"),
        (a_rank, str(2**31)),
        (a_word, "reply\x00"),
    ],
)
def test_a_key_that_postgres_could_not_take_is_refused(
    kind: Callable[[str], str], said: str
) -> None:
    with pytest.raises(BrokenCursor):
        key_in(forged(said), kind)


@pytest.mark.parametrize("cursor", ["???", "A", "AAAA", "é", forged("1", "2"), "_" * 200])
def test_what_no_list_made_is_refused(cursor: str) -> None:
    with pytest.raises(BrokenCursor):
        key_in(cursor, a_number)
