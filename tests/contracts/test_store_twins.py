"""The store in memory and the real one answer alike, whatever they are asked."""

import random
from collections.abc import Sequence
from uuid import UUID

import pytest

from domain.ports import FactStore, KeyTaken, Receipt, VersionTaken
from infra.memory import MemoryFactStore
from infra.postgres.fact_store import PostgresFactStore
from tests.contracts.facts import accepted

STREAMS = [UUID(int=number) for number in range(1, 7)]
KEYS = [UUID(int=number) for number in range(100, 120)]

Ask = tuple[list[tuple[UUID, int, int]], UUID | None]


def random_asks(seed: int, count: int) -> Sequence[Ask]:
    """Saves that often collide: few streams, few keys, versions near each other."""
    rng = random.Random(seed)
    asks: list[Ask] = []
    for _ in range(count):
        facts = [
            (rng.choice(STREAMS), rng.randint(1, 12), rng.randint(1, 99))
            for _ in range(rng.randint(0, 3))
        ]
        asks.append((facts, rng.choice([None, *KEYS])))
    return asks


def answer(store: FactStore, ask: Ask) -> object:
    """What became of a save, without the positions, which only have to rise."""
    facts = [accepted(stream, version, offer=offer) for stream, version, offer in ask[0]]
    receipt = None if ask[1] is None else Receipt(ask[1], repr(ask).encode(), b"{}")
    try:
        positions = store.append(facts, receipt=receipt)
    except (VersionTaken, KeyTaken) as refused:
        return type(refused)
    assert list(positions) == sorted(positions)
    return len(positions)


def contents(store: FactStore) -> object:
    """Everything in it, in its order, without the positions."""
    log = store.read(after=0, limit=10_000)
    return (
        [(fact.lane, fact.stream, fact.version, fact.type_name, fact.body) for fact in log],
        {stream: list(store.load(stream)) for stream in STREAMS},
        {stream: store.last_version(stream) for stream in STREAMS},
        {key: store.find_receipt(key) for key in KEYS},
    )


@pytest.mark.parametrize("seed", range(4))
def test_both_answer_alike_and_hold_the_same(seed: int, postgres_store: PostgresFactStore) -> None:
    twin = MemoryFactStore()
    asks = random_asks(seed, 150)
    answers = [(answer(twin, ask), answer(postgres_store, ask)) for ask in asks]
    assert [mine for mine, _ in answers] == [real for _, real in answers]
    assert {VersionTaken, KeyTaken, 0, 1, 2, 3} <= {mine for mine, _ in answers}
    assert contents(twin) == contents(postgres_store)
