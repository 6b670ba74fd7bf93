"""Too much at once, locks that stay, many watchers (reliability.md 4: F19, F26, F30, F32)."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from statistics import quantiles
from typing import Any
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest

from domain.codes import Role
from infra.clock import SystemClock
from infra.identity.tokens import LocalIssuer
from infra.local.ports import LOOPBACK, wait_until
from services.bench.callers import request
from services.demo.offices import committee
from services.load.wire import Answer, Doors, Unreachable
from services.trust import signing_key
from tests.apart import run_apart
from tests.doors import Door, Receipt
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, note
from tests.faults.test_network import seconds_until_taken_in
from tests.faults.work import ANSWERED_WITHIN, desk_of, lasting, refused_kindly
from tests.stories.test_single_petitioner import CAM_LY, COMPLAINT

CONNECTIONS = 400
"""Ten times what one process has in work before it lets others wait."""
CALLERS, RIVALS = 100, 50
WATCHERS = 500 if FULL else 100
ROUNDS = 30 if FULL else 1
MUCH = 10_000 if FULL else 50
ACCEPTED_WITHIN = 2.0
TOKEN_SECONDS = 1
GROWTH = 150 * 1024 * 1024
"""Bytes the API may grow by under the burst."""
LOCK = "LOCK TABLE store.stored_events IN EXCLUSIVE MODE"
OK = range(200, 300)


@dataclass
class Burst:
    """What many callers were answered."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    without_advice: int = 0
    unreachable: int = 0

    def take(self, answer: Answer, took: float) -> None:
        """Count one answer."""
        self.statuses[answer.status] += 1
        if answer.is_success:
            self.seconds.append(took)
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
    before = process.memory_info().rss
    tokens = [token(house, f"burst-{number}") for number in range(CALLERS)]
    burst = run_apart(burst_of(house, tokens, lasting(4, 300)))
    grown = process.memory_info().rss - before
    with desk_of(house) as desk:
        healed = seconds_until_taken_in(desk)
    assert set(burst.statuses) <= {201, 429, 503}, burst.statuses
    assert (burst.without_advice, burst.unreachable) == (0, 0)
    assert burst.statuses[503], "nothing was turned away: no burst"
    assert burst.statuses[201] > MUCH
    assert grown < GROWTH
    assert burst.p99 < ACCEPTED_WITHIN or not FULL, burst.p99
    note(
        "F30",
        faults=1,
        commands=burst.statuses[201],
        recovery_seconds=[healed],
        p99_of_accepted=burst.p99,
        turned_away=burst.statuses[503],
        grown_megabytes=round(grown / 2**20),
    )


def test_one_account_that_floods_is_held_to_its_share(house: LinedHouse) -> None:
    burst = run_apart(burst_of(house, [token(house, "flood")], 1.0, connections=60))
    assert set(burst.statuses) == {201, 429}, burst.statuses
    assert burst.without_advice == 0


@pytest.mark.slow
def test_a_lock_that_stays_makes_nobody_wait_long_and_leaves_nothing_behind(
    house: LinedHouse,
) -> None:
    healed, slowest = list[float](), 0.0
    with desk_of(house) as desk:
        known = desk.act("/petitions", COMPLAINT)
        desk.see(f"/petitions/{known.id}", known)
        for _ in range(ROUNDS):
            with locked(house):
                until = time.monotonic() + lasting(1, 60)
                while time.monotonic() < until:
                    refusals = at_once(house, 40, lambda door: door.send("/petitions", COMPLAINT))
                    slowest = max(slowest, *(took for _, took in refusals))
                    for answer, _ in refusals:
                        refused_kindly(answer)
                    assert desk.http.get(f"/api/v1/petitions/{known.id}").status_code == 200
            healed.append(seconds_until_taken_in(desk))
    assert slowest < ANSWERED_WITHIN or not FULL
    assert max(healed) < ANSWERED_WITHIN or not FULL
    note("F19", faults=ROUNDS, commands=0, recovery_seconds=healed, slowest_refusal=slowest)


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
    note("F32", faults=ROUNDS, commands=ROUNDS * RIVALS)


@pytest.mark.slow
def test_watchers_resume_after_a_restart_and_hear_nothing_once_their_right_ended(
    house: LinedHouse,
) -> None:
    heard = run_apart(watch_through_a_restart(house))
    assert len(heard) == WATCHERS
    assert all(heard), f"{heard.count(False)} watchers missed what happened meanwhile"
    note("F26", faults=1, commands=1, watchers=WATCHERS)


def test_a_stream_ends_with_the_right_it_was_opened_by(house: LinedHouse) -> None:
    assert run_apart(frames_after_the_end(house)) == 0


# --- the many callers -------------------------------------------------------------------


async def burst_of(
    house: LinedHouse, tokens: Sequence[str], seconds: float, *, connections: int = CONNECTIONS
) -> Burst:
    """Each connection sends the next act as soon as it was answered."""
    burst, doors = Burst(), Doors([house.url], timeout=30)
    until = time.monotonic() + seconds

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
                await asyncio.sleep(0.1)

    await asyncio.gather(*(caller(number) for number in range(connections)))
    doors.close()
    return burst


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


# --- the many watchers ------------------------------------------------------------------


@dataclass
class Watcher:
    """One open stream: what it heard, and where it was last."""

    house: LinedHouse
    bearer: str
    last: str = ""
    topics: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Until the server ends it."""
        headers = {"Authorization": f"Bearer {self.bearer}"}
        if self.last:
            headers["Last-Event-ID"] = self.last
        reader, writer = await asyncio.open_connection(LOOPBACK, self.house.plan.port_of("api"))
        writer.write(request("GET", "/api/v1/stream", headers))
        try:
            while line := await reader.readline():
                self._hear(line.decode().strip())
        except OSError:
            pass
        finally:
            writer.close()

    def _hear(self, line: str) -> None:
        name, _, value = line.partition(": ")
        if name == "event":
            self.topics.append(value)
            self.ready.set()
        elif name == "id":
            self.last = value


async def watch_through_a_restart(house: LinedHouse) -> list[bool]:
    """Open all, act while the API is away, open all again; whether each heard of the act."""
    watchers = [Watcher(house, token(house, f"watcher-{n}")) for n in range(WATCHERS)]
    open_streams = [asyncio.create_task(each.listen()) for each in watchers]
    await asyncio.gather(*(asyncio.wait_for(each.ready.wait(), 60) for each in watchers))
    await asyncio.to_thread(house.kill, "api")
    await asyncio.wait(open_streams, timeout=30)
    with desk_of(house) as desk:
        await asyncio.to_thread(desk.act, "/petitions", COMPLAINT)
    for each in watchers:
        each.topics.clear()
    again = [asyncio.create_task(each.listen()) for each in watchers]
    everybody = partial(wait_until, lambda: all(map(heard_more, watchers)), within=30)
    await asyncio.to_thread(everybody)
    for stream in again:
        stream.cancel()
    await asyncio.wait(again, timeout=10)
    return [heard_more(each) for each in watchers]


def heard_more(watcher: Watcher) -> bool:
    """Whether it heard of something that happened, not only that it is connected."""
    return any(topic != "ready" for topic in watcher.topics)


async def frames_after_the_end(house: LinedHouse) -> int:
    """Events heard later than a second after the token's end, while acts go on."""
    issuer = LocalIssuer(
        signing_key(house.plan.signing_key_file()),
        SystemClock(),
        issuer=house.plan.issuer,
        audience=house.settings.jwt_audience,
        lifetime=timedelta(seconds=TOKEN_SECONDS),
    )
    watcher = Watcher(house, issuer.issue("brief", committee(CAM_LY), Role.CLERK))
    stream = asyncio.create_task(watcher.listen())
    await asyncio.wait_for(watcher.ready.wait(), 10)
    ends = time.monotonic() + TOKEN_SECONDS + 1
    with desk_of(house) as desk:
        while time.monotonic() < ends:
            await asyncio.to_thread(desk.act, "/petitions", COMPLAINT)
        heard = len(watcher.topics)
        await asyncio.to_thread(desk.act, "/petitions", COMPLAINT)
        await asyncio.sleep(1)
    stream.cancel()
    return len(watcher.topics) - heard
