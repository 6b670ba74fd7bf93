"""A process that reads the whole stream on a word: ``python -m services.bench.folding WHAT``.

``plain`` consumes and decodes, lane numbers fold those lanes with the projector's own code.
It says ``ready``, waits for a line, does it, and tells how many records and in how many
seconds. Settings as for a projector.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence

import orjson

from infra.kafka.plain_clients import PlainConsumer
from infra.settings import Settings
from services import wiring
from services.collector import spare_the_collector
from services.programs.projector import projector_parts
from services.projector.program import POLL_SECONDS
from services.projector.worker import Projector

READY = "ready"
PLAIN = "plain"


def plain(settings: Settings) -> Callable[[], int]:
    """kafka-python and orjson, no more."""
    consumer = PlainConsumer(wiring.kafka_settings(settings))
    return lambda: consumer.consume(orjson.loads)


def fold(settings: Settings, lanes: Sequence[int]) -> Callable[[], int]:
    """The projector, on these lanes, until nothing is left."""
    parts = projector_parts(settings)
    projector = Projector(parts.stream, parts.desk, parts.clock, parts.recorded, parts.status)
    wanted = sum(parts.stream.ends(lanes).values())
    projector.follow(frozenset(lanes))
    spare_the_collector()

    def work() -> int:
        while parts.status.folded < wanted:
            projector.step(POLL_SECONDS)
        return parts.status.folded

    return work


def main(*what: str) -> None:
    """Be ready, wait, work, tell."""
    settings = Settings.read()
    work = plain(settings) if what == (PLAIN,) else fold(settings, [int(lane) for lane in what])
    print(READY, flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    records = work()
    print(json.dumps({"records": records, "seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
