"""Disks that are full or slow, and memory that is short (reliability.md 4: F13, F29)."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import pytest

from infra.local.ports import wait_until
from tests.doors import SHOWN_WITHIN, Door
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, left_out, note, times
from tests.faults.test_network import (
    HEALED_WITHIN,
    asked_until_taken_in,
    seconds_until_shown,
    seconds_until_taken_in,
)
from tests.faults.weather import filled
from tests.faults.work import at_work, desk_of, full_only, lasting, refused_kindly
from tests.fixtures import absent
from tests.stories.test_single_petitioner import COMPLAINT

TIMES = times(15)
STORE_TIMES, KAFKA_TIMES = times(24), times(6)
MEGABYTE = 1024 * 1024
ALERT_WITHIN = 10.0
FULL_WITHIN = 90.0
SLOW_FLUSH = 0.5 if FULL else 0.1
NO_COMPILER = "no C compiler: a disk cannot be made slow"


@pytest.fixture
def small(house: LinedHouse) -> LinedHouse:
    """A house on disks that can be filled. No package gives that right: CI too does without."""
    if house.disks is not None:
        left_out("F13", house.disks)
        pytest.skip(house.disks)
    return house


@pytest.mark.slow
def test_a_full_disk_of_the_store_takes_nothing_in_and_mends_itself(small: LinedHouse) -> None:
    folder, healed = small.state / "postgres", list[float]()
    with at_work(small) as work, desk_of(small) as desk:
        for number in range(STORE_TIMES):
            with filled(folder, leave=100 * MEGABYTE):
                assert wait_until(lambda: is_told_of(small, "postgres"), within=ALERT_WITHIN)
                with filled(folder):
                    assert wait_until(lambda: refuses(desk), within=FULL_WITHIN), "it never fills"
                    time.sleep(lasting(0.5, 10 if number == 0 else 1))
            healed.append(seconds_until_taken_in(desk))
    note(
        "F13",
        "the disk of the store is full",
        faults=STORE_TIMES,
        commands=work.commands,
        verdict=work.verdict,
        within=HEALED_WITHIN,
        recovery_seconds=healed,
    )


@full_only
@pytest.mark.slow
def test_a_full_disk_of_kafka_holds_up_boards_and_mends_itself(small: LinedHouse) -> None:
    folder, healed = small.state / "kafka", list[float]()
    with at_work(small) as work, desk_of(small) as desk:
        for number in range(KAFKA_TIMES):
            with filled(folder):
                time.sleep(lasting(2, 30 if number == 0 else 3))
                assert wait_until(lambda: is_told_of(small, "kafka"), within=ALERT_WITHIN)
                receipt = desk.act("/petitions", COMPLAINT)
            healed.append(seconds_until_shown(desk, receipt))
    note(
        "F13",
        "the disk of the brokers is full",
        faults=KAFKA_TIMES,
        commands=work.commands,
        verdict=work.verdict,
        within=SHOWN_WITHIN,
        recovery_seconds=healed,
    )


@pytest.mark.slow
def test_slow_flushes_make_acts_slow_and_lose_nothing(house: LinedHouse) -> None:
    if not house.weather:
        left_out("F29", NO_COMPILER)
        absent(NO_COMPILER)
    slow, healed = list[float](), list[float]()
    with at_work(house) as work, desk_of(house) as desk:
        for number in range(TIMES):
            with slow_disk(house):
                began = time.monotonic()
                receipt = asked_until_taken_in(desk)
                slow.append(time.monotonic() - began)
                time.sleep(lasting(1, 60 if number == 0 else 2))
            healed.append(seconds_until_shown(desk, receipt))
    assert min(slow) >= SLOW_FLUSH
    note(
        "F29",
        f"every flush takes {SLOW_FLUSH * 1000:.0f} ms longer",
        faults=TIMES,
        commands=work.commands,
        verdict=work.verdict,
        within=SHOWN_WITHIN,
        recovery_seconds=healed,
        slowest_act=max(slow),
    )


@full_only
@pytest.mark.slow
def test_the_largest_process_killed_under_load_loses_nothing(house: LinedHouse) -> None:
    killed, healed = list[str](), list[float]()
    with at_work(house) as work, desk_of(house) as desk:
        for _ in range(TIMES):
            house.wait_until_well()
            killed.append(kill_largest(house))
            receipt = asked_until_taken_in(desk)
            healed.append(seconds_until_shown(desk, receipt))
    note(
        "F29",
        "the largest process killed, as out of memory",
        faults=TIMES,
        commands=work.commands,
        verdict=work.verdict,
        within=SHOWN_WITHIN,
        recovery_seconds=healed,
        killed=sorted(set(killed)),
    )


@contextmanager
def slow_disk(house: LinedHouse) -> Iterator[None]:
    """Every flush of the store takes longer, where that can be done."""
    weather = house.weather.get("postgres")
    if weather is not None:
        weather.become(flush_takes=SLOW_FLUSH)
    try:
        yield
    finally:
        if weather is not None:
            weather.become()


def kill_largest(house: LinedHouse) -> str:
    """What the kernel does when memory runs out: the largest process goes; its name."""
    sizes = dict[int, tuple[int, str]]()
    for each in psutil.Process(house.status()["pid"]).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess), each.oneshot():
            sizes[each.pid] = (each.memory_info().rss, each.name())
    largest = max(sizes, key=lambda pid: sizes[pid])
    os.kill(largest, signal.SIGKILL)
    return sizes[largest][1]


def refuses(desk: Door) -> bool:
    """Whether an act is refused now, kindly."""
    answer = desk.send("/petitions", COMPLAINT)
    if not answer.is_success:
        refused_kindly(answer)
    return not answer.is_success


def is_told_of(house: LinedHouse, folder: str) -> bool:
    """Whether figures and doctor say that a folder's disk is more than 80 % full."""
    figures = httpx.get(house.status()["metrics"]["url"], timeout=10).text
    name = f'tiepdan_disk_used_ratio{{folder="{folder}"}}'
    shares = [line.split()[1] for line in figures.splitlines() if line.startswith(name)]
    return bool(shares) and float(shares[0]) > 0.8 and f"below {folder}" in warnings(house)


def warnings(house: LinedHouse) -> str:
    """The doctor's words that are not fine."""
    said = house.run("doctor").stdout.splitlines()
    return "\n".join(line for line in said if line.split()[0] != "ok")
