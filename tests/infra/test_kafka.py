"""The local Kafka: kept data, kills, three that stand in for each other."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, NewTopic
from kafka.errors import KafkaError

from infra.local.errors import LocalStackError, MissingProgram
from infra.local.kafka import Broker, Cluster, Distribution
from infra.local.kafka.distribution import find_java
from infra.local.kafka.settings import LARGEST_MESSAGE, Node, server_properties
from infra.local.ports import free_port, is_listening, is_taken, wait_until

pytestmark = pytest.mark.kafka


@pytest.fixture
def broker(tmp_path: Path, kafka_distribution: Distribution) -> Iterator[Broker]:
    """A broker of one test's own."""
    broker = Broker(tmp_path / "kafka", free_port(), kafka_distribution)
    broker.start()
    yield broker
    broker.kill()


def create_topic(bootstrap: str, name: str, *, copies: int = 1) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics([NewTopic(name, 1, copies)])
    finally:
        admin.close()


def send(bootstrap: str, topic: str, *values: bytes) -> None:
    """Send and wait until each is acknowledged by all that must."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=True)
    try:
        for value in values:
            producer.send(topic, value).get(timeout=30)
    finally:
        producer.close()


def read(bootstrap: str, topic: str, expected: int) -> list[bytes]:
    """The topic from its beginning."""
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, group_id=None, consumer_timeout_ms=15_000)
    try:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        return [next(consumer).value for _ in range(expected)]
    finally:
        consumer.close()


def test_what_was_acknowledged_survives_stop_and_kill(broker: Broker) -> None:
    create_topic(broker.bootstrap, "kept")
    send(broker.bootstrap, "kept", b"one")
    broker.restart()
    send(broker.bootstrap, "kept", b"two")
    broker.kill()
    broker.start()
    assert read(broker.bootstrap, "kept", 2) == [b"one", b"two"]


def test_a_topic_is_never_made_by_asking_for_it(broker: Broker) -> None:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, max_block_ms=1500)
    try:
        with pytest.raises(KafkaError):
            producer.send("nobody-made-me", b"x")
    finally:
        producer.close()


def test_the_broker_takes_messages_up_to_a_mebibyte(broker: Broker) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    try:
        asked = ConfigResource(ConfigResourceType.BROKER, "1")
        settings = admin.describe_configs([asked], config_filter="all")["broker"]["1"]
    finally:
        admin.close()
    assert settings["message.max.bytes"]["value"] == str(LARGEST_MESSAGE)
    assert settings["auto.create.topics.enable"]["value"] == "false"


def test_a_frozen_broker_still_listens_but_is_not_ready(broker: Broker) -> None:
    broker.pause()
    try:
        assert is_listening(broker.port)
        assert not broker.is_ready()
    finally:
        broker.resume()
    assert wait_until(broker.is_ready, within=30)


def test_a_taken_port_is_named(broker: Broker, tmp_path: Path) -> None:
    twin = Broker(tmp_path / "twin", broker.port, broker.distribution)
    with pytest.raises(LocalStackError, match=f"port {broker.port} is taken"):
        twin.start()


def test_it_dies_with_its_parent(tmp_path: Path, kafka_distribution: Distribution) -> None:
    port = free_port()
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path / "owned"), str(port)], stdout=subprocess.PIPE
    )
    assert owner.stdout is not None
    with owner.stdout:
        owner.stdout.readline()
    (child,) = psutil.Process(owner.pid).children()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert wait_until(lambda: not child.is_running(), within=10)
    with Broker(tmp_path / "owned", port, kafka_distribution) as again:
        assert again.is_ready()


def test_the_module_serves_one_in_the_foreground(
    tmp_path: Path, kafka_distribution: Distribution
) -> None:
    port = free_port()
    argv = [sys.executable, "-m", "infra.local.kafka"]
    served = subprocess.Popen(
        [*argv, "--state", str(tmp_path / "served"), "--port", str(port)], stderr=subprocess.DEVNULL
    )
    try:
        assert wait_until(Broker(tmp_path / "served", port, kafka_distribution).is_ready, within=60)
    finally:
        served.terminate()
        assert served.wait(timeout=30) == 128 + signal.SIGTERM


@pytest.mark.slow
def test_three_brokers_outlive_the_death_of_one(
    tmp_path: Path, kafka_distribution: Distribution
) -> None:
    with Cluster(tmp_path / "cluster", kafka_distribution) as cluster:
        create_topic(cluster.bootstrap, "copied", copies=3)
        send(cluster.bootstrap, "copied", b"with three")
        victim = cluster.brokers[0]
        victim.kill()
        send(cluster.bootstrap, "copied", b"with two")
        victim.start()
        send(cluster.bootstrap, "copied", b"with three again")
        expected = [b"with three", b"with two", b"with three again"]
        assert read(cluster.bootstrap, "copied", 3) == expected
        assert Cluster(tmp_path / "cluster", kafka_distribution).bootstrap == cluster.bootstrap


def test_three_nodes_keep_three_copies_and_one_keeps_one(tmp_path: Path) -> None:
    nodes = [Node(number, 9000 + number, 9100 + number) for number in (1, 2, 3)]
    several = server_properties(nodes[0], nodes, tmp_path)
    alone = server_properties(nodes[0], nodes[:1], tmp_path)
    assert "default.replication.factor=3\nmin.insync.replicas=2\n" in several
    assert "controller.quorum.voters=1@127.0.0.1:9101,2@127.0.0.1:9102,3@127.0.0.1:9103" in several
    assert "default.replication.factor=1\nmin.insync.replicas=1\n" in alone


def test_a_missing_or_old_java_is_named_with_what_to_install(tmp_path: Path) -> None:
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    old.chmod(0o755)
    with pytest.raises(MissingProgram, match=r"not Java 17 or newer.*apt-get install"):
        find_java({**os.environ, "JAVA_HOME": str(tmp_path)})
    with pytest.raises(MissingProgram, match="apt-get install"):
        find_java({"PATH": str(tmp_path)})


def test_a_free_port_is_not_taken() -> None:
    assert not is_taken(free_port())


OWNER = """
import sys, time
from pathlib import Path
from infra.local.kafka import Broker, find_distribution
Broker(Path(sys.argv[1]), int(sys.argv[2]), find_distribution()).start()
print("up", flush=True)
time.sleep(600)
"""
