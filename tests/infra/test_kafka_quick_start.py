"""A broker's classes, kept for the next one."""

import subprocess
from pathlib import Path

import pytest

from infra.local.kafka import Broker, Distribution, find_distribution
from infra.local.kafka.distribution import default_cache, plain_distribution
from infra.local.kafka.quick_start import archive_of
from infra.local.ports import free_port

pytestmark = pytest.mark.kafka
FROM_THE_FILE = "source: shared objects file (top)"


@pytest.fixture
def cache(tmp_path: Path, kafka_distribution: Distribution) -> Path:
    """A cache folder of the test's own, with the jars of this machine in it."""
    jars = kafka_distribution.jars
    assert jars.parent == default_cache()
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / jars.name).symlink_to(jars)
    return folder


def classes_from_the_file(distribution: Distribution) -> int:
    java, *words = distribution.command("128m", "kafka.tools.StorageTool", "random-uuid")
    argv = [java, "-Xlog:class+load", *words]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.count(FROM_THE_FILE)


def test_classes_are_kept_once_and_the_next_program_takes_them(cache: Path) -> None:
    said: list[str] = []
    first = find_distribution(say=said.append, cache=cache)
    assert find_distribution(say=said.append, cache=cache) == first
    assert len(said) == 1
    assert classes_from_the_file(first) > 500
    assert [each.suffix for each in cache.iterdir() if each.is_file()] == [".jsa"]


def test_a_file_that_does_not_fit_is_passed_over(cache: Path, tmp_path: Path) -> None:
    plain = plain_distribution(print, cache)
    archive_of(plain).write_bytes(b"of another Java, or half written" * 1000)
    found = find_distribution(cache=cache)
    assert found.flags
    with Broker(tmp_path / "kafka", free_port(), found) as broker:
        assert broker.is_ready()


def test_a_java_that_keeps_no_classes_is_asked_once(cache: Path) -> None:
    plain = plain_distribution(print, cache)
    archive_of(plain).touch()
    said: list[str] = []
    assert find_distribution(say=said.append, cache=cache) == plain
    assert said == []
