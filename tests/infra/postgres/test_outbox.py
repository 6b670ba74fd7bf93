"""The relay's reading: every fact once and in order, and no page larger than it may be."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.outbox import LARGEST_PAGE, PostgresOutbox
from infra.unsent import Unsent
from tests.contracts.facts import a_petition
from tests.stores import Addresses

PETITIONS = 20
ALL = 3 * PETITIONS


@pytest.fixture
def log(postgres_store: PostgresFactStore) -> Sequence[int]:
    """The positions of so many petitions' facts."""
    for _ in range(PETITIONS):
        postgres_store.append(a_petition())
    return [fact.position for fact in postgres_store.read(after=0, limit=1_000)]


def pages(addresses: Addresses, *, limit: int, largest: int) -> Iterator[Sequence[Unsent]]:
    """All there is, page by page, as the relay asks for it while the cursor stands at 0."""
    outbox, after = PostgresOutbox(addresses.app, largest_page=largest), 0
    try:
        while page := outbox.read(after=after, cursor_at=0, limit=limit):
            yield page
            after = page[-1].position
    finally:
        outbox.close()


@pytest.mark.parametrize("limit", [1, 7, ALL, ALL + 1])
@pytest.mark.parametrize("largest", [1, 2_000, LARGEST_PAGE])
def test_every_fact_is_read_once_and_in_order_however_the_pages_are_cut(
    log: Sequence[int], addresses: Addresses, limit: int, largest: int
) -> None:
    read = list(pages(addresses, limit=limit, largest=largest))
    assert [fact.position for page in read for fact in page] == log
    assert max(map(len, read)) <= limit


def test_a_page_ends_with_the_fact_that_fills_it(log: Sequence[int], addresses: Addresses) -> None:
    largest = 2_000
    read = list(pages(addresses, limit=ALL, largest=largest))
    sizes = [[len(fact.body) for fact in page] for page in read]
    assert all(sum(page[:-1]) < largest for page in sizes)
    assert all(sum(page) + following[0] > largest for page, following in pairwise(sizes))
    assert len(log) > len(read) > 1


def test_a_cursor_that_stands_elsewhere_gives_nothing(
    log: Sequence[int], addresses: Addresses
) -> None:
    outbox = PostgresOutbox(addresses.app)
    try:
        assert outbox.read(after=0, cursor_at=log[-1], limit=ALL) == []
        assert len(outbox.read(after=0, cursor_at=0, limit=ALL)) == ALL
    finally:
        outbox.close()
