"""The second Kafka client: librdkafka by ``confluent-kafka``, an optional extra.

Chosen with ``TIEPDAN_KAFKA_CLIENT=librdkafka``; the same rounds, the same stream, the same
bytes on the wire. Topics are made and looked at by kafka-python in either case.
"""
