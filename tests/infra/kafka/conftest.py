"""What the Kafka tests stand on: empty topics on the real broker."""

from tests.kafka_topics import kafka, library, producer

__all__ = ["kafka", "library", "producer"]
