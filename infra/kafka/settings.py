"""Where the brokers are, how patient their clients are, and which client library speaks to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Library = Literal["kafka-python", "librdkafka"]

RECONNECT_BACKOFF_MAX_MS = 1_000
"""kafka-python's default waits up to 30 s for a broker that has long been back."""

FETCH_WAIT_MS = 100
"""How long a broker keeps a question for records that it has none for. It answers one question
of a connection after the other, so those for lanes that have records wait behind it."""

CHECK_EVERY = 30.0
"""Seconds between two looks at what offsets alone do not tell."""


@dataclass(frozen=True)
class KafkaSettings:
    """How to reach the brokers. Times are seconds.

    ``delivery_timeout`` must outlast any broker outage one wants to ride out: when it
    expires the producer is dead (kafka.md 2). ``check_every`` is between two looks at topic
    ids and at lanes that lag and do not move. ``security`` holds kafka-python's own
    ``security_protocol``, ``ssl_*`` and ``sasl_*`` settings, whichever library is used.
    """

    bootstrap: str
    replication: int = 1
    delivery_timeout: float = 120.0
    request_timeout: float = 5.0
    bootstrap_timeout: float = 30.0
    check_every: float = CHECK_EVERY
    security: Mapping[str, Any] = field(default_factory=dict)
    library: Library = "kafka-python"

    @property
    def in_sync(self) -> int:
        """Copies that must have a record before it counts: one may be away, when there are more."""
        return max(1, self.replication - 1)

    def client(self, client_id: str) -> dict[str, Any]:
        """What every kind of client of kafka-python is given."""
        return {
            "bootstrap_servers": self.bootstrap.split(","),
            "client_id": client_id,
            "request_timeout_ms": milliseconds(self.request_timeout),
            "bootstrap_timeout_ms": milliseconds(self.bootstrap_timeout),
            "reconnect_backoff_max_ms": RECONNECT_BACKOFF_MAX_MS,
            **self.security,
        }


def milliseconds(seconds: float) -> int:
    """Kafka counts in these."""
    return round(seconds * 1000)
