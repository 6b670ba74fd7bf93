"""Clocks that are off, each program's otherwise (reliability.md 4: F14)."""

import random
import time
from email.utils import format_datetime
from functools import partial

import httpx
import pytest

from infra.clock import SystemClock
from infra.local.ports import wait_until
from tests.doors import Door
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, left_out, note
from tests.faults.work import at_work, desk_of, lasting
from tests.fixtures import absent
from tests.stories.test_single_petitioner import COMPLAINT

MINUTES = 60.0
AHEAD, BEHIND, FAR_BEHIND = 10 * MINUTES, -10 * MINUTES, -60 * MINUTES
OFF = (0.0, AHEAD, BEHIND, FAR_BEHIND)
"""By which the API's clock jumps; the offices' tokens are good at each."""
SLOW = -20.0
"""As far behind as fresh tokens are still taken."""
TOLD_WITHIN = 15.0
SEED = 14
NO_COMPILER = "no C compiler: the clock of a single program cannot be moved"


@pytest.fixture
def crooked(house: LinedHouse) -> LinedHouse:
    """A house whose clocks can be put wrong, and that they are right again in the end."""
    if not house.weather:
        left_out("F14", NO_COMPILER)
        absent(NO_COMPILER)
    return house


def test_a_wrong_clock_is_told_of_and_moves_no_deadline(crooked: LinedHouse) -> None:
    told = list[float]()
    with desk_of(crooked) as desk:
        right = due_of(desk)
        for ahead in (AHEAD, SLOW) * 5 if FULL else (AHEAD,):
            began = time.monotonic()
            crooked.weather["api"].become(clock_ahead=ahead)
            crooked.weather["relay"].become(clock_ahead=FAR_BEHIND)
            crooked.weather["projector"].become(clock_ahead=BEHIND)
            try:
                assert wait_until(partial(tells, crooked, ahead), within=TOLD_WITHIN)
                told.append(time.monotonic() - began)
                assert due_of(desk) == right
            finally:
                put_right(crooked)
            assert wait_until(crooked.is_well, within=TOLD_WITHIN)
        tomorrow = format_datetime(SystemClock().now().replace(year=2030), usegmt=True)
        assert due_of(desk, Date=tomorrow) == right
    note(
        "F14",
        "clocks of three programs wrong: told, deadlines right",
        faults=3 * len(told),
        commands=len(told) + 2,
        within=TOLD_WITHIN,
        recovery_seconds=told,
    )


@pytest.mark.slow
def test_order_does_not_depend_on_clocks_that_jump(crooked: LinedHouse) -> None:
    chance, jumps = random.Random(SEED), 0
    try:
        with at_work(crooked) as work:
            until = time.monotonic() + lasting(3, 60)
            while time.monotonic() < until:
                crooked.weather["api"].become(clock_ahead=chance.choice(OFF))
                crooked.weather["relay"].become(clock_ahead=chance.uniform(FAR_BEHIND, AHEAD))
                crooked.weather["projector"].become(clock_ahead=chance.uniform(FAR_BEHIND, AHEAD))
                jumps += 3
                time.sleep(0.3)
            put_right(crooked)
    finally:
        put_right(crooked)
    note(
        "F14",
        "clocks that jump: order unchanged",
        faults=jumps,
        commands=work.commands,
        verdict=work.verdict,
        seed=SEED,
    )


def put_right(house: LinedHouse) -> None:
    """Fine weather everywhere."""
    for name in ("api", "relay", "projector"):
        house.weather[name].become()


def due_of(desk: Door, **headers: str) -> str:
    """The deadline of a petition received now, by a caller with these headers."""
    desk.http.headers.update(headers)
    receipt = desk.act("/petitions", COMPLAINT)
    for name in headers:
        del desk.http.headers[name]
    return str(desk.see(f"/petitions/{receipt.id}", receipt)["due_on"])


def tells(house: LinedHouse, ahead: float) -> bool:
    """Whether every program says that its clock is off, and by how much."""
    ready = httpx.get(f"{house.url}/readyz", timeout=10).json()
    down = {part["name"] for part in ready["parts"] if not part["up"]}
    if "clock" not in down or ready["status"] != "degraded":
        return False
    workers = house.status()["workers"]
    words = [httpx.get(f"{workers[name]['url']}/readyz").text for name in ("relay", "projector")]
    figures = httpx.get(house.status()["metrics"]["url"], timeout=10).text
    found = [line for line in figures.splitlines() if line.startswith("tiepdan_clock_skew_seconds")]
    return (
        all("the clock is" in each for each in words)
        and len(found) == 1
        and abs(float(found[0].split()[1]) - ahead) < 1.5
    )
