"""Bringing a system to this release: database and roles, then the topics (cập nhật hệ thống)."""

import time
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from domain.ports import StoreUnavailable
from infra.kafka.topics import KafkaUnavailable, ensure_topics
from infra.postgres.migrate import migrate
from infra.postgres.views.unfilled import unfilled
from infra.settings import Settings
from services import wiring

T = TypeVar("T")

ASK_EVERY = 1.0
MAKE_ANEW = "tiepdan rebuild"

Say = Callable[[str], None]


class Part(StrEnum):
    """What can be brought up to date by itself."""

    DATABASE = "database"
    TOPICS = "topics"


def bring_up_to_date(settings: Settings, *, only: Part | None, patience: float, say: Say) -> None:
    """Migrations and the passwords given, then the topics where Kafka is the stream.

    Waits up to ``patience`` seconds for each. Raises ``SettingsError``, ``StoreUnavailable``,
    ``MigrationEdited``, ``KafkaUnavailable``, ``TopicsUnfit``.
    """
    if only is not Part.TOPICS:
        dsn, passwords = settings.secret("admin_dsn"), settings.role_passwords()
        applied = once_answered(lambda: migrate(dsn, passwords), patience, say)
        say(f"{len(applied)} migrations applied, {len(passwords)} passwords set")
        tell_unfilled(dsn, say)
    if only is not Part.DATABASE and settings.stream == "kafka":
        kafka = wiring.kafka_settings(settings, bootstrap_timeout=min(5.0, max(1.0, patience)))
        once_answered(lambda: ensure_topics(kafka), patience, say)
        say("The topics are as they should be")


def tell_unfilled(dsn: str, say: Say) -> None:
    """Say what rows folded by an earlier release lack. Raises ``StoreUnavailable``."""
    for words in unfilled(dsn):
        say(f"Views: {words}; run `{MAKE_ANEW}`")


def once_answered(ask: Callable[[], T], patience: float, say: Say) -> T:
    """Ask until Postgres or Kafka answers or the time is over; then the last refusal is raised."""
    until = time.monotonic() + patience
    while True:
        try:
            return ask()
        except (StoreUnavailable, KafkaUnavailable) as away:
            if time.monotonic() >= until:
                raise
            say(f"waiting: {str(away).strip().splitlines()[0]}")
        time.sleep(ASK_EVERY)
