"""The library's own parts work on our recorder and our events."""

from uuid import uuid4

import pytest
from eventsourcing.persistence import EventStore, IntegrityError

from infra.postgres.fact_store import PostgresFactStore
from infra.serial import EventMapper
from tests.contracts.facts import a_petition, accepted, unit


def test_the_librarys_event_store_keeps_and_gives_our_events(
    postgres_store: PostgresFactStore,
) -> None:
    events = EventStore(EventMapper(), postgres_store.recorder)
    facts = a_petition()
    recordings = events.put(facts)
    stream = facts[0].originator_id
    assert list(events.get(stream)) == facts
    assert list(events.get(stream, gt=1, lte=2)) == facts[1:2]
    stored = postgres_store.read_stream(stream)
    assert [r.notification.id for r in recordings] == [fact.position for fact in stored]
    with pytest.raises(IntegrityError):
        events.put([accepted(stream, 3, offer=9)])


def test_the_librarys_subscription_reads_our_log(postgres_store: PostgresFactStore) -> None:
    """What is there already. Its way to follow misses what comes before it listens."""
    positions = postgres_store.append([*a_petition(), accepted(uuid4(), 1)])
    with postgres_store.recorder.subscribe(gt=0) as subscription:
        seen = [next(subscription).id for _ in positions]
    assert seen == list(positions)
    assert postgres_store.recorder.max_notification_id() == positions[-1]


def test_the_whole_countrys_units_go_in_at_once(postgres_store: PostgresFactStore) -> None:
    """10,794 facts in one save, as the import of the list may make it."""
    facts = [unit(f"{number:05}") for number in range(10_794)]
    positions = postgres_store.append(facts)
    assert len(set(positions)) == len(facts)
    assert postgres_store.head() == positions[-1]
