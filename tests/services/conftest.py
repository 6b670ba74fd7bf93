"""The real Postgres and Kafka, and programs as processes that are gone when the test is."""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.kafka_topics import kafka, library, producer
from tests.stores import addresses, postgres_store, role_passwords

__all__ = ["addresses", "kafka", "library", "postgres_store", "producer", "role_passwords"]

Program = subprocess.Popen[bytes]


@pytest.fixture
def start() -> Iterator[Callable[..., Program]]:
    """Starts a module of the tests as a program."""
    started: list[Program] = []

    def start(module: str, *arguments: str) -> Program:
        started.append(subprocess.Popen([sys.executable, "-m", module, *arguments]))
        return started[-1]

    yield start
    for program in started:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
        program.wait(timeout=20)
