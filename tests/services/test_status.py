"""What the status tells of programs that are well, degraded, or silent."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local.ports import free_port
from infra.memory.clocks import FixedClock
from services.probing import Probe
from services.relay.health import RelayHealth
from services.relay.status import RelayStatus
from services.stack.status import Found, carrier_of, doors_of, in_words, with_conditions
from services.stack.welcome import welcome
from services.worker_health import ask, worker_port
from tests.api.log_lines import down, well
from tests.api.real import served
from tests.api.world import World
from tests.services.test_worker_health import NOW


def relay(*, waited: float) -> RelayHealth:
    status = RelayStatus(active=True, oldest_unsent=NOW - timedelta(seconds=waited), beat=100.0)
    return RelayHealth(status, FixedClock(NOW), lambda: 100.0)


DOORS = ("api", "api-2", "relay")


def process(pid: int | None = 7) -> dict[str, Any]:
    return {"pid": pid, "health": "up", "restarts": 0, "since": "", "log": ""}


def found(relay_port: int, **more: Any) -> Found:
    """A stack of a server, a relay and a door nobody opens."""
    told = {
        "state": "up",
        "demo": False,
        "stream": "kafka",
        "kafka": {"bootstrap": "127.0.0.1:9", "client": "librdkafka"},
        "api": {"url": f"http://127.0.0.1:{free_port()}"},
        "metrics": {"url": "http://127.0.0.1:1/metrics"},
        "figures": {name: f"http://127.0.0.1:{n}/metrics" for n, name in enumerate(DOORS, 1)},
        "workers": {"relay": {"url": f"http://127.0.0.1:{relay_port}"}},
        "processes": {"postgres": process(), "relay": process(), "api": process()},
    }
    return {**told, "apis": [told["api"]["url"]], **more}  # type: ignore[index]


def test_each_program_is_told_as_it_finds_itself() -> None:
    with worker_port(relay(waited=75), host="127.0.0.1", port=0) as port:
        told = with_conditions(found(port))
    processes = told["processes"]
    assert "condition" not in processes["postgres"]
    assert processes["relay"]["condition"] == "degraded"
    assert processes["relay"]["lag"] == 75
    assert processes["api"]["condition"] == "silent"
    words = in_words(told)
    assert "relay  degraded" in words
    assert "waited 75 s" in words
    assert "api  silent" in words
    assert "Kafka at 127.0.0.1:9, client librdkafka" in words
    assert "metrics  http://127.0.0.1:2/metrics of api-2" in words


def test_a_program_that_is_well_needs_no_words() -> None:
    with worker_port(relay(waited=1), host="127.0.0.1", port=0) as port:
        told = with_conditions(found(port))
    assert told["processes"]["relay"]["troubles"] == []
    assert "relay  up " in in_words(told)


def test_a_program_that_waits_to_be_started_again_is_not_asked() -> None:
    ended = found(free_port(), processes={"relay": {**process(None), "health": "waiting"}})
    told = with_conditions(ended)
    assert "condition" not in told["processes"]["relay"]
    assert "relay  waiting" in in_words(told)


def test_every_door_of_a_crew_is_asked() -> None:
    urls = ["http://127.0.0.1:1", "http://127.0.0.1:2"]
    assert doors_of(found(3, apis=urls)) == {
        "relay": "http://127.0.0.1:3",
        "api": urls[0],
        "api-2": urls[1],
    }


def test_the_door_names_the_part_that_is_away() -> None:
    parts = (Probe("store", True, well), Probe("vault", False, down))
    with served(World(probes=parts)) as door:
        told = ask(door.url)
    assert (told.status, told.lag) == ("degraded", None)
    assert [trouble.words for trouble in told.troubles] == ["vault does not answer"]


def test_a_stack_without_kafka_says_who_carries_the_stream() -> None:
    assert "no Kafka" in carrier_of(found(1, stream="log", kafka={"bootstrap": None}))


def test_the_welcome_says_how_to_stop() -> None:
    told = welcome(found(1), Path(), "Ctrl-C stops everything.", on=date(2026, 11, 21))
    assert told.rstrip().endswith("Ctrl-C stops everything.")
    assert "dang-nhap" not in told


@pytest.mark.parametrize(
    ("day", "office", "onward"),
    [
        (date(2025, 6, 30), "--office 07456", "--to 2025-07-01"),
        (date(2025, 7, 1), "--office 07462", "--to 2026-07-01"),
        (date(2026, 7, 1), "--office 07462", ""),
    ],
)
def test_the_welcome_of_a_demo_names_offices_that_stand_on_its_day(
    day: date, office: str, onward: str
) -> None:
    told = welcome(found(1, demo=True), Path(), "", on=day)
    assert "/dang-nhap" in told
    assert office in told
    assert (onward in told) if onward else ("advance" not in told)
