"""The client library that the settings name: the only place that knows there are two.

librdkafka's is imported where it is asked for: it is an extra, and need not be installed.
"""

from importlib.util import find_spec
from typing import Protocol

from infra.kafka.producer import RoundProducer
from infra.kafka.publishing import RoundPublisher
from infra.kafka.settings import KafkaSettings
from infra.kafka.stream import KafkaFactStream
from projections.ports import FactStream

EXTRA = "tiepdan[librdkafka]"


class KafkaStream(FactStream, Protocol):
    """The shared stream of either library."""

    def check(self) -> None:
        """Compare topic ids and look for silent lanes, as :meth:`poll` does now and then.

        Raises ``LogTruncated``, ``StreamStuck``.
        """


def has_librdkafka() -> bool:
    """Whether the extra is installed; who only looks at topics does not load it."""
    return find_spec("confluent_kafka") is not None


def open_publisher(settings: KafkaSettings) -> RoundPublisher:
    """A producer of rounds. Raises ``PublisherDead``."""
    if settings.library == "librdkafka":
        from infra.kafka.librdkafka.producer import LibrdkafkaProducer

        return LibrdkafkaProducer(settings)
    return RoundProducer(settings)


def open_kafka_stream(settings: KafkaSettings) -> KafkaStream:
    """The shared stream. Raises ``KafkaUnavailable``."""
    if settings.library == "librdkafka":
        from infra.kafka.librdkafka.stream import LibrdkafkaFactStream

        return LibrdkafkaFactStream(settings)
    return KafkaFactStream(settings)
