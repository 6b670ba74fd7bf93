"""A real Kafka on this machine: a JVM, the jars Maven fetches, and one folder.

``Broker`` is one node with its own controller; ``Cluster`` is several that share
their topics. ``distribution`` finds Java and Maven and fetches the jars,
``quick_start`` keeps the classes in them, ``settings`` writes server.properties.
"""

from infra.local.kafka.broker import Broker
from infra.local.kafka.cluster import Cluster
from infra.local.kafka.distribution import Distribution
from infra.local.kafka.quick_start import find_distribution

__all__ = ["Broker", "Cluster", "Distribution", "find_distribution"]
