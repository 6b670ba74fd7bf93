"""Lines that are cut, slow or silent, also one way only (reliability.md 4: F05, F09)."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import httpx
import pytest

from infra.local.ports import wait_until
from tests.doors import SHOWN_WITHIN, Door, Receipt
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, note, times
from tests.faults.proxy import BOTH, Way
from tests.faults.work import (
    ANSWERED_WITHIN,
    at_work,
    desk_of,
    full_only,
    is_under_way,
    lasting,
    refused_kindly,
    takes_in,
)
from tests.stories.test_single_petitioner import COMPLAINT

CUTS = 1_000 if FULL else 20
LONG, BRIEF = 60.0, 5.0
"""Seconds of silence in a full run: once on every line that reliability.md names, else."""
NAMED = ("relay-kafka", "projector-store")
SILENT_VAULTS = times(6)
HEALED_WITHIN = 30.0
WORKERS = ("relay-kafka", "projector-store", "projector-kafka", "relay-store")
ENDS_WITHIN = 30.0
LATENCY = 0.05
CUT_AFTER = 2_000
"""Bytes: amid the second or third answer of a connection."""
UP, DOWN = frozenset({Way.UP}), frozenset({Way.DOWN})


def test_a_commit_whose_answer_is_lost_is_told_as_a_success(house: LinedHouse) -> None:
    line = house.lines["api-store"]
    cut_before, given, slowest = line.cuts, list[Receipt](), 0.0
    with desk_of(house) as desk:
        for number in range(CUTS):
            key, began = f"cut-after-commit-{time.time_ns()}-{number}", time.monotonic()
            line.cuts_after_commit = 1
            given.append(desk.act("/petitions", COMPLAINT, key=key))
            slowest = max(slowest, time.monotonic() - began)
            again = desk.act("/petitions", COMPLAINT, key=key)
            assert again == given[-1]
        shown = desk.see(f"/petitions/{given[-1].id}", given[-1])
    assert line.cuts == cut_before + CUTS
    assert shown["number"] == given[-1].number
    numbers = [int(str(receipt.number).rsplit("-", 1)[1]) for receipt in given]
    assert numbers == list(range(numbers[0], numbers[0] + CUTS)), "a file number is lost or doubled"
    assert slowest < ANSWERED_WITHIN or not FULL
    note(
        "F05",
        "the line is cut after COMMIT",
        faults=CUTS,
        commands=CUTS,
        within=ANSWERED_WITHIN,
        recovery_seconds=[slowest],
        false_conflicts=0,
    )


@pytest.mark.slow
def test_the_api_cut_off_from_the_store_says_so_in_time_and_nothing_is_lost(
    house: LinedHouse,
) -> None:
    healed, slowest = list[float](), 0.0
    ways = (BOTH, UP, DOWN) * 3 if FULL else (DOWN,)
    with at_work(house) as work, desk_of(house) as desk:
        for number, way in enumerate(ways):
            with house.lines.silent("api-store", ways=way):
                until = time.monotonic() + lasting(0.5, LONG if number == 0 else BRIEF)
                while time.monotonic() < until:
                    slowest = max(slowest, refused_in_time(desk))
            healed.append(seconds_until_taken_in(desk))
        with house.lines.refused("api-store"):
            slowest = max(slowest, refused_in_time(desk))
        healed.append(seconds_until_taken_in(desk))
        house.lines["api-store"].cut_after = CUT_AFTER
        house.lines.reset("api-store")
        for _ in range(3):
            desk.send("/petitions", COMPLAINT)
        house.lines["api-store"].cut_after = None
        healed.append(seconds_until_taken_in(desk))
    note(
        "F09",
        "the API apart from Postgres",
        faults=len(ways) + 2,
        commands=work.commands,
        verdict=work.verdict,
        within=HEALED_WITHIN,
        recovery_seconds=healed,
        slowest_refusal=slowest,
    )


@pytest.mark.slow
def test_boards_and_stream_catch_up_after_lines_were_silent_and_slow(house: LinedHouse) -> None:
    caught_up, lines = list[float](), WORKERS if FULL else WORKERS[:1]
    with at_work(house) as work, desk_of(house) as desk:
        for name in lines:
            for way in (BOTH, UP, DOWN) if FULL else (DOWN,):
                long = way is BOTH and name in NAMED
                with house.lines.silent(name, ways=way):
                    receipt = act_after(desk, lasting(2.0, LONG if long else BRIEF))
                caught_up.append(seconds_until_shown(desk, receipt))
        for name in lines:
            house.lines[name].latency = LATENCY
        receipt = act_after(desk, lasting(2.0, BRIEF))
        caught_up.append(seconds_until_shown(desk, receipt))
        for name in lines:
            house.lines[name].latency = 0.0
    note(
        "F09",
        "relay and projector apart from Kafka and Postgres",
        faults=len(lines) + len(caught_up) - 1,
        commands=work.commands,
        verdict=work.verdict,
        within=SHOWN_WITHIN,
        recovery_seconds=caught_up,
    )


def test_without_the_vault_no_text_is_taken_in_and_other_work_goes_on(house: LinedHouse) -> None:
    plain = {name: value for name, value in COMPLAINT.items() if name != "texts"}
    healed, refused, taken_in = list[float](), list[float](), list[float]()

    def keep_asking(until: float) -> None:
        with desk_of(house) as desk:
            while time.monotonic() < until:
                refused.append(refused_in_time(desk))

    with desk_of(house) as desk, ThreadPoolExecutor() as others:
        for number in range(SILENT_VAULTS):
            until = time.monotonic() + lasting(3.0, LONG if number == 0 else BRIEF)
            with house.lines.silent("api-vault"):
                asking = [others.submit(keep_asking, until) for _ in range(4)]
                while time.monotonic() < until:
                    began = time.monotonic()
                    assert desk.send("/petitions", plain).is_success
                    taken_in.append(time.monotonic() - began)
                for each in asking:
                    each.result()
            healed.append(seconds_until_taken_in(desk))
    note(
        "F09",
        "the API apart from the vault",
        faults=SILENT_VAULTS,
        commands=len(taken_in) + len(healed),
        within=HEALED_WITHIN,
        recovery_seconds=healed,
        slowest_refusal=max(refused),
        slowest_act_without_text=max(taken_in),
    )


@full_only
@pytest.mark.slow
def test_relay_and_projector_end_when_asked_also_while_kafka_is_silent(house: LinedHouse) -> None:
    with house.lines.silent("relay-kafka", "projector-kafka"), desk_of(house) as desk:
        receipt = act_after(desk, 0.5)
        ended = [seconds_until_ended(house, name) for name in ("relay", "projector")]
    house.wait_until_well()
    with desk_of(house) as desk:
        caught_up = seconds_until_shown(desk, receipt)
    note(
        "F28",
        "SIGTERM while Kafka is silent",
        faults=2,
        commands=1,
        within=ENDS_WITHIN,
        recovery_seconds=ended,
        shown_after=caught_up,
    )


def refused_in_time(desk: Door) -> float:
    """The seconds until an act was refused; a full run holds it to its limit."""
    began = time.monotonic()
    refused_kindly(desk.send("/petitions", COMPLAINT))
    took = time.monotonic() - began
    assert took < ANSWERED_WITHIN or not FULL, f"told after {took:.1f} s"
    return took


def seconds_until_taken_in(desk: Door) -> float:
    """The seconds until acts are recorded again."""
    began = time.monotonic()
    assert wait_until(lambda: takes_in(desk), within=HEALED_WITHIN), "nothing is taken in again"
    return time.monotonic() - began


def asked_until_taken_in(desk: Door) -> Receipt:
    """An act, asked again by its key while nobody answers or the answer is "come again"."""
    key, until = uuid4().hex, time.monotonic() + HEALED_WITHIN
    while True:
        with suppress(httpx.TransportError):
            answer = desk.send("/petitions", COMPLAINT, key=key)
            if answer.is_success:
                return Receipt.of(answer)
            if not is_under_way(answer):
                refused_kindly(answer)
        assert time.monotonic() < until, "nothing is taken in"
        time.sleep(0.2)


def act_after(desk: Door, seconds: float) -> Receipt:
    """An act, so many seconds from now: work goes on meanwhile."""
    time.sleep(seconds)
    return desk.act("/petitions", COMPLAINT)


def seconds_until_shown(desk: Door, receipt: Receipt) -> float:
    """The seconds until the views show an act."""
    began = time.monotonic()
    desk.see(f"/petitions/{receipt.id}", receipt)
    return time.monotonic() - began


def seconds_until_ended(house: LinedHouse, name: str) -> float:
    """Ask a program to end; the seconds until it did, by itself."""
    pid = house.program(name)["pid"]
    began = time.monotonic()
    os.kill(pid, signal.SIGTERM)
    assert wait_until(lambda: house.program(name)["pid"] != pid, within=ENDS_WITHIN), name
    return time.monotonic() - began
