"""Kafka as the shared stream: topics, the relay's producer, the projectors' consumer.

kafka-python 3.0.12 is used within what was measured of it: one leased
idempotent producer that dies at its first failed report, consumers by assign and seek,
no consumer groups and no Kafka transactions.
"""
