"""Whichever client wrote a record, it lies on the topic alike and is read alike by both."""

import subprocess
import sys
from dataclasses import replace

import pytest
from kafka import KafkaConsumer, TopicPartition

from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.librdkafka.options import SecurityUnknown, client
from infra.kafka.messages import Message
from infra.kafka.publishing import send
from infra.kafka.settings import KafkaSettings, Library
from infra.kafka.topics import topic_of
from infra.memory.fact_store import MemoryFactStore
from projections.ports import StreamRecord
from tests.contracts.facts import a_petition
from tests.kafka_topics import LIBRARIES, emptied, messages_of

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LOG_APPEND_TIME = 1

WITHOUT_THE_EXTRA = """
import sys
sys.modules["confluent_kafka"] = None  # an import of it now fails, as where it is not installed
from infra.settings import Settings, SettingsError
from services import wiring
env = {"TIEPDAN_KAFKA_BOOTSTRAP": "127.0.0.1:1", "TIEPDAN_KAFKA_CLIENT": sys.argv[1]}
try:
    print(wiring.kafka_settings(Settings.read(env)).library)
except SettingsError as reason:
    print(reason)
"""


def one_petition() -> tuple[int, list[Message]]:
    store = MemoryFactStore()
    store.append(a_petition(), traceparent=TRACE)
    return store.read(after=0, limit=1)[0].lane, messages_of(store)


def write(settings: KafkaSettings, library: Library, messages: list[Message]) -> None:
    producer = open_publisher(replace(settings, library=library))
    send(producer, messages)
    producer.abandon()


def read(settings: KafkaSettings, library: Library, lane: int, expected: int) -> list[StreamRecord]:
    stream = open_kafka_stream(replace(settings, library=library))
    stream.seek({lane: 0})
    came: list[StreamRecord] = []
    while len(came) < expected:
        polled = stream.poll(10)
        assert polled
        came += polled[lane]
    stream.close()
    return came


def lying(settings: KafkaSettings, lane: int, expected: int) -> list[tuple[object, ...]]:
    """The records as they lie there, the broker's stamp left out."""
    consumer = KafkaConsumer(**settings.client("test"), group_id=None)
    consumer.assign([TopicPartition(*topic_of(lane))])
    consumer.seek_to_beginning()
    found: list[tuple[object, ...]] = []
    while len(found) < expected:
        for records in consumer.poll(timeout_ms=10_000).values():
            found += [(r.key, r.value, r.headers, r.timestamp_type) for r in records]
    consumer.close()
    return found


@pytest.mark.kafka
def test_both_clients_put_the_same_bytes_on_the_wire(kafka_broker: str) -> None:
    settings = emptied(kafka_broker, "kafka-python")
    lane, messages = one_petition()
    for library in LIBRARIES:
        write(settings, library, messages)
    found = lying(settings, lane, 6)
    assert found[:3] == found[3:]
    assert [(key, value, headers) for key, value, headers, _ in found[:3]] == [
        (message.key, message.value, message.headers) for message in messages
    ]
    assert {stamped for *_, stamped in found} == {LOG_APPEND_TIME}


@pytest.mark.kafka
@pytest.mark.parametrize("writer", LIBRARIES)
def test_what_one_client_wrote_the_other_reads_alike(kafka_broker: str, writer: Library) -> None:
    settings = emptied(kafka_broker, writer)
    lane, messages = one_petition()
    write(settings, writer, messages)
    ours, others = (read(settings, library, lane, 3) for library in LIBRARIES)
    assert ours == others
    assert [record.body for record in ours] == [message.value for message in messages]
    assert [record.fault for record in ours] == [None, None, None]


def test_security_is_said_in_librdkafkas_words() -> None:
    given = KafkaSettings(
        "a:9092,b:9092",
        security={
            "security_protocol": "SASL_SSL",
            "ssl_cafile": "/ca.pem",
            "ssl_check_hostname": False,
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": "relay",
            "sasl_plain_password": "word",
        },
    )
    said = client(given, "tiepdan-relay")
    assert said["bootstrap.servers"] == "a:9092,b:9092"
    assert {name: said[name] for name in said if name.startswith(("security", "ssl", "sasl"))} == {
        "security.protocol": "SASL_SSL",
        "ssl.ca.location": "/ca.pem",
        "ssl.endpoint.identification.algorithm": "none",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": "relay",
        "sasl.password": "word",
    }


def test_a_security_setting_that_librdkafka_does_not_know_is_refused_by_name() -> None:
    given = KafkaSettings("a:9092", security={"ssl_context": "hidden", "ssl_cafile": "/ca.pem"})
    with pytest.raises(SecurityUnknown, match=r"^librdkafka knows no ssl_context$"):
        client(given, "tiepdan-relay")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            "librdkafka",
            "TIEPDAN_KAFKA_CLIENT is librdkafka: make setup-librdkafka, "
            "or pip install 'tiepdan[librdkafka]'",
        ),
        ("kafka-python", "kafka-python"),
    ],
)
def test_where_the_extra_is_missing_only_who_asks_for_it_is_told(chosen: str, said: str) -> None:
    argv = [sys.executable, "-c", WITHOUT_THE_EXTRA, chosen]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == (said, "")
