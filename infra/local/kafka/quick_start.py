"""The broker's classes as the JVM holds them, so that it need not read and check them each time.

A broker loads 7,200 classes: half of its three seconds. Java keeps them in a file of 48 MB
(a dynamic CDS archive) when a broker that was started for it ends; one is, once per user, pom
and Java. A file that does not fit the Java that runs is passed over by the JVM itself.
"""

import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from infra.local.errors import LocalStackError
from infra.local.kafka.broker import Broker
from infra.local.kafka.distribution import (
    Distribution,
    Say,
    default_cache,
    plain_distribution,
    say_on_stderr,
)
from infra.local.ports import free_port


def find_distribution(*, say: Say = say_on_stderr, cache: Path | None = None) -> Distribution:
    """Java, the jars and their classes; what is not here yet is fetched and kept."""
    return with_quick_start(plain_distribution(say, cache or default_cache()), say)


def with_quick_start(plain: Distribution, say: Say) -> Distribution:
    """The same distribution, with its classes at hand where Java can keep them."""
    archive = archive_of(plain)
    if not archive.exists() and os.access(archive.parent, os.W_OK):
        keep_classes(plain, archive, say)
    if not archive.exists() or archive.stat().st_size == 0:
        return plain
    return replace(plain, flags=(f"-XX:SharedArchiveFile={archive}",))


def archive_of(plain: Distribution) -> Path:
    """Where the classes are kept: beside the jars, another file for another Java."""
    java = plain.java.resolve()
    mark = hashlib.sha256(f"{java}:{java.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    return plain.jars.with_name(f"{plain.jars.name}-{mark}.jsa")


def keep_classes(plain: Distribution, archive: Path, say: Say) -> None:
    """Let a broker start and end that leaves its classes; an empty file where it left none."""
    say("keeping Kafka's classes for quick starts: some seconds, once per user")
    draft = archive.with_name(f"{archive.name}.{os.getpid()}")
    recording = replace(plain, flags=(f"-XX:ArchiveClassesAtExit={draft}",))
    with tempfile.TemporaryDirectory(prefix="tiepdan-kafka-") as folder:
        try:
            with Broker(Path(folder), free_port(), recording):
                pass
        except LocalStackError as reason:
            say(f"Kafka's classes could not be kept, brokers start as slowly as before: {reason}")
    draft.touch()
    for former in archive.parent.glob(f"{plain.jars.name}-*.jsa"):
        if former != archive:
            former.unlink(missing_ok=True)
    draft.replace(archive)
