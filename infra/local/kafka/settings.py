"""server.properties of a node that is broker and controller in one (KRaft)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local.ports import LOOPBACK

LARGEST_MESSAGE = 1024 * 1024


@dataclass(frozen=True)
class Node:
    """One node's number and its two ports."""

    number: int
    port: int
    controller_port: int


def copies(nodes: int) -> tuple[int, int]:
    """Replication factor and the copies that must be in sync, for so many nodes."""
    return (3, 2) if nodes >= 3 else (1, 1)


def heap(nodes: int) -> str:
    """The JVM's limit: 160m was too little for a broker of three, 256m carried a million."""
    return "512m" if nodes == 1 else "320m"


def server_properties(me: Node, nodes: Sequence[Node], log_dir: Path) -> str:
    """The file's text. The time-outs bring a new leader within 3 to 7 s of a kill."""
    replicas, in_sync = copies(len(nodes))
    settings: dict[str, str | int] = {
        "process.roles": "broker,controller",
        "node.id": me.number,
        "listeners": f"PLAINTEXT://{LOOPBACK}:{me.port},"
        f"CONTROLLER://{LOOPBACK}:{me.controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{me.port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": ",".join(
            f"{node.number}@{LOOPBACK}:{node.controller_port}" for node in nodes
        ),
        "log.dirs": str(log_dir),
        "auto.create.topics.enable": "false",
        "unclean.leader.election.enable": "false",
        "message.max.bytes": LARGEST_MESSAGE,
        "log.retention.ms": -1,
        **replication(replicas, in_sync),
        **TIMEOUTS,
        **SMALL,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def replication(replicas: int, in_sync: int) -> dict[str, str | int]:
    """How often everything is kept, the broker's own topics included."""
    return {
        "default.replication.factor": replicas,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": replicas,
        "share.coordinator.state.topic.min.isr": in_sync,
    }


TIMEOUTS: dict[str, str | int] = {
    "broker.session.timeout.ms": 3000,
    "broker.heartbeat.interval.ms": 500,
    "controller.quorum.fetch.timeout.ms": 1500,
    "controller.quorum.election.timeout.ms": 500,
    "group.initial.rebalance.delay.ms": 0,
}

SMALL: dict[str, str | int] = {
    "num.network.threads": 2,
    "num.io.threads": 4,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 4,
    "share.coordinator.state.topic.num.partitions": 4,
}
