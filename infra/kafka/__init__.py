"""Kafka as the shared stream: topics, the relay's producer, the projectors' consumer.

Each client library is used within what was measured of it: one leased idempotent producer
that dies at its first failed report, consumers by assign and seek, no consumer groups and no
Kafka transactions. ``clients`` opens the library that the settings name.
"""
