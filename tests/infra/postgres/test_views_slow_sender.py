"""A projector so slow that the server refuses a record while the batch is still being sent."""

import select
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest

from infra.postgres.views.batches import Batches
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import LIVE
from projections.base import Fact
from projections.ports import Parked, Progress, RecordChanged
from tests.contracts.view_stores import received
from tests.projections.chronicle import all_projections
from tests.projections.folding import TOPIC
from tests.stores import Addresses

LONGEST = 1.0


class Dawdling(Batches):
    """Goes on only once the server has said something, if it does."""

    def park(self, connection: psycopg.Connection[Any], parked: Sequence[Parked]) -> None:
        select.select([connection.fileno()], [], [], LONGEST)
        super().park(connection, parked)


@pytest.fixture
def slow(addresses: Addresses) -> Any:
    store = PostgresViewStore.at(addresses.projector)
    store._batches = Dawdling(LIVE)
    yield store
    store.close()


def test_a_record_that_stands_there_already_is_taken_for_what_it_is(
    slow: PostgresViewStore, addresses: Addresses
) -> None:
    (history,) = [p for p in all_projections() if p.name == "case_history"]
    fact, _ = received()
    other = Fact(fact.position, fact.lane, fact.type_name, b"{}", fact.event)
    first, again, last = (Progress(TOPIC, n, fact.position) for n in (1, 2, 3))
    quick = PostgresViewStore.at(addresses.projector)
    quick.apply(fact.lane, [(history, None, first, [fact])], [])
    quick.close()
    slow.apply(fact.lane, [(history, first, again, [fact])], [])
    with pytest.raises(RecordChanged, match="history"):
        slow.apply(fact.lane, [(history, again, last, [other])], [])
