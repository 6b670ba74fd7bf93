"""Too much at once, locks that stay, many on one file (reliability.md 4: F19, F30, F32)."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles
from typing import Any
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest

from domain.codes import Role
from services.bench.callers import request
from services.demo.offices import committee
from services.load.wire import Answer, Doors, Unreachable
from tests.apart import run_apart
from tests.doors import Door, Receipt
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, note, times
from tests.faults.test_network import HEALED_WITHIN, seconds_until_taken_in
from tests.faults.work import ANSWERED_WITHIN, desk_of, lasting, tells_no_inside
from tests.stories.test_single_petitioner import CAM_LY, COMPLAINT

CONNECTIONS = 400
"""Ten times what one process has in work before it lets others wait."""
CALLERS, RIVALS = 100, 50
ROUNDS = times(30)
WAVE = 10.0
"""Seconds of one wave of a full run; thirty make the five minutes of F30."""
ENOUGH = 100 if FULL else 20
"""Acts that must be taken in for every second of a burst."""
ACCEPTED_WITHIN = 2.0
AGAIN_AFTER = 0.2
"""Seconds until who was turned away is there again, whatever it was told."""
OFFERED = 800
"""Acts a second: ten times those of a full run's offices."""
LONG, BRIEF = 60.0, 1.0
"""Seconds the lock stays in a full run: once, else; each is asked until it has refused."""
GROWTH = 150 * 1024 * 1024
"""Bytes the API may grow by under the burst."""
STORED = """
SELECT originator_id FROM store.stored_events
WHERE notification_id > %s AND topic LIKE 'petition.received/%%'
  AND position('"actor":"burst-'::bytea in state) > 0
"""
FOLDED = """
SELECT stream FROM views.history
WHERE position > %s AND type_name LIKE 'petition.received%%' AND actor LIKE 'burst-%%'
"""
LOCK = "LOCK TABLE store.stored_events IN EXCLUSIVE MODE"
OK = range(200, 300)


@dataclass
class Burst:
    """What many callers were answered."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    taken_in: list[str] = field(default_factory=list)
    without_advice: int = 0
    unreachable: int = 0
    slowest: float = 0.0

    def take(self, answer: Answer, took: float) -> None:
        """Count one answer; a refusal tells nothing of our inside."""
        self.statuses[answer.status] += 1
        self.slowest = max(self.slowest, took)
        assert answer.is_success or tells_no_inside(answer.body.decode()), answer.body
        if answer.is_success:
            self.seconds.append(took)
            self.taken_in.append(json.loads(answer.body)["id"])
        elif not answer.may_retry:
            self.without_advice += 1

    @property
    def p99(self) -> float:
        """Of what was accepted."""
        return quantiles(self.seconds, n=100)[98]


@pytest.mark.slow
def test_ten_times_too_much_is_turned_away_kindly_and_the_rest_stays_quick(
    house: LinedHouse,
) -> None:
    process = psutil.Process(house.program("api")["pid"])
    tokens = [token(house, f"burst-{number}") for number in range(CALLERS)]
    before, head = process.memory_info().rss, house.head()
    burst, healed, lasted = Burst(), list[float](), lasting(4, WAVE)
    with desk_of(house) as desk:
        for _ in range(ROUNDS):
            run_apart(burst_of(house, tokens, lasted, burst=burst))
            healed.append(seconds_until_taken_in(desk))
        desk.see("/boards/commune/" + CAM_LY, desk.act("/petitions", COMPLAINT))
    grown = process.memory_info().rss - before
    assert set(burst.statuses) <= {201, 429, 503}, burst.statuses
    assert (burst.without_advice, burst.unreachable) == (0, 0)
    assert burst.statuses[503], "nothing was turned away: no burst"
    assert burst.statuses[201] > ENOUGH * lasted * ROUNDS
    offered = burst.statuses.total() / (lasted * ROUNDS)
    assert offered > OFFERED or not FULL, burst.statuses
    assert grown < GROWTH
    assert burst.p99 < ACCEPTED_WITHIN or not FULL, (burst.p99, burst.statuses)
    verdict = kept_once(house, head, burst.taken_in)
    assert (verdict["lost"], verdict["doubled"], verdict["strange"]) == (0, 0, 0), verdict
    note(
        "F30",
        "ten times too much, in waves",
        faults=ROUNDS,
        commands=burst.statuses[201],
        verdict=verdict,
        within=HEALED_WITHIN,
        recovery_seconds=healed,
        seconds_of_burst=lasted * ROUNDS,
        p99_of_accepted=burst.p99,
        turned_away=burst.statuses[503],
        offered_per_second=round(offered),
        grown_megabytes=round(grown / 2**20),
    )


def test_one_account_that_floods_is_held_to_its_share(house: LinedHouse) -> None:
    burst = Burst()
    run_apart(burst_of(house, [token(house, "flood")], 1.0, burst=burst, connections=60))
    assert set(burst.statuses) == {201, 429}, burst.statuses
    assert burst.without_advice == 0


@pytest.mark.slow
def test_a_lock_that_stays_makes_nobody_wait_long_and_leaves_nothing_behind(
    house: LinedHouse,
) -> None:
    healed, refused = list[float](), Burst()
    tokens = [token(house, f"rival-{number}") for number in range(RIVALS)]
    with desk_of(house) as desk:
        known = desk.act("/petitions", COMPLAINT)
        desk.see(f"/petitions/{known.id}", known)
        for number in range(ROUNDS):
            with locked(house):
                until = time.monotonic() + lasting(1, LONG if number == 0 else BRIEF)
                while time.monotonic() < until:
                    run_apart(burst_of(house, tokens, 0.1, burst=refused, connections=RIVALS))
                    assert desk.http.get(f"/api/v1/petitions/{known.id}").status_code == 200
            healed.append(seconds_until_taken_in(desk))
    assert set(refused.statuses) <= {429, 503}, refused.statuses
    assert (refused.without_advice, refused.unreachable) == (0, 0)
    assert refused.slowest < ANSWERED_WITHIN or not FULL, refused.slowest
    assert max(healed) < ANSWERED_WITHIN or not FULL
    note(
        "F19",
        "the table of facts is locked",
        faults=ROUNDS,
        commands=ROUNDS + 1,
        within=ANSWERED_WITHIN,
        recovery_seconds=healed,
        slowest_refusal=refused.slowest,
    )


def test_of_fifty_officers_on_one_version_one_wins_and_all_others_learn_the_new_one(
    house: LinedHouse,
) -> None:
    own = {"kind": "complaint", "field": "land", "competent_office": committee(CAM_LY)}
    for _ in range(ROUNDS):
        with desk_of(house) as desk:
            petition = desk.act("/petitions", COMPLAINT)
        path = f"/petitions/{petition.id}/classification"
        ask = partial(until_decided, path, own, petition)
        answers = [answer for answer, _ in at_once(house, RIVALS, ask)]
        winners = [Receipt.of(answer) for answer in answers if answer.is_success]
        assert len(winners) == 1
        losers = [answer for answer in answers if not answer.is_success]
        assert {answer.status_code for answer in losers} == {412}
        assert {answer.json()["current"] for answer in losers} == {winners[0].version}
        assert {answer.headers["ETag"] for answer in losers} == {f'"{winners[0].version}"'}
    note("F32", "fifty officers on one version: one wins", faults=ROUNDS, commands=2 * ROUNDS)


# --- the many callers -------------------------------------------------------------------


async def burst_of(
    house: LinedHouse,
    tokens: Sequence[str],
    seconds: float,
    *,
    burst: Burst,
    connections: int = CONNECTIONS,
) -> None:
    """Each connection sends the next act as soon as it was answered."""
    doors, until = Doors([house.url], timeout=30), time.monotonic() + seconds

    async def caller(number: int) -> None:
        while time.monotonic() < until:
            asked, began = petition(tokens[number % len(tokens)]), time.monotonic()
            try:
                answer = await doors.ask(0, asked)
            except Unreachable:
                burst.unreachable += 1
                continue
            burst.take(answer, time.monotonic() - began)
            if not answer.is_success:
                await asyncio.sleep(AGAIN_AFTER)

    await asyncio.gather(*(caller(number) for number in range(connections)))
    doors.close()


def kept_once(house: LinedHouse, head: int, receipts: Sequence[str]) -> dict[str, int]:
    """What became of the petitions of a burst, in the store and in the case history."""
    with psycopg.connect(house.admin_dsn) as connection:
        stored = Counter(str(row[0]) for row in connection.execute(STORED, [head]))
        folded = {str(row[0]) for row in connection.execute(FOLDED, [head])}
    given = set(receipts)
    return {
        "acknowledged": len(receipts),
        "stored": stored.total(),
        "lost": len(given - stored.keys()) + len(given - folded),
        "doubled": stored.total() - len(stored) + len(receipts) - len(given),
        "strange": len(stored.keys() - given),
        "out_of_order": 0,
    }


def until_decided(path: str, body: Any, on: Receipt, door: Door) -> httpx.Response:
    """Ask with one key until the answer is not that the house is busy."""
    key = uuid4().hex
    while (answer := door.send(path, body, on=on, key=key)).headers.get("Retry-After"):
        time.sleep(0.2)
    return answer


def petition(bearer: str) -> bytes:
    """One act as it goes over the wire."""
    headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": str(uuid4())}
    plain = {name: value for name, value in COMPLAINT.items() if name != "texts"}
    return request("POST", "/api/v1/petitions", headers, json.dumps(plain).encode())


def token(house: LinedHouse, account: str, role: Role = Role.CLERK) -> str:
    """What another officer of the commune signs in with."""
    return house.issuer.issue(account, committee(CAM_LY), role)


def at_once(
    house: LinedHouse, many: int, ask: Callable[..., httpx.Response]
) -> Sequence[tuple[httpx.Response, float]]:
    """The same by so many officers in the same moment; each answer, and after how long."""

    def one(number: int) -> tuple[httpx.Response, float]:
        with desk_of(house) as door:
            door.http.headers["Authorization"] = f"Bearer {token(house, f'rival-{number}')}"
            began = time.monotonic()
            return ask(door), time.monotonic() - began

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


@contextmanager
def locked(house: LinedHouse) -> Iterator[None]:
    """Somebody's transaction holds the table of facts."""
    with psycopg.connect(house.admin_dsn) as holder:
        holder.execute(LOCK)
        yield
        holder.rollback()
