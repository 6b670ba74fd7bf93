"""Both topics deleted and made anew, while programs may follow them (làm mới chủ đề)."""

import time
from collections.abc import Mapping

from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import TOPICS, KafkaUnavailable, TopicsUnfit, admin, ensure_topics

GONE_WITHIN, ASK_AGAIN = 120.0, 0.2
"""Seconds until brokers have let go of what was deleted; and between two looks."""


def renew_topics(settings: KafkaSettings) -> Mapping[str, str]:
    """Delete both topics with all that stands on them and make them anew, empty; their ids.

    A program that finds them missing may be the one that makes them. Raises
    :class:`KafkaUnavailable`, ``TopicsUnfit``.
    """
    before = present(settings)
    if before:
        with admin(settings) as client:
            client.delete_topics(sorted(before))
    until = time.monotonic() + GONE_WITHIN
    while True:
        try:
            made = ensure_topics(settings)
        except TopicsUnfit:
            if time.monotonic() > until:
                raise
        else:
            if not set(made.values()) & set(before.values()):
                return made
            if time.monotonic() > until:
                raise KafkaUnavailable("deleted topics are still there")
        time.sleep(ASK_AGAIN)


def present(settings: KafkaSettings) -> Mapping[str, str]:
    """The ids of those of our topics that are there, whatever their settings."""
    with admin(settings) as client:
        described = client.describe_topics(list(TOPICS))
    return {one["name"]: str(one["topic_id"]) for one in described if one["error_code"] == 0}
