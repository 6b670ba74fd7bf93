"""The servers that the other tests stand on."""

import psycopg
import pytest
from kafka import KafkaAdminClient


def test_a_database_is_fresh_and_empty(database: str) -> None:
    with psycopg.connect(database) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)
        connection.execute("CREATE TABLE left_behind (id int)")


def test_the_next_database_knows_nothing_of_the_one_before(database: str) -> None:
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT to_regclass('left_behind')")
        assert found.fetchone() == (None,)


@pytest.mark.kafka
def test_a_broker_is_at_hand_and_begins_without_topics(kafka_broker: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka_broker)
    try:
        assert len(admin.describe_cluster()["brokers"]) == 1
    finally:
        admin.close()
